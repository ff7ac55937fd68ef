#include <fmt/format.h>

#include "ledger/bundle.h"
#include "tools/checkpoint_file.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/event_place.h"

namespace liggare::tools {
namespace {

// Which stream is wanted: exactly one of the three ways to say it.
Result<domain::Subject> subject_wanted(const Arguments& arguments) {
  const std::string* participant = arguments.text("--participant");
  const std::string* stream = arguments.text("--stream");
  const std::string* edition = arguments.text("--report");
  if ((participant != nullptr) + (stream != nullptr) + (edition != nullptr) != 1) {
    return fail(ErrorCode::invalid_argument,
                "liggare bundle takes one of --participant ID, --stream KIND/ID and --report "
                "EDITION");
  }
  using domain::StreamKind;
  if (participant != nullptr)
    return subject_of(StreamKind::participant, *participant, "--participant");
  if (edition != nullptr) return subject_of(StreamKind::edition, *edition, "--report");
  return subject_named(*stream);
}

Result<Exit> run(const Arguments& arguments, Console& console) {
  ledger::BundleRequest request;
  LIGGARE_TRY(request.subject, subject_wanted(arguments));
  const std::string* edition = arguments.text("--report");
  if (arguments.has("--absent")) request.expect = ledger::BundleRequest::Expect::absence;
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  if (edition != nullptr && !arguments.has("--absent")) {
    LIGGARE_TRY(const auto reproduction, ledger->edition(*edition));
    request.answer = reproduction.answer.json().text() + "\n";
  }
  LIGGARE_TRY(const auto newest, checkpoint_for(*ledger, arguments, console));
  LIGGARE_TRY(const auto bundle, ledger::make_bundle(*ledger, newest, request));
  const std::string& folder = *arguments.text("--out");
  LIGGARE_CHECK(ledger::write_bundle(bundle.files, folder));
  if (console.format() == Format::table) {
    LIGGARE_CHECK(console.print(
        fmt::format(fmt::runtime(text_of(console.style().language, "line.bundle")), folder,
                    request.subject.text(), bundle.events, bundle.sealed_size, bundle.after_seal) +
        "\n"));
    return Exit::done;
  }
  LIGGARE_CHECK(console.print_line(Json::object()
                                       .add("folder", folder)
                                       .add("subject", request.subject.text())
                                       .add("events", bundle.events)
                                       .add("completeTo", bundle.sealed_size)
                                       .add("afterSeal", bundle.after_seal)
                                       .add("size", newest.checkpoint.head.tree_size)));
  return Exit::done;
}

}  // namespace

Command bundle_command() {
  return {
      .name = "bundle",
      .summary = "writes one stream with its proofs, to be checked without the ledger",
      .details =
          "A folder: the events, their stored bytes and proofs, the checkpoint, the proof that\n"
          "none is left out, SHA256SUMS, and a README that says how to check it, with\n"
          "liggare-verify or by hand with openssl and sha256sum. Completeness rests on the\n"
          "newest seal: run `liggare seal` first. Personal data stay sealed. With --report,\n"
          "the answer of a published edition goes along.",
      .arguments = joined({{"--participant", "ID", "everything of one participant"},
                           {"--stream", "KIND/ID", "or of another stream"},
                           {"--report", "EDITION", "or a published edition, with its answer"},
                           {"--out", "DIR", "a new folder", Argument::Presence::required},
                           {"--absent", "", "show that there is no such stream"}},
                          checkpoint_arguments()),
      .formats = {Format::table, Format::json},
      .examples = {{"liggare bundle --participant P1042 --out P1042", "One person's history."},
                   {"liggare bundle --report board-2019 --out board-2019",
                    "A report as the board got it."}},
      .children = {},
      .run = run};
}

}  // namespace liggare::tools
