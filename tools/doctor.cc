#include "ledger/doctor.h"

#include <fmt/format.h>

#include <array>

#include "tools/commands.h"
#include "tools/console.h"
#include "tools/safekeeping_texts.h"

namespace liggare::tools {
namespace {

Json json_of(const ledger::Diagnosis& diagnosis) {
  Json symptoms = Json::array();
  for (const ledger::Symptom& each : diagnosis.symptoms) {
    const Advice& advice = advice_for(symptom_advice(), each.code);
    symptoms.push(Json::object()
                      .add("severity", domain::word_of(each.severity))
                      .add("code", each.code)
                      .add("place", each.place)
                      .add("detail", each.detail)
                      .add("meaning", advice.meaning_in(Language::english))
                      .add("todo", advice.todo_in(Language::english)));
  }
  return Json::object()
      .add("origin", Json(diagnosis.origin))
      .add("size", Json(diagnosis.size))
      .add("writer", Json(diagnosis.writer))
      .add("symptoms", std::move(symptoms))
      .add("notChecked", Json::list(diagnosis.not_checked));
}

Result<void> print_table(const ledger::Diagnosis& diagnosis, Console& console) {
  const Language language = console.style().language;
  const std::string_view line = diagnosis.symptoms.empty() ? "line.healthy" : "line.symptoms";
  const std::string origin = diagnosis.origin.value_or("?");
  LIGGARE_CHECK(console.print(fmt::format(fmt::runtime(text_of(language, line)), origin,
                                          diagnosis.size.value_or(0), diagnosis.symptoms.size()) +
                              "\n"));
  for (const ledger::Symptom& each : diagnosis.symptoms) {
    const Advice& advice = advice_for(symptom_advice(), each.code);
    const std::string severity = "word." + std::string(domain::word_of(each.severity));
    LIGGARE_CHECK(console.print(
        fmt::format("\n{} {} ({}{}{})\n  {}\n  -> {}\n", text_of(language, severity), each.code,
                    each.place, each.detail.empty() ? "" : ": ", each.detail,
                    advice.meaning_in(language), advice.todo_in(language))));
  }
  for (const std::string& each : diagnosis.not_checked) {
    LIGGARE_CHECK(console.print(
        "\n" + fmt::format(fmt::runtime(text_of(language, "line.not-looked-at")), each) + "\n"));
  }
  return {};
}

Result<Exit> run_doctor(const Arguments&, Console& console) {
  LIGGARE_TRY(const auto folders, console.folders());
  LIGGARE_TRY(const ledger::Diagnosis diagnosis, ledger::diagnose(folders));
  if (console.format() == Format::table) {
    LIGGARE_CHECK(print_table(diagnosis, console));
  } else {
    LIGGARE_CHECK(console.print_line(json_of(diagnosis)));
  }
  const bool is_ill =
      !diagnosis.symptoms.empty() && diagnosis.symptoms.front().severity != ledger::Severity::note;
  return is_ill ? Exit::finding : Exit::done;
}

}  // namespace

Command doctor_command() {
  return {
      .name = "doctor",
      .summary =
          "says what is wrong with the ledger's folder, its keys and its vault, and what to do",
      .details =
          "Reads and changes nothing, also where little is left of the ledger. Exit code 1 where\n"
          "there are warnings or errors; notes alone are 0. Whether every byte is right is for\n"
          "`liggare verify` to say.",
      .arguments = {},
      .formats = {Format::table, Format::json},
      .examples = {{"liggare doctor --format table", "Before you ask anybody else."}},
      .children = {},
      .run = run_doctor};
}

}  // namespace liggare::tools
