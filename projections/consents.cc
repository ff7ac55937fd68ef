#include "projections/consents.h"

#include <algorithm>

#include "projections/participants.h"

namespace liggare::projections {
namespace {

using projection::Answer;
using projection::Question;
using projection::to_json;

bool names(const domain::ConsentFact& consent, const std::string& recipient) {
  const auto& all = consent.recipients;
  return std::find(all.begin(), all.end(), recipient) != all.end();
}

Json row_json(const ConsentRow& row, Day as_of) {
  const domain::ConsentFact& consent = row.fact;
  const bool is_withdrawn = consent.withdrawn_on && *consent.withdrawn_on <= as_of;
  return Json::object()
      .add("participant", row.participant)
      .add("consent", row.id)
      .add("state", to_json(domain::state_on(consent, as_of)))
      .add("purpose", consent.purpose)
      .add("categories", to_json(consent.categories))
      .add("recipients", to_json(consent.recipients))
      .add("form", to_json(consent.form))
      .add("givenOn", consent.given_on)
      .add("validTo", consent.valid_to)
      .add("withdrawnOn", is_withdrawn ? Json(*consent.withdrawn_on) : Json());
}

Result<Answer> answer_consents(const Question& question) {
  const std::string* participant = question.options.text("participant");
  const std::string_view of = participant == nullptr ? std::string_view() : *participant;
  LIGGARE_TRY(const auto consents, projection::rows_of<ConsentRow>(question.rows, of));
  const std::string* recipient = question.options.text("recipient");
  Answer answer;
  for (const ConsentRow& row : consents) {
    if (row.fact.given_on > question.as_of) continue;
    if (recipient != nullptr && !names(row.fact, *recipient)) continue;
    answer.rows.push(row_json(row, question.as_of));
  }
  return answer;
}

}  // namespace

projection::Report consents_report() {
  using enum projection::OptionKind;
  return {"consents",
          {{"participant", participant}, {"recipient", unit}},
          {"participant", "consent", "state", "purpose", "categories", "recipients", "form",
           "givenOn", "validTo", "withdrawnOn"},
          2,
          {"consents"},
          answer_consents};
}

}  // namespace liggare::projections
