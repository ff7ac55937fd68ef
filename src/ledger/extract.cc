#include "ledger/extract.h"

#include <algorithm>
#include <map>
#include <set>

#include "domain/personal_class_words.h"
#include "ledger/extract_actors.h"
#include "ledger/unit_names.h"
#include "projections/history.h"

namespace liggare::ledger {
namespace {

using domain::StreamKind;
using domain::Subject;

constexpr auto classes = domain::Words<PersonalClass>::values;

Json sorted_list(const std::set<std::string>& values) {
  return Json::list({values.begin(), values.end()});
}

// data.personal of a history row; null where it has none.
const Json* personal_of(const Json& row) {
  const Json* data = row.find("data");
  return data == nullptr ? nullptr : data->find("personal");
}

// By class: each event that holds some, in order, with what it says, originals and corrections
// alike.
Json by_class(const Json& rows) {
  Json data = Json::object();
  for (const std::string_view name : classes) {
    Json entries = Json::array();
    for (const Json& row : *rows.as_array()) {
      const Json* personal = personal_of(row);
      const Json* held = personal == nullptr ? nullptr : personal->find(name);
      if (held == nullptr) continue;
      entries.push(Json::object()
                       .add("event", *row.find("id"))
                       .add("type", *row.find("type"))
                       .add("effective", *row.find("effective"))
                       .add("status", *row.find("status"))
                       .add("correctedBy", *row.find("correctedBy"))
                       .add("values", *held));
    }
    data.add(name, std::move(entries));
  }
  return data;
}

// A class is open where something of it is shown, else erased or closed as what stands there says.
Json class_states(const Json& data) {
  Json states = Json::array();
  for (const auto& [name, entries] : *data.as_object()) {
    std::uint64_t shown = 0;
    std::uint64_t closed = 0;
    std::set<std::string> erased;
    for (const Json& entry : *entries.as_array()) {
      const Json& values = *entry.find("values");
      const Json* sealed = values.find("sealed");
      const Json* gone = values.find("erased");
      // What a person wrote is text: only the ledger's own mark is true or stands alone.
      if (sealed != nullptr && sealed->as_bool() != nullptr) {
        ++closed;
      } else if (gone != nullptr && values.as_object()->size() == 1 && gone->as_text() != nullptr &&
                 Day::parse(*gone->as_text())) {
        erased.insert(*gone->as_text());
      } else {
        ++shown;
      }
    }
    states.push(Json::object()
                    .add("class", name)
                    .add("shown", shown)
                    .add("sealed", closed)
                    .add("erasedOn", sorted_list(erased)));
  }
  return states;
}

Json sources_of(const domain::Stream& stream) {
  std::set<std::string> systems;
  std::set<std::string> referrers;
  for (const domain::RecordedEventPtr& event : stream) {
    systems.insert(event->event.source);
    const auto* referral = std::get_if<domain::ReferralReceived>(&event->event.data);
    if (referral != nullptr) referrers.emplace(domain::word_of(referral->source));
  }
  return Json::object()
      .add("systems", sorted_list(systems))
      .add("referrers", sorted_list(referrers));
}

// The notices that were given, with what they say of purposes, recipients and retention.
Result<Json> notices_of(const Ledger& ledger, const domain::Stream& stream, std::uint64_t size) {
  Json notices = Json::array();
  for (const domain::AmendedEvent& event : domain::timeline_of(stream)) {
    const auto* given = std::get_if<domain::InformationGiven>(event.data.get());
    if (given == nullptr) continue;
    LIGGARE_TRY(const auto events, ledger.stream({StreamKind::notice, given->notice}, size));
    for (const domain::AmendedEvent& published : domain::timeline_of(events)) {
      const auto* notice = std::get_if<domain::NoticePublished>(published.data.get());
      if (notice == nullptr) continue;
      notices.push(Json::object()
                       .add("notice", given->notice)
                       .add("givenOn", event.effective)
                       .add("purposes", Json::list(notice->purposes))
                       .add("recipients", Json::list(notice->recipients))
                       .add("retention", notice->retention));
    }
  }
  return notices;
}

Json purposes_of(const domain::Stream& stream, const Json& notices) {
  std::set<std::string> purposes;
  for (const domain::RecordedEventPtr& event : stream) {
    if (event->event.purpose) purposes.insert(*event->event.purpose);
    const auto* consent = std::get_if<domain::ConsentGiven>(&event->event.data);
    if (consent != nullptr) purposes.insert(consent->purpose);
    const auto* told = std::get_if<domain::DisclosureMade>(&event->event.data);
    if (told != nullptr) purposes.insert(told->purpose);
  }
  for (const Json& notice : *notices.as_array()) {
    for (const Json& purpose : *notice.find("purposes")->as_array()) {
      purposes.insert(*purpose.as_text());
    }
  }
  return sorted_list(purposes);
}

// A report's rows about this participant, without that column.
Result<Json> rows_about(const Ledger& ledger, const std::string& participant,
                        ReportRequest request) {
  LIGGARE_TRY(const projection::Answer answer, ledger.report(request));
  Json rows = Json::array();
  for (const Json& row : *answer.rows.as_array()) {
    const Json* whose = row.find("participant");
    if (whose == nullptr || *whose->as_text() != participant) continue;
    Json rest = Json::object();
    for (const auto& [name, value] : *row.as_object()) {
      if (name != "participant") rest.add(name, value);
    }
    rows.push(std::move(rest));
  }
  return rows;
}

// The accounting of disclosures, with the recipients' names and the verdicts.
Result<Json> disclosures_of(const Ledger& ledger, const std::string& participant,
                            std::uint64_t size) {
  LIGGARE_TRY(const Json rows, rows_about(ledger, participant, {"disclosures", {}, {}, size}));
  UnitNames names(ledger, size, ledger.today());
  Json named = Json::array();
  for (const Json& row : *rows.as_array()) {
    LIGGARE_TRY(const std::string name, names.name(*row.find("recipient")->as_text()));
    Json copy = row;
    copy.add("recipientName", name);
    named.push(std::move(copy));
  }
  return named;
}

Json reader_json(const access::Record& record, ExtractRequest::Names names) {
  Json shown = Json::array();
  for (const PersonalClass each : record.classes) shown.push(domain::word_of(each));
  Json row = Json::object()
                 .add("day", record.recorded.ledger_day())
                 .add("action", domain::word_of(record.action))
                 .add("outcome", domain::word_of(record.outcome))
                 .add("purpose", record.purpose ? Json(domain::word_of(*record.purpose)) : Json())
                 .add("role", record.role ? Json(domain::word_of(*record.role)) : Json())
                 .add("classes", std::move(shown));
  if (names == ExtractRequest::Names::shown) row.add("who", record.who);
  return row;
}

Result<Json> readers_of(const AccessLog& log, const Subject& participant,
                        ExtractRequest::Names names) {
  Json readers = Json::array();
  LIGGARE_CHECK(log.stream(participant.text(),
                           [&](const AccessPlace&, const access::Record& record) -> Result<void> {
                             readers.push(reader_json(record, names));
                             return {};
                           }));
  return readers;
}

// What is missing is said; it never stops the extract, which the person has a right to.
Json prove(const Ledger& ledger, const ExtractRequest& request, const Subject& participant,
           Extract& extract) {
  const auto missing = [](std::string why) {
    return Json::object().add("proven", false).add("missing", std::move(why));
  };
  if (!request.checkpoint) return missing("no checkpoint was signed for it");
  auto bundle = make_bundle(ledger, *request.checkpoint, {participant});
  if (!bundle) return missing(bundle.error().message);
  extract.proof = std::move(bundle->files);
  return Json::object()
      .add("proven", true)
      .add("completeTo", bundle->sealed_size)
      .add("afterSeal", bundle->after_seal)
      .add("folder", "proof");
}

Result<Json> events_of(const Ledger& ledger, const Json& rows, ExtractRequest::Names names) {
  if (names == ExtractRequest::Names::shown) return rows;
  ExtractActors actors(ledger);
  Json events = Json::array();
  for (const Json& row : *rows.as_array()) {
    LIGGARE_TRY(Json event, actors.without_names(row));
    events.push(std::move(event));
  }
  return events;
}

Json rights_json() {
  return Json::list({"rectification", "erasure", "restriction", "objection", "portability",
                     "withdrawal-of-consent", "complaint"});
}

}  // namespace

Result<Extract> make_extract(const Ledger& ledger, const ExtractRequest& request) {
  const std::uint64_t size = ledger.head().tree_size;
  const Subject participant{StreamKind::participant, request.participant};
  LIGGARE_TRY(const auto reading, Reading::open(ledger));
  LIGGARE_TRY(const domain::Stream stream, ledger.stream(participant, size));
  Reader reader = request.reader;
  reader.action = access::Action::export_copy;
  LIGGARE_TRY(const Grant grant, reading->ask(reader, participant, stream));
  std::optional<Error> failure;
  const Json rows = projections::history_rows(stream, [&](const domain::RecordedEvent& event) {
    auto json = reading->event_json(grant, event);
    if (!json) failure = json.error();
    return json ? *std::move(json) : Json::object();
  });
  if (failure) return Unexpected{*failure};

  Extract extract;
  extract.record_id = grant.record_id;
  extract.events = stream.size();
  const Json data = by_class(rows);
  LIGGARE_TRY(Json notices, notices_of(ledger, stream, size));
  const ReportRequest consents{"consents", {{"participant", participant.id}}, {}, size};
  const ReportRequest retention{"retention", {{"participant", participant.id}}, {}, size};
  LIGGARE_TRY(Json consent_rows, rows_about(ledger, participant.id, consents));
  LIGGARE_TRY(Json retention_rows, rows_about(ledger, participant.id, retention));
  LIGGARE_TRY(Json disclosures, disclosures_of(ledger, participant.id, size));
  LIGGARE_TRY(Json readers, readers_of(reading->access_log(), participant, request.names));
  LIGGARE_TRY(Json events, events_of(ledger, rows, request.names));
  Json purposes = purposes_of(stream, notices);
  extract.json.add("extract", "liggare/extract/v1")
      .add("participant", participant.id)
      .add("day", ledger.today())
      .add("at", size)
      .add("ledger", ledger.origin())
      .add("accessRecord", grant.record_id)
      .add("classes", class_states(data))
      .add("data", data)
      .add("purposes", std::move(purposes))
      .add("sources", sources_of(stream))
      .add("notices", std::move(notices))
      .add("consents", std::move(consent_rows))
      .add("disclosures", std::move(disclosures))
      .add("retention", std::move(retention_rows))
      .add("rights", rights_json())
      .add("authority", "Integritetsskyddsmyndigheten (IMY)")
      .add("readers", std::move(readers))
      .add("completeness", prove(ledger, request, participant, extract))
      .add("events", std::move(events));
  return extract;
}

}  // namespace liggare::ledger
