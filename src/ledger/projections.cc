#include "ledger/kept.h"
#include "ledger/parts.h"
#include "projection/digest.h"
#include "projection/projector.h"
#include "projections/all.h"

namespace liggare::ledger {
namespace {

using projection::Projection;

Result<std::vector<Projection>> projections_named(const std::string& name) {
  if (name.empty()) return projections::all_projections();
  std::string names;
  for (const Projection& projection : projections::all_projections()) {
    if (projection.name == name) return std::vector<Projection>{projection};
    names.append(names.empty() ? "" : ", ").append(projection.name);
  }
  return fail(ErrorCode::not_found, "there is no projection \"" + name + "\"; there are " + names);
}

}  // namespace

Result<std::vector<ProjectionStatus>> Ledger::projections() const {
  std::vector<ProjectionStatus> statuses;
  const std::uint64_t size = head().tree_size;
  for (const Projection& projection : projections::all_projections()) {
    ProjectionStatus status;
    status.name = projection.name;
    status.version = projection.version;
    status.lag = size;
    if (parts_->kept != nullptr) {
      LIGGARE_TRY(const auto state, parts_->kept->state(projection));
      if (state) {
        status.kept = state->version;
        status.position = state->position;
        status.lag = size - std::min(size, state->position);
        status.rows = state->rows();
      }
      LIGGARE_TRY(const auto previous, parts_->kept->previous(projection));
      if (previous) status.previous = previous->version;
    }
    statuses.push_back(std::move(status));
  }
  return statuses;
}

Result<std::vector<projection::RebuiltProjection>> Ledger::rebuild_projections(
    const std::string& name,
    const std::function<void(std::uint64_t done, std::uint64_t total)>& progress) {
  LIGGARE_TRY(const auto wanted, projections_named(name));
  const auto newest = [&]() -> Result<std::uint64_t> {
    if (parts_->mode == Mode::write) return head().tree_size;
    LIGGARE_TRY(const merkle::TreeHead head, parts_->log->refresh());
    return head.tree_size;
  };
  std::vector<projection::RebuiltProjection> rebuilt;
  LIGGARE_CHECK(change_kept([&](projection::KeptRows& kept) -> Result<void> {
    LIGGARE_TRY(rebuilt, projection::rebuild(*parts_->log, wanted, kept,
                                             {head().tree_size, progress, newest}));
    return {};
  }));
  return rebuilt;
}

Result<std::vector<std::string>> Ledger::confirm_projections(const std::string& name) {
  return change_builds(name, &projection::KeptRows::confirm);
}

Result<std::vector<std::string>> Ledger::revert_projections(const std::string& name) {
  return change_builds(name, &projection::KeptRows::revert);
}

Result<std::vector<std::string>> Ledger::change_builds(
    const std::string& name,
    Result<bool> (projection::KeptRows::*change)(const projection::Projection&)) {
  LIGGARE_TRY(const auto wanted, projections_named(name));
  std::vector<std::string> changed;
  LIGGARE_CHECK(change_kept([&](projection::KeptRows& kept) -> Result<void> {
    changed.clear();
    for (const Projection& projection : wanted) {
      LIGGARE_TRY(const bool had_one, (kept.*change)(projection));
      if (had_one) changed.emplace_back(projection.name);
    }
    return {};
  }));
  return changed;
}

Result<void> Ledger::change_kept(const std::function<Result<void>(projection::KeptRows&)>& change) {
  const auto changed = with_kept_for_writing(parts_->projections_folder(), change);
  parts_->kept = open_kept_for_reading(parts_->projections_folder());
  return changed;
}

Result<std::vector<ProjectionCheck>> Ledger::verify_projections() const {
  const std::vector<Projection>& all = projections::all_projections();
  const std::uint64_t size = head().tree_size;
  std::vector<ProjectionCheck> checks;
  for (const Projection& projection : all) {
    const std::span<const Projection> one(&projection, 1);
    ProjectionCheck check;
    check.name = projection.name;
    std::optional<projection::KeptState> state;
    if (parts_->kept != nullptr) {
      auto read = parts_->kept->state(projection);
      check.equal = read.has_value();
      if (read) state = *read;
    } else {
      // A folder with something in it that can't be opened is damaged; none is no damage.
      std::error_code error;
      const auto folder = parts_->projections_folder();
      check.equal =
          !std::filesystem::exists(folder, error) || std::filesystem::is_empty(folder, error);
      if (error) {
        return fail(ErrorCode::io, "the kept projections can't be looked at: " + error.message());
      }
    }
    if (state && state->position > size) check.equal = false;
    // Another version's rows are rebuilt, not compared.
    if (state && state->version != projection.version) state.reset();
    if (!state || !check.equal) {
      checks.push_back(std::move(check));
      continue;
    }
    LIGGARE_TRY(const auto folded,
                projection::FoldedRows::fold(*parts_->log, one, state->position));
    check.rebuilt_digest = to_hex(projection::digest_of(projection, folded.rows()).view());
    const auto kept = parts_->kept->read(projection, *state);
    if (kept) check.kept_digest = to_hex(projection::digest_of(projection, *kept).view());
    check.equal = kept && check.kept_digest == check.rebuilt_digest;
    checks.push_back(std::move(check));
  }
  return checks;
}

}  // namespace liggare::ledger
