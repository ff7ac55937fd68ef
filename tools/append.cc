#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "base/bytes.h"
#include "ledger/append_authority.h"
#include "ledger/ledger.h"
#include "tools/actor.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/tell_refused.h"

namespace liggare::tools {
namespace {

Result<std::string> read_standard_input() {
  std::string text;
  std::array<char, 64 * 1024> piece;
  while (true) {
    const ssize_t size = ::read(STDIN_FILENO, piece.data(), piece.size());
    if (size == 0) return text;
    if (size > 0) {
      text.append(piece.data(), static_cast<std::size_t>(size));
    } else if (errno != EINTR) {
      return fail(ErrorCode::io,
                  "standard input can't be read: " + std::generic_category().message(errno) +
                      "; nothing was written");
    }
  }
}

Json json_of(const ledger::Receipt& receipt) {
  Json json = Json::object();
  json.add("id", receipt.id)
      .add("position", receipt.position)
      .add("streamversion", receipt.stream_version)
      .add("leafHash", to_hex(receipt.leaf_hash.view()))
      .add("recorded", receipt.recorded.text())
      .add("duplicate", receipt.duplicate);
  if (!receipt.uncompared.empty()) json.add("uncompared", Json::list(receipt.uncompared));
  return json;
}

Result<Exit> run_append(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const std::optional<std::uint64_t> expected, arguments.number("--expect-version"));
  LIGGARE_TRY(const std::string text, read_standard_input());
  const auto events = codec::split_events(text);
  if (!events) {
    return tell_refused({ledger::Refusal{{}, events.error()}}, console);
  }
  std::vector<ledger::Proposal> proposals;
  for (const std::string& event : *events) proposals.push_back({event, expected});

  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::write));
  LIGGARE_TRY(const std::string principal, principal_of(arguments));
  if (!principal.empty()) {
    LIGGARE_CHECK(ledger::authorise_append(*ledger, principal, proposals));
  }
  LIGGARE_TRY(const std::vector<ledger::Verdict> verdicts, ledger->append(proposals));
  std::vector<ledger::Refusal> refused;
  for (const ledger::Verdict& verdict : verdicts) {
    if (!verdict) refused.push_back(verdict.error());
  }
  if (!refused.empty()) return tell_refused(refused, console);
  for (const ledger::Verdict& verdict : verdicts) {
    LIGGARE_CHECK(console.print_line(json_of(*verdict)));
  }
  return Exit::done;
}

}  // namespace

Command append_command() {
  return {
      .name = "append",
      .summary = "appends one event, or several that belong together",
      .details =
          "Reads one event or a JSON array of events from standard input and writes all\n"
          "or none. Prints a receipt for each: {\"id\", \"position\", \"streamversion\",\n"
          "\"leafHash\", \"recorded\", \"duplicate\"}. They are durable once it prints.\n"
          "With --as the sender may write only what its roles allow, in its own name; a system\n"
          "that is listed in the key folder's file `relays` may name staff.",
      .arguments = {{"--expect-version", "N",
                     "refuse unless each event's stream has that many events before this"},
                    {"--as", "WHO", "staff/ID or system/ID, held to what it may write"}},
      .formats = {Format::json},
      .examples = {{"liggare append < event.json", "Appends the event in event.json."},
                   {"liggare append --expect-version 4 < event.json",
                    "Only if nobody has added to the stream since version 4."}},
      .children = {},
      .run = run_append};
}

}  // namespace liggare::tools
