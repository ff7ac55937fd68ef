// A projection: a rule that turns one stream's story into rows of facts.
//
// Pure: it knows neither clock nor disk, and gives the same rows for the same events for ever.
// When its rows for the same events change, its version must.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/participant_facts.h"
#include "projection/row_json.h"

namespace liggare::projection {

// The rows of some streams: (table, key) → bytes.
using RowKey = std::pair<std::string, std::string>;
using Rows = std::map<RowKey, std::string>;

// Collects what a projection makes of a stream.
class RowSink {
 public:
  virtual ~RowSink() = default;
  template <TableRow Row>
  void put(const Row& row) {
    writer_.clear();
    writer_.write(row);
    put_bytes(Row::table, row.key(), writer_.bytes());
  }

 private:
  virtual void put_bytes(std::string_view table, std::string_view key, std::string_view bytes) = 0;

  RowWriter writer_;  // Its room serves the next row.
};

// Into rows that are looked up and changed.
class RowsSink final : public RowSink {
 public:
  // `rows` must outlive it.
  explicit RowsSink(Rows& rows) : rows_(rows) {}

 private:
  void put_bytes(std::string_view table, std::string_view key, std::string_view bytes) override {
    rows_.insert_or_assign({std::string(table), std::string(key)}, bytes);
  }

  Rows& rows_;
};

// A stream as known at a size.
struct StreamStory {
  const domain::Subject& subject;
  std::span<const domain::RecordedEventPtr> events;  // All, in position order.
  std::span<const domain::AmendedEvent> timeline;    // All days.
  const domain::ParticipantFacts& facts;             // Of the timeline; none of other streams.
};

struct TableInfo {
  std::string_view name;
  Json (*to_json)(std::string_view row);
};

template <TableRow Row>
TableInfo table_of() {
  return {Row::table, [](std::string_view bytes) { return to_json(read_row<Row>(bytes)); }};
}

struct Projection {
  std::string_view name;
  int version;
  std::vector<domain::StreamKind> kinds;  // Only these streams leave rows.
  std::vector<TableInfo> tables;          // In byte order of their names.
  // Puts all rows that the stream leaves; their keys belong to this stream alone.
  void (*fold)(const StreamStory& story, RowSink& sink);

  bool concerns(domain::StreamKind kind) const {
    for (const domain::StreamKind own : kinds) {
      if (own == kind) return true;
    }
    return false;
  }
};

bool concerns_any(std::span<const Projection> projections, domain::StreamKind kind);

// The rows of one stream, by every projection that it concerns.
void fold_stream(std::span<const Projection> projections, const domain::Subject& subject,
                 std::span<const domain::RecordedEventPtr> events, RowSink& sink);
void fold_stream(std::span<const Projection> projections, const domain::Subject& subject,
                 std::span<const domain::RecordedEventPtr> events, Rows& rows);

}  // namespace liggare::projection
