#include "projection/kept_rows.h"

#include "base/bytes.h"
#include "base/sha256.h"

namespace liggare::projection {
namespace {

// Keys: "state/<projection>", and "row/<projection>/<table>" ‖ 0x00 ‖ key.
std::string state_key(const Projection& projection) {
  return "state/" + std::string(projection.name);
}
std::string rows_prefix(const Projection& projection) {
  return "row/" + std::string(projection.name) + "/";
}
std::string row_key(const Projection& projection, const RowKey& key) {
  return rows_prefix(projection) + joined_key(key.first, key.second);
}

std::uint64_t checksum_of(const RowKey& key, std::string_view row) {
  std::string lengths;
  put_u64(lengths, key.first.size());
  put_u64(lengths, key.second.size());
  return get_u64(sha256({lengths, key.first, key.second, row}).view());
}

std::string state_bytes(const KeptState& state) {
  std::string bytes;
  put_u32(bytes, static_cast<std::uint32_t>(state.version));
  put_u64(bytes, state.position);
  bytes += state.root.view();
  put_u64(bytes, state.rows);
  put_u64(bytes, state.checksum);
  return bytes;
}
constexpr std::size_t state_size = 4 + 3 * 8 + hash_bytes;

KeptState read_state(std::string_view bytes) {
  return {static_cast<int>(get_u32(bytes)), get_u64(bytes.substr(4)),
          Hash::from(bytes.substr(12, hash_bytes)), get_u64(bytes.substr(44)),
          get_u64(bytes.substr(52))};
}

Unexpected<Error> damaged(const Projection& projection) {
  return fail(ErrorCode::corrupt,
              "kept rows of projection " + std::string(projection.name) + " are damaged");
}

}  // namespace

Result<std::unique_ptr<KeptRows>> KeptRows::open(const std::filesystem::path& folder,
                                                 store::Access access) {
  LIGGARE_TRY(auto store, store::RowStore::open(folder, access));
  return std::unique_ptr<KeptRows>(new KeptRows(std::move(store)));
}

Result<std::optional<KeptState>> KeptRows::state(const Projection& projection) const {
  LIGGARE_TRY(const auto bytes, store_->get(state_key(projection)));
  if (!bytes) return std::optional<KeptState>();
  if (bytes->size() != state_size) return damaged(projection);
  const KeptState state = read_state(*bytes);
  if (state.version != projection.version) return std::optional<KeptState>();
  return std::optional<KeptState>(state);
}

Result<Rows> KeptRows::read(const Projection& projection, const KeptState& state) const {
  Rows rows;
  std::uint64_t checksum = 0;
  const std::string prefix = rows_prefix(projection);
  LIGGARE_CHECK(
      store_->scan(prefix, [&](std::string_view key, std::string_view row) -> Result<void> {
        key.remove_prefix(prefix.size());
        const auto separator = key.find('\0');
        if (separator == std::string_view::npos) return damaged(projection);
        RowKey row_key{key.substr(0, separator), key.substr(separator + 1)};
        checksum += checksum_of(row_key, row);
        rows.emplace_hint(rows.end(), std::move(row_key), row);
        return {};
      }));
  if (rows.size() != state.rows || checksum != state.checksum) return damaged(projection);
  return rows;
}

Result<void> KeptRows::update(const Projection& projection, const KeptState& from,
                              const Rows& removed, const Rows& added,
                              const merkle::TreeHead& head) {
  KeptState state{projection.version, head.tree_size, head.root_hash, from.rows, from.checksum};
  std::vector<store::RowChange> changes;
  for (const auto& [key, row] : removed) {
    --state.rows;
    state.checksum -= checksum_of(key, row);
    if (!added.contains(key)) changes.push_back({row_key(projection, key), std::nullopt});
  }
  for (const auto& [key, row] : added) {
    ++state.rows;
    state.checksum += checksum_of(key, row);
    changes.push_back({row_key(projection, key), row});
  }
  changes.push_back({state_key(projection), state_bytes(state)});
  return store_->apply(changes);
}

Result<void> KeptRows::clear(const Projection& projection) {
  std::vector<store::RowChange> changes{{state_key(projection), std::nullopt}};
  LIGGARE_CHECK(store_->scan(rows_prefix(projection),
                             [&](std::string_view key, std::string_view) -> Result<void> {
                               changes.push_back({std::string(key), std::nullopt});
                               return {};
                             }));
  return store_->apply(changes);
}

}  // namespace liggare::projection
