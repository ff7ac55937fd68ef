#include "sql/loader.h"

#include <algorithm>
#include <set>

#include "projection/folded_rows.h"
#include "projections/all.h"
#include "projections/participants.h"
#include "sql/organisation_rows.h"
#include "sql/participant_rows.h"

namespace liggare::sql {
namespace {

using domain::StreamKind;
using projection::Answer;
using projection::Report;

const Report& report_named(std::string_view name) {
  const auto& all = projections::all_reports();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Report& report) { return report.name == name; });
  LIGGARE_ASSERT(found != all.end(), "a report that a table is made from");
  return *found;
}

std::vector<projection::Projection> projections_for(const TableWriter& out) {
  std::set<std::string_view> names;
  const auto add = [&](std::string_view report) {
    const auto& used = report_named(report).projections;
    names.insert(used.begin(), used.end());
  };
  if (out.wants("agreements") || out.wants("capacity")) names.insert("agreements");
  if (out.wants("occupancy") || out.wants("findings")) add("occupancy");
  if (out.wants("disclosures") || out.wants("findings")) add("disclosures");
  std::vector<projection::Projection> projections;
  for (const projection::Projection& projection : projections::all_projections()) {
    if (names.contains(projection.name)) projections.push_back(projection);
  }
  return projections;
}

Value member(const Json& object, std::string_view name) { return Value::of(object.find(name)); }

// A member of a member, where there is one.
Value member(const Json& object, std::string_view outer, std::string_view inner) {
  const Json* found = object.find(outer);
  return found == nullptr || found->as_object() == nullptr ? Value() : member(*found, inner);
}

}  // namespace

Result<Loader> Loader::begin(Database& database, const TableNames& wanted, About about,
                             EventJson event_json) {
  LIGGARE_TRY(TableWriter out, TableWriter::open(database, wanted));
  Loader loader(std::move(out), std::move(about), std::move(event_json));
  loader.projections_ = projections_for(loader.out_);
  return loader;
}

bool Loader::wants(StreamKind kind) const {
  const auto& tables = all_tables();
  return std::any_of(tables.begin(), tables.end(), [&](const Table& table) {
    if (!out_.wants(table.name) || table.name == "about") return false;
    const auto& kinds = table.kinds;
    return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  });
}

Result<void> Loader::take(const domain::Stream& stream) {
  if (stream.empty()) return {};
  const domain::Subject& subject = stream.front()->event.subject;
  projection::fold_stream(projections_, subject, stream, rows_);
  const domain::Timeline timeline = domain::timeline_of(stream);
  if (subject.kind == StreamKind::participant) {
    put_participant(subject.id, domain::until(timeline, about_.as_of), about_.as_of, out_);
  } else {
    put_organisation(subject, timeline, about_.as_of, out_);
  }
  if (out_.wants("events")) put_events(stream, event_json_, out_);
  return out_.outcome();
}

Result<void> Loader::finish() {
  const projection::FoldedRows facts(std::move(rows_));
  LIGGARE_CHECK(put_agreements(facts));
  if (out_.wants("occupancy") || out_.wants("findings")) {
    LIGGARE_CHECK(put_occupancy(facts));
  }
  if (out_.wants("disclosures") || out_.wants("findings")) {
    LIGGARE_CHECK(put_disclosures(facts));
  }
  out_.put("about", {about_.origin, about_.as_of, static_cast<std::int64_t>(about_.at),
                     about_.root_hash, about_.version});
  return out_.outcome();
}

Result<Answer> Loader::ask(std::string_view name, const Given& options,
                           const projection::RowSource& facts) const {
  const Report& report = report_named(name);
  LIGGARE_TRY(auto parsed, projection::Options::parse(report.options, options));
  return report.answer({std::move(parsed), about_.as_of, about_.at, facts, {}, {}});
}

void Loader::put_findings(const Answer& answer) {
  for (const Json& finding : *answer.findings.as_array()) {
    out_.put("findings", {answer.report, member(finding, "code"), member(finding, "subject"),
                          member(finding, "line"), member(finding, "from"), member(finding, "to"),
                          member(finding, "events")});
  }
}

Result<void> Loader::put_agreements(const projection::RowSource& facts) {
  if (!out_.wants("agreements") && !out_.wants("capacity")) return {};
  LIGGARE_TRY(const auto agreements, projection::rows_of<projections::AgreementRow>(facts));
  for (const projections::AgreementRow& agreement : agreements) put_agreement(agreement, out_);
  return {};
}

Result<void> Loader::put_occupancy(const projection::RowSource& facts) {
  // From the first day there is: a placement before its agreement is a finding too.
  LIGGARE_TRY(
      Answer answer,
      ask("occupancy", {{"from", Day::first().text()}, {"to", about_.as_of.text()}}, facts));
  answer.report = "occupancy";
  for (const Json& row : *answer.rows.as_array()) {
    const bool before_anything = *row.find("from") == Json(Day::first()) &&
                                 *row.find("capacity") == Json(0) &&
                                 *row.find("occupied") == Json(0);
    if (before_anything) continue;
    out_.put("occupancy",
             {member(row, "agreement"), member(row, "line"), member(row, "from"), member(row, "to"),
              member(row, "capacity"), member(row, "occupied"), member(row, "free")});
  }
  put_findings(answer);
  return {};
}

Result<void> Loader::put_disclosures(const projection::RowSource& facts) {
  LIGGARE_TRY(Answer answer, ask("disclosures", {}, facts));
  answer.report = "disclosures";
  std::map<std::pair<std::string, std::string>, std::string> events;
  LIGGARE_TRY(const auto made, projection::rows_of<projections::DisclosureRow>(facts));
  for (const auto& row : made) events[{row.participant, row.id}] = row.fact.event_id;
  for (const Json& row : *answer.rows.as_array()) {
    const std::string& participant = *row.find("participant")->as_text();
    const std::string& disclosure = *row.find("disclosure")->as_text();
    out_.put("disclosures", {participant, disclosure, member(row, "day"), member(row, "recipient"),
                             member(row, "categories"), member(row, "purpose"), member(row, "form"),
                             member(row, "basis", "consent"), member(row, "basis", "provision"),
                             member(row, "verdict"), events[{participant, disclosure}]});
  }
  put_findings(answer);
  return {};
}

}  // namespace liggare::sql
