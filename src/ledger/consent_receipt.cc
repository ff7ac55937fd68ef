#include "ledger/consent_receipt.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/sha256.h"
#include "domain/participant_facts.h"
#include "ledger/knowledge.h"
#include "ledger/protection.h"
#include "ledger/unit_names.h"
#include "merkle/tree.h"

namespace liggare::ledger {
namespace {

using domain::AmendedEvent;
using domain::ConsentGiven;
using domain::DataCategory;
using domain::StreamKind;

constexpr std::string_view schema_version = "ISO/IEC TS 27560:2023; liggare 1";

// All that is known of one consent.
struct Known {
  std::uint64_t at = 0;
  Day as_of = Day::first();
  std::vector<AmendedEvent> events;  // Of the whole stream, in position order.
  const AmendedEvent* given = nullptr;
  const ConsentGiven* data = nullptr;
};

Json moment(std::string_view state, Day day, const domain::RecordedEvent& event) {
  return Json::object()
      .add("state", state)
      .add("day", day)
      .add("recorded", event.recorded.text())
      .add("event", event.event.id)
      .add("position", event.position);
}

// Whether the event gives or withdraws the consent that is asked about.
std::string_view state_made_by(const AmendedEvent& event, const std::string& consent) {
  const auto* given = std::get_if<ConsentGiven>(event.data.get());
  if (given != nullptr && given->consent == consent) return "given";
  const auto* withdrawn = std::get_if<domain::ConsentWithdrawn>(event.data.get());
  if (withdrawn != nullptr && withdrawn->consent == consent) return "withdrawn";
  return {};
}

// Past states are kept, not only the last one, and so are those that were taken back.
Json states_of(const Known& known) {
  Json states = Json::array();
  for (const AmendedEvent& event : known.events) {
    const std::string_view state = state_made_by(event, known.data->consent);
    if (state.empty() || event.effective > known.as_of) continue;
    states.push(moment(state, event.effective, *event.event));
    for (const domain::RecordedEventPtr& amendment : event.amendments) {
      const bool voids = amendment->event.type() == domain::EventType::event_voided;
      states.push(
          moment(voids ? "voided" : "corrected", amendment->recorded.ledger_day(), *amendment)
              .add("target", event.event->event.id));
    }
  }
  if (known.data->valid_to && *known.data->valid_to < known.as_of) {
    states.push(
        Json::object().add("state", "expired").add("day", known.data->valid_to->plus_days(1)));
  }
  return states;
}

std::string_view state_now(const Known& known) {
  if (known.given->voided) return "voided";
  domain::ConsentFact fact;
  fact.valid_to = known.data->valid_to;
  for (const AmendedEvent& event : known.events) {
    const auto* withdrawn = std::get_if<domain::ConsentWithdrawn>(event.data.get());
    if (withdrawn == nullptr || withdrawn->consent != known.data->consent || event.voided) continue;
    fact.withdrawn_on = std::min(fact.withdrawn_on.value_or(event.effective), event.effective);
  }
  return domain::word_of(state_on(fact, known.as_of));
}

Json categories_json(const std::vector<DataCategory>& categories) {
  Json list = Json::array();
  for (const DataCategory category : categories) {
    Json special;
    if (category == DataCategory::health) special = "GDPR art. 9";
    if (category == DataCategory::offence) special = "GDPR art. 10";
    list.push(Json::object().add("category", domain::word_of(category)).add("special", special));
  }
  return list;
}

Json lawful_basis(const ConsentGiven& consent) {
  const bool lifts_secrecy = consent.nature == domain::ConsentNature::secrecy;
  return Json::object()
      .add("nature", domain::word_of(consent.nature))
      .add("provision", lifts_secrecy ? "OSL (2009:400) 12:2" : "GDPR art. 6(1)(a)");
}

Result<Json> notice_json(const Ledger& ledger, const Known& known) {
  if (!known.data->notice) return Json();
  LIGGARE_TRY(const auto events,
              ledger.stream({StreamKind::notice, *known.data->notice}, known.at));
  for (const AmendedEvent& event : domain::timeline_of(events)) {
    const auto* notice = std::get_if<domain::NoticePublished>(event.data.get());
    if (notice == nullptr) continue;
    return Json::object()
        .add("id", *known.data->notice)
        .add("language", notice->language)
        .add("digest", notice->text_digest)
        .add("purposes", Json::list(notice->purposes))
        .add("recipients", Json::list(notice->recipients))
        .add("retention", notice->retention);
  }
  return Json();
}

// The unit of the person's enrolment on the day the consent was given: the latest that began.
std::optional<std::string> unit_then(const Known& known) {
  std::vector<AmendedEvent> timeline;
  for (const AmendedEvent& event : known.events) {
    if (!event.voided && event.effective <= known.given->effective) timeline.push_back(event);
  }
  std::stable_sort(timeline.begin(), timeline.end(), [](const auto& left, const auto& right) {
    return left.effective < right.effective;
  });
  std::optional<std::string> unit;
  for (const AmendedEvent& event : timeline) {
    if (const auto* started = std::get_if<domain::EnrolmentStarted>(event.data.get())) {
      unit = started->unit;
    } else if (const auto* moved = std::get_if<domain::EnrolmentTransferred>(event.data.get())) {
      unit = moved->unit;
    }
  }
  return unit;
}

Result<Json> controller_json(const ConsentReceiptRequest& request, const Known& known,
                             UnitNames& names) {
  std::optional<UnitOnDay> unit;
  if (request.controller) {
    LIGGARE_TRY(unit, names.find(*request.controller));
    if (!unit) {
      return fail(ErrorCode::not_found, "unit/" + *request.controller + " is unknown at size " +
                                            std::to_string(known.at));
    }
  } else if (const auto enrolled_at = unit_then(known)) {
    LIGGARE_TRY(unit, names.board_above(*enrolled_at));
  }
  return Json::object()
      .add("id", unit ? Json(unit->id) : Json())
      .add("name", unit ? Json(unit->name) : Json())
      .add("type", unit ? Json(domain::word_of(unit->kind)) : Json())
      .add("address", request.address)
      .add("contact", request.contact);
}

Result<Json> recipients_json(const ConsentGiven& consent, UnitNames& names) {
  Json recipients = Json::array();
  for (const std::string& id : consent.recipients) {
    LIGGARE_TRY(const std::string name, names.name(id));
    recipients.push(Json::object().add("id", id).add("name", name));
  }
  return recipients;
}

Json missing_of(const Json& receipt) {
  Json missing = Json::array();
  for (const std::string_view field : {"id", "name", "address", "contact"}) {
    if (receipt.find("controller")->find(field)->is_null()) {
      missing.push("controller." + std::string(field));
    }
  }
  if (receipt.find("notice")->is_null()) missing.push("notice");
  return missing;
}

Result<Known> known_consent(const Ledger& ledger, const ConsentReceiptRequest& request) {
  Known known;
  LIGGARE_TRY(known.at, size_at(ledger.log(), request.at));
  known.as_of = request.as_of.value_or(ledger.today());
  LIGGARE_CHECK(require_may_know(ledger, request.participant, known.at,
                                 {request.asker, access::Action::read}));
  const domain::Subject subject{StreamKind::participant, request.participant};
  LIGGARE_TRY(const domain::Stream events, ledger.stream(subject, known.at));
  if (events.empty()) return unknown_participant(subject, known.at);
  known.events = domain::amend(events);
  // The one that stands; of consents that were all voided, the last.
  for (const AmendedEvent& event : known.events) {
    const auto* given = std::get_if<ConsentGiven>(event.data.get());
    if (given == nullptr || given->consent != request.consent) continue;
    if (event.effective > known.as_of) continue;
    if (known.given != nullptr && !known.given->voided) continue;
    known.given = &event;
    known.data = given;
  }
  if (known.given != nullptr) return known;
  return fail(ErrorCode::not_found, subject.text() + " has no consent \"" + request.consent +
                                        "\" on " + known.as_of.text() + " at size " +
                                        std::to_string(known.at));
}

Json storage_json(const Ledger& ledger) {
  return Json::object().add("ledger", ledger.origin()).add("country", "SE");
}

Json withdrawal_json() {
  return Json::object()
      .add("method", "in any form, to any member of staff of the controller")
      .add("effect",
           "from the day of the withdrawal; recorded as consent.withdrawn, never refused");
}

}  // namespace

std::vector<std::string> cautions_about(domain::ConsentForm form,
                                        const std::vector<DataCategory>& categories) {
  const auto is_sensitive = [](DataCategory category) {
    return category == DataCategory::health || category == DataCategory::offence;
  };
  std::vector<std::string> cautions;
  if (form == domain::ConsentForm::email) cautions.emplace_back("consent-by-email");
  if (form == domain::ConsentForm::oral &&
      std::any_of(categories.begin(), categories.end(), is_sensitive)) {
    cautions.emplace_back("consent-not-written");
  }
  return cautions;
}

Result<Json> consent_receipt(const Ledger& ledger, const ConsentReceiptRequest& request) {
  LIGGARE_TRY(const Known known, known_consent(ledger, request));
  const ConsentGiven& consent = *known.data;
  UnitNames names(ledger, known.at, known.as_of);
  LIGGARE_TRY(const Json notice, notice_json(ledger, known));
  LIGGARE_TRY(Json controller, controller_json(request, known, names));
  LIGGARE_TRY(Json recipients, recipients_json(consent, names));
  LIGGARE_TRY(const std::string leaf, ledger.leaf(known.given->event->position));
  const std::string record_id =
      ledger.origin() + "/participant/" + request.participant + "/consent/" + request.consent;
  const Json* retention = notice.find("retention");
  Json receipt = Json::object();
  receipt.add("schemaVersion", schema_version)
      .add("recordId", record_id)
      .add("receiptId", record_id + "/" + known.as_of.text() + "/" + std::to_string(known.at))
      .add("principalId", "participant/" + request.participant)
      .add("asOf", known.as_of)
      .add("at", known.at)
      .add("state", state_now(known))
      .add("controller", std::move(controller))
      .add("notice", notice)
      .add("purposes", Json::array().push(consent.purpose))
      .add("categories", categories_json(consent.categories))
      .add("recipients", std::move(recipients))
      .add("lawfulBasis", lawful_basis(consent))
      .add("collectionMethod", domain::word_of(consent.form))
      .add("givenBy", consent.given_by ? Json(domain::word_of(*consent.given_by)) : Json())
      .add("evidenceDigest", consent.evidence_digest)
      .add("validFrom", known.given->effective)
      .add("validTo", consent.valid_to)
      .add("storage", storage_json(ledger))
      .add("retention", retention == nullptr ? Json() : *retention)
      .add("withdrawal", withdrawal_json())
      .add("rights", Json::list({"access", "rectification", "erasure", "restriction", "portability",
                                 "withdrawal", "complaint"}))
      .add("authority", "Integritetsskyddsmyndigheten (IMY)")
      .add("jurisdiction", "SE")
      .add("events", states_of(known))
      .add("cautions", Json::list(cautions_about(consent.form, consent.categories)))
      .add("leafHash", to_hex(merkle::leaf_hash(leaf).view()));
  receipt.add("missing", missing_of(receipt));
  const std::string hash = to_hex(sha256({receipt.canonical_text()}).view());
  receipt.add("hash", Json::object().add("algorithm", "SHA-256 over RFC 8785").add("value", hash));
  return receipt;
}

}  // namespace liggare::ledger
