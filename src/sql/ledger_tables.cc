#include "sql/table.h"

namespace liggare::sql {
namespace {

using enum domain::StreamKind;
using enum ColumnType;

Table findings() {
  return {"findings",
          "what should not have happened but did: reports occupancy and disclosures",
          Days::until_as_of,
          0,
          {participant, agreement, basis, unit},
          {{"report", text, "the report that says so"},
           {"code", text, "such as over-capacity or no-basis"},
           {"subject", text, "the stream it is about, kind/id"},
           {"line", text, "the agreement's line"},
           {"first_day", text, "the first day of the span"},
           {"last_day", text, "the last day, included"},
           {"events", text, "ids of the events behind it, a JSON list"}}};
}

Table events() {
  return {"events",
          "every event as it was recorded, corrections and voids too",
          Days::all,
          1,
          {},
          {{"position", integer, "its place in the ledger, from 0"},
           {"id", text, "its id"},
           {"type", text, "its type, such as placement.started"},
           {"subject", text, "its stream, kind/id"},
           {"kind", text, "the stream's kind"},
           {"stream_version", integer, "its place in the stream, from 1"},
           {"effective", text, "the day it was sent with"},
           {"effective_now", text, "the day after corrections; null for what does not stand"},
           {"recorded", text, "the instant it was recorded, UTC"},
           {"registered_day", text, "the day in time, else the ledger day of recorded"},
           {"time", text, "when its source registered it, as written"},
           {"actor", text, "who did it: staff/ID or system/ID"},
           {"source", text, "the system that sent it"},
           {"purpose", text, "code of the purpose, where given"},
           {"correlation_id", text, "what it belongs together with, where given"},
           {"causation_id", text, "what caused it, where given"},
           {"submitted_by", text, "the principal that handed it in"},
           {"status", text, "current, corrected, voided or correction"},
           {"corrected_by", text, "ids of its corrections and void, a JSON list"},
           {"data", text, "its data as JSON; personal data stay sealed"}}};
}

Table about() {
  return {"about",
          "what this database was made from",
          Days::none,
          0,
          {},
          {{"origin", text, "the ledger"},
           {"as_of", text, "what was true: the day"},
           {"at", integer, "what was known: the first so many events"},
           {"root_hash", text, "the ledger's Merkle root at that size, hex"},
           {"liggare_version", text, "the program that wrote it"}}};
}

}  // namespace

std::vector<Table> ledger_tables() { return {findings(), events(), about()}; }

}  // namespace liggare::sql
