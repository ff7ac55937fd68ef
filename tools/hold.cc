#include <fmt/format.h>

#include "domain/care_events.h"
#include "domain/formats.h"
#include "domain/value_rules.h"
#include "ledger/authority.h"
#include "tools/actor.h"
#include "tools/care_options.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/tell_refused.h"
#include "tools/words_option.h"

namespace liggare::tools {
namespace {

using domain::EventType;
using domain::StreamKind;

Result<void> print(const ledger::Receipt& receipt, std::string_view line, const std::string& what,
                   Console& console) {
  if (console.format() == Format::table) {
    return console.print_text(line, what, receipt.position);
  }
  return console.print_line(
      Json::object().add("event", receipt.id).add("position", receipt.position));
}

// Where the actor may write it. The id follows from what it says: sent twice, it is a duplicate.
Result<Exit> write(const ledger::OwnEvent& event, std::string_view line, const std::string& what,
                   Console& console) {
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::write));
  LIGGARE_CHECK(ledger::authorise(*ledger, {event.type, event.subject, event.actor, {}}));
  ledger::OwnEvent dated = event;
  dated.effective = ledger->today();
  LIGGARE_TRY(const ledger::Verdict verdict, ledger->append_own(dated));
  if (!verdict) return tell_refused({verdict.error()}, console);
  LIGGARE_CHECK(print(*verdict, line, what, console));
  return Exit::done;
}

Result<ledger::OwnEvent> event_about(const Arguments& arguments, EventType type) {
  ledger::OwnEvent event;
  event.type = type;
  LIGGARE_TRY(event.actor, acting_staff(arguments));
  LIGGARE_TRY(const std::string participant, id_given(arguments, "--participant"));
  LIGGARE_TRY(const std::string hold, id_given(arguments, "--hold"));
  event.subject = {StreamKind::participant, participant};
  event.id = own_event_id(std::string(domain::name_of(type)), {participant, hold});
  event.data.add("hold", hold);
  return event;
}

Result<Exit> place(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(auto event, event_about(arguments, EventType::hold_placed));
  LIGGARE_TRY(const Json classes, classes_given(arguments));
  LIGGARE_TRY(const std::string reason, id_given(arguments, "--reason"));
  event.data.add("classes", classes).add("reason", reason);
  return write(event, "line.hold-placed", *arguments.text("--hold"), console);
}

Result<Exit> release(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto event, event_about(arguments, EventType::hold_released));
  return write(event, "line.hold-released", *arguments.text("--hold"), console);
}

Result<std::int64_t> months_given(const Arguments& arguments) {
  const auto months = parse_decimal(*arguments.text("--months"));
  if (months && *months <= domain::retention_months_max) return static_cast<std::int64_t>(*months);
  return fail(ErrorCode::invalid_argument,
              fmt::format("--months takes a whole number from 0 to {}, not \"{}\"",
                          domain::retention_months_max, *arguments.text("--months")));
}

Result<Exit> adopt(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const std::string rule, id_given(arguments, "--rule"));
  LIGGARE_TRY(const auto personal_class,
              word_given<PersonalClass>("--class", *arguments.text("--class")));
  LIGGARE_TRY(const auto trigger,
              word_given<domain::RetentionTrigger>("--trigger", *arguments.text("--trigger")));
  LIGGARE_TRY(const auto months, months_given(arguments));
  LIGGARE_TRY(const auto action,
              word_given<domain::RetentionAction>("--action", *arguments.text("--action")));
  LIGGARE_TRY(const std::string actor, acting_staff(arguments));
  const std::string& decision = *arguments.text("--decision");
  ledger::OwnEvent event;
  event.type = EventType::retention_adopted;
  event.subject = {StreamKind::retention, rule};
  event.actor = actor;
  event.data.add("class", domain::word_of(personal_class))
      .add("trigger", domain::word_of(trigger))
      .add("months", months)
      .add("action", domain::word_of(action))
      .add("decision", decision);
  event.id = own_event_id("retention", {rule, event.data.text()});
  return write(event, "line.retention-adopted", rule, console);
}

Command place_command() {
  return {.name = "place",
          .summary = "forbids erasure of a participant's classes until the hold is released",
          .details = {},
          .arguments = {participant_argument(), required("--hold", "ID", "what to call the hold"),
                        classes_argument(),
                        required("--reason", "CODE", "such as dispute or supervision"),
                        acting_staff_argument()},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare hold place --participant P1042 --hold h1 --classes social,health "
                        "--reason dispute --as staff/D1",
                        "While a court decides."}},
          .children = {},
          .run = place};
}

Command release_command() {
  return {.name = "release",
          .summary = "ends a hold",
          .details = {},
          .arguments = {participant_argument(), required("--hold", "ID", "which hold"),
                        acting_staff_argument()},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare hold release --participant P1042 --hold h1 --as staff/D1",
                        "The case is closed."}},
          .children = {},
          .run = release};
}

Command adopt_command() {
  return {.name = "adopt",
          .summary = "adopts a rule: what becomes of a class of personal data, and when",
          .details =
              "From today on. A later adoption of the same rule replaces this one; of several\n"
              "rules for a class the newest holds. `report retention` says what is due.",
          .arguments = {required("--rule", "ID", "what to call the rule"),
                        required("--class", "CLASS", words_of<PersonalClass>()),
                        required("--trigger", "WORD", words_of<domain::RetentionTrigger>()),
                        required("--months", "N", "how long after the trigger, 0 to 1200"),
                        required("--action", "WORD", words_of<domain::RetentionAction>()),
                        required("--decision", "TEXT", "the decision that says so"),
                        acting_staff_argument()},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare retention adopt --rule R1 --class health --trigger "
                        "enrolment-ended --months 24 --action erase --decision 'KS 2026/17' "
                        "--as staff/D1",
                        "Health data go two years after the last enrolment."}},
          .children = {},
          .run = adopt};
}

}  // namespace

Command hold_command() {
  return {.name = "hold",
          .summary = "forbids erasures, and allows them again",
          .details = {},
          .arguments = {},
          .formats = {},
          .examples = {{"liggare hold release --participant P1042 --hold h1 --as staff/D1",
                        "The case is closed."}},
          .children = {place_command(), release_command()},
          .run = nullptr};
}

Command retention_command() {
  return {.name = "retention",
          .summary = "adopts rules on how long personal data are kept",
          .details = {},
          .arguments = {},
          .formats = {},
          .examples = {{"liggare report retention --state due", "What the rules want done."}},
          .children = {adopt_command()},
          .run = nullptr};
}

}  // namespace liggare::tools
