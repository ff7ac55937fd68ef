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

struct Judged {
  const DisclosureRow* row;
  domain::DisclosureVerdict verdict;
};

// Disclosures until a day, in the order of participants.
Result<std::vector<DisclosureRow>> disclosures_until(const projection::RowSource& rows, Day day) {
  std::vector<DisclosureRow> disclosures;
  LIGGARE_CHECK(projection::each_row<DisclosureRow>(rows, [&](DisclosureRow& row) {
    if (row.fact.day <= day) disclosures.push_back(std::move(row));
  }));
  return disclosures;
}

Result<std::vector<Judged>> judge(const std::vector<DisclosureRow>& disclosures,
                                  const projection::RowSource& rows) {
  Participants participants;
  for (const DisclosureRow& row : disclosures) participants.insert(row.participant);
  LIGGARE_TRY(const GroundsByParticipant grounds, person_grounds(rows, participants));
  LIGGARE_TRY(const domain::CommonGrounds common, common_grounds(rows));
  const domain::PersonGrounds nothing;
  std::vector<Judged> judged;
  judged.reserve(disclosures.size());
  for (const DisclosureRow& row : disclosures) {
    const auto person = grounds.find(row.participant);
    judged.push_back(
        {&row, verdict_on(row.fact, person == grounds.end() ? nothing : person->second, common)});
  }
  return judged;
}

Result<Answer> answer_disclosures(const Question& question) {
  LIGGARE_TRY(const auto disclosures, disclosures_until(question.rows, question.as_of));
  LIGGARE_TRY(std::vector<Judged> judged, judge(disclosures, question.rows));
  if (question.options.flag("only-findings")) {
    std::erase_if(judged, [](const Judged& one) { return is_allowed(one.verdict); });
  }
  std::ranges::sort(judged, {}, [](const Judged& one) {
    return std::tie(one.row->fact.day, one.row->participant, one.row->id);
  });
  Answer answer;
  std::vector<Finding> findings;
  for (const auto& [row, verdict] : judged) {
    answer.rows.push(row_json(*row, word_of(verdict)));
    if (is_allowed(verdict)) continue;
    findings.push_back(
        {std::string(word_of(verdict)), "participant/" + row->participant, {row->fact.event_id}});
  }
  answer.findings = projection::findings_json(std::move(findings));
  return answer;
}

}  // namespace

Result<GroundsByParticipant> person_grounds(const projection::RowSource& rows,
                                            const Participants& participants) {
  const auto is_wanted = [&](std::string_view key) {
    return participants.contains(projection::split_key(key).first);
  };
  GroundsByParticipant grounds;
  LIGGARE_CHECK(projection::each_row_if<ConsentRow>(rows, is_wanted, [&](ConsentRow& row) {
    grounds[row.participant].consents.emplace(std::move(row.id), std::move(row.fact));
  }));
  LIGGARE_CHECK(projection::each_row_if<ShieldRow>(rows, is_wanted, [&](ShieldRow& row) {
    grounds[row.participant].shields.emplace(std::move(row.id), std::move(row.fact));
  }));
  return grounds;
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
