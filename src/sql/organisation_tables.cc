#include "sql/shared_columns.h"
#include "sql/table.h"

namespace liggare::sql {
namespace {

using enum domain::StreamKind;
using enum ColumnType;

Table units() {
  return {"units",
          "units of the organisation",
          Days::all,
          1,
          {unit},
          {{"unit", text, "its id"},
           {"name", text, "its newest name"},
           {"kind", text, "board, administration, business-area, unit, team, company or external"},
           {"parent", text, "the unit above it, where there is one"},
           {"category", text, "ordinary, ias, company or external, where given"},
           {"registered_day", text, "the day it is known from"},
           {"closed_day", text, "the day it was closed"},
           {"successor", text, "the unit that followed it"},
           of_event}};
}

Table places() {
  return {"places",
          "places that were offered",
          Days::all,
          1,
          {place},
          {{"place", text, "its id"},
           {"administration", text, "the unit that offers it"},
           {"category", text, "ordinary, ias, company or external"},
           {"workplace", text, "the workplace, where given"},
           {"seats", integer, "how many at once; 1 unless said otherwise"},
           {"profile", text, "what kind of work, where given"},
           {"offered_day", text, "the day it was offered"},
           {"withdrawn_day", text, "the day it was withdrawn"},
           of_event}};
}

Table agreements() {
  return {"agreements",
          "agreements, one row a line",
          Days::all,
          2,
          {agreement},
          {{"agreement", text, "its id"},
           {"line", text, "the line; null in an agreement without lines"},
           {"title", text, "the agreement's title"},
           {"programme", text, "code of the line's programme"},
           {"unit", text, "the line's unit, where given"},
           {"places", integer, "the line's places as signed; see capacity"},
           {"valid_from", text, "the agreement's first day"},
           {"valid_to", text, "its last day, terminations counted; null for none"}}};
}

Table capacity() {
  return {"capacity",
          "places of a line in spans of days",
          Days::all,
          3,
          {agreement},
          {{"agreement", text, "the agreement"},
           {"line", text, "its line"},
           {"first_day", text, "the first day of the span"},
           {"last_day", text, "the last day, included; null for no end"},
           {"places", integer, "places on each of these days"}}};
}

Table occupancy() {
  return {"occupancy",
          "how full each line was, in spans of days, as the report occupancy counts",
          Days::until_as_of,
          3,
          {participant, agreement},
          {{"agreement", text, "the agreement"},
           {"line", text, "its line"},
           {"first_day", text, "the first day of the span"},
           {"last_day", text, "the last day, included; as-of at the latest"},
           {"capacity", integer, "places on each of these days; 0 outside the agreement"},
           {"occupied", integer, "enrolments and placements that name the line"},
           {"free", integer, "capacity less occupied"}}};
}

Table targets() {
  return {"targets",
          "targets in force",
          Days::until_as_of,
          1,
          {target},
          {{"target", text, "its id"},
           {"measure", text, "realised-places, placement-starts, persons-placed …"},
           {"scope", text, "all, category or administration"},
           {"scope_value", text, "which category or administration"},
           {"first_day", text, "the first day it counts"},
           {"last_day", text, "the last day"},
           {"value", integer, "the target"},
           {"baseline", integer, "what is taken off first, where given"},
           {"decision", text, "the decision behind it, where given"},
           {"set_day", text, "the day it was set"},
           of_event}};
}

Table ladder_criteria() {
  return {"ladder_criteria",
          "criteria of each published version of a ladder",
          Days::until_as_of,
          0,
          {ladder},
          {of_ladder,
           {"ladder_version", integer, "the version; the highest is in force"},
           {"effective_day", text, "the day that version holds from"},
           {"step", integer, "the step, from 1"},
           {"criterion", text, "the criterion; null in a step without any"},
           {"text", text, "its wording"},
           {"mandatory", integer, "1 where the step needs it, else 0"}}};
}

}  // namespace

std::vector<Table> organisation_tables() {
  return {units(), places(), agreements(), capacity(), occupancy(), targets(), ladder_criteria()};
}

}  // namespace liggare::sql
