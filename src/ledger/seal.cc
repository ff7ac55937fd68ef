#include "ledger/seal.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "ledger/access_log.h"
#include "merkle/tree.h"
#include "projections/all.h"
#include "store/event_log.h"
#include "store/row_store.h"

namespace liggare::ledger {
namespace {

domain::LedgerSealed sealed(projection::SealState& state, const merkle::TreeHead& access) {
  domain::LedgerSealed data;
  data.size = static_cast<std::int64_t>(state.size());
  data.directory_root = to_hex(state.directory().root().view());
  for (projection::DigestedRows& rows : state.projections()) {
    data.projections.push_back({std::string(rows.projection().name), rows.projection().version,
                                to_hex(rows.digest().view())});
  }
  data.access_size = static_cast<std::int64_t>(access.tree_size);
  data.access_root = to_hex(access.root_hash.view());
  return data;
}

bool covers(const domain::LedgerSealed& data, const merkle::TreeHead& access) {
  return data.access_size == static_cast<std::int64_t>(access.tree_size) &&
         data.access_root == to_hex(access.root_hash.view());
}

std::filesystem::path seals_folder(const Ledger& ledger) {
  return ledger.folders().ledger / "seals";
}

}  // namespace

Json data_json(const domain::LedgerSealed& data) {
  Json projections = Json::array();
  for (const domain::ProjectionDigest& each : data.projections) {
    projections.push(Json::object()
                         .add("name", each.name)
                         .add("version", each.version)
                         .add("digest", each.digest));
  }
  return Json::object()
      .add("size", data.size)
      .add("directoryRoot", data.directory_root)
      .add("projections", std::move(projections))
      .add("accessSize", data.access_size)
      .add("accessRoot", data.access_root);
}

Result<std::optional<Seal>> newest_seal(const Ledger& ledger, std::uint64_t size) {
  LIGGARE_TRY(const auto events, ledger.stream(domain::ledger_stream, size));
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    const auto* data = std::get_if<domain::LedgerSealed>(&(*event)->event.data);
    if (data == nullptr) continue;
    return std::optional(
        Seal{(*event)->position, (*event)->event.id, (*event)->recorded, *data, false});
  }
  return std::optional<Seal>();
}

// A year's access log only grows, and the newest is never dropped.
Result<void> check_access_log(const Seal& newest, const AccessHead& access) {
  const bool is_newer_year = access.year > newest.recorded.ledger_day().year();
  const auto sealed_size = static_cast<std::uint64_t>(newest.data.access_size);
  if (is_newer_year || access.head.tree_size >= sealed_size) return {};
  return fail(
      ErrorCode::diverged,
      fmt::format("the access log has {} records, and {} when the books were last closed; nothing "
                  "was sealed: find out which copy of it is the true one",
                  access.head.tree_size, sealed_size));
}

Result<Result<Seal, Refusal>> Bookkeeper::seal(Ledger& ledger, const std::string& actor,
                                               const SealProgress& progress) {
  const std::uint64_t size = ledger.head().tree_size;
  LIGGARE_TRY(auto newest, newest_seal(ledger, size));
  LIGGARE_TRY(const AccessHead access, access_head(ledger.folders().ledger));
  if (newest) {
    LIGGARE_CHECK(check_access_log(*newest, access));
  }
  if (newest && newest->position + 1 == size && covers(newest->data, access.head)) {
    return Result<Seal, Refusal>(*std::move(newest));
  }
  if (const auto followed = follow(ledger, size, progress); !followed) {
    state_.reset();
    return Unexpected{followed.error()};
  }
  Seal seal{0, "seal-" + std::to_string(size), {}, sealed(*state_, access.head), true};
  LIGGARE_TRY(
      const Verdict verdict,
      ledger.append_own({seal.event_id, domain::EventType::ledger_sealed, domain::ledger_stream,
                         ledger.today(), actor, data_json(seal.data)}));
  if (!verdict) return Result<Seal, Refusal>(Unexpected{verdict.error()});
  seal.position = verdict->position;
  seal.recorded = verdict->recorded;
  return Result<Seal, Refusal>(std::move(seal));
}

Result<void> Bookkeeper::follow(const Ledger& ledger, std::uint64_t size,
                                const SealProgress& progress) {
  const auto followed = follow_kept(ledger, size, progress);
  if (followed || followed.error().code != ErrorCode::corrupt) return followed;
  // It may be what was kept that is damaged, and not the log: once more without it.
  state_.reset();
  LIGGARE_CHECK(store::RowStore::destroy(seals_folder(ledger)));
  return follow_kept(ledger, size, progress);
}

Result<void> Bookkeeper::follow_kept(const Ledger& ledger, std::uint64_t size,
                                     const SealProgress& progress) {
  const store::EventLog& log = ledger.log();
  if (!state_) {
    LIGGARE_TRY(auto kept, store::RowStore::open(seals_folder(ledger), store::Access::write));
    LIGGARE_TRY(state_,
                projection::SealState::open(std::move(kept), projections::all_projections(), log));
  }
  LIGGARE_CHECK(state_->advance(log, size, progress));
  return state_->save(log);
}

Result<ProvenStream> prove_stream(const Ledger& ledger, std::string_view subject,
                                  std::uint64_t size) {
  const store::EventLog& log = ledger.log();
  const auto kept = store::RowStore::open(seals_folder(ledger), store::Access::read_only);
  std::optional<projection::Directory> directory;
  if (kept) {
    auto saved = projection::SealState::saved_directory(**kept, log, size);
    if (saved) directory = *std::move(saved);
  }
  if (directory) {
    auto proof = directory->prove(subject);
    if (proof) return ProvenStream{directory->root(), *std::move(proof)};
  }
  projection::SealState anew{std::span<const projection::Projection>()};
  LIGGARE_CHECK(anew.advance(log, size));
  LIGGARE_TRY(auto proof, anew.directory().prove(subject));
  return ProvenStream{anew.directory().root(), std::move(proof)};
}

}  // namespace liggare::ledger
