#include <fmt/format.h>

#include "domain/formats.h"
#include "ledger/disclosing.h"
#include "tools/actor.h"
#include "tools/care_options.h"
#include "tools/columns.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/event_place.h"
#include "tools/print_answer.h"
#include "tools/report_options.h"
#include "tools/tell_refused.h"
#include "tools/words_option.h"

namespace liggare::tools {
namespace {

using ledger::DisclosureAdvice;
using ledger::RecordedDisclosure;

Result<std::optional<domain::BasisReference>> basis_given(const Arguments& arguments) {
  using Given = std::optional<domain::BasisReference>;
  const std::string* given = arguments.text("--basis");
  if (given == nullptr) return Given();
  const std::size_t colon = given->find(':');
  const std::string kind = given->substr(0, colon);
  const std::string id = colon == std::string::npos ? "" : given->substr(colon + 1);
  if (domain::is_id(id)) {
    if (kind == "consent") return Given({id, std::nullopt});
    if (kind == "provision") return Given({std::nullopt, id});
  }
  return fail(ErrorCode::invalid_argument,
              "--basis takes consent:ID or provision:ID, not \"" + *given + "\"");
}

Result<ledger::DisclosureInquiry> inquiry_of(const Arguments& arguments) {
  ledger::DisclosureInquiry inquiry;
  LIGGARE_TRY(inquiry.participant, id_given(arguments, "--participant"));
  LIGGARE_TRY(inquiry.recipient, id_given(arguments, "--recipient"));
  LIGGARE_TRY(inquiry.categories,
              words_given<domain::DataCategory>("--categories", *arguments.text("--categories")));
  LIGGARE_TRY(inquiry.purpose, id_given(arguments, "--purpose"));
  LIGGARE_TRY(inquiry.basis, basis_given(arguments));
  LIGGARE_TRY(inquiry.day, as_of_given(arguments));
  LIGGARE_TRY(inquiry.asker, staff_of(arguments));
  return inquiry;
}

Result<std::optional<ledger::DisclosureRecording>> recording_of(const Arguments& arguments) {
  using Given = std::optional<ledger::DisclosureRecording>;
  if (!arguments.has("--record")) {
    for (const std::string option : {"--form", "--disclosure", "--despite-findings"}) {
      if (!arguments.has(option)) continue;
      return fail(ErrorCode::invalid_argument, option + " needs --record beside it");
    }
    return Given();
  }
  ledger::DisclosureRecording recording;
  LIGGARE_TRY(recording.actor, staff_of(arguments));
  if (recording.actor.empty() || !arguments.has("--form")) {
    return fail(ErrorCode::invalid_argument,
                "--record needs --as staff/ID and --form beside it: who discloses, and how");
  }
  LIGGARE_TRY(recording.form,
              word_given<domain::DisclosureForm>("--form", *arguments.text("--form")));
  if (arguments.has("--disclosure")) {
    LIGGARE_TRY(recording.disclosure, id_given(arguments, "--disclosure"));
  }
  if (arguments.has("--despite-findings")) {
    recording.without_basis = ledger::DisclosureRecording::WithoutBasis::record_as_made;
  }
  return Given(std::move(recording));
}

Json json_of(const domain::BasisReference& basis) {
  return basis.consent ? Json::object().add("consent", *basis.consent)
                       : Json::object().add("provision", *basis.provision);
}

Json candidates_json(const DisclosureAdvice& advice) {
  Json candidates = Json::array();
  for (const domain::BasisVerdict& candidate : advice.candidates) {
    candidates.push(Json::object()
                        .add("basis", json_of(candidate.basis))
                        .add("verdict", domain::word_of(candidate.verdict)));
  }
  return candidates;
}

Json json_of(const DisclosureAdvice& advice) {
  const ledger::DisclosureInquiry& inquiry = advice.inquiry;
  Json categories = Json::array();
  for (const domain::DataCategory category : inquiry.categories) {
    categories.push(domain::word_of(category));
  }
  return Json::object()
      .add("participant", inquiry.participant)
      .add("recipient", inquiry.recipient)
      .add("categories", std::move(categories))
      .add("purpose", inquiry.purpose)
      .add("day", advice.day)
      .add("at", advice.at)
      .add("allowed", advice.is_allowed())
      .add("verdict", domain::word_of(advice.verdict))
      .add("basis", advice.basis ? json_of(*advice.basis) : Json())
      .add("candidates", candidates_json(advice))
      .add("shields", Json::list(advice.shields))
      .add("cautions", Json::list(advice.cautions));
}

Json json_of(const RecordedDisclosure& recorded) {
  return Json::object()
      .add("type", domain::name_of(recorded.type))
      .add("disclosure", recorded.disclosure)
      .add("id", recorded.receipt.id)
      .add("position", recorded.receipt.position);
}

std::string table_of(const DisclosureAdvice& advice,
                     const std::optional<RecordedDisclosure>& recorded, const Style& style) {
  const auto line = [&](std::string_view key, const auto&... values) {
    return fmt::format(fmt::runtime(text_of(style.language, key)), values...) + "\n";
  };
  const auto word = [&](std::string_view code) { return cell_text(Json(code), "code", style); };
  const std::string_view key =
      advice.is_allowed() ? "line.disclosure-allowed" : "line.disclosure-not-allowed";
  std::string out = line(key, advice.inquiry.participant, advice.inquiry.recipient,
                         advice.day.text(), advice.at, word(domain::word_of(advice.verdict)));
  for (const std::string& shield : advice.shields) out += line("line.disclosure-shield", shield);
  for (const std::string& caution : advice.cautions) {
    out += line("line.disclosure-caution", word(caution));
  }
  if (const Json rows = candidates_json(advice); !rows.as_array()->empty()) {
    out += "\n" + render_table(rows, columns_of(rows), style);
  }
  if (recorded) {
    out += "\n" + line("line.disclosure-recorded", domain::name_of(recorded->type),
                       recorded->receipt.position);
  }
  return out;
}

Result<Exit> print(const DisclosureAdvice& advice,
                   const std::optional<RecordedDisclosure>& recorded, Console& console) {
  Json json = json_of(advice);
  if (recorded) json.add("recorded", json_of(*recorded));
  LIGGARE_CHECK(print_forms(
      {table_of(advice, recorded, console.style()), candidates_json(advice), json}, console));
  return advice.is_allowed() ? Exit::done : Exit::finding;
}

Result<Exit> check(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto inquiry, inquiry_of(arguments));
  LIGGARE_TRY(const auto recording, recording_of(arguments));
  LIGGARE_TRY(const auto ledger,
              console.open(recording ? ledger::Mode::write : ledger::Mode::read));
  LIGGARE_TRY(const DisclosureAdvice advice, ledger::advise_on_disclosure(*ledger, inquiry));
  if (!recording) return print(advice, std::nullopt, console);
  LIGGARE_TRY(const auto recorded, ledger::record_disclosure(*ledger, advice, *recording));
  if (!recorded) return tell_refused({recorded.error()}, console);
  return print(advice, *recorded, console);
}

Command check_command() {
  using enum Argument::Presence;
  return {.name = "check",
          .summary = "says whether something may be told, before it is told",
          .details =
              "Allowed, by which consent or provision; or not, with what each of them lacks, the\n"
              "most useful first. `report disclosures` says the same of it afterwards. That a\n"
              "person is enrolled is told as category enrolment. With --record the disclosure is\n"
              "recorded as made where it is allowed, and else as refused.\n"
              "Exit code 1: not allowed.",
          .arguments = {{"--participant", "ID", "about whom", required},
                        {"--recipient", "UNIT", "to whom", required},
                        {"--categories", "LIST", words_of<domain::DataCategory>() + ", with commas",
                         required},
                        {"--purpose", "CODE", "what for", required},
                        {"--as-of", "DAY", "on which day; today otherwise"},
                        {"--basis", "BASIS", "look at this one alone: consent:ID or provision:ID"},
                        {"--record", "", "record it as made, or as refused"},
                        {"--as", "WHO",
                         "who asks, staff/ID: needed with --record and for a protected person"},
                        {"--form", words_of<domain::DisclosureForm>(), "with --record: how"},
                        {"--disclosure", "ID", "with --record: its id; made up otherwise"},
                        {"--despite-findings", "",
                         "with --record: it has happened; record it as made, whatever is found"}},
          .formats = {Format::table, Format::json, Format::csv},
          .examples = {{"liggare disclose check --participant P1042 --recipient cafe --categories "
                        "health --purpose placement",
                        "May her health be told to the place?"}},
          .children = {},
          .run = check};
}

}  // namespace

Command disclose_command() {
  return {.name = "disclose",
          .summary = "judges a disclosure before it is made",
          .details = {},
          .arguments = {},
          .formats = {},
          .examples = {{"liggare disclose check --participant P1042 --recipient AF --categories "
                        "enrolment --purpose coordination",
                        "May it be told that she is enrolled?"}},
          .children = {check_command()},
          .run = nullptr};
}

}  // namespace liggare::tools
