#include "projections/agreements.h"

#include <algorithm>

namespace liggare::projections {
namespace {

void sign(AgreementRow& row, const domain::AgreementSigned& signing) {
  row.title = signing.title;
  row.valid_from = signing.valid_from;
  row.valid_to = signing.valid_to;
  for (const domain::AgreementLine& line : signing.lines) {
    row.lines.push_back({line.line, line.programme, line.unit, {{Day::first(), line.places}}});
  }
  std::sort(row.lines.begin(), row.lines.end(),
            [](const LineFact& left, const LineFact& right) { return left.line < right.line; });
}

void fold(const projection::StreamStory& story, projection::RowSink& sink) {
  AgreementRow row;
  row.agreement = story.subject.id;
  for (const domain::AmendedEvent& event : story.timeline) {
    if (const auto* signing = std::get_if<domain::AgreementSigned>(event.data.get())) {
      sign(row, *signing);
    } else if (const auto* amended = std::get_if<domain::AgreementAmended>(event.data.get())) {
      for (LineFact& line : row.lines) {
        if (line.line == amended->line) line.places.push_back({event.effective, amended->places});
      }
    } else if (const auto* ending = std::get_if<domain::AgreementTerminated>(event.data.get())) {
      row.valid_to = ending->valid_to;
    }
  }
  sink.put(row);
}

}  // namespace

std::int64_t capacity_on(const AgreementRow& agreement, const LineFact& line, Day day) {
  if (day < agreement.valid_from || (agreement.valid_to && *agreement.valid_to < day)) return 0;
  std::int64_t places = 0;
  for (const PlacesFrom& change : line.places) {
    if (change.from <= day) places = change.places;
  }
  return places;
}

projection::Projection agreements_projection() {
  return {"agreements",
          1,
          {domain::StreamKind::agreement},
          {projection::table_of<AgreementRow>()},
          fold};
}

}  // namespace liggare::projections
