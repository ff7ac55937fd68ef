#include "ledger/access_years.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <system_error>

#include "base/bytes.h"
#include "base/file.h"
#include "codec/access_record.h"
#include "ledger/access_log.h"
#include "ledger/authority.h"
#include "ledger/principal.h"
#include "ledger/seal.h"
#include "store/event_log.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

using Log = std::unique_ptr<store::EventLog>;

Result<Log> open_year(const Ledger& ledger, int year) {
  return store::EventLog::open(
      {access_folder(ledger.folders().ledger, year), store::Access::read_only, nullptr});
}

Result<access::Record> read(const store::EventLog& log, int year, std::uint64_t position) {
  LIGGARE_TRY(const std::string bytes, log.record(position));
  return codec::decode_access_record(bytes, fmt::format("access record {} of {}", position, year));
}

Result<AccessYear> look_at(const store::EventLog& log, int year) {
  AccessYear seen{year, log.head(), {}, {}};
  if (seen.head.tree_size == 0) return seen;
  LIGGARE_TRY(const access::Record first, read(log, year, 0));
  LIGGARE_TRY(const access::Record last, read(log, year, seen.head.tree_size - 1));
  seen.first = first.recorded;
  seen.last = last.recorded;
  return seen;
}

std::string text_of(const merkle::TreeHead& head) {
  return fmt::format("{} at size {}", to_hex(head.root_hash.view()), head.tree_size);
}

std::string text_of(const std::optional<access::YearBefore>& before) {
  if (!before) return "no year before";
  return fmt::format("{}: {}", before->year, text_of(merkle::TreeHead{before->size, before->root}));
}

// One year, from its first record to its last.
class YearCheck {
 public:
  YearCheck(const store::EventLog& log, AccessYear year, AccessVerification& into)
      : log_(log), year_(std::move(year)), into_(into) {}

  Result<void> run(const std::string& origin) {
    expect("origin", access_origin(origin, year_.year), log_.identity().origin);
    LIGGARE_CHECK(log_.scan(
        {0, year_.head.tree_size},
        [&](std::uint64_t position, std::string_view bytes) { return take(position, bytes); }));
    expect("root", to_hex(year_.head.root_hash.view()), to_hex(frontier_.root().view()));
    LIGGARE_TRY(const std::vector<std::string> files, log_.check_files());
    for (const std::string& file : files) add(file, "the bytes that were written", "other bytes");
    return check_streams();
  }

 private:
  Result<void> take(std::uint64_t position, std::string_view bytes) {
    const std::string place = fmt::format("record {}", position);
    LIGGARE_CHECK(take_leaf(place, bytes));
    const auto record = codec::decode_access_record(bytes, place);
    if (!record && record.error().code != ErrorCode::corrupt) return Unexpected{record.error()};
    if (!record) {
      add(place, "a readable record", record.error().message);
      return {};
    }
    LIGGARE_TRY(const auto found, log_.position_of(record->id));
    if (found != position) add(place, "an id of its own", record->id);
    if (record->recorded < last_) {
      add(place, "at " + last_.text() + " or later", record->recorded.text());
    }
    last_ = std::max(last_, record->recorded);
    // A drop says what was dropped; else only a year's first record speaks of another year.
    const bool is_drop = record->action == access::Action::drop_year;
    if (position > 0 && record->before && !is_drop)
      add(place, text_of(std::nullopt), text_of(record->before));
    streams_[record->subject.empty() ? record->who : record->subject].push_back(position);
    return {};
  }

  Result<void> take_leaf(const std::string& place, std::string_view bytes) {
    std::vector<merkle::Node> completed;
    frontier_.append(merkle::leaf_hash(bytes), completed);
    for (const merkle::Node& node : completed) {
      const auto stored = log_.node(node.id);
      if (!stored && stored.error().code == ErrorCode::io) return Unexpected{stored.error()};
      const std::string found = stored ? to_hex(stored->view()) : stored.error().message;
      expect(fmt::format("{}, tree level {}", place, node.id.level), to_hex(node.hash.view()),
             found);
    }
    return {};
  }

  // Each index entry has its record, and each record its entry.
  Result<void> check_streams() {
    for (const auto& [subject, positions] : streams_) {
      const auto stored = log_.stream(subject, year_.head.tree_size);
      if (!stored && stored.error().code != ErrorCode::corrupt) return Unexpected{stored.error()};
      if (!stored || *stored != positions) {
        add("stream " + subject, fmt::format("{} records in order", positions.size()),
            stored ? fmt::format("{}", stored->size()) : stored.error().message);
      }
    }
    return {};
  }

  void expect(const std::string& place, const std::string& expected, const std::string& found) {
    if (expected != found) add(place, expected, found);
  }
  void add(std::string place, std::string expected, std::string found) {
    into_.findings.push_back({year_.year, std::move(place), std::move(expected), std::move(found)});
  }

  const store::EventLog& log_;
  const AccessYear year_;
  AccessVerification& into_;
  merkle::Frontier frontier_;
  Instant last_;
  std::map<std::string, std::vector<std::uint64_t>> streams_;
};

// That the year begins with the root of the one before, where that one is still there; else
// check_presence() asks where it is.
Result<void> check_chain(const store::EventLog& log, const AccessYear& year,
                         AccessVerification& verification) {
  if (year.head.tree_size == 0) return {};
  const auto first = read(log, year.year, 0);
  if (!first) return {};  // Found already.
  if (verification.years.empty()) return {};
  const AccessYear& last = verification.years.back();
  const access::YearBefore before{last.year, last.head.tree_size, last.head.root_hash};
  if (first->before == before) return {};
  verification.findings.push_back({year.year, "record 0", text_of(before), text_of(first->before)});
  return {};
}

// What a seal of the ledger says of a year, held against those that are there.
Result<void> check_seal(const inspect::AccessTrees& trees, const domain::RecordedEvent& seal,
                        std::optional<std::uint64_t> restored, AccessVerification& verification) {
  LIGGARE_TRY(const auto standing, trees.judge(seal, restored));
  if (standing == inspect::AccessStanding::left_behind) verification.left_behind_at = restored;
  const bool is_missing = standing == inspect::AccessStanding::missing;
  if (!is_missing && standing != inspect::AccessStanding::differs) return {};
  const auto& sealed = std::get<domain::LedgerSealed>(seal.event.data);
  verification.findings.push_back(
      {seal.recorded.ledger_day().year(),
       fmt::format("seal at position {} of the ledger", seal.position),
       fmt::format("{} at size {}", sealed.access_root, sealed.access_size),
       is_missing ? "no such year, and no record that it was dropped" : "another tree"});
  return {};
}

Result<void> check_signed(const inspect::AccessTrees& trees, const inspect::SignedYear& year,
                          AccessVerification& verification) {
  LIGGARE_TRY(const auto standing, trees.judge_year(year.year, year.head));
  if (standing == inspect::AccessStanding::holds) verification.held.push_back(year);
  const bool is_missing = standing == inspect::AccessStanding::missing;
  if (!is_missing && standing != inspect::AccessStanding::differs) return {};
  verification.findings.push_back(
      {year.year, year.name, text_of(year.head),
       is_missing ? "no such year, and no record that it was dropped" : "another tree"});
  return {};
}

// That no year is gone but those that were dropped.
Result<void> check_presence(const Ledger& ledger,
                            const std::vector<inspect::SignedYear>& signed_years,
                            AccessVerification& verification) {
  LIGGARE_TRY(const domain::Stream events,
              ledger.stream(domain::ledger_stream, ledger.head().tree_size));
  // Read after the seals, so that it is never behind them.
  auto trees = inspect::AccessTrees::open(ledger.folders().ledger);
  if (!trees && trees.error().code == ErrorCode::corrupt) {
    verification.findings.push_back(
        {0, "log", "years that can be held against seals", trees.error().message});
    return {};
  }
  if (!trees) return Unexpected{trees.error()};
  verification.dropped = trees->dropped();
  for (const access::YearBefore& year : trees->missing()) {
    verification.findings.push_back({static_cast<int>(year.year), "log", text_of(year),
                                     "no such year, and no record that it was dropped"});
  }
  for (const inspect::SignedYear& year : signed_years) {
    LIGGARE_CHECK(check_signed(*trees, year, verification));
  }
  const auto restored = inspect::restored_at(events);
  for (const domain::RecordedEventPtr& event : events) {
    if (!std::holds_alternative<domain::LedgerSealed>(event->event.data)) continue;
    LIGGARE_CHECK(check_seal(*trees, *event, restored, verification));
  }
  return {};
}

Result<void> verify_year(const Ledger& ledger, int year, AccessVerification& verification) {
  const auto log = open_year(ledger, year);
  if (!log && log.error().code != ErrorCode::corrupt) return Unexpected{log.error()};
  if (!log) {
    verification.findings.push_back({year, "log", "a log that can be read", log.error().message});
    return {};
  }
  AccessYear seen{year, (*log)->head(), {}, {}};
  if (auto dated = look_at(**log, year)) seen = *std::move(dated);
  LIGGARE_CHECK(YearCheck(**log, seen, verification).run(ledger.origin()));
  LIGGARE_CHECK(check_chain(**log, seen, verification));
  verification.years.push_back(std::move(seen));
  return {};
}

// Whether a seal of the ledger covers a beginning of this tree.
Result<bool> is_sealed(const Ledger& ledger, const store::EventLog& log) {
  LIGGARE_TRY(const domain::Stream events,
              ledger.stream(domain::ledger_stream, ledger.head().tree_size));
  for (const domain::RecordedEventPtr& event : events) {
    const auto* seal = std::get_if<domain::LedgerSealed>(&event->event.data);
    if (seal == nullptr || seal->access_size < 1) continue;
    const auto size = static_cast<std::uint64_t>(seal->access_size);
    if (size > log.head().tree_size) continue;
    LIGGARE_TRY(const Hash root,
                merkle::root_at(size, [&](merkle::NodeId id) { return log.node(id); }));
    if (to_hex(root.view()) == seal->access_root) return true;
  }
  return false;
}

Result<std::optional<std::string>> reason_to_keep(const Ledger& ledger,
                                                  const std::vector<int>& years) {
  using Reason = std::optional<std::string>;
  const int year = years.front();
  if (years.size() < 2) {
    return Reason(
        fmt::format("{} is the year that is written to; it can go when a later one has "
                    "begun and is sealed",
                    year));
  }
  // What is missing already would go unseen with this year, whose first record tells of it.
  LIGGARE_TRY(const auto trees, inspect::AccessTrees::open(ledger.folders().ledger));
  if (const auto missing = trees.missing(); !missing.empty()) {
    return Reason(
        fmt::format("{} is missing, and nothing records that it was dropped: run liggare "
                    "access verify",
                    missing.front().year));
  }
  LIGGARE_TRY(const Log log, open_year(ledger, year));
  LIGGARE_TRY(const Log next, open_year(ledger, years[1]));
  const merkle::TreeHead head = log->head();
  const access::YearBefore expected{year, head.tree_size, head.root_hash};
  std::optional<access::YearBefore> before;
  if (next->head().tree_size > 0) {
    LIGGARE_TRY(const access::Record first, read(*next, years[1], 0));
    before = first.before;
  }
  if (before != expected) {
    return Reason(
        fmt::format("{} does not begin with the last root of {}: run liggare access "
                    "verify",
                    years[1], year));
  }
  for (std::size_t later = 1; later < years.size(); ++later) {
    LIGGARE_TRY(const Log tree, open_year(ledger, years[later]));
    LIGGARE_TRY(const bool covered, is_sealed(ledger, *tree));
    if (covered) return Reason();
  }
  return Reason(
      fmt::format("no seal covers the access log of a year after {}: run liggare seal "
                  "first",
                  year));
}

// A damaged SIGNED.access is a finding, and no reason to leave given checkpoints out.
Result<std::vector<inspect::SignedYear>> signed_years_for(
    const Ledger& ledger, const std::vector<inspect::GivenCheckpoint>& checkpoints,
    const std::optional<merkle::VerifierKey>& key, AccessVerification& verification) {
  inspect::SignedYearsOrder order{ledger.folders().keys, ledger.origin(), checkpoints, key};
  auto years = inspect::read_signed_years(order);
  if (years || years.error().code != ErrorCode::corrupt) return years;
  verification.findings.push_back(
      {0, "SIGNED.access", "a key and what it signed last", years.error().message});
  order.keys.clear();
  return inspect::read_signed_years(order);
}

Result<std::optional<std::string>> reason_against(const Ledger& ledger, int year) {
  LIGGARE_TRY(const std::vector<int> years, access_years(ledger.folders().ledger));
  if (std::find(years.begin(), years.end(), year) == years.end()) {
    return fail(ErrorCode::not_found, fmt::format("there is no access log of {}", year));
  }
  if (years.front() != year) {
    return std::optional(fmt::format("{} is older and goes first", years.front()));
  }
  return reason_to_keep(ledger, years);
}

// Who drops it and what it was, in the newest year. `may_go`: nothing but the role is in its way.
Result<void> record_drop(const Ledger& ledger, int year, const std::string& who, bool may_go) {
  LIGGARE_TRY(const auto roles, roles_now(ledger, who));
  const bool is_allowed = std::find(roles.begin(), roles.end(), access::Role::dpo) != roles.end();
  if (is_allowed && !may_go) return {};
  access::Record record;
  record.action = access::Action::drop_year;
  record.outcome = is_allowed ? access::Outcome::allowed : access::Outcome::denied;
  record.who = who;
  record.submitted_by = local_principal();
  record.subject = domain::ledger_stream.text();
  record.ledger_size = ledger.head().tree_size;
  if (is_allowed) {
    record.role = access::Role::dpo;
  } else {
    record.code = domain::word_of(access::WriteDenial::role_not_allowed);
  }
  {
    LIGGARE_TRY(const Log log, open_year(ledger, year));
    record.before = {year, log->head().tree_size, log->head().root_hash};
  }
  LIGGARE_TRY(const auto log, AccessLog::open_for_writing(ledger.folders().ledger, ledger.origin(),
                                                          ledger.clock()));
  LIGGARE_TRY(const auto places, log->record({&record, 1}));
  if (is_allowed) return {};
  return fail(ErrorCode::denied,
              who + " does not hold the role dpo, which drops years of the access log");
}

// The name goes first, in one step: what is left after a crash is no year any more.
Result<void> remove_year(const fs::path& ledger, int year) {
  const fs::path folder = access_folder(ledger, year);
  const fs::path leaving = access_folder(ledger) / fmt::format("{:04}.dropped", year);
  std::error_code error;
  fs::rename(folder, leaving, error);
  if (error) return fail(ErrorCode::io, folder.string() + ": " + error.message());
  LIGGARE_CHECK(sync_folder(access_folder(ledger)));
  fs::remove_all(leaving, error);
  if (error) return fail(ErrorCode::io, leaving.string() + ": " + error.message());
  return {};
}

}  // namespace

Result<std::vector<AccessYear>> list_access_years(const Ledger& ledger) {
  std::vector<AccessYear> listed;
  LIGGARE_TRY(const std::vector<int> years, access_years(ledger.folders().ledger));
  for (const int year : years) {
    LIGGARE_TRY(const Log log, open_year(ledger, year));
    LIGGARE_TRY(AccessYear seen, look_at(*log, year));
    listed.push_back(std::move(seen));
  }
  return listed;
}

Result<AccessVerification> verify_access_log(
    const Ledger& ledger, const std::vector<inspect::GivenCheckpoint>& checkpoints,
    const std::optional<merkle::VerifierKey>& key) {
  AccessVerification verification;
  LIGGARE_TRY(const auto signed_years, signed_years_for(ledger, checkpoints, key, verification));
  LIGGARE_TRY(const std::vector<int> years, access_years(ledger.folders().ledger));
  for (const int year : years) {
    LIGGARE_CHECK(verify_year(ledger, year, verification));
  }
  LIGGARE_CHECK(check_presence(ledger, signed_years, verification));
  return verification;
}

Result<std::optional<std::string>> drop_access_year(const Ledger& ledger, int year,
                                                    const std::string& who) {
  LIGGARE_TRY(auto reason, reason_against(ledger, year));
  LIGGARE_CHECK(record_drop(ledger, year, who, !reason));
  if (reason) return reason;
  const fs::path& folder = ledger.folders().ledger;
  LIGGARE_TRY(const FileDescriptor lock, lock_folder(access_folder(folder)));
  // Another process may have dropped it meanwhile.
  LIGGARE_TRY(reason, reason_against(ledger, year));
  if (!reason) {
    LIGGARE_CHECK(remove_year(folder, year));
  }
  return reason;
}

}  // namespace liggare::ledger
