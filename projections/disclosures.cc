#include "projections/disclosures.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "projection/finding.h"
#include "projections/definitions.h"
#include "projections/participants.h"

namespace liggare::projections {
namespace {

using domain::ConsentFact;
using domain::DataCategory;
using domain::DisclosureFact;
using domain::DisclosureMade;
using projection::Answer;
using projection::Finding;
using projection::Question;
using projection::to_json;

template <class T>
bool contains(const std::vector<T>& values, const T& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool covers(const std::vector<DataCategory>& covered, const std::vector<DataCategory>& told) {
  return std::all_of(told.begin(), told.end(),
                     [&](DataCategory category) { return contains(covered, category); });
}

bool shields(const domain::ShieldFact& shield, const DisclosureFact& disclosure) {
  if (shield.against != disclosure.made.recipient || shield.set > disclosure.day) return false;
  if (shield.lifted && *shield.lifted <= disclosure.day) return false;
  const auto& told = disclosure.made.categories;
  return std::any_of(told.begin(), told.end(),
                     [&](DataCategory category) { return contains(shield.categories, category); });
}

// Judges disclosures by the first verdict of the contract that applies.
class Judge {
 public:
  static Result<Judge> read(const projection::RowSource& rows) {
    Judge judge;
    LIGGARE_TRY(const auto bases, projection::rows_of<BasisRow>(rows));
    LIGGARE_TRY(const auto units, projection::rows_of<UnitRow>(rows));
    LIGGARE_TRY(judge.consents_, projection::rows_of<ConsentRow>(rows));
    LIGGARE_TRY(judge.shields_, projection::rows_of<ShieldRow>(rows));
    for (const BasisRow& basis : bases) judge.bases_.emplace(basis.basis, basis.adopted);
    for (const UnitRow& unit : units) judge.unit_kinds_.emplace(unit.unit, unit.kind);
    return judge;
  }

  std::string_view verdict(const DisclosureRow& row) const {
    for (const ShieldRow& shield : rows_for(shields_, row.participant)) {
      if (shields(shield.fact, row.fact)) return "shielded";
    }
    const auto& basis = row.fact.made.basis;
    if (!basis) return "no-basis";
    if (basis->provision) {
      return applies(*basis->provision, row.fact) ? "ok" : "provision-not-applicable";
    }
    return verdict_by_consent(find_consent(row.participant, *basis->consent), row.fact);
  }

 private:
  // A basis counts on the days of its validity alone (contract P20).
  bool applies(const std::string& provision, const DisclosureFact& disclosure) const {
    const auto found = bases_.find(provision);
    if (found == bases_.end()) return false;
    const domain::BasisAdopted& basis = found->second;
    if (disclosure.day < basis.valid_from) return false;
    if (basis.valid_to && *basis.valid_to < disclosure.day) return false;
    const auto kind = unit_kinds_.find(disclosure.made.recipient);
    return kind != unit_kinds_.end() && contains(basis.recipient_kinds, kind->second) &&
           covers(basis.categories, disclosure.made.categories) &&
           contains(basis.purposes, disclosure.made.purpose);
  }

  const ConsentFact* find_consent(const std::string& participant, const std::string& id) const {
    for (const ConsentRow& row : rows_for(consents_, participant)) {
      if (row.id == id) return &row.fact;
    }
    return nullptr;
  }

  static std::string_view verdict_by_consent(const ConsentFact* consent,
                                             const DisclosureFact& disclosure) {
    const DisclosureMade& made = disclosure.made;
    if (consent == nullptr || consent->given_on > disclosure.day) return "no-basis";
    if (consent->withdrawn_on && *consent->withdrawn_on <= disclosure.day) {
      return "withdrawn-before";
    }
    if (consent->valid_to && *consent->valid_to < disclosure.day) return "expired";
    if (!contains(consent->recipients, made.recipient)) return "wrong-recipient";
    if (!covers(consent->categories, made.categories)) return "category-not-covered";
    if (consent->purpose != made.purpose) return "purpose-not-covered";
    return consent->position > disclosure.position ? "ok-documented-late" : "ok";
  }

  std::map<std::string, domain::BasisAdopted, std::less<>> bases_;
  std::map<std::string, domain::UnitKind, std::less<>> unit_kinds_;
  std::vector<ConsentRow> consents_;
  std::vector<ShieldRow> shields_;
};

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

Result<Answer> answer(const Question& question) {
  LIGGARE_TRY(const Judge judge, Judge::read(question.rows));
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
    const std::string_view verdict = judge.verdict(row);
    const bool is_finding = !verdict.starts_with("ok");
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

projection::Report disclosures_report() {
  using enum projection::OptionKind;
  return {"disclosures",
          {{"only-findings", flag}},
          {"participant", "disclosure", "day", "recipient", "categories", "purpose", "form",
           "basis", "verdict"},
          2,
          {"consents", "definitions", "disclosures"},
          answer};
}

}  // namespace liggare::projections
