// The reading half of EventLog.
#include <fmt/format.h>

#include "store/event_log.h"
#include "store/proof_nodes.h"
#include "store/stored_tree.h"

namespace liggare::store {
namespace {

Unexpected<Error> corrupt(std::string message) {
  return fail(ErrorCode::corrupt, std::move(message));
}

// Reads records by position; every position of the range must be there.
class Consecutive {
 public:
  explicit Consecutive(PositionRange range) : next_(range.from), range_(range) {}

  Result<void> take(std::optional<std::uint64_t> found) {
    if (found != next_) return missing();
    ++next_;
    return {};
  }
  Result<void> finish() const {
    if (next_ != range_.to) return missing();
    return {};
  }
  std::uint64_t last() const { return next_ - 1; }

 private:
  Unexpected<Error> missing() const {
    return corrupt(fmt::format("event {} is missing from the log", next_));
  }

  std::uint64_t next_;
  PositionRange range_;
};

Result<void> check_range(PositionRange range, std::uint64_t size) {
  if (range.from <= range.to && range.to <= size) return {};
  return fail(
      ErrorCode::invalid_argument,
      fmt::format("the range from {} to {} does not lie within {}", range.from, range.to, size));
}

std::size_t readahead_for(PositionRange range) {
  constexpr std::uint64_t long_scan = 4096;
  return range.to - range.from < long_scan ? 0 : long_scan_readahead_bytes;
}

// How many subtrees of the level are complete.
std::uint64_t width_of(unsigned level, std::uint64_t tree_size) {
  return level < 64 ? tree_size >> level : 0;
}

Result<std::uint64_t> position_in(std::string_view value, std::string_view subject) {
  const auto position = read_position(value);
  if (!position) return corrupt(fmt::format("stream {}: a damaged position", subject));
  return *position;
}

// Walks the stream index from subject to subject.
class SubjectWalk {
 public:
  SubjectWalk(const Database& database, std::unique_ptr<rocksdb::Iterator> entry)
      : database_(database), entry_(std::move(entry)) {}

  Result<void> run(const SubjectReader& read) {
    entry_->SeekToFirst();
    while (entry_->Valid()) {
      LIGGARE_TRY(const auto first, current());
      LIGGARE_TRY(const auto count, go_past(first.subject));
      LIGGARE_CHECK(read(first.subject, count));
    }
    if (!entry_->status().ok()) return database_.failure(entry_->status());
    return {};
  }

 private:
  // Most streams are short: stepping costs less than a seek until there are many entries.
  static constexpr int steps_max = 64;

  Result<StreamKey> current() const {
    auto key = read_stream_key({entry_->key().data(), entry_->key().size()});
    if (!key) return corrupt("the stream index has a damaged key");
    return std::move(*key);
  }

  // Gives the stream's last version, which is how many events it has.
  Result<std::uint64_t> go_past(const std::string& subject) {
    std::uint64_t last_version = 0;
    for (int step = 0; entry_->Valid(); ++step) {
      if (step == steps_max) entry_->SeekForPrev(stream_key(subject, UINT64_MAX));
      LIGGARE_TRY(const auto key, current());
      if (key.subject != subject) break;
      last_version = key.version;
      entry_->Next();
    }
    if (!entry_->status().ok()) return database_.failure(entry_->status());
    return last_version;
  }

  const Database& database_;
  std::unique_ptr<rocksdb::Iterator> entry_;
};

}  // namespace

Result<std::string> EventLog::record(std::uint64_t position) const {
  LIGGARE_TRY(auto found, records({&position, 1}));
  return std::move(found.front());
}

Result<std::vector<std::string>> EventLog::records(std::span<const std::uint64_t> positions) const {
  const auto now = view();
  std::vector<std::string> keys;
  keys.reserve(positions.size());
  for (const auto position : positions) {
    if (position >= now.head.tree_size) {
      return fail(ErrorCode::not_found, fmt::format("there is no event {}", position));
    }
    keys.push_back(position_bytes(position));
  }
  auto found = now.database->get_all(Family::events, keys);
  if (!found) return Unexpected{found.error()};
  return found;
}

Result<std::optional<std::uint64_t>> EventLog::position_of(std::string_view event_id) const {
  const auto now = view();
  LIGGARE_TRY(const auto value, now.database->get(Family::ids, event_id));
  if (!value) return std::optional<std::uint64_t>();
  const auto position = read_position(*value);
  if (!position) return corrupt(fmt::format("id {}: a damaged position", event_id));
  if (*position >= now.head.tree_size) return std::optional<std::uint64_t>();
  return position;
}

Result<std::vector<std::uint64_t>> EventLog::stream(std::string_view subject,
                                                    std::uint64_t size) const {
  const auto now = view();
  LIGGARE_CHECK(check_range({0, size}, now.head.tree_size));
  if (subject.empty() || subject.find('\0') != std::string_view::npos) {
    return std::vector<std::uint64_t>();
  }
  rocksdb::ReadOptions options;
  options.prefix_same_as_start = true;
  const auto entry = now.database->iterator(Family::streams, options);
  std::vector<std::uint64_t> positions;
  for (entry->Seek(stream_key(subject, 0)); entry->Valid(); entry->Next()) {
    const auto key = read_stream_key({entry->key().data(), entry->key().size()});
    LIGGARE_TRY(const auto position,
                position_in({entry->value().data(), entry->value().size()}, subject));
    if (position >= size) break;
    if (!key || key->version != positions.size() + 1 ||
        (!positions.empty() && position <= positions.back())) {
      return corrupt(fmt::format("stream {}: version {} is missing or out of order", subject,
                                 positions.size() + 1));
    }
    positions.push_back(position);
  }
  if (!entry->status().ok()) return now.database->failure(entry->status());
  return positions;
}

Result<void> EventLog::streams(std::string_view after, std::uint64_t size,
                               const StreamReader& read) const {
  const auto now = view();
  LIGGARE_CHECK(check_range({0, size}, now.head.tree_size));
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  options.fill_cache = false;
  const auto entry = now.database->iterator(Family::streams, options);
  std::string subject;
  std::vector<std::uint64_t> positions;
  const auto give = [&]() -> Result<void> {
    if (positions.empty()) return {};
    return read(subject, std::exchange(positions, {}));
  };
  std::uint64_t versions = 0;
  if (after.empty()) {
    entry->SeekToFirst();
  } else {
    entry->Seek(stream_key(after, UINT64_MAX));
  }
  for (; entry->Valid(); entry->Next()) {
    const auto key = read_stream_key({entry->key().data(), entry->key().size()});
    if (!key) return corrupt("the stream index has a damaged key");
    if (key->subject != subject) {
      LIGGARE_CHECK(give());
      subject = key->subject;
      versions = 0;
    }
    LIGGARE_TRY(const auto position,
                position_in({entry->value().data(), entry->value().size()}, subject));
    if (key->version != ++versions || (!positions.empty() && position <= positions.back())) {
      return corrupt(
          fmt::format("stream {}: version {} is missing or out of order", subject, versions));
    }
    if (position < size) positions.push_back(position);
  }
  if (!entry->status().ok()) return now.database->failure(entry->status());
  return give();
}

Result<void> EventLog::scan(PositionRange range, const RecordReader& read) const {
  const auto now = view();
  LIGGARE_CHECK(check_range(range, now.head.tree_size));
  Consecutive positions(range);
  const KeyRange keys{Family::events, position_bytes(range.from), position_bytes(range.to),
                      readahead_for(range)};
  const auto take = [&](std::string_view key, std::string_view bytes) -> Result<void> {
    LIGGARE_CHECK(positions.take(read_position(key)));
    return read(positions.last(), bytes);
  };
  LIGGARE_CHECK(now.database->for_each(keys, take));
  return positions.finish();
}

Result<void> EventLog::subjects(const SubjectReader& read) const {
  const auto now = view();
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  options.fill_cache = false;
  return SubjectWalk(*now.database, now.database->iterator(Family::streams, options)).run(read);
}

Result<Hash> EventLog::node(merkle::NodeId id) const {
  const auto now = view();
  if (id.index >= width_of(id.level, now.head.tree_size)) {
    return fail(ErrorCode::not_found,
                fmt::format("the tree has no complete subtree ({}, {})", id.level, id.index));
  }
  return StoredTree(*now.database, identity_.tree_layout).node(id);
}

merkle::NodeReader EventLog::proof_nodes() const {
  const auto now = view();
  const auto read = [database = now.database, layout = identity_.tree_layout](
                        unsigned level, PositionRange indexes) {
    return StoredTree(*database, layout).run(level, indexes);
  };
  const auto nodes = std::make_shared<ProofNodes>(*upper_blocks_, now.head.tree_size, read);
  return [nodes](merkle::NodeId id) { return nodes->node(id); };
}

Result<void> EventLog::entries(Family family, const EntryReader& read) const {
  return view().database->for_each({family, "", "", long_scan_readahead_bytes}, read);
}

Result<std::vector<std::string>> EventLog::check_files() const {
  return view().database->damaged_files();
}

}  // namespace liggare::store
