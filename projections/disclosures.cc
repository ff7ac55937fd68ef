#include "projections/disclosures.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "projection/finding.h"
#include "projections/definitions.h"
#include "projections/participants.h"

namespace liggare::projections {
namespace {

using domain::DisclosureMade;
using projection::Answer;
using projection::Finding;
using projection::Question;
using projection::to_json;

Json row_json(const DisclosureRow& row, std::string_view verdict) {
  const DisclosureMade& made = row.fact.made;
  return Json::object()
      .add("participant", row.participant)
      .add("disclosure", row.id)
      .add("day", row.fact.day)
      .add("recipient", made.recipient)
      .add("categories", to_json(made.categories))
      .add("purpose", made.purpose)
      .add("form", to_json(made.form))
      .add("basis", to_json(made.basis))
      .add("verdict", verdict);
}

Result<Answer> answer_disclosures(const Question& question) {
  LIGGARE_TRY(const GroundsByParticipant everyone, person_grounds(question.rows));
  LIGGARE_TRY(const domain::CommonGrounds common, common_grounds(question.rows));
  const domain::PersonGrounds nothing;
  LIGGARE_TRY(auto disclosures, projection::rows_of<DisclosureRow>(question.rows));
  std::sort(disclosures.begin(), disclosures.end(),
            [](const DisclosureRow& left, const DisclosureRow& right) {
              return std::tie(left.fact.day, left.participant, left.id) <
                     std::tie(right.fact.day, right.participant, right.id);
            });
  const bool only_findings = question.options.flag("only-findings");
  Answer answer;
  std::vector<Finding> findings;
  for (const DisclosureRow& row : disclosures) {
    if (row.fact.day > question.as_of) continue;
    const auto person = everyone.find(row.participant);
    const auto judged =
        verdict_on(row.fact, person == everyone.end() ? nothing : person->second, common);
    const std::string_view verdict = word_of(judged);
    const bool is_finding = !is_allowed(judged);
    if (is_finding) {
      findings.push_back(
          {std::string(verdict), "participant/" + row.participant, {row.fact.event_id}});
    }
    if (is_finding || !only_findings) answer.rows.push(row_json(row, verdict));
  }
  answer.findings = projection::findings_json(std::move(findings));
  return answer;
}

}  // namespace

Result<GroundsByParticipant> person_grounds(const projection::RowSource& rows) {
  GroundsByParticipant everyone;
  LIGGARE_TRY(auto consents, projection::rows_of<ConsentRow>(rows));
  LIGGARE_TRY(auto shields, projection::rows_of<ShieldRow>(rows));
  for (ConsentRow& row : consents) {
    everyone[row.participant].consents.emplace(row.id, std::move(row.fact));
  }
  for (ShieldRow& row : shields) {
    everyone[row.participant].shields.emplace(row.id, std::move(row.fact));
  }
  return everyone;
}

Result<domain::CommonGrounds> common_grounds(const projection::RowSource& rows) {
  domain::CommonGrounds common;
  LIGGARE_TRY(auto bases, projection::rows_of<BasisRow>(rows));
  LIGGARE_TRY(const auto units, projection::rows_of<UnitRow>(rows));
  for (BasisRow& basis : bases) common.bases.emplace(basis.basis, std::move(basis.adopted));
  for (const UnitRow& unit : units) common.unit_kinds.emplace(unit.unit, unit.kind);
  return common;
}

projection::Report disclosures_report() {
  using enum projection::OptionKind;
  return {"disclosures",
          {{"only-findings", flag}},
          {"participant", "disclosure", "day", "recipient", "categories", "purpose", "form",
           "basis", "verdict"},
          2,
          {"consents", "definitions", "disclosures"},
          answer_disclosures};
}

}  // namespace liggare::projections
