#include "ledger/disclosing.h"

#include "base/bytes.h"
#include "base/random.h"
#include "ledger/consent_receipt.h"
#include "ledger/known_streams.h"
#include "ledger/protection.h"
#include "projection/rows_view.h"
#include "projections/definitions.h"
#include "projections/disclosures.h"
#include "projections/participants.h"

namespace liggare::ledger {
namespace {

using domain::BasisReference;
using domain::DisclosureFact;
using domain::StreamKind;
using domain::Subject;

// Folds one stream as the projections do, which the report reads.
Result<std::size_t> fold(const Ledger& ledger, const Subject& subject, std::uint64_t size,
                         projection::Rows& rows) {
  static const std::vector<projection::Projection> used = {projections::consents_projection(),
                                                           projections::definitions_projection(),
                                                           projections::disclosures_projection()};
  LIGGARE_TRY(const domain::Stream events, ledger.stream(subject, size));
  if (!events.empty()) projection::fold_stream(used, subject, events, rows);
  return events.size();
}

Result<void> fold_bases(const Ledger& ledger, std::uint64_t size, projection::Rows& rows) {
  LIGGARE_TRY(const auto ids, ids_of(ledger.log(), StreamKind::basis, size));
  for (const std::string& id : ids) {
    LIGGARE_CHECK(fold(ledger, {StreamKind::basis, id}, size, rows));
  }
  return {};
}

Result<std::size_t> fold_known(const Ledger& ledger, const Subject& subject, std::uint64_t size,
                               projection::Rows& rows) {
  LIGGARE_TRY(const std::size_t count, fold(ledger, subject, size, rows));
  if (count > 0) return count;
  return unknown_participant(subject, size);
}

std::vector<std::string> cautions_for(const DisclosureAdvice& advice,
                                      const domain::PersonGrounds& person, bool is_protected) {
  std::vector<std::string> cautions;
  if (is_protected) cautions.emplace_back("protected-person");
  if (!advice.basis || !advice.basis->consent) return cautions;
  const auto consent = person.consents.find(*advice.basis->consent);
  if (consent == person.consents.end()) return cautions;
  for (std::string& caution : cautions_about(consent->second.form, advice.inquiry.categories)) {
    cautions.push_back(std::move(caution));
  }
  return cautions;
}

void judge(DisclosureAdvice& advice, const domain::PersonGrounds& person,
           const domain::CommonGrounds& common) {
  const DisclosureInquiry& inquiry = advice.inquiry;
  DisclosureFact fact;
  fact.made.recipient = inquiry.recipient;
  fact.made.categories = inquiry.categories;
  fact.made.purpose = inquiry.purpose;
  fact.day = advice.day;
  fact.position = static_cast<std::int64_t>(advice.at);
  advice.shields = shields_against(fact, person);
  if (inquiry.basis) {
    advice.basis = fact.made.basis = inquiry.basis;
    advice.candidates = {{*inquiry.basis, verdict_on(fact, person, common)}};
  } else {
    advice.candidates = verdicts_by_basis(fact, person, common);
    const bool would_do =
        !advice.candidates.empty() && is_allowed(advice.candidates.front().verdict);
    if (would_do) advice.basis = fact.made.basis = advice.candidates.front().basis;
  }
  advice.verdict = verdict_on(fact, person, common);
}

Json basis_json(const BasisReference& basis) {
  return basis.consent ? Json::object().add("consent", *basis.consent)
                       : Json::object().add("provision", *basis.provision);
}

Json data_of(const DisclosureAdvice& advice, const DisclosureRecording& how,
             const std::optional<std::string>& disclosure) {
  const DisclosureInquiry& inquiry = advice.inquiry;
  if (!disclosure) {
    Json data = Json::object().add("recipient", inquiry.recipient).add("purpose", inquiry.purpose);
    if (inquiry.basis && inquiry.basis->provision) {
      data.add("provision", *inquiry.basis->provision);
    }
    return data;
  }
  Json categories = Json::array();
  for (const domain::DataCategory category : inquiry.categories) {
    categories.push(domain::word_of(category));
  }
  Json data = Json::object()
                  .add("disclosure", *disclosure)
                  .add("recipient", inquiry.recipient)
                  .add("categories", std::move(categories))
                  .add("purpose", inquiry.purpose)
                  .add("form", domain::word_of(how.form));
  if (advice.basis) data.add("basis", basis_json(*advice.basis));
  return data;
}

std::string name_made_up() {
  constexpr std::size_t name_bytes = 8;
  return to_hex(random_bytes(name_bytes));
}

}  // namespace

Result<DisclosureAdvice> advise_on_disclosure(const Ledger& ledger,
                                              const DisclosureInquiry& inquiry) {
  DisclosureAdvice advice;
  advice.inquiry = inquiry;
  advice.day = inquiry.day.value_or(ledger.today());
  advice.at = ledger.head().tree_size;
  const Subject participant{StreamKind::participant, inquiry.participant};
  LIGGARE_CHECK(require_may_know(ledger, inquiry.participant, advice.at,
                                 {inquiry.asker, access::Action::disclose}));
  projection::Rows rows;
  LIGGARE_TRY(advice.stream_version, fold_known(ledger, participant, advice.at, rows));
  LIGGARE_CHECK(fold_known(ledger, {StreamKind::unit, inquiry.recipient}, advice.at, rows));
  LIGGARE_CHECK(fold_bases(ledger, advice.at, rows));
  const projection::RowsView view(rows);
  LIGGARE_TRY(auto people, projections::person_grounds(view, {inquiry.participant}));
  LIGGARE_TRY(const auto common, projections::common_grounds(view));
  const domain::PersonGrounds& person = people[inquiry.participant];
  judge(advice, person, common);
  LIGGARE_TRY(const domain::Stream events, ledger.stream(participant, advice.at));
  const domain::Timeline timeline = domain::timeline_of(events);
  const auto facts = domain::participant_facts(domain::until(timeline, advice.day));
  advice.cautions = cautions_for(advice, person, facts.is_protected);
  return advice;
}

Result<Result<RecordedDisclosure, Refusal>> record_disclosure(Ledger& ledger,
                                                              const DisclosureAdvice& advice,
                                                              const DisclosureRecording& how) {
  using WithoutBasis = DisclosureRecording::WithoutBasis;
  using Recorded = Result<RecordedDisclosure, Refusal>;
  RecordedDisclosure recorded;
  if (advice.is_allowed() || how.without_basis == WithoutBasis::record_as_made) {
    recorded.disclosure = how.disclosure.value_or(name_made_up());
  } else {
    recorded.type = domain::EventType::disclosure_refused;
  }
  const Json event = Json::object()
                         .add("specversion", "1.0")
                         .add("id", "disclose-" + name_made_up())
                         .add("source", "/liggare/disclose")
                         .add("type", domain::name_of(recorded.type))
                         .add("subject", "participant/" + advice.inquiry.participant)
                         .add("effective", advice.day)
                         .add("actor", how.actor)
                         .add("data", data_of(advice, how, recorded.disclosure));
  LIGGARE_TRY(auto verdicts, ledger.append({{event.text(), advice.stream_version}}));
  if (!verdicts.front()) return Recorded(Unexpected{verdicts.front().error()});
  recorded.receipt = *verdicts.front();
  return Recorded(std::move(recorded));
}

}  // namespace liggare::ledger
