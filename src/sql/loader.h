// Fills the tables of facts, stream by stream.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "projection/projection.h"
#include "projection/report.h"
#include "sql/event_rows.h"

namespace liggare::sql {

// What the table `about` says.
struct About {
  std::string origin;
  Day as_of = Day::first();
  std::uint64_t at = 0;
  std::string root_hash;  // Hex.
  std::string version;    // Of the program.
};

class Loader {
 public:
  // Requires make_tables(). Fills only the tables that are `wanted`. Must not outlive the database.
  static Result<Loader> begin(Database& database, const TableNames& wanted, About about,
                              EventJson event_json);

  // Whether streams of that kind leave rows in what is wanted.
  bool wants(domain::StreamKind kind) const;
  // One stream's events at positions < at, all of them, in version order; each stream once.
  Result<void> take(const domain::Stream& stream);
  // Puts what rests on several streams: agreements, occupancy, verdicts, findings, and `about`.
  Result<void> finish();

 private:
  Loader(TableWriter out, About about, EventJson event_json)
      : out_(std::move(out)), about_(std::move(about)), event_json_(std::move(event_json)) {}

  using Given = std::map<std::string, std::string>;
  Result<projection::Answer> ask(std::string_view report, const Given& options,
                                 const projection::RowSource& facts) const;
  void put_findings(const projection::Answer& answer);
  Result<void> put_agreements(const projection::RowSource& facts);
  Result<void> put_occupancy(const projection::RowSource& facts);
  Result<void> put_disclosures(const projection::RowSource& facts);

  TableWriter out_;
  About about_;
  EventJson event_json_;
  std::vector<projection::Projection> projections_;  // Whose rows the answers rest on.
  projection::Rows rows_;
};

}  // namespace liggare::sql
