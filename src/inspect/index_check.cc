#include "inspect/index_check.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "inspect/event_place.h"
#include "store/rocks/database.h"

namespace liggare::inspect {
namespace {

using store::Family;

constexpr std::size_t version_bytes = sizeof(std::uint64_t);

using EntryReader = std::function<void(std::string_view key, std::string_view value)>;

Result<void> read_all(const Examination& examination, Family family, const EntryReader& read) {
  const auto take = [&](std::string_view key, std::string_view value) -> Result<void> {
    read(key, value);
    return {};
  };
  const auto done =
      examination.database.for_each({family, "", "", store::long_scan_readahead_bytes}, take);
  if (!done) return examination.findings.take(done.error());
  return {};
}

std::string id_place(std::string_view id) { return fmt::format("id {}", printable(id)); }

std::string version_place(const store::StreamKey& key) {
  return fmt::format("version {} of {}", key.version, printable(key.subject));
}

// The value's position; reports one that can't be any event's, at the place that `place()` names.
template <class Place>
std::optional<std::uint64_t> position_in(const Examination& examination, FindingOrder order,
                                         std::string_view value, const Place& place) {
  const auto position = store::read_position(value);
  if (position && *position < examination.size) return position;
  examination.findings.add(order,
                           {order.part == Part::ids ? "id-index" : "stream-index", place(),
                            fmt::format("a position below {}", examination.size),
                            position ? fmt::format("position {}", *position) : printable(value)});
  return std::nullopt;
}

// Counts and sums up what points to an event.
void count_entry(const Examination& examination, std::string_view key, std::string_view value,
                 IndexCount& count) {
  thread_local std::string entry;
  entry.assign(key).append(value);
  count.sum += examination.entry_hash.of(entry);
  ++count.entries;
}

// The stream index, entry by entry.
class StreamWalk {
 public:
  explicit StreamWalk(const Examination& examination) : examination_(examination) {}

  void take(std::string_view key_bytes, std::string_view value) {
    if (!read_key(key_bytes)) {
      add({"stream-key", fmt::format("stream key {}", printable(key_bytes)), "no entry",
           printable(value)});
      return;
    }
    check_version();
    const auto position = position_in(examination_, {Part::streams, count_.entries}, value,
                                      [&] { return version_place(key_); });
    if (!position) return;
    count_entry(examination_, key_bytes, value, count_);
    check_order(*position);
  }

  const IndexCount& count() const { return count_; }

 private:
  // Most keys have the subject of the one before, up to its 0x00, which is the first in them.
  bool read_key(std::string_view bytes) {
    if (is_same_subject(bytes)) {
      key_.version = get_u64(bytes.substr(bytes.size() - version_bytes));
      return true;
    }
    auto key = store::read_stream_key(bytes);
    if (!key) return false;
    key_ = *std::move(key);
    last_version_ = 0;
    last_position_.reset();
    ++count_.subjects;
    return true;
  }

  bool is_same_subject(std::string_view bytes) const {
    const std::string& subject = key_.subject;
    return !subject.empty() && bytes.size() == subject.size() + 1 + version_bytes &&
           bytes.starts_with(subject) && bytes[subject.size()] == '\0';
  }

  void check_version() {
    if (key_.version != last_version_ + 1) {
      add({"stream-gap", version_place({key_.subject, last_version_ + 1}), "an entry",
           fmt::format("version {} comes next", key_.version)});
    }
    last_version_ = key_.version;
  }

  void check_order(std::uint64_t position) {
    if (last_position_ && position <= *last_position_) {
      add({"stream-order", version_place(key_), fmt::format("a position after {}", *last_position_),
           fmt::format("position {}", position)});
    }
    last_position_ = position;
  }

  void add(Finding finding) {
    examination_.findings.add({Part::streams, count_.entries}, std::move(finding));
  }

  const Examination& examination_;
  store::StreamKey key_;
  std::uint64_t last_version_ = 0;
  std::optional<std::uint64_t> last_position_;
  IndexCount count_;
};

}  // namespace

Result<IndexCount> check_ids(const Examination& examination) {
  IndexCount count;
  LIGGARE_CHECK(
      read_all(examination, Family::ids, [&](std::string_view id, std::string_view value) {
        const FindingOrder order{Part::ids, count.entries};
        if (!position_in(examination, order, value, [&] { return id_place(id); })) return;
        count_entry(examination, id, value, count);
      }));
  return count;
}

Result<IndexCount> check_streams(const Examination& examination) {
  StreamWalk walk(examination);
  LIGGARE_CHECK(
      read_all(examination, Family::streams,
               [&](std::string_view key, std::string_view value) { walk.take(key, value); }));
  return walk.count();
}

Result<std::uint64_t> locate_forged_ids(const Examination& examination) {
  std::uint64_t forged = 0;
  const auto look = [&](std::string_view id, std::string_view value) {
    const auto position = store::read_position(value);
    if (!position || *position >= examination.size) return;
    const auto record = record_at(examination.database, *position);
    if (!record || record->event.event.id == id) return;
    ++forged;
    examination.findings.add(
        {Part::ids, *position},
        {"id-index", id_place(id), "no entry",
         fmt::format("position {}, which is {}", *position, id_place(record->event.event.id))});
  };
  LIGGARE_CHECK(read_all(examination, Family::ids, look));
  return forged;
}

Result<std::uint64_t> locate_forged_streams(const Examination& examination) {
  std::uint64_t forged = 0;
  const auto look = [&](std::string_view bytes, std::string_view value) {
    const auto key = store::read_stream_key(bytes);
    const auto position = store::read_position(value);
    if (!key || !position || *position >= examination.size) return;
    const auto record = record_at(examination.database, *position);
    if (!record) return;
    const store::StreamKey own{record->event.event.subject.text(), record->event.version};
    if (own == *key) return;
    ++forged;
    examination.findings.add(
        {Part::streams, *position},
        {"stream-index", version_place(*key), "no entry",
         fmt::format("position {}, which is {}", *position, version_place(own))});
  };
  LIGGARE_CHECK(read_all(examination, Family::streams, look));
  return forged;
}

}  // namespace liggare::inspect
