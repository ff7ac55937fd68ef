#include "projections/places.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

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
  std::set<std::string_view> persons;
  std::int64_t stock = 0;
  std::int64_t offered_not_realised = 0;
};

// Rows are ordered by the bytes of the values shown (contract P14).
using PlaceCountKey = std::tuple<std::string_view, std::string_view, std::int64_t>;

class PlacesTable {
 public:
  PlacesTable(std::int64_t from, std::int64_t to, Day as_of)
      : from_(from), to_(std::min<std::int64_t>(to, as_of.year())), as_of_(as_of) {}

  void count(const std::vector<PlaceRow>& places, const std::vector<PlacementRow>& placements) {
    std::map<std::string_view, const PlaceRow*> by_id;
    for (const PlaceRow& place : places) by_id.emplace(place.place, &place);
    std::map<std::string_view, Day> first_starts;
    for (const PlacementRow& placement : placements) {
      if (placement.fact.start > as_of_) continue;
      const auto place = by_id.find(placement.fact.place);
      if (place == by_id.end()) continue;
      count_placement(*place->second, placement);
      const auto [first, is_new] =
          first_starts.try_emplace(placement.fact.place, placement.fact.start);
      if (!is_new) first->second = std::min(first->second, placement.fact.start);
    }
    for (const PlaceRow& place : places) {
      const auto first = first_starts.find(place.place);
      count_place(place,
                  first == first_starts.end() ? std::nullopt : std::optional<Day>(first->second));
    }
  }

  Json rows() const {
    Json rows = Json::array();
    for (const auto& [key, count] : counts_) {
      const auto& [administration, category, year] = key;
      rows.push(Json::object()
                    .add("administration", administration)
                    .add("category", category)
                    .add("year", year)
                    .add("realised", count.realised)
                    .add("starts", count.starts)
                    .add("persons", static_cast<std::int64_t>(count.persons.size()))
                    .add("stock", count.stock)
                    .add("offeredNotRealised", count.offered_not_realised));
    }
    return rows;
  }

 private:
  // 31 December, or as-of in the year that it cuts (contract P14).
  Day year_end(std::int64_t year) const {
    return std::min(*Day::from_date(static_cast<int>(year), 12, 31), as_of_);
  }
  bool covers(std::int64_t year) const { return from_ <= year && year <= to_; }
  PlaceCount& at(const PlaceRow& place, std::int64_t year) {
    return counts_[{place.administration, domain::word_of(place.category), year}];
  }

  void count_placement(const PlaceRow& place, const PlacementRow& placement) {
    if (covers(placement.fact.start.year())) {
      PlaceCount& count = at(place, placement.fact.start.year());
      ++count.starts;
      count.persons.insert(placement.participant);
    }
    for (std::int64_t year = std::max<std::int64_t>(from_, placement.fact.start.year());
         year <= to_; ++year) {
      if (!placement.fact.active_on(year_end(year))) {
        if (placement.fact.end && placement.fact.end->year() < year) break;
        continue;
      }
      ++at(place, year).stock;
    }
  }

  void count_place(const PlaceRow& place, std::optional<Day> first_start) {
    if (first_start && covers(first_start->year())) ++at(place, first_start->year()).realised;
    const int year = place.offered.year();
    if (place.offered > as_of_ || !covers(year)) return;
    if (!first_start || *first_start > year_end(year)) ++at(place, year).offered_not_realised;
  }

  const std::int64_t from_;
  const std::int64_t to_;
  const Day as_of_;
  std::map<PlaceCountKey, PlaceCount>
      counts_;  // Only what was counted: rows of zeros never appear.
};

Result<Answer> answer_places(const Question& question) {
  LIGGARE_TRY(const auto places, projection::rows_of<PlaceRow>(question.rows));
  LIGGARE_TRY(const auto placements, projection::rows_of<PlacementRow>(question.rows));
  PlacesTable table(*question.options.number("from"), *question.options.number("to"),
                    question.as_of);
  table.count(places, placements);
  Answer answer;
  answer.rows = table.rows();
  return answer;
}

}  // namespace

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
