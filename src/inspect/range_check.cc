#include "inspect/range_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "inspect/entry_check.h"
#include "inspect/event_place.h"
#include "store/rocks/database.h"

namespace liggare::inspect {
namespace {

// About what the records of a range take: more would be read once more for the next range.
constexpr std::size_t readahead_bytes = std::size_t{256} << 10;

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
    return RangeOutcome{tally_, sums_, std::move(top)};
  }

 private:
  Result<void> read_records() {
    const auto read = examination_.database.for_each(
        range_keys(span_),
        [this](std::string_view key, std::string_view bytes) { return take(key, bytes); });
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
    const auto outline = codec::outline_record(bytes, position);
    if (!outline && outline.error().code == ErrorCode::unsupported) {
      ++tally_.newer_records;
      return {};
    }
    if (!outline) {
      ++tally_.unread_records;
      add(position, {"record-unreadable", fmt::format("event {}", position), "a canonical record",
                     outline.error().message});
      return {};
    }
    ++tally_.records;
    const PlacedRecord record{position, *outline};
    check_recorded(record);
    if (examination_.from != 0) return check_entries_now(record);
    sum_entries(record);
    return {};
  }

  void check_recorded(const PlacedRecord& record) {
    const Instant recorded = record.outline.recorded;
    if (recorded < last_recorded_) {
      add(record.position,
          {"recorded-goes-back", event_place(record.position, record.outline.subject),
           "not before " + last_recorded_.text(), recorded.text()});
    }
    last_recorded_ = recorded;
  }

  // The walks over the indexes sum up what they have; equal sums need no look-up (log_check.cc).
  void sum_entries(const PlacedRecord& record) {
    const auto& hash = examination_.entry_hash;
    entry_.assign(record.outline.id);
    put_u64(entry_, record.position);
    sums_.ids += hash.of(entry_);
    entry_.assign(record.outline.subject).push_back('\0');
    put_u64(entry_, record.outline.version);
    put_u64(entry_, record.position);
    sums_.streams += hash.of(entry_);
  }

  // No index is walked: so each entry is looked up, and the one before it in the stream.
  Result<void> check_entries_now(const PlacedRecord& record) {
    LIGGARE_TRY(const bool has_id, check_entry(examination_, record, store::Family::ids));
    LIGGARE_TRY(const bool has_version, check_entry(examination_, record, store::Family::streams));
    if (has_id) ++tally_.ids;
    if (has_version) ++tally_.versions;
    return check_version_before(record);
  }

  Result<void> check_version_before(const PlacedRecord& record) {
    const std::uint64_t version = record.outline.version;
    if (version == 1) return {};
    const auto subject = record.outline.subject;
    const auto value =
        examination_.database.get(store::Family::streams, store::stream_key(subject, version - 1));
    if (!value) return examination_.findings.take(value.error());
    const auto before = *value ? store::read_position(**value) : std::nullopt;
    if (before && *before < record.position) return {};
    examination_.findings.add(
        {Part::events, record.position, entry_step},
        {"stream-gap", fmt::format("version {} of {}", version - 1, printable(subject)),
         fmt::format("a position before {}", record.position),
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
  IndexSums sums_;
  std::string entry_;
  Instant last_recorded_{INT64_MIN};
};

}  // namespace

LeafSpan range_span(const Examination& examination, std::uint64_t number) {
  const std::uint64_t first = number * range_events;
  const std::uint64_t end = std::min(first + range_events, examination.size);
  return {first, end, number + 1 == range_count(examination.size)};
}

store::KeyRange range_keys(const LeafSpan& span) {
  return {store::Family::events, span.first == 0 ? "" : store::position_bytes(span.first),
          span.reaches_end ? "" : store::position_bytes(span.end), readahead_bytes};
}

Result<RangeOutcome> check_range(const Examination& examination, std::uint64_t number) {
  return RangeCheck(examination, range_span(examination, number)).run();
}

std::uint64_t range_count(std::uint64_t size) {
  return std::max<std::uint64_t>(1, (size + range_events - 1) / range_events);
}

}  // namespace liggare::inspect
