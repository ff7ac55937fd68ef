#include "ledger/seal.h"

#include "base/bytes.h"
#include "merkle/tree.h"
#include "projections/all.h"
#include "store/event_log.h"

namespace liggare::ledger {
namespace {

const domain::Subject ledger_stream{domain::StreamKind::ledger, "main"};

// Until there is an access log, its size and root are those of an empty one.
constexpr std::int64_t access_size = 0;

domain::LedgerSealed sealed(projection::SealState& state) {
  domain::LedgerSealed data;
  data.size = static_cast<std::int64_t>(state.size());
  data.directory_root = to_hex(state.directory().root().view());
  for (projection::DigestedRows& rows : state.projections()) {
    data.projections.push_back({std::string(rows.projection().name), rows.projection().version,
                                to_hex(rows.digest().view())});
  }
  data.access_size = access_size;
  data.access_root = to_hex(merkle::empty_root().view());
  return data;
}

Json json_of(const domain::LedgerSealed& data) {
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

}  // namespace

Result<std::optional<Seal>> newest_seal(const Ledger& ledger, std::uint64_t size) {
  LIGGARE_TRY(const auto events, ledger.stream(ledger_stream, size));
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    const auto* data = std::get_if<domain::LedgerSealed>(&(*event)->event.data);
    if (data == nullptr) continue;
    return std::optional(
        Seal{(*event)->position, (*event)->event.id, (*event)->recorded, *data, false});
  }
  return std::optional<Seal>();
}

Bookkeeper::Bookkeeper() : state_(projections::all_projections()) {}

Result<Result<Seal, Refusal>> Bookkeeper::seal(Ledger& ledger, const std::string& actor,
                                               const SealProgress& progress) {
  const std::uint64_t size = ledger.head().tree_size;
  LIGGARE_TRY(auto newest, newest_seal(ledger, size));
  if (newest && newest->position + 1 == size) {
    return Result<Seal, Refusal>(*std::move(newest));
  }
  if (const auto advanced = state_.advance(ledger.log(), size, progress); !advanced) {
    state_ = projection::SealState(projections::all_projections());
    return Unexpected{advanced.error()};
  }
  Seal seal{0, "seal-" + std::to_string(size), {}, sealed(state_), true};
  LIGGARE_TRY(const Verdict verdict,
              ledger.append_own({seal.event_id, domain::EventType::ledger_sealed, ledger_stream,
                                 ledger.today(), actor, json_of(seal.data)}));
  if (!verdict) return Result<Seal, Refusal>(Unexpected{verdict.error()});
  seal.position = verdict->position;
  seal.recorded = verdict->recorded;
  return Result<Seal, Refusal>(std::move(seal));
}

Result<merkle::Directory> directory_at(const Ledger& ledger, std::uint64_t size) {
  projection::SealState state{std::span<const projection::Projection>()};
  LIGGARE_CHECK(state.advance(ledger.log(), size));
  return std::move(state.directory());
}

}  // namespace liggare::ledger
