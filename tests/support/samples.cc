#include "tests/support/samples.h"

#include "domain/event_type.h"

namespace liggare::test {
namespace {

#define LIGGARE_DIGEST_A "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define LIGGARE_DIGEST_B "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"

const std::vector<Sample>& organisation() {
  static const std::vector<Sample> rows = {
      {"unit/U1", "unit.registered", R"({"name":"Arbetsmarknadsenheten","kind":"business-area"})",
       R"({"name":"Enhet Å","kind":"administration","parent":"U0","category":"ias"})"},
      {"unit/U1", "unit.renamed", R"({"name":"Nytt namn"})", R"({"name":"Ännu ett namn"})"},
      {"unit/U1", "unit.moved", R"({"parent":"U2"})", R"({"parent":"U3"})"},
      {"unit/U1", "unit.closed", R"({})", R"({"successor":"U2"})"},
      {"agreement/A1", "agreement.signed",
       R"({"title":"Avtal","parties":[],"validFrom":"2024-01-01","lines":[]})",
       R"({"title":"Avtal 2","parties":["U1","U2"],"validFrom":"2024-01-01",)"
       R"("validTo":"2026-12-31",)"
       R"("lines":[{"line":"L1","programme":"osa","places":0},)"
       R"({"line":"L2","programme":"iup","unit":"U3","places":12}]})"},
      {"agreement/A1", "agreement.amended", R"({"line":"L1","places":0})",
       R"({"line":"L1","places":9007199254740991})"},
      {"agreement/A1", "agreement.terminated", R"({"validTo":"2024-02-29"})",
       R"({"validTo":"9999-12-31"})"},
      {"target/T1", "target.set",
       R"({"measure":"realised-places","scope":{"all":true},"from":"2024-01-01",)"
       R"("to":"2024-12-31","value":0})",
       R"({"measure":"referrals","scope":{"category":"external"},"from":"2024-01-01",)"
       R"("to":"2024-12-31","value":500,"baseline":0,"decision":"KF 2024 § 17"})"},
      {"publication/F1", "figure.published",
       R"({"document":"Årsredovisning","section":"3.1","measure":"active-placements",)"
       R"("scope":{"category":"ordinary"},"from":"2024-01-01","to":"2024-12-31","value":7})",
       R"({"document":"Delår","section":"2","measure":"persons-placed",)"
       R"("scope":{"administration":"U1"},"from":"2024-01-01","to":"2024-06-30","value":7,)"
       R"("baseline":3})"},
      {"ladder/L1", "ladder.published", R"({"ladderVersion":1,"steps":[],"paths":[]})",
       R"({"ladderVersion":2,"steps":[{"step":1,"criteria":[)"
       R"({"criterion":"c1","text":"Kommer i tid","mandatory":true},)"
       R"({"criterion":"c2","text":"Tar egna initiativ","mandatory":false}]},)"
       R"({"step":2,"criteria":[]}],"paths":["arbete","studier"]})"},
      {"notice/N1", "notice.published",
       R"({"language":"sv","purposes":[],"categories":[],"recipients":[],)"
       R"("retention":"Två år","textDigest":")" LIGGARE_DIGEST_A R"("})",
       R"({"language":"lätt svenska","purposes":["stod"],"categories":["identity","offence"],)"
       R"("recipients":["Försäkringskassan"],"retention":"Två år",)"
       R"("textDigest":")" LIGGARE_DIGEST_B R"("})"},
      {"basis/B1", "basis.adopted",
       R"({"provision":"OSL 26 kap. 9 §","recipientKinds":[],"categories":[],"purposes":[],)"
       R"("validFrom":"2024-01-01"})",
       R"({"provision":"SoL","recipientKinds":["board","external"],"categories":["health"],)"
       R"("purposes":["stod","tillsyn"],"validFrom":"2024-01-01","validTo":"2024-12-31"})"},
      {"policy/ledger", "policy.adopted", R"({"parameters":{}})",
       R"({"parameters":{"months":0,"extensionMonths":6,"stallDays":0,"lateDays":14,)"
       R"("smallCell":5}})"},
      {"staff/S1", "staff.registered", R"({"unit":"U1"})", R"({"unit":"U2"})"},
      {"staff/S1", "role.granted", R"({"role":"consultant"})", R"({"role":"admin","unit":"U1"})"},
      {"staff/S1", "role.revoked", R"({"role":"dpo"})", R"({"role":"lead","unit":"U1"})"},
      {"incident/I1", "incident.reported",
       R"({"discovered":"2024-01-01","categories":[],"persons":0})",
       R"({"discovered":"2024-01-01","categories":["social","health"],"persons":12})"},
      {"incident/I1", "incident.notified", R"({"to":"authority"})", R"({"to":"subjects"})"},
      {"incident/I1", "incident.closed", R"({})", R"({})"},
      {"place/PL1", "place.offered", R"({"administration":"U1","category":"ordinary"})",
       R"({"administration":"U1","workplace":"Köket","category":"company","seats":3,)"
       R"("profile":"Kök och servering"})"},
      {"place/PL1", "place.withdrawn", R"({})", R"({"reason":"Ombyggnad"})"},
  };
  return rows;
}

constexpr std::string_view person = "participant/P1";

const std::vector<Sample>& progress() {
  static const std::vector<Sample> rows = {
      {person, "participant.registered", R"({})",
       R"({"birthYear":1999,"sex":"female","language":"sv"})"},
      {person, "referral.received", R"({"referral":"R1","source":"self","programme":"osa"})",
       R"({"referral":"R1","source":"job-and-knowledge-square","programme":"osa","unit":"U1"})"},
      {person, "referral.accepted", R"({"referral":"R1"})",
       R"({"referral":"R1","reason":"plats"})"},
      {person, "referral.declined", R"({"referral":"R1"})",
       R"({"referral":"R1","reason":"fullt"})"},
      {person, "referral.withdrawn", R"({"referral":"R1"})",
       R"({"referral":"R1","reason":"flytt"})"},
      {person, "enrolment.started", R"({"enrolment":"E1","programme":"osa","unit":"U1"})",
       R"({"enrolment":"E1","programme":"osa","unit":"U1","referral":"R1","agreement":"A1",)"
       R"("line":"L1"})"},
      {person, "enrolment.paused", R"({"enrolment":"E1"})",
       R"({"enrolment":"E1","reason":"ledig"})"},
      {person, "enrolment.resumed", R"({"enrolment":"E1"})",
       R"({"enrolment":"E1","reason":"ater"})"},
      {person, "enrolment.transferred", R"({"enrolment":"E1","unit":"U1"})",
       R"({"enrolment":"E2","unit":"U2"})"},
      {person, "enrolment.ended", R"({"enrolment":"E1","outcome":"own-business"})",
       R"({"enrolment":"E2","outcome":"unknown"})"},
      {person, "consultant.assigned", R"({"staff":"S1"})", R"({"staff":"S2"})"},
      {person, "consultant.released", R"({"staff":"S1"})", R"({"staff":"S2"})"},
      {person, "mapping.recorded", R"({"source":"skola"})", R"({"source":"skola","consent":"C1"})"},
      {person, "assessment.recorded",
       R"({"instrument":"BIP","instrumentVersion":"2","respondent":"handler","scores":[]})",
       R"({"instrument":"other","instrumentVersion":"2.1","respondent":"participant",)"
       R"("scores":[{"indicator":"i1","score":-3},{"indicator":"i2","score":5}]})"},
      {person, "plan.created", R"({"plan":"K1","planKind":"iup","owner":"U1"})",
       R"({"plan":"K1","planKind":"aktivitetsplan","owner":"U2"})"},
      {person, "plan.revised", R"({"plan":"K1","revision":2,"by":"U1","agreed":false})",
       R"({"plan":"K1","revision":3,"by":"U1","agreed":true})"},
      {person, "plan.transferred", R"({"plan":"K1","owner":"U1"})",
       R"({"plan":"K1","owner":"U2"})"},
      {person, "plan.closed", R"({"plan":"K1"})", R"({"plan":"K2"})"},
      {person, "path.chosen", R"({"path":"arbete","chosenBy":"participant"})",
       R"({"path":"studier","chosenBy":"guardian"})"},
      {person, "criterion.assessed", R"({"ladder":"L1","criterion":"c1","state":"red"})",
       R"({"ladder":"L1","criterion":"c1","state":"green","reason":"praktik"})"},
      {person, "step.completed", R"({"ladder":"L1","step":1})", R"({"ladder":"L1","step":4})"},
      {person, "step.reopened", R"({"ladder":"L1","step":1,"reason":"bakslag"})",
       R"({"ladder":"L1","step":4,"reason":"bakslag"})"},
      {person, "meeting.held", R"({"kind":"mi","attendees":[],"categories":[],"consents":[]})",
       R"({"kind":"three-party","attendees":[{"unit":"U1","role":"chef"},)"
       R"({"unit":"U2","role":"handledare"}],"categories":["progress"],"consents":["C1","C2"]})"},
  };
  return rows;
}

const std::vector<Sample>& care() {
  static const std::vector<Sample> rows = {
      {person, "information.given", R"({"notice":"N1","channel":"written"})",
       R"({"notice":"N1","channel":"digital"})"},
      {person, "consent.given",
       R"({"consent":"C1","nature":"secrecy","purpose":"stod","categories":[],"recipients":[],)"
       R"("form":"oral"})",
       R"({"consent":"C1","notice":"N1","nature":"gdpr","purpose":"stod",)"
       R"("categories":["health","social"],"recipients":["U1","U2"],"form":"email",)"
       R"("givenBy":"guardian","evidenceDigest":")" LIGGARE_DIGEST_A
       R"(","validTo":"2024-12-31"})"},
      {person, "consent.refused", R"({"purpose":"stod","recipients":[]})",
       R"({"purpose":"stod","recipients":["U1"]})"},
      {person, "consent.withdrawn", R"({"consent":"C1"})", R"({"consent":"C2"})"},
      {person, "request.received", R"({"request":"Q1","kind":"access"})",
       R"({"request":"Q1","kind":"portability"})"},
      {person, "request.answered", R"({"request":"Q1","outcome":"granted"})",
       R"({"request":"Q1","outcome":"refused"})"},
      {person, "shield.set", R"({"shield":"H1","against":"U1","categories":[]})",
       R"({"shield":"H1","against":"U1","categories":["identity","enrolment"]})"},
      {person, "shield.lifted", R"({"shield":"H1"})", R"({"shield":"H2"})"},
      {person, "disclosure.made",
       R"({"disclosure":"D1","recipient":"U1","categories":[],"purpose":"stod","form":"oral"})",
       R"({"disclosure":"D1","recipient":"U1","categories":["health"],"purpose":"stod",)"
       R"("form":"electronic","basis":{"provision":"B1"}})"},
      {person, "disclosure.refused", R"({"recipient":"U1","purpose":"stod"})",
       R"({"recipient":"U1","purpose":"stod","provision":"osl-26-1"})"},
      {person, "placement.started", R"({"placement":"P1","place":"PL1","kind":"osa"})",
       R"({"placement":"P1","place":"PL1","kind":"praktik","plannedEnd":"2025-02-28",)"
       R"("agreement":"A1","line":"L1"})"},
      {person, "placement.extended",
       R"({"placement":"P1","plannedEnd":"2025-02-28","reason":"studies-started"})",
       R"({"placement":"P1","plannedEnd":"2025-02-28","reason":"other"})"},
      {person, "placement.ended", R"({"placement":"P1","cause":"completed"})",
       R"({"placement":"P1","cause":"other"})"},
      {person, "outcome.recorded", R"({"enrolment":"E1","followUp":"exit","outcome":"studies"})",
       R"({"enrolment":"E1","followUp":"180","outcome":"moved"})"},
      {person, "note.recorded", R"({})", R"({})"},
      {person, "protection.set", R"({"mark":"confidentiality","staff":[]})",
       R"({"mark":"assumed-identity","staff":["S1","S2"]})"},
      {person, "protection.lifted", R"({})", R"({})"},
      {"place/PL1", "event.corrected",
       R"({"target":"ev-0","data":{"administration":"U1","category":"ias"},"reason":"fel"})",
       R"({"target":"urn:ev:0","data":{"administration":"U2","category":"ias","seats":2},)"
       R"("effective":"2024-01-31","reason":"fel-dag"})"},
      {"unit/U1", "event.voided", R"({"target":"ev-0","reason":"dubblett"})",
       R"({"target":"urn:ev:0","reason":"dubblett"})"},
  };
  return rows;
}

const std::vector<Sample>& own_commands() {
  static const std::vector<Sample> rows = {
      {"ledger/main", "ledger.sealed",
       R"({"size":0,"directoryRoot":")" LIGGARE_DIGEST_A
       R"(","projections":[],"accessSize":0,"accessRoot":")" LIGGARE_DIGEST_A R"("})",
       R"({"size":77,"directoryRoot":")" LIGGARE_DIGEST_B
       R"(","projections":[{"name":"places","version":1,"digest":")" LIGGARE_DIGEST_A
       R"("}],"accessSize":5,"accessRoot":")" LIGGARE_DIGEST_B R"("})"},
      {"ledger/main", "ledger.key-rotated",
       R"({"oldVkey":"ledger+0a0b0c0d+AAAA","newVkey":"ledger+0a0b0c0e+AAAB","size":7,)"
       R"("root":")" LIGGARE_DIGEST_A R"(","newSignature":"AAAC"})",
       R"({"oldVkey":"ledger+0a0b0c0d+AAAA","newVkey":"ledger+0a0b0c0e+AAAB","size":7,)"
       R"("root":")" LIGGARE_DIGEST_B
       R"(","oldSignature":"AAAD","newSignature":"AAAC","reason":"Årlig"})"},
      {"ledger/main", "ledger.rolled-back",
       R"({"fromSize":0,"fromRoot":")" LIGGARE_DIGEST_A R"(","reason":"Återläst kopia"})",
       R"({"fromSize":9,"fromRoot":")" LIGGARE_DIGEST_B R"(","reason":"Återläst kopia"})"},
      {"ledger/main", "ledger.restored",
       R"({"size":0,"root":")" LIGGARE_DIGEST_A R"(","anchored":false})",
       R"({"size":9,"root":")" LIGGARE_DIGEST_B R"(","anchored":true})"},
      {"edition/ED1", "report.published",
       R"({"report":"places","definitionVersion":0,"parameters":"{}","asOf":"2024-12-31","at":0,)"
       R"("digest":")" LIGGARE_DIGEST_A R"("})",
       R"({"report":"places","definitionVersion":2,"parameters":"{\"from\":2019}",)"
       R"("asOf":"2024-12-31","at":99,"digest":")" LIGGARE_DIGEST_B
       R"(","document":"Årsredovisning"})"},
      {"retention/RT1", "retention.adopted",
       R"({"class":"identity","trigger":"last-event","months":0,"action":"keep",)"
       R"("decision":"KF 1"})",
       R"({"class":"offence","trigger":"enrolment-ended","months":24,"action":"erase",)"
       R"("decision":"KF 2"})"},
      {"review/RV1", "review.started",
       R"({"from":"2024-01-01","to":"2024-01-31","seed":"s1","rules":[],"items":[]})",
       R"({"from":"2024-01-01","to":"2024-01-31","unit":"U1","seed":"s1",)"
       R"("rules":["own-unit","night"],"items":[0,9,7]})"},
      {"review/RV1", "review.marked", R"({"item":0,"verdict":"ok"})",
       R"({"item":9,"verdict":"incident","reason":"obehorig"})"},
      {"review/RV1", "review.closed", R"({})", R"({})"},
      {person, "hold.placed", R"({"hold":"HO1","classes":[],"reason":"tvist"})",
       R"({"hold":"HO1","classes":["health","identity"],"reason":"tvist"})"},
      {person, "hold.released", R"({"hold":"HO1"})", R"({"hold":"HO2"})"},
      {person, "erasure.decided", R"({"classes":[],"reason":"retention","decision":"D1"})",
       R"({"targets":["ev-1","ev:2"],"reason":"wrong-person","decision":"D1"})"},
      {person, "erasure.executed",
       R"({"classes":["health"],"vaultEpoch":0,"certificate":")" LIGGARE_DIGEST_A R"("})",
       R"({"targets":["ev-1"],"vaultEpoch":3,"certificate":")" LIGGARE_DIGEST_B R"("})"},
  };
  return rows;
}

constexpr std::string_view personal =
    R"("personal":{"identity":{"name":"Testa Åberg","personnummer":"198501012382"},)"
    R"("ordinary":{"text":"Rad ett\nRad två\tslut"},"social":{},)"
    R"("health":{"note":"…"},"offence":{"note":"x"}})";
constexpr std::string_view bare_note = R"("personal":{"ordinary":{"text":"Hej"}})";

// `data` with one more member.
std::string with_member(std::string_view data, std::string_view member) {
  std::string text(data.substr(0, data.size() - 1));
  if (text != "{") text += ",";
  return text.append(member).append("}");
}

}  // namespace

const std::vector<Sample>& samples() {
  static const std::vector<Sample> all = [] {
    std::vector<Sample> rows;
    for (const auto* group : {&organisation(), &progress(), &care(), &own_commands()}) {
      rows.insert(rows.end(), group->begin(), group->end());
    }
    return rows;
  }();
  return all;
}

std::string sample_line(const Sample& sample, Extent extent) {
  const bool is_full = extent == Extent::full;
  std::string data(is_full ? sample.full : sample.bare);
  if (is_full && sample.subject == person) data = with_member(data, personal);
  if (!is_full && sample.type == "note.recorded") data = with_member(data, bare_note);
  std::string line = R"({"specversion":"1.0","id":")";
  line += is_full ? "urn:test:full-1" : "ev-1";
  line += R"(","source":"/amc/journal","type":")" + std::string(sample.type);
  line += R"(","subject":")" + std::string(sample.subject);
  line += R"(","effective":"2024-02-29","actor":")";
  line += is_full ? R"(staff/S1","time":"2024-03-01T08:15:00.5+01:00","purpose":"handlaggning",)"
                    R"("correlationid":"corr:1","causationid":"ev-0")"
                  : R"(system/import")";
  return line + R"(,"data":)" + data + "}";
}

codec::Submission sample_submission(const Sample& sample, Extent extent) {
  auto submission =
      codec::parse_event(sample_line(sample, extent), codec::Sender::own_command).value();
  if (auto* correction = std::get_if<domain::EventCorrected>(&submission.event.data)) {
    auto data = codec::parse_correction(submission.correction_data, corrected_sample_type);
    correction->data.payload =
        std::make_shared<const domain::AnyPayload>(domain::AnyPayload{std::move(data).value()});
  }
  return submission;
}

codec::Record sample_record(const Sample& sample, Extent extent) {
  codec::Record record;
  record.event.event = sample_submission(sample, extent).event;
  record.event.version = extent == Extent::full ? 300 : 1;
  record.event.recorded = parse_rfc3339("2024-03-01T09:30:00.123456Z")->instant;
  record.event.submitted_by = extent == Extent::full ? "staff/S1" : "local/1000";
  record.salt = "0123456789abcdef";
  if (record.event.event.personal) {
    for (const PersonalClass personal_class : *record.event.event.personal) {
      const auto mark = static_cast<char>('a' + static_cast<int>(personal_class));
      record.sections.push_back({personal_class, std::string(16, mark), std::string(4, mark),
                                 std::string(32, mark), std::string(32, mark),
                                 std::string(80, mark)});
    }
  }
  return record;
}

}  // namespace liggare::test
