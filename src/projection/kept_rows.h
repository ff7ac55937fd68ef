// Rows kept on disk, as of a position of the log: how a question about now is answered at once.
//
// Disposable: everything here can be folded anew from the log. Each table carries the count and a
// checksum of its rows, so that a damaged store is noticed by whoever reads it and never believed.
//
// The rows of a projection belong to a build. A rebuild fills a new one beside the current one (a
// shadow), which takes its place in one step; the build before it is kept until it is confirmed
// that nobody wants it back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "merkle/tree.h"
#include "projection/projection.h"
#include "projection/row_pile.h"
#include "projection/row_source.h"
#include "store/row_store.h"

namespace liggare::projection {

struct TableState {
  std::uint64_t rows = 0;
  std::uint64_t checksum = 0;  // Sum over the rows of their short hashes.
  bool operator==(const TableState&) const = default;
};

using Tables = std::map<std::string, TableState, std::less<>>;  // By name.

// How far a build of a projection has come, and what it holds.
struct KeptState {
  std::uint64_t build = 0;
  int version = 0;             // Of the projection that folded it.
  std::uint64_t position = 0;  // It holds the facts of the events before this position.
  Hash root;                   // Of the tree at that size: which history it is that was folded.
  Tables tables;

  std::uint64_t rows() const;
  TableState table(std::string_view name) const;  // Of one that has no rows, too.
};

// A build in the making.
struct Shadow {
  std::uint64_t build = 0;
  merkle::TreeHead head;     // Up to where the log is folded.
  std::string done_through;  // The last subject whose rows are in; empty before the first.
  std::vector<std::pair<std::string, int>> projections;  // Names and versions.
};

class KeptRows {
 public:
  // For reading, not_found where nothing has been kept yet. Opened for writing, what no build
  // refers to any more is erased. `env` as RowStore::open() takes it.
  static Result<std::unique_ptr<KeptRows>> open(const std::filesystem::path& folder,
                                                store::Access access, rocksdb::Env* env = nullptr);

  // How many may read it at once, or write table files.
  unsigned threads() const { return threads_; }
  const std::filesystem::path& folder() const { return folder_; }

  // The current build; nothing where the projection is not kept. Its version may be another than
  // the projection's.
  Result<std::optional<KeptState>> state(const Projection& projection) const;
  // The build that the current one replaced; nothing once it was confirmed.
  Result<std::optional<KeptState>> previous(const Projection& projection) const;

  // Visits a table's rows in the order of their keys. corrupt, when all were visited, where they
  // are not what was put.
  Result<void> scan(const Projection& projection, const KeptState& state, std::string_view table,
                    const RowSource::Visit& visit) const;
  // The same in two parts, as RowSource::scan_in_halves(); `second` begins at `middle`, which
  // middle_key() gives.
  Result<void> scan_in_halves(const Projection& projection, const KeptState& state,
                              std::string_view table, std::string_view middle,
                              const RowSource::Visit& first, const RowSource::Visit& second) const;
  Result<std::string> middle_key(const Projection& projection, const KeptState& state,
                                 std::string_view table) const;
  // Every row of a build. corrupt where they are not what was put.
  Result<Rows> read(const Projection& projection, const KeptState& state) const;

  // Takes `removed` out of the build, puts `added`, and moves it to `head`, all at once; gives its
  // new state. `removed` must be rows that the build holds.
  Result<KeptState> update(const Projection& projection, const KeptState& state,
                           const Rows& removed, const Rows& added, const merkle::TreeHead& head);

  // The shadow that was begun and not finished.
  Result<std::optional<Shadow>> shadow() const;
  // Begins one, empty; an earlier one is dropped.
  Result<Shadow> begin_shadow(std::span<const Projection> projections,
                              const merkle::TreeHead& head);
  // Adds the rows of further subjects, up to `done_through`, in sorted parts of which no two have a
  // key in common: they count once all are in. Rows that an interrupted call left are put again by
  // whoever goes on with the shadow.
  Result<void> extend_shadow(Shadow& shadow, std::span<const Projection> projections,
                             const std::vector<RowPile>& parts, const std::string& done_through);
  Result<KeptState> shadow_state(const Shadow& shadow, const Projection& projection) const;
  // Makes the shadow the current build of its projections, all at once. The builds before stay as
  // the previous ones; those before them are erased.
  Result<void> switch_to(const Shadow& shadow, std::span<const Projection> projections);

  // Erases the build before the current one. False where there is none.
  Result<bool> confirm(const Projection& projection);
  // Makes the build before the current one current again, and erases the newer. False where there
  // is none.
  Result<bool> revert(const Projection& projection);

 private:
  KeptRows(std::unique_ptr<store::RowStore> store, std::filesystem::path folder, unsigned threads)
      : store_(std::move(store)), folder_(std::move(folder)), threads_(threads) {}
  Result<void> sweep();
  struct StoredRange {
    std::string from;
    std::string to;
    std::size_t prefix_bytes;  // Of each key, before the row's own.
  };
  // Gives what the rows amount to.
  Result<TableState> visit_rows(std::string_view table, const StoredRange& range,
                                const RowSource::Visit& visit) const;
  Result<std::optional<KeptState>> state_named(const std::string& pointer,
                                               const Projection& projection) const;
  Result<std::optional<KeptState>> state_of(std::uint64_t build,
                                            const Projection& projection) const;
  // A table's rows in all parts as a table file; adds them up in `added`.
  Result<std::optional<std::string>> write_table(const Projection& projection, std::uint64_t build,
                                                 std::string_view table,
                                                 const std::vector<RowPile>& parts,
                                                 TableState& added) const;
  Result<void> erase_build(std::uint64_t build, std::string_view projection);
  Result<std::uint64_t> new_build() const;

  std::unique_ptr<store::RowStore> store_;
  std::filesystem::path folder_;
  unsigned threads_;
};

}  // namespace liggare::projection
