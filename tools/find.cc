#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/file_descriptor.h"
#include "base/secret.h"
#include "ledger/searching.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/reader_options.h"

namespace liggare::tools {
namespace {

// A line with a number and blanks around it.
constexpr std::size_t bytes_max = 64;

// What was read; wiped when it is no longer needed.
struct Text {
  std::array<char, bytes_max + 1> bytes{};
  std::size_t size = 0;
  ~Text() { wipe(bytes.data(), bytes.size()); }
};

// The file's name may itself be somebody's number: it is not repeated.
Result<void> read_text(const std::string& file, Text& text) {
  const std::string path = file == "-" ? "/dev/stdin" : file;
  const auto descriptor = FileDescriptor::open(path, O_RDONLY | O_CLOEXEC);
  if (!descriptor && descriptor.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found, "the file that --number-file names is not there");
  }
  const Error unreadable{ErrorCode::io, "the file that --number-file names can't be read"};
  if (!descriptor) return Unexpected{unreadable};
  ::ssize_t got = 1;
  while (text.size < text.bytes.size() && got > 0) {
    got =
        ::read(descriptor->number(), text.bytes.data() + text.size, text.bytes.size() - text.size);
    if (got > 0) text.size += static_cast<std::size_t>(got);
  }
  if (got < 0) return Unexpected{unreadable};
  return {};
}

// The one line of the text, without its line feed and blanks around it; empty where it is longer
// than any such line.
std::string_view line_of(const Text& text) {
  constexpr std::string_view blanks = " \t\r";
  if (text.size > bytes_max) return {};
  std::string_view line(text.bytes.data(), text.size);
  if (line.ends_with('\n')) line.remove_suffix(1);
  line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  return line.substr(0, line.find_last_not_of(blanks) + 1);
}

Result<Exit> run_find(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto reader, reader_given(arguments));
  if (!reader) return fail(ErrorCode::invalid_argument, "find wants --as and --purpose");
  Text text;
  const std::string* file = arguments.text("--number-file");
  LIGGARE_CHECK(read_text(file == nullptr ? "-" : *file, text));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const auto reading, ledger::Reading::open(*ledger));
  LIGGARE_TRY(const auto found, ledger::find_by_number(*reading, *ledger, *reader, line_of(text)));
  if (found.empty()) return fail(ErrorCode::not_found, "no participant was found");
  Json rows = Json::array();
  for (const std::string& each : found) rows.push(Json::object().add("participant", each));
  if (console.format() != Format::table) {
    LIGGARE_CHECK(console.print_line(Json::object().add("rows", std::move(rows))));
    return Exit::done;
  }
  const auto columns = std::to_array<std::string_view>({"participant"});
  LIGGARE_CHECK(console.print(render_table(rows, columns, console.style())));
  return Exit::done;
}

}  // namespace

Command find_command() {
  return {
      .name = "find",
      .summary = "finds participants by personnummer or samordningsnummer",
      .details =
          "The number is read from standard input, or a file: on a command line it would stand\n"
          "in the list of processes and in the shell's history. One line, and nothing else on\n"
          "it: YYYYMMDD-NNNN, YYYYMMDDNNNN or YYMMDD-NNNN. The search is recorded in the\n"
          "access log. Whoever may not see a participant's identity is answered as if there\n"
          "were none.",
      .arguments = joined({{"--number-file", "FILE", "the number; - for standard input"}},
                          reader_arguments()),
      .formats = {Format::table, Format::json},
      .examples = {{"liggare find --as staff/S1 --purpose case-work",
                    "Type the number, and end with Ctrl-D."}},
      .children = {},
      .run = run_find};
}

}  // namespace liggare::tools
