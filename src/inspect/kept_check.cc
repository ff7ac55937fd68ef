// Compares kept rows with rows that are folded anew.
#include <fmt/format.h>

#include "base/bytes.h"
#include "inspect/full_check.h"
#include "projection/digest.h"
#include "projection/folded_rows.h"

namespace liggare::inspect {
namespace {

using projection::KeptState;
using projection::Projection;

// Projections whose kept rows have come equally far.
struct Group {
  std::vector<Projection> projections;
  std::vector<KeptState> states;
};

class KeptCheck {
 public:
  KeptCheck(const FullExamination& examination, const projection::KeptRows& kept)
      : examination_(examination), kept_(kept) {}

  Result<void> run() {
    std::map<std::uint64_t, Group> groups;
    for (const Projection& projection : examination_.options.projections) {
      LIGGARE_TRY(const auto state, usable_state(projection));
      if (!state) continue;
      Group& group = groups[state->position];
      group.projections.push_back(projection);
      group.states.push_back(*state);
    }
    for (const auto& [position, group] : groups) {
      LIGGARE_CHECK(check(position, group));
    }
    examination_.report.checked.push_back(
        {Statement::kept_projections, {std::to_string(compared_)}});
    return {};
  }

 private:
  // No value where nothing is kept, or nothing that can be compared.
  Result<std::optional<KeptState>> usable_state(const Projection& projection) {
    auto state = kept_.state(projection);
    if (!state && state.error().code != ErrorCode::corrupt) return Unexpected{state.error()};
    if (!state) return drifted(projection, "", state.error().message);
    if (!*state) return std::optional<KeptState>();
    if ((*state)->version != projection.version) {
      examination_.report.not_checked.push_back(
          {Statement::kept_rows_of_version,
           {std::string(projection.name), std::to_string((*state)->version),
            std::to_string(projection.version)}});
      return std::optional<KeptState>();
    }
    const std::uint64_t position = (*state)->position;
    if (position > examination_.log.head().tree_size) {
      return drifted(projection, fmt::format("at most {} events", examination_.size),
                     fmt::format("{} events", position));
    }
    const store::EventLog& log = examination_.log;
    LIGGARE_TRY(const Hash root,
                merkle::root_at(position, [&](merkle::NodeId id) { return log.node(id); }));
    if (root == (*state)->root) return *std::move(state);
    return drifted(projection, "the history with root " + to_hex(root.view()),
                   to_hex((*state)->root.view()));
  }

  Result<void> check(std::uint64_t position, const Group& group) {
    LIGGARE_TRY(const auto folded,
                projection::FoldedRows::fold(examination_.log, group.projections, position));
    for (std::size_t i = 0; i < group.projections.size(); ++i) {
      const Projection& projection = group.projections[i];
      const std::string expected = to_hex(projection::digest_of(projection, folded.rows()).view());
      const auto rows = kept_.read(projection, group.states[i]);
      if (!rows && rows.error().code != ErrorCode::corrupt) return Unexpected{rows.error()};
      const std::string found =
          rows ? to_hex(projection::digest_of(projection, *rows).view()) : rows.error().message;
      if (found != expected) drifted(projection, expected, found);
      examination_.tell_progress(Phase::projections, ++compared_,
                                 examination_.options.projections.size());
    }
    return {};
  }

  std::optional<KeptState> drifted(const Projection& projection, std::string expected,
                                   std::string found) {
    examination_.findings.add({Part::projections, drifted_++},
                              {"projection-drifted", fmt::format("projection {}", projection.name),
                               std::move(expected), std::move(found)});
    return std::nullopt;
  }

  const FullExamination& examination_;
  const projection::KeptRows& kept_;
  std::uint64_t compared_ = 0;
  std::uint64_t drifted_ = 0;
};

}  // namespace

Result<void> check_kept_rows(const FullExamination& examination, const projection::KeptRows& kept) {
  return KeptCheck(examination, kept).run();
}

}  // namespace liggare::inspect
