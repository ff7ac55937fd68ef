#include <fmt/format.h>

#include "ledger/disclosed_bundle.h"
#include "tools/checkpoint_file.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/event_place.h"
#include "tools/reader_options.h"

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
  return subject_named(*stream, "--stream");
}

// Keys are not handed out through broken glass.
std::vector<Argument> discloser_arguments() {
  std::vector<Argument> arguments = reader_arguments();
  std::erase_if(arguments,
                [](const Argument& argument) { return argument.name == "--break-glass"; });
  arguments.front().help = "who discloses: what they may read goes along, and that is recorded";
  return arguments;
}

Result<ledger::DisclosedBundle> write(const ledger::Ledger& ledger,
                                      const ledger::NewestCheckpoint& newest,
                                      const ledger::BundleRequest& request,
                                      const std::optional<ledger::Reader>& reader,
                                      const std::string& folder) {
  if (reader) return ledger::write_disclosed_bundle(ledger, newest, request, *reader, folder);
  ledger::DisclosedBundle written;
  LIGGARE_TRY(written.bundle, ledger::make_bundle(ledger, newest, request));
  LIGGARE_CHECK(ledger::write_bundle(written.bundle.files, folder));
  return written;
}

std::string lines_about(const ledger::DisclosedBundle& written, const std::string& folder,
                        const std::string& subject, Language language) {
  const ledger::Bundle& bundle = written.bundle;
  std::string lines = fmt::format(fmt::runtime(text_of(language, "line.bundle")), folder, subject,
                                  bundle.events, bundle.sealed_size, bundle.after_seal) +
                      "\n";
  if (written.record_id.empty()) return lines;
  return lines +
         fmt::format(fmt::runtime(text_of(language, "line.disclosed")), written.sections,
                     written.record_id) +
         "\n";
}

Result<Exit> run_bundle(const Arguments& arguments, Console& console) {
  ledger::BundleRequest request;
  LIGGARE_TRY(request.subject, subject_wanted(arguments));
  const std::string* edition = arguments.text("--report");
  if (arguments.has("--absent")) request.expect = ledger::BundleRequest::Expect::absence;
  LIGGARE_TRY(const auto reader, reader_given(arguments));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  if (edition != nullptr && !arguments.has("--absent")) {
    LIGGARE_TRY(const auto reproduction, ledger->edition(*edition));
    request.answer = reproduction.answer.json().text() + "\n";
  }
  LIGGARE_TRY(const auto newest, checkpoint_for(*ledger, arguments, console));
  const std::string& folder = *arguments.text("--out");
  LIGGARE_TRY(const auto written, write(*ledger, newest, request, reader, folder));
  if (console.format() == Format::table) {
    LIGGARE_CHECK(console.print(
        lines_about(written, folder, request.subject.text(), console.style().language)));
    return Exit::done;
  }
  Json json = Json::object()
                  .add("folder", folder)
                  .add("subject", request.subject.text())
                  .add("events", written.bundle.events)
                  .add("completeTo", written.bundle.sealed_size)
                  .add("afterSeal", written.bundle.after_seal)
                  .add("size", newest.checkpoint.head.tree_size);
  if (reader) json.add("disclosed", written.sections).add("accessRecord", written.record_id);
  LIGGARE_CHECK(console.print_line(json));
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
          "newest seal: run `liggare seal` first. Personal data stay sealed; with --as and\n"
          "--purpose, what that reader may read goes along in disclosed.ndjson, in the clear\n"
          "and with the key of each part, recorded in the access log before it is written.\n"
          "With --report, the answer of a published edition goes along.",
      .arguments =
          joined(joined({{"--participant", "ID", "everything of one participant"},
                         {"--stream", "KIND/ID", "or of another stream"},
                         {"--report", "EDITION", "or a published edition, with its answer"},
                         {"--out", "DIR", "a new folder", Argument::Presence::required},
                         {"--absent", "", "show that there is no such stream"}},
                        discloser_arguments()),
                 checkpoint_arguments()),
      .formats = {Format::table, Format::json},
      .examples = {{"liggare bundle --participant P1042 --out P1042", "One person's history."},
                   {"liggare bundle --participant P1042 --out P1042 --as staff/dpo1 --purpose "
                    "data-protection --classes ordinary",
                    "And the ordinary notes, to be read and proven."},
                   {"liggare bundle --report board-2019 --out board-2019",
                    "A report as the board got it."}},
      .children = {},
      .run = run_bundle};
}

}  // namespace liggare::tools
