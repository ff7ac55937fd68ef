// Computes the claims of every seal anew, from one seal to the next.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "inspect/access_check.h"
#include "inspect/full_check.h"
#include "projection/seal_state.h"

namespace liggare::inspect {
namespace {

using domain::LedgerSealed;
using domain::ProjectionDigest;

struct Seal {
  std::uint64_t position = 0;
  const domain::RecordedEvent* event = nullptr;  // In the organisation's streams.
  const LedgerSealed* sealed = nullptr;

  // A negative size can't be meant, and is beyond every position.
  std::uint64_t size() const { return static_cast<std::uint64_t>(sealed->size); }
};

std::vector<Seal> seals_in(const Organisation& organisation) {
  std::vector<Seal> seals;
  for (const auto& [subject, stream] : organisation.streams()) {
    for (const domain::RecordedEventPtr& event : stream) {
      const auto* sealed = std::get_if<LedgerSealed>(&event->event.data);
      if (sealed != nullptr) {
        seals.push_back({event->position, event.get(), sealed});
      }
    }
  }
  // A seal may cover less than one before it, and the state only goes forward.
  std::sort(seals.begin(), seals.end(), [](const Seal& left, const Seal& right) {
    return std::pair(left.size(), left.position) < std::pair(right.size(), right.position);
  });
  return seals;
}

std::optional<std::uint64_t> restoring_of(const Organisation& organisation) {
  const auto own = organisation.streams().find(domain::ledger_stream);
  return own == organisation.streams().end() ? std::nullopt : restored_at(own->second);
}

Remark dropped_by(const AccessTrees& access) {
  const DroppedYear& newest = access.dropped().back();
  return {Statement::access_log_dropped,
          {std::to_string(newest.end.year), printable(newest.who),
           newest.recorded.ledger_day().text()}};
}

class SealCheck {
 public:
  SealCheck(const FullExamination& examination, const AccessTrees& access)
      : examination_(examination),
        access_(access),
        restored_(restoring_of(examination.organisation)),
        state_(examination.options.projections) {}

  Result<void> run() {
    const std::vector<Seal> seals = seals_in(examination_.organisation);
    std::uint64_t done = 0;
    for (const Seal& seal : seals) {
      LIGGARE_CHECK(check(seal));
      examination_.tell_progress(Phase::seals, ++done, seals.size());
    }
    examination_.report.checked.push_back({Statement::seals, {std::to_string(seals.size())}});
    for (const Remark& remark : not_checked_) examination_.report.not_checked.push_back(remark);
    return {};
  }

 private:
  Result<void> check(const Seal& seal) {
    if (seal.size() > seal.position) {
      report(seal, "size", fmt::format("at most {}", seal.position),
             fmt::format("{}", seal.sealed->size));
      return {};
    }
    LIGGARE_CHECK(state_.advance(examination_.log, seal.size()));
    compare(seal, "directory", state_.directory().root(), seal.sealed->directory_root);
    for (const ProjectionDigest& claim : seal.sealed->projections) check_projection(seal, claim);
    check_left_out(seal);
    return check_access(seal);
  }

  void check_projection(const Seal& seal, const ProjectionDigest& claim) {
    for (projection::DigestedRows& rows : state_.projections()) {
      const projection::Projection& own = rows.projection();
      if (own.name != claim.name || own.version != claim.version) continue;
      compare(seal, "projection " + claim.name, rows.digest(), claim.digest);
      return;
    }
    not_checked_.insert(
        {Statement::seal_of_projection, {printable(claim.name), std::to_string(claim.version)}});
  }

  // An older program may not have had the projection.
  void check_left_out(const Seal& seal) {
    for (const projection::DigestedRows& rows : state_.projections()) {
      const std::string_view name = rows.projection().name;
      const auto& claims = seal.sealed->projections;
      if (std::none_of(claims.begin(), claims.end(),
                       [&](const ProjectionDigest& claim) { return claim.name == name; })) {
        not_checked_.insert({Statement::seal_without_projection, {std::string(name)}});
      }
    }
  }

  Result<void> check_access(const Seal& seal) {
    LIGGARE_TRY(const auto standing, access_.judge(*seal.event, restored_));
    switch (standing) {
      case AccessStanding::holds:
        break;
      case AccessStanding::dropped:
        not_checked_.insert(dropped_by(access_));
        break;
      case AccessStanding::left_behind:
        not_checked_.insert({Statement::access_log_left_behind, {std::to_string(*restored_)}});
        break;
      case AccessStanding::missing:
        report(seal, "access log", "its year, or a record that it was dropped", claim_of(seal),
               "access-log-missing");
        break;
      case AccessStanding::differs:
        report(seal, "access log", "a root that a year of it has or had", claim_of(seal));
        break;
    }
    return {};
  }

  static std::string claim_of(const Seal& seal) {
    return fmt::format("{} at size {}", printable(seal.sealed->access_root),
                       seal.sealed->access_size);
  }

  void compare(const Seal& seal, const std::string& what, const Hash& expected,
               const std::string& found) {
    const std::string text = to_hex(expected.view());
    if (text != found) report(seal, what, text, printable(found));
  }

  void report(const Seal& seal, const std::string& what, std::string expected, std::string found,
              const char* code = "seal-differs") {
    examination_.findings.add({Part::seals, seal.position},
                              {code, fmt::format("seal at position {}: {}", seal.position, what),
                               std::move(expected), std::move(found)});
  }

  const FullExamination& examination_;
  const AccessTrees& access_;
  const std::optional<std::uint64_t> restored_;
  projection::SealState state_;
  std::set<Remark> not_checked_;
};

// Without any seal, too.
void check_years(const FullExamination& examination, const AccessTrees& access) {
  for (const access::YearBefore& year : access.missing()) {
    examination.findings.add(
        {Part::seals},
        {"access-log-missing", fmt::format("access log of {}", year.year),
         fmt::format("{} at size {}", to_hex(year.root.view()), year.size), "no such year"});
  }
}

// What was signed of a year, and is remembered beside the key or given.
Result<void> check_signed(const FullExamination& examination, const AccessTrees& access,
                          const SignedYear& year) {
  const std::string expected =
      fmt::format("{} at size {}", to_hex(year.head.root_hash.view()), year.head.tree_size);
  const std::string place = fmt::format("{}: access log of {}", printable(year.name), year.year);
  LIGGARE_TRY(const auto standing, access.judge_year(year.year, year.head));
  if (standing == AccessStanding::holds) {
    examination.report.checked.push_back(
        {Statement::access_checkpoint,
         {year.name, std::to_string(year.year), std::to_string(year.head.tree_size)}});
  } else if (standing == AccessStanding::differs) {
    examination.findings.add({Part::checkpoints},
                             {"checkpoint-differs", place, expected, "another tree"});
  } else if (standing == AccessStanding::missing) {
    examination.findings.add({Part::checkpoints},
                             {"access-log-missing", place, expected, "no such year"});
  } else {
    examination.report.not_checked.push_back(dropped_by(access));
  }
  return {};
}

}  // namespace

Result<void> check_seals(const FullExamination& examination) {
  // The access log is read after the seals, so that it is never behind them.
  const auto access = AccessTrees::open(examination.options.ledger);
  if (!access && access.error().code == ErrorCode::corrupt) {
    examination.findings.add({Part::seals}, {"seal-differs", "access log", "a log that can be read",
                                             access.error().message});
    return {};
  }
  if (!access) return Unexpected{access.error()};
  check_years(examination, *access);
  for (const SignedYear& year : examination.signed_years) {
    LIGGARE_CHECK(check_signed(examination, *access, year));
  }
  return SealCheck(examination, *access).run();
}

}  // namespace liggare::inspect
