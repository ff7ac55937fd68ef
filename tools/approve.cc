#include "domain/event.h"
#include "domain/formats.h"
#include "ledger/append_authority.h"
#include "tools/actor.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/event_place.h"

namespace liggare::tools {
namespace {

Result<ledger::Approval> approval_in(const Arguments& arguments) {
  ledger::Approval approval;
  approval.event_id = *arguments.text("EVENT");
  if (!domain::is_event_id(approval.event_id)) {
    return fail(ErrorCode::invalid_argument, "EVENT takes the id that the event will have");
  }
  const std::string& type = *arguments.text("--type");
  const auto named = domain::event_type_named(type);
  if (!named) return fail(ErrorCode::invalid_argument, "there is no type \"" + type + "\"");
  approval.type = *named;
  LIGGARE_TRY(approval.subject, subject_named(*arguments.text("--subject"), "--subject"));
  if (const std::string* target = arguments.text("--target")) approval.target = *target;
  if (domain::amends_timeline(approval.type) == approval.target.empty()) {
    return fail(ErrorCode::invalid_argument,
                "--target names the event that a correction or void is about, and goes with those "
                "alone");
  }
  LIGGARE_TRY(approval.who, staff_of(arguments));
  return approval;
}

Result<Exit> run_approve(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto approval, approval_in(arguments));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_CHECK(ledger::approve(*ledger, approval));
  LIGGARE_CHECK(console.print_line(Json::object()
                                       .add("event", approval.event_id)
                                       .add("type", domain::name_of(approval.type))
                                       .add("subject", approval.subject.text())
                                       .add("approvedBy", approval.who)));
  return Exit::done;
}

}  // namespace

Command approve_command() {
  return {
      .name = "approve",
      .summary = "consents, as a second person, to an event that takes two",
      .details =
          "Roles, changes of key, and corrections and voids of what is said of health or offences\n"
          "take two persons. The second consents first, by the id that the event will have; the\n"
          "first then sends it with `append --as`. The consent is kept in the access log.",
      .arguments = {{"EVENT", "", "the id that the event will have", Argument::Presence::required},
                    {"--type", "TYPE", "its type", Argument::Presence::required},
                    {"--subject", "SUBJECT", "its stream", Argument::Presence::required},
                    {"--target", "EVENT", "what a correction or void is about"},
                    {"--as", "staff/ID", "who consents", Argument::Presence::required}},
      .formats = {Format::json},
      .examples =
          {{"liggare approve fix-7 --type event.corrected --subject participant/P1 --target "
            "n-3 --as staff/S2",
            "Lets another person correct note n-3 by an event fix-7."}},
      .children = {},
      .run = run_approve};
}

}  // namespace liggare::tools
