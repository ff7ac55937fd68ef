#include "inspect/range_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "inspect/event_place.h"
#include "store/rocks/database.h"

namespace liggare::inspect {
namespace {

class RangeCheck {
 public:
  RangeCheck(const Examination& examination, const LeafSpan& span)
      : examination_(examination), span_(span), next_(span.first), leaves_(span.end - span.first) {}

  Result<RangeOutcome> run() {
    if (span_.first > 0) {
      const auto before = record_at(examination_.database, span_.first - 1);
      if (before) last_recorded_ = before->event.recorded;
    }
    LIGGARE_CHECK(read_records());
    LIGGARE_CHECK(compare_leaves(examination_, span_, leaves_, tally_));
    LIGGARE_TRY(auto top, climb(examination_, span_, {1, range_level}, std::move(leaves_), tally_));
    return RangeOutcome{tally_, std::move(top)};
  }

 private:
  Result<void> read_records() {
    // The ranges together leave no key out, whatever its bytes.
    const store::KeyRange keys{store::Family::events,
                               span_.first == 0 ? "" : store::position_bytes(span_.first),
                               span_.reaches_end ? "" : store::position_bytes(span_.end),
                               store::long_scan_readahead_bytes};
    const auto read = examination_.database.for_each(
        keys, [this](std::string_view key, std::string_view bytes) { return take(key, bytes); });
    if (read) {
      report_missing(span_.end);
      return {};
    }
    tally_.unread_records += span_.end - next_;
    return examination_.findings.take(read.error());
  }

  Result<void> take(std::string_view key, std::string_view bytes) {
    const auto position = store::read_position(key);
    if (!position) {
      add(next_, {"event-key", fmt::format("event key {}", printable(key)), "no entry",
                  fmt::format("{} bytes", bytes.size())});
      return {};
    }
    if (*position >= span_.end) {
      add(*position,
          {"event-beyond-head", event_place(examination_.database, *position),
           fmt::format("{} events", examination_.size), fmt::format("{} bytes", bytes.size())});
      return {};
    }
    report_missing(*position);
    next_ = *position + 1;
    leaves_[*position - span_.first].computed = merkle::leaf_hash(bytes);
    return check_record(*position, bytes);
  }

  void report_missing(std::uint64_t end) {
    if (next_ == end) return;
    add(next_, {"event-missing", events_place(next_, end), "a record", "nothing"});
    tally_.unread_records += end - next_;
    next_ = end;
  }

  Result<void> check_record(std::uint64_t position, std::string_view bytes) {
    if (bytes.size() > codec::record_bytes_max) {
      add(position, {"record-too-large", event_place(examination_.database, position),
                     fmt::format("at most {} bytes", codec::record_bytes_max),
                     fmt::format("{} bytes", bytes.size())});
    }
    const auto record = codec::decode_record(bytes, position);
    if (!record && record.error().code == ErrorCode::unsupported) {
      ++tally_.newer_records;
      return {};
    }
    if (!record) {
      ++tally_.unread_records;
      add(position, {"record-unreadable", fmt::format("event {}", position), "a canonical record",
                     record.error().message});
      return {};
    }
    ++tally_.records;
    check_recorded(*record);
    LIGGARE_CHECK(check_index(*record, store::Family::ids, record->event.event.id));
    LIGGARE_CHECK(
        check_index(*record, store::Family::streams,
                    store::stream_key(record->event.event.subject.text(), record->event.version)));
    if (examination_.from == 0) return {};  // The walk over all streams looks at that.
    return check_version_before(*record);
  }

  void check_recorded(const codec::Record& record) {
    const Instant recorded = record.event.recorded;
    if (recorded < last_recorded_) {
      add(record.event.position, {"recorded-goes-back", event_place(record),
                                  "not before " + last_recorded_.text(), recorded.text()});
    }
    last_recorded_ = recorded;
  }

  // From the record to its index entry; the way back is a matter of counting (verify.cc).
  Result<void> check_index(const codec::Record& record, store::Family family,
                           const std::string& key) {
    const auto value = examination_.database.get(family, key);
    if (!value) return examination_.findings.take(value.error());
    const bool is_ids = family == store::Family::ids;
    const std::string expected = store::position_bytes(record.event.position);
    if (*value == expected) {
      ++(is_ids ? tally_.ids : tally_.versions);
      return {};
    }
    const auto position = *value ? store::read_position(**value) : std::nullopt;
    std::string found = position ? fmt::format("position {}", *position) : "no position";
    if (!*value) found = "no entry";
    const std::string entry = is_ids ? fmt::format("id {}", printable(key))
                                     : fmt::format("version {}", record.event.version);
    add(record.event.position,
        {is_ids ? "id-index" : "stream-index", event_place(record),
         fmt::format("{} → position {}", entry, record.event.position), std::move(found)});
    return {};
  }

  Result<void> check_version_before(const codec::Record& record) {
    const std::uint64_t version = record.event.version;
    if (version == 1) return {};
    const std::string subject = record.event.event.subject.text();
    const auto value =
        examination_.database.get(store::Family::streams, store::stream_key(subject, version - 1));
    if (!value) return examination_.findings.take(value.error());
    const auto before = *value ? store::read_position(**value) : std::nullopt;
    if (before && *before < record.event.position) return {};
    add(record.event.position,
        {"stream-gap", fmt::format("version {} of {}", version - 1, printable(subject)),
         fmt::format("a position before {}", record.event.position),
         before ? fmt::format("position {}", *before) : "nothing"});
    return {};
  }

  void add(std::uint64_t position, Finding finding) {
    examination_.findings.add({Part::events, position}, std::move(finding));
  }

  const Examination& examination_;
  const LeafSpan span_;
  std::uint64_t next_;
  Level leaves_;
  Tally tally_;
  Instant last_recorded_{INT64_MIN};
};

}  // namespace

Result<RangeOutcome> check_range(const Examination& examination, std::uint64_t number) {
  const std::uint64_t first = number * range_events;
  const std::uint64_t end = std::min(first + range_events, examination.size);
  return RangeCheck(examination, {first, end, number + 1 == range_count(examination.size)}).run();
}

std::uint64_t range_count(std::uint64_t size) {
  return std::max<std::uint64_t>(1, (size + range_events - 1) / range_events);
}

}  // namespace liggare::inspect
