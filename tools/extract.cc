#include "ledger/extract.h"

#include <fmt/format.h>

#include "ledger/checkpoints.h"
#include "ledger/whole_folder.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/event_place.h"
#include "tools/extract_page.h"
#include "tools/print_answer.h"
#include "tools/reader_options.h"

namespace liggare::tools {
namespace {

Result<Language> language_given(const Arguments& arguments, const Console& console) {
  const std::string* given = arguments.text("--language");
  if (given == nullptr) return console.style().language;
  if (const auto language = language_named(*given)) return *language;
  return fail(ErrorCode::invalid_argument, "--language takes sv or en, not \"" + *given + "\"");
}

ledger::FolderFiles files_of(const ledger::Extract& extract, Language language) {
  ledger::FolderFiles files;
  files["extract.json"] = extract.json.text() + "\n";
  files["extract.html"] = extract_page(extract.json, language);
  for (const auto& [name, bytes] : extract.proof) files["proof/" + name] = bytes;
  return files;
}

Result<void> print(const ledger::Extract& extract, const std::string& participant,
                   const std::string& folder, Console& console) {
  const Json json = Json::object()
                        .add("participant", participant)
                        .add("folder", folder)
                        .add("events", extract.events)
                        .add("accessRecord", extract.record_id)
                        .add("completeness", *extract.json.find("completeness"));
  const std::string line =
      fmt::format(fmt::runtime(text_of(console.style().language, "line.extract")), participant,
                  extract.events, folder, extract.record_id) +
      "\n";
  return print_forms({line, Json::array().push(json), json}, console);
}

// A seal or a key that is missing is said in the extract; it does not stop it.
Result<std::optional<ledger::NewestCheckpoint>> checkpoint_of(ledger::Ledger& ledger) {
  auto newest = ledger::newest_checkpoint(ledger);
  if (newest) return std::optional(*std::move(newest));
  if (newest.error().code == ErrorCode::diverged || newest.error().code == ErrorCode::corrupt) {
    return Unexpected{newest.error()};
  }
  return std::optional<ledger::NewestCheckpoint>();
}

Result<Exit> run_extract(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const domain::Subject participant,
              subject_of(domain::StreamKind::participant, *arguments.text("--participant"),
                         "--participant"));
  LIGGARE_TRY(const Language language, language_given(arguments, console));
  LIGGARE_TRY(auto reader, reader_given(arguments));
  if (!reader) return fail(ErrorCode::invalid_argument, "an extract needs --as and --purpose");
  if (reader->purpose != access::Purpose::access_request) {
    return fail(ErrorCode::invalid_argument,
                "an extract is made for --purpose access-request; liggare report history shows "
                "events for others");
  }
  ledger::ExtractRequest request;
  request.participant = participant.id;
  request.reader = *std::move(reader);
  if (arguments.has("--staff-names")) {
    request.names = ledger::ExtractRequest::Names::shown;
  }
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(request.checkpoint, checkpoint_of(*ledger));
  const std::string& folder = *arguments.text("--out");
  // What can't be written should not be recorded as handed out.
  LIGGARE_CHECK(ledger::check_whole_folder(folder));
  LIGGARE_TRY(const auto extract, ledger::make_extract(*ledger, request));
  LIGGARE_CHECK(ledger::write_whole_folder(files_of(extract, language), folder));
  LIGGARE_CHECK(print(extract, participant.id, folder, console));
  return Exit::done;
}

}  // namespace

Command extract_command() {
  using enum Argument::Presence;
  return {
      .name = "extract",
      .summary = "writes everything that is held about a person, for that person",
      .details =
          "A new folder: extract.json, extract.html (to read and to print), and proof/ with the\n"
          "proof that nothing is left out, where a seal covers it. Recorded in the access log\n"
          "before anything is opened (GDPR art. 15). What an interrupted one leaves lies in\n"
          "DIR.part and goes when it is run again.",
      .arguments = joined(
          {{"--participant", "ID", "whose", required},
           {"--out", "DIR", "a new folder", required},
           {"--language", "sv|en", "of the page; that of --lang otherwise"},
           {"--staff-names", "", "name the staff who have read and acted; roles alone otherwise"}},
          reader_arguments()),
      .formats = {Format::table, Format::json},
      .examples = {{"liggare extract --participant P1042 --as staff/dpo1 --purpose access-request "
                    "--out P1042",
                    "For the person who asked."}},
      .children = {},
      .run = run_extract};
}

}  // namespace liggare::tools
