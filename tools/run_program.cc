#include "tools/run_program.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <new>

#include "tools/cli.h"
#include "tools/console.h"
#include "tools/help.h"

namespace liggare::tools {
namespace {

// Where a standard stream is closed, the next file opened would take its number, and answers
// would be written into the ledger. Opened the wrong way round, each use of it fails instead.
void occupy_standard_streams() {
  for (const int file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(file, F_GETFD) != -1) continue;
    if (::open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY) != file) ::_exit(3);
  }
}

// Also where the command line can't be read: the caller who asks for JSON wants its errors so.
ErrorForm error_form(const std::vector<std::string>& words) {
  for (auto word = words.begin(); word != words.end() && *word != "--"; ++word) {
    if (*word == "--format=json") return ErrorForm::object;
    if (*word == "--format" && word + 1 != words.end() && word[1] == "json") {
      return ErrorForm::object;
    }
  }
  return ErrorForm::line;
}

struct Program {
  const Command& command;
  const std::string& version;
};

Result<Exit> run(const Program& program, const std::vector<std::string>& words, Console& console) {
  LIGGARE_TRY(const Invocation invocation, parse(program.command, words));
  if (invocation.wants_help) {
    LIGGARE_CHECK(console.print(help_text(invocation.path)));
    return Exit::done;
  }
  if (invocation.arguments.has("--version")) {
    LIGGARE_CHECK(console.print(program.command.name + " " + program.version + "\n"));
    return Exit::done;
  }
  LIGGARE_CHECK(console.configure(invocation.arguments, invocation.command()));
  return invocation.command().run(invocation.arguments, console);
}

// Memory may be short anywhere, as where a file is larger than the machine: that says nothing of
// what the file holds.
Result<Exit> run_within_memory(const Program& program, const std::vector<std::string>& words,
                               Console& console) {
  try {
    return run(program, words, console);
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::io, "there is not enough memory for this");
  }
}

Result<Exit> run_and_flush(const Program& program, const std::vector<std::string>& words,
                           Console& console) {
  Result<Exit> ended = run_within_memory(program, words, console);
  // What was answered before an error is still worth reading; the first error is the one to tell.
  const Result<void> flushed = console.out().flush();
  if (ended && !flushed) return Unexpected{flushed.error()};
  return ended;
}

int exit_code_of(const Program& program, const std::vector<std::string>& words) {
  Output out(STDOUT_FILENO);
  Console console(out, error_form(words), program.command.name);
  const Result<Exit> ended = run_and_flush(program, words, console);
  if (out.reader_left()) return static_cast<int>(Exit::output_closed);
  if (ended) return static_cast<int>(*ended);
  console.complain(problem_of(ended.error()));
  return static_cast<int>(exit_of(ended.error().code));
}

}  // namespace

int run_program(const Command& program, const std::string& version, int argument_count,
                char** arguments) {
  occupy_standard_streams();
  std::signal(SIGPIPE, SIG_IGN);
  return exit_code_of({program, version}, {arguments + 1, arguments + std::max(1, argument_count)});
}

}  // namespace liggare::tools
