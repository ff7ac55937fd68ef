#include "sql/shared_columns.h"
#include "sql/table.h"

namespace liggare::sql {
namespace {

using enum domain::StreamKind;
using enum ColumnType;

// Columns that several tables have.
constexpr Column of_participant{"participant", text, "the participant's pseudonymous id"};
constexpr Column of_agreement{"agreement", text, "the agreement it occupies, if any"};
constexpr Column of_line{"line", text, "the line of that agreement"};

Table participants() {
  return {"participants",
          "registered participants",
          Days::until_as_of,
          1,
          {participant},
          {of_participant,
           {"registered_day", text, "the day of registration"},
           {"birth_year", integer, "year of birth, where given"},
           {"sex", text, "female or male, where given"},
           {"language", text, "code of the language, where given"},
           {"consultant", text, "the staff id of the consultant now assigned"},
           {"path", text, "the path that was chosen last"},
           {"protected", integer, "1 under a protection mark, else 0"},
           of_event}};
}

Table referrals() {
  return {"referrals",
          "referrals and what was decided on them",
          Days::until_as_of,
          2,
          {participant},
          {of_participant,
           {"referral", text, "id within the participant"},
           {"source", text, "who referred: arbetsformedlingen, social-services, kaa …"},
           {"programme", text, "code of the programme"},
           {"unit", text, "the unit it was sent to, where given"},
           {"received_day", text, "the day it was received"},
           {"state", text, "received, accepted, declined or withdrawn"},
           {"decided_day", text, "the day of that decision"},
           {"reason", text, "code of its reason, where given"},
           of_event}};
}

Table enrolments() {
  return {"enrolments",
          "enrolments with their end and what became of it",
          Days::until_as_of,
          2,
          {participant},
          {of_participant,
           {"enrolment", text, "id within the participant"},
           {"programme", text, "code of the programme"},
           {"unit", text, "the unit after transfers"},
           {"first_unit", text, "the unit it started at"},
           {"referral", text, "the referral behind it, if any"},
           of_agreement,
           of_line,
           {"start_day", text, "the first day"},
           {"end_day", text, "the last day; null while it goes on"},
           {"outcome", text, "the outcome it ended with"},
           {"outcome_exit", text, "the outcome recorded at the exit"},
           {"outcome_90", text, "the outcome recorded after 90 days"},
           {"outcome_180", text, "the outcome recorded after 180 days"},
           {"state", text, "active, paused or ended"},
           of_event}};
}

Table enrolment_spans() {
  return {"enrolment_spans",
          "enrolments cut into spans of one unit and one state",
          Days::until_as_of,
          3,
          {participant},
          {of_participant,
           {"enrolment", text, "id within the participant"},
           {"first_day", text, "the first day of the span"},
           {"last_day", text, "the last day, included; null where it goes on"},
           {"programme", text, "code of the programme"},
           {"unit", text, "the unit in that span"},
           {"state", text, "active or paused"}}};
}

Table placements() {
  return {"placements",
          "placements: one person on one place",
          Days::until_as_of,
          2,
          {participant},
          {of_participant,
           {"placement", text, "id within the participant"},
           {"place", text, "the place (places.place)"},
           {"kind", text, "osa, arbetstraning, arbetsmarknadsanstallning …"},
           of_agreement,
           of_line,
           {"start_day", text, "the first day"},
           {"planned_end", text, "the last day planned, extensions counted"},
           {"end_day", text, "the last day; null while it runs"},
           {"end_cause", text, "why it ended"},
           {"state", text, "running or ended"},
           {"extensions", integer, "how often it was extended"},
           {"studies_extension_day", text, "the first extension for studies, if any"},
           of_event}};
}

Table criteria() {
  return {"criteria",
          "every assessment of a criterion of a ladder",
          Days::until_as_of,
          0,
          {participant},
          {of_participant,
           of_ladder,
           {"criterion", text, "the criterion"},
           {"day", text, "the day of the assessment"},
           {"state", text, "red, yellow or green"},
           {"state_before", text, "the state before it; red where there was none"},
           {"movement", integer, "1 where it went to a higher colour, else 0"},
           {"standing", integer, "1 for the newest of that criterion, else 0"},
           of_event}};
}

Table steps() {
  return {"steps",
          "steps of a ladder completed and reopened",
          Days::until_as_of,
          0,
          {participant},
          {of_participant,
           of_ladder,
           {"step", integer, "the step, from 1"},
           {"day", text, "the day"},
           {"completed", integer, "1 completed, 0 reopened"},
           {"standing", integer, "1 for a completion that stands, else 0"},
           of_event}};
}

Table plans() {
  return {
      "plans",
      "plans as they stand",
      Days::until_as_of,
      2,
      {participant},
      {of_participant,
       {"plan", text, "id within the participant"},
       {"plan_kind", text, "iup, handlingsplan or aktivitetsplan"},
       {"owner", text, "the unit that owns it"},
       {"revision", integer, "the newest revision; 1 when created"},
       {"agreed", integer, "1 where the participant agreed to that revision, else 0; null at 1"},
       {"state", text, "open or closed"},
       {"created_day", text, "the day of creation"},
       {"revised_day", text, "the day of the newest revision"},
       {"closed_day", text, "the day it was closed"},
       of_event}};
}

Table consents() {
  return {"consents",
          "consents given",
          Days::until_as_of,
          2,
          {participant},
          {of_participant,
           {"consent", text, "id within the participant"},
           {"state", text, "active, withdrawn or expired on as-of"},
           {"nature", text, "secrecy or gdpr"},
           {"purpose", text, "code of the purpose"},
           {"categories", text, "categories of data, a JSON list"},
           {"recipients", text, "units that may be told, a JSON list"},
           {"notice", text, "the notice that was shown, where given"},
           {"form", text, "written, oral or email"},
           {"given_by", text, "participant or guardian, where given"},
           {"given_day", text, "the day it was given"},
           {"valid_to", text, "its last day, where it has one"},
           {"withdrawn_day", text, "the earliest withdrawal"},
           {"evidence_digest", text, "SHA-256 of the evidence, where given"},
           of_event}};
}

Table assessments() {
  return {"assessments",
          "scores of assessments, one row an indicator",
          Days::until_as_of,
          0,
          {participant},
          {of_participant,
           {"day", text, "the day of the assessment"},
           {"instrument", text, "code of the instrument, such as BIP"},
           {"instrument_version", text, "its version"},
           {"respondent", text, "participant or handler"},
           {"indicator", text, "the indicator; null in an assessment without scores"},
           {"score", integer, "its score"},
           of_event}};
}

Table disclosures() {
  return {"disclosures",
          "what was told to whom, judged as the report disclosures does",
          Days::until_as_of,
          2,
          {participant, basis, unit},
          {of_participant,
           {"disclosure", text, "id within the participant"},
           {"day", text, "the day"},
           {"recipient", text, "the unit that was told"},
           {"categories", text, "categories of data, a JSON list"},
           {"purpose", text, "code of the purpose"},
           {"form", text, "oral, letter, copy, meeting or electronic"},
           {"basis_consent", text, "the consent it rests on"},
           {"basis_provision", text, "or the basis (bases are streams of their own)"},
           {"verdict", text, "ok, ok-documented-late, or the code of a finding"},
           of_event}};
}

}  // namespace

std::vector<Table> participant_tables() {
  return {participants(), referrals(), enrolments(), enrolment_spans(), placements(), criteria(),
          steps(),        plans(),     consents(),   assessments(),     disclosures()};
}

}  // namespace liggare::sql
