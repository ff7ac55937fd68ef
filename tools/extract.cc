#include "ledger/extract.h"

#include <fmt/format.h>

#include "base/file.h"
#include "ledger/checkpoints.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/event_place.h"
#include "tools/extract_page.h"
#include "tools/print_answer.h"
#include "tools/reader_options.h"

namespace liggare::tools {
namespace {

namespace fs = std::filesystem;

Result<Language> language_given(const Arguments& arguments, const Console& console) {
  const std::string* given = arguments.text("--language");
  if (given == nullptr) return console.style().language;
  if (const auto language = language_named(*given)) return *language;
  return fail(ErrorCode::invalid_argument, "--language takes sv or en, not \"" + *given + "\"");
}

// Before anything is read: what can't be written should not be recorded as handed out.
Result<void> make_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder, error)) {
    return fail(ErrorCode::invalid_argument, folder.string() + " exists; --out takes a new folder");
  }
  fs::create_directory(folder, error);
  if (!error) fs::permissions(folder, fs::perms::owner_all, error);
  if (!error) return {};
  return fail(ErrorCode::io, folder.string() + ": " + error.message());
}

Result<void> write_files(const ledger::Extract& extract, Language language,
                         const fs::path& folder) {
  LIGGARE_CHECK(
      write_new_file(folder / "extract.json", extract.json.text() + "\n", Readers::owner));
  LIGGARE_CHECK(write_new_file(folder / "extract.html", extract_page(extract.json, language),
                               Readers::owner));
  if (extract.proof.empty()) return {};
  return ledger::write_bundle(extract.proof, folder / "proof");
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

Result<Exit> run(const Arguments& arguments, Console& console) {
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
    request.readers = ledger::ExtractRequest::Names::shown;
  }
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(request.checkpoint, checkpoint_of(*ledger));
  const std::string& folder = *arguments.text("--out");
  LIGGARE_CHECK(make_folder(folder));
  const auto extract = ledger::make_extract(*ledger, request);
  auto written = extract ? write_files(*extract, language, folder) : Result<void>();
  if (!extract || !written) {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    return Unexpected{extract ? written.error() : extract.error()};
  }
  LIGGARE_CHECK(print(*extract, participant.id, folder, console));
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
          "before anything is opened (GDPR art. 15).",
      .arguments = joined({{"--participant", "ID", "whose", required},
                           {"--out", "DIR", "a new folder", required},
                           {"--language", "sv|en", "of the page; that of --lang otherwise"},
                           {"--staff-names", "",
                            "name the staff who have read; days, purposes and roles otherwise"}},
                          reader_arguments()),
      .formats = {Format::table, Format::json},
      .examples = {{"liggare extract --participant P1042 --as staff/dpo1 --purpose access-request "
                    "--out P1042",
                    "For the person who asked."}},
      .children = {},
      .run = run};
}

}  // namespace liggare::tools
