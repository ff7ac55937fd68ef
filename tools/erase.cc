#include <algorithm>

#include "base/bytes.h"
#include "ledger/certificate.h"
#include "ledger/erasure.h"
#include "ledger/erasure_status.h"
#include "tools/care_options.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/words.h"
#include "tools/words_option.h"

namespace liggare::tools {
namespace {

using ledger::ErasureRefusal;
using ledger::ErasureStatus;
using ledger::ExecutedErasure;

Exit tell(const ErasureRefusal& refused, Console& console) {
  console.complain(refusal(refused.code, refused.detail));
  return Exit::refused;
}

Result<ledger::ErasureProposal> proposal_of(const Arguments& arguments) {
  ledger::ErasureProposal proposal;
  LIGGARE_TRY(proposal.participant, id_given(arguments, "--participant"));
  if (arguments.has("--classes") == arguments.has("--events")) {
    return fail(ErrorCode::invalid_argument, "name either --classes or --events");
  }
  if (const std::string* classes = arguments.text("--classes")) {
    LIGGARE_TRY(proposal.classes, words_given<PersonalClass>("--classes", *classes));
  } else {
    proposal.targets = words_in(*arguments.text("--events"));
    if (proposal.targets->empty()) {
      return fail(ErrorCode::invalid_argument, "--events takes the ids of events");
    }
  }
  LIGGARE_TRY(proposal.reason,
              word_given<domain::ErasureReason>("--reason", *arguments.text("--reason")));
  LIGGARE_TRY(proposal.decision, id_given(arguments, "--decision"));
  LIGGARE_TRY(proposal.actor, acting_staff(arguments));
  return proposal;
}

Result<Exit> decide(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto proposal, proposal_of(arguments));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::write));
  LIGGARE_TRY(const auto decided, ledger::decide_erasure(*ledger, proposal));
  if (!decided) return tell(decided.error(), console);
  if (console.format() == Format::table) {
    LIGGARE_CHECK(console.print_text("line.erasure-decided", decided->id, decided->position));
  } else {
    LIGGARE_CHECK(console.print_line(
        Json::object().add("decision", decided->id).add("position", decided->position)));
  }
  return Exit::done;
}

// The place's own word is of the language; what comes after it names one of its kind.
std::string words_for_place(const std::string& place, Language language) {
  const std::size_t end = std::min(place.find('/'), place.size());
  return std::string(text_of(language, "place." + place.substr(0, end))) +
         (end < place.size() ? " " + place.substr(end + 1) : "");
}

Result<void> print(const ledger::Ledger& ledger, const ExecutedErasure& done, Console& console) {
  const std::string& decision = done.erasure.id();
  if (console.format() == Format::table) {
    if (done.was_done) return console.print_text("line.erasure-done-before", decision);
    LIGGARE_CHECK(
        console.print_text(done.again ? "line.erasure-destroyed-again" : "line.erasure-executed",
                           decision, done.sections, done.certificate.filename().string()));
    Json rows = Json::array();
    for (const ledger::CheckedPlace& place : done.places) {
      rows.push(Json::object()
                    .add("place", words_for_place(place.place, console.style().language))
                    .add("tried", place.tried)
                    .add("found", domain::word_of(place.found)));
    }
    const auto columns = std::to_array<std::string_view>({"place", "tried", "found"});
    return console.print(render_table(rows, columns, console.style()));
  }
  if (done.was_done) {
    return console.print_line(Json::object().add("decision", decision).add("wasDone", true));
  }
  Json json = ledger::certificate_json(ledger, done);
  return console.print_line(json.add("wasDone", false)
                                .add("again", done.again)
                                .add("certificate", done.certificate.filename().string()));
}

Result<Exit> execute(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const std::string actor, acting_staff(arguments));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::write));
  LIGGARE_TRY(const auto done,
              ledger::execute_erasure(*ledger, {*arguments.text("DECISION"), actor}));
  if (!done) return tell(done.error(), console);
  LIGGARE_CHECK(print(*ledger, *done, console));
  return Exit::done;
}

Result<Exit> resume(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const std::string actor, acting_staff(arguments));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::write));
  LIGGARE_TRY(const auto ended, ledger::resume_erasures(*ledger, actor));
  Exit exit = Exit::done;
  for (const auto& each : ended) {
    if (!each) {
      exit = tell(each.error(), console);
      continue;
    }
    LIGGARE_CHECK(print(*ledger, *each, console));
  }
  if (ended.empty()) console.note("no erasure is under way");
  return exit;
}

Json what_of(const ErasureStatus& status) {
  const domain::ErasureDecided& data = status.erasure.data;
  if (data.targets) return Json::list(*data.targets);
  Json classes = Json::array();
  for (const PersonalClass each : *data.classes) classes.push(domain::word_of(each));
  return classes;
}

Json backups_json(const ErasureStatus& status) {
  Json list = Json::array();
  for (const ledger::BackupOfErasure& each : status.backups) {
    list.push(Json::object()
                  .add("id", each.backup.id)
                  .add("made", each.backup.made)
                  .add("expires", each.backup.expires)
                  .add("state", vault::name_of(each.backup.state))
                  .add("opens", each.opens));
  }
  return list;
}

Json disclosed_json(const ErasureStatus& status) {
  Json list = Json::array();
  for (const ledger::DisclosedKey& each : status.disclosed) {
    list.push(Json::object()
                  .add("position", each.position)
                  .add("class", name_of(each.personal_class))
                  .add("record", each.record_id)
                  .add("recorded", each.recorded.text())
                  .add("who", each.who)
                  .add("found", domain::word_of(ledger::Found::out_of_reach)));
  }
  return list;
}

Json json_of(const ErasureStatus& status) {
  const domain::RecordedEvent& decided = *status.erasure.event;
  const domain::RecordedEvent* executed = status.erasure.executed.get();
  Json json = Json::object()
                  .add("decision", decided.event.id)
                  .add("subject", decided.event.subject.text())
                  .add(status.erasure.data.targets ? "targets" : "classes", what_of(status))
                  .add("reason", domain::word_of(status.erasure.data.reason))
                  .add("decidedBy", decided.event.actor)
                  .add("decidedOn", decided.event.effective)
                  .add("stage", domain::word_of(status.stage));
  if (executed != nullptr) {
    const auto& data = std::get<domain::ErasureExecuted>(executed->event.data);
    json.add("executedBy", executed->event.actor)
        .add("executedOn", executed->event.effective)
        .add("vaultEpoch", data.vault_epoch)
        .add("certificate", data.certificate);
  }
  return json.add("vaultAsked", !status.without_vault)
      .add("backups", backups_json(status))
      .add("disclosedKeys", disclosed_json(status));
}

Json row_of(const ErasureStatus& status) {
  std::int64_t open = 0;
  for (const ledger::BackupOfErasure& each : status.backups) open += each.opens ? 1 : 0;
  const domain::RecordedEvent* executed = status.erasure.executed.get();
  return Json::object()
      .add("decision", status.erasure.id())
      .add("subject", status.erasure.subject())
      .add("what", what_of(status))
      .add("state", domain::word_of(status.stage))
      .add("executedOn", executed == nullptr ? Json() : Json(executed->event.effective))
      .add("openBackups", status.without_vault ? Json() : Json(open))
      .add("disclosedKeys", static_cast<std::uint64_t>(status.disclosed.size()));
}

Result<Exit> show_status(const Arguments& arguments, Console& console) {
  std::optional<std::string> participant;
  if (arguments.has("--participant")) {
    LIGGARE_TRY(participant, id_given(arguments, "--participant"));
  }
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const auto all, ledger::erasure_status(*ledger, participant));
  const bool any_undone = std::any_of(all.begin(), all.end(), [](const ErasureStatus& each) {
    return each.stage == ledger::ErasureStage::undone;
  });
  const Exit exit = any_undone ? Exit::finding : Exit::done;
  if (console.format() != Format::table) {
    for (const ErasureStatus& each : all) {
      LIGGARE_CHECK(console.print_line(json_of(each)));
    }
    return exit;
  }
  Json rows = Json::array();
  for (const ErasureStatus& each : all) rows.push(row_of(each));
  const auto columns = std::to_array<std::string_view>(
      {"decision", "subject", "what", "state", "executedOn", "openBackups", "disclosedKeys"});
  LIGGARE_CHECK(console.print(render_table(rows, columns, console.style())));
  for (const ErasureStatus& each : all) {
    if (each.stage != ledger::ErasureStage::undone) continue;
    LIGGARE_CHECK(console.print_text("line.erasure-undone", each.erasure.id()));
  }
  return exit;
}

Command decide_command() {
  return {.name = "decide",
          .summary = "decides that personal data are to be erased; another person executes it",
          .details =
              "Of whole classes, with all that was recorded of them until the erasure, or of\n"
              "single events with all that they hold. Prints the decision's id.",
          .arguments = {participant_argument(),
                        classes_argument(),
                        {"--events", "ID,ID", "these events and nothing else"},
                        required("--reason", "WORD", words_of<domain::ErasureReason>()),
                        required("--decision", "CODE", "the document that says so"),
                        acting_staff_argument()},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare erase decide --participant P1042 --classes health,offence "
                        "--reason art17 --decision KS-2026-17 --as staff/D1",
                        "At the person's request."},
                       {"liggare erase decide --participant P1042 --events n17 --reason "
                        "wrong-person --decision KS-2026-18 --as staff/D1",
                        "A note that was written about somebody else."}},
          .children = {},
          .run = decide};
}

Command execute_command() {
  return {.name = "execute",
          .summary = "carries out an erasure that somebody else has decided",
          .details =
              "Destroys the keys, tries every copy that can be reached, writes a signed\n"
              "certificate to DIR/erasures and records that it is done. A hold refuses it\n"
              "(held); a rule to keep or archive, or one that is not due yet, refuses what is\n"
              "erased for retention (must-be-kept). Where it is interrupted, the data stay\n"
              "fenced: go on with `erase resume`.",
          .arguments = {{"DECISION", "", "the id that `erase decide` printed",
                         Argument::Presence::required},
                        acting_staff_argument()},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare erase execute erasure-1f0c… --as staff/D2", "By another person."}},
          .children = {},
          .run = execute};
}

Command resume_command() {
  return {.name = "resume",
          .summary = "ends every erasure that was interrupted, or undone by an older vault",
          .details =
              "Where an older vault was put back by hand, the keys that it brought back are\n"
              "destroyed again, and a further certificate says when.",
          .arguments = {acting_staff_argument()},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare erase resume --as staff/D2", "After a crash."}},
          .children = {},
          .run = resume};
}

Command status_command() {
  return {.name = "status",
          .summary = "says how far erasures have come, and which backups could still open them",
          .details =
              "decided, fenced (begun), destroyed (the keys are gone), executed (recorded), and\n"
              "complete: no backup of the vault opens it either. A backup counts as gone when it\n"
              "has expired, was deleted (`vault backup --deleted`), or the key that opens it was\n"
              "destroyed (`vault rotate`). undone, exit code 1: an older vault was put back by\n"
              "hand, and the keys with it; `erase resume` destroys them again. Keys of single\n"
              "sections that were disclosed are out of reach, and listed.",
          .arguments = {{"--participant", "P", "of this one alone"}},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare erase status", "Of every participant."}},
          .children = {},
          .run = show_status};
}

}  // namespace

Command erase_command() {
  return {.name = "erase",
          .summary = "erases personal data for good, and proves it",
          .details = {},
          .arguments = {},
          .formats = {},
          .examples = {{"liggare erase status", "How far each erasure has come."}},
          .children = {decide_command(), execute_command(), resume_command(), status_command()},
          .run = nullptr};
}

}  // namespace liggare::tools
