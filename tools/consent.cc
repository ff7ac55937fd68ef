#include "ledger/consent_receipt.h"
#include "tools/actor.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/event_place.h"
#include "tools/report_options.h"

namespace liggare::tools {
namespace {

std::optional<std::string> text_given(const Arguments& arguments, const std::string& option) {
  const std::string* given = arguments.text(option);
  return given == nullptr ? std::nullopt : std::optional(*given);
}

Result<Exit> run_consent(const Arguments& arguments, Console& console) {
  using domain::StreamKind;
  ledger::ConsentReceiptRequest request;
  LIGGARE_TRY(
      const domain::Subject participant,
      subject_of(StreamKind::participant, *arguments.text("--participant"), "--participant"));
  request.participant = participant.id;
  request.consent = *arguments.text("--consent");
  LIGGARE_TRY(request.as_of, as_of_given(arguments));
  LIGGARE_TRY(request.at, at_given(arguments));
  if (const std::string* unit = arguments.text("--controller")) {
    LIGGARE_TRY(const domain::Subject controller,
                subject_of(StreamKind::unit, *unit, "--controller"));
    request.controller = controller.id;
  }
  LIGGARE_TRY(request.asker, staff_of(arguments));
  request.address = text_given(arguments, "--address");
  request.contact = text_given(arguments, "--contact");
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const Json receipt, ledger::consent_receipt(*ledger, request));
  LIGGARE_CHECK(console.print_line(receipt));
  return Exit::done;
}

Command receipt_command() {
  using enum Argument::Presence;
  return {
      .name = "receipt",
      .summary = "shows a consent as a record that the person can keep",
      .details =
          "In the shape of ISO/IEC TS 27560, with what the GDPR asks for beside it; its past\n"
          "states are kept. No personal data but the pseudonym. \"missing\" names what the\n"
          "ledger does not know.",
      .arguments = {{"--participant", "ID", "whose", required},
                    {"--consent", "ID", "which", required},
                    {"--as-of", "DAY", "its state on that day; today otherwise"},
                    {"--at", "SIZE|TIME|FILE",
                     "by what was known then: a size, an instant, or a checkpoint's file"},
                    {"--controller", "UNIT", "else the board above the unit of the enrolment"},
                    {"--address", "TEXT", "the controller's, as it shall stand"},
                    {"--contact", "TEXT", "and how to reach it"},
                    {"--as", "WHO", "who asks, staff/ID: needed for a protected person"}},
      .formats = {Format::json},
      .examples = {{"liggare consent receipt --participant P1042 --consent C1", "For the person."}},
      .children = {},
      .run = run_consent};
}

}  // namespace

Command consent_command() {
  return {.name = "consent",
          .summary = "shows consents as records",
          .details = {},
          .arguments = {},
          .formats = {},
          .examples = {{"liggare consent receipt --participant P1042 --consent C1",
                        "A receipt for one consent."}},
          .children = {receipt_command()},
          .run = nullptr};
}

}  // namespace liggare::tools
