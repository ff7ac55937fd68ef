#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "base/file_descriptor.h"
#include "base/secret.h"
#include "ledger/searching.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/reader_options.h"

namespace liggare::tools {
namespace {

// A number with whatever blanks and dashes it was written with.
constexpr std::size_t bytes_max = 64;

// Wiped when it is no longer needed.
struct Number {
  std::string digits;
  Number() { digits.reserve(bytes_max); }
  ~Number() { wipe(digits.data(), digits.size()); }
};

Result<void> read_number(const std::string& file, Number& number) {
  const std::string path = file == "-" ? "/dev/stdin" : file;
  LIGGARE_TRY(const auto descriptor, FileDescriptor::open(path, O_RDONLY | O_CLOEXEC));
  std::array<char, bytes_max> text{};
  std::size_t size = 0;
  ::ssize_t got = 1;
  while (size < text.size() && got > 0) {
    got = ::read(descriptor.number(), text.data() + size, text.size() - size);
    if (got > 0) size += static_cast<std::size_t>(got);
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (text[i] >= '0' && text[i] <= '9') number.digits.push_back(text[i]);
  }
  wipe(text.data(), text.size());
  if (got < 0) return fail(ErrorCode::io, "the number can't be read from " + path);
  return {};
}

Result<Exit> run(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto reader, reader_given(arguments));
  if (!reader) return fail(ErrorCode::invalid_argument, "find wants --as and --purpose");
  Number number;
  const std::string* file = arguments.text("--number-file");
  LIGGARE_CHECK(read_number(file == nullptr ? "-" : *file, number));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const auto reading, ledger::Reading::open(*ledger));
  LIGGARE_TRY(const auto found, ledger::find_by_number(*reading, *ledger, *reader, number.digits));
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
          "in the list of processes and in the shell's history. The search is recorded in the\n"
          "access log. Whoever may not see a participant's identity is answered as if there\n"
          "were none.",
      .arguments = joined({{"--number-file", "FILE", "the number; - for standard input"}},
                          reader_arguments()),
      .formats = {Format::table, Format::json},
      .examples = {{"liggare find --as staff/S1 --purpose case-work",
                    "Type the number, and end with Ctrl-D."}},
      .children = {},
      .run = run};
}

}  // namespace liggare::tools
