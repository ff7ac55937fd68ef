#include "projections/places.h"

#include <algorithm>
#include <map>
#include <utility>

#include "projections/participants.h"
#include "projections/public_forms.h"

namespace liggare::projections {
namespace {

using projection::Answer;
using projection::Question;
using projection::RowSink;
using projection::StreamStory;

void fold_places(const StreamStory& story, RowSink& sink) {
  for (const domain::AmendedEvent& event : story.timeline) {
    if (const auto* offered = std::get_if<domain::PlaceOffered>(event.data.get())) {
      sink.put(
          PlaceRow{story.subject.id, offered->administration, offered->category, event.effective});
    }
  }
}

// One row of the answer while it is counted.
struct PlaceCount {
  std::int64_t realised = 0;
  std::int64_t starts = 0;
  std::int64_t persons = 0;
  std::string last_person;  // Placements come in the order of participants.
  std::int64_t stock = 0;
  std::int64_t offered_not_realised = 0;
};

class PlacesTable {
 public:
  // `places` must outlive it.
  PlacesTable(const OfferedPlaces& places, std::int64_t from, std::int64_t to, Day as_of)
      : places_(places),
        from_(from),
        to_(std::min<std::int64_t>(to, as_of.year())),
        as_of_(as_of),
        first_starts_(places.rows().size()) {
    years_of_place_.reserve(places.rows().size());
    for (const PlaceRow& place : places.rows()) {
      years_of_place_.push_back(&counts_[{place.administration, domain::word_of(place.category)}]);
    }
  }

  // All placements, in the order of participants.
  void count_placement(const PlacementRow& placement) {
    const domain::PlacementFact& fact = placement.fact;
    if (fact.start > as_of_) return;
    const auto place = places_.find(fact.place);
    if (!place) return;
    std::optional<Day>& first = first_starts_[*place];
    first = std::min(first.value_or(fact.start), fact.start);
    Years& years = *years_of_place_[*place];
    if (covers(fact.start.year())) count_start(years[fact.start.year()], placement.participant);
    for (std::int64_t year = std::max<std::int64_t>(from_, fact.start.year()); year <= to_;
         ++year) {
      if (fact.active_on(year_end(year))) {
        ++years[year].stock;
      } else if (fact.end && fact.end->year() < year) {
        break;
      }
    }
  }

  // Once all placements are counted.
  void count_places() {
    for (std::size_t i = 0; i < places_.rows().size(); ++i) {
      count_place(places_.rows()[i].offered, first_starts_[i], *years_of_place_[i]);
    }
  }

  Json rows() const {
    Json rows = Json::array();
    for (const auto& [group, years] : counts_) {
      for (const auto& [year, count] : years) {
        rows.push(Json::object()
                      .add("administration", group.first)
                      .add("category", group.second)
                      .add("year", year)
                      .add("realised", count.realised)
                      .add("starts", count.starts)
                      .add("persons", count.persons)
                      .add("stock", count.stock)
                      .add("offeredNotRealised", count.offered_not_realised));
      }
    }
    return rows;
  }

 private:
  // Only what was counted: rows of zeros never appear.
  using Years = std::map<std::int64_t, PlaceCount>;
  using Group = std::pair<std::string_view, std::string_view>;  // Administration and category.

  // 31 December, or as-of in the year that it cuts (contract P14).
  Day year_end(std::int64_t year) const {
    return std::min(*Day::from_date(static_cast<int>(year), 12, 31), as_of_);
  }
  bool covers(std::int64_t year) const { return from_ <= year && year <= to_; }

  static void count_start(PlaceCount& count, const std::string& participant) {
    ++count.starts;
    if (count.last_person != participant) ++count.persons;
    count.last_person = participant;
  }

  void count_place(Day offered, std::optional<Day> first_start, Years& years) {
    if (first_start && covers(first_start->year())) ++years[first_start->year()].realised;
    const int year = offered.year();
    if (offered > as_of_ || !covers(year)) return;
    if (!first_start || *first_start > year_end(year)) ++years[year].offered_not_realised;
  }

  const OfferedPlaces& places_;
  const std::int64_t from_;
  const std::int64_t to_;
  const Day as_of_;
  std::map<Group, Years> counts_;  // By the bytes of the values shown (contract P14).
  std::vector<Years*> years_of_place_;
  std::vector<std::optional<Day>> first_starts_;  // Of each place.
};

Result<Answer> answer_places(const Question& question) {
  LIGGARE_TRY(const OfferedPlaces places, OfferedPlaces::read(question.rows));
  PlacesTable table(places, *question.options.number("from"), *question.options.number("to"),
                    question.as_of);
  LIGGARE_CHECK(projection::each_row<PlacementRow>(
      question.rows, [&](const PlacementRow& row) { table.count_placement(row); }));
  table.count_places();
  Answer answer;
  answer.rows = table.rows();
  return answer;
}

}  // namespace

Result<OfferedPlaces> OfferedPlaces::read(const projection::RowSource& rows) {
  OfferedPlaces places;
  LIGGARE_TRY(places.rows_, projection::rows_of<PlaceRow>(rows));
  places.by_id_.reserve(places.rows_.size());
  for (std::size_t i = 0; i < places.rows_.size(); ++i) places.by_id_[places.rows_[i].place] = i;
  return places;
}

std::optional<std::size_t> OfferedPlaces::find(std::string_view place) const {
  const auto found = by_id_.find(place);
  if (found == by_id_.end()) return std::nullopt;
  return found->second;
}

projection::Projection places_projection() {
  return {
      "places", 2, {domain::StreamKind::place}, {projection::table_of<PlaceRow>()}, fold_places};
}

projection::Report places_report() {
  using enum projection::OptionKind;
  using enum projection::Presence;
  return {"places",
          {{"from", year, required}, {"to", year, required}},
          {"administration", "category", "year", "realised", "starts", "persons", "stock",
           "offeredNotRealised"},
          3,
          {"places", "placements"},
          answer_places,
          public_places};
}

}  // namespace liggare::projections
