// A program in a process of its own, which a test may kill. What it writes is kept in memory of the
// test's, so that nothing it has said is lost with it, and nothing more is heard after its end.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace liggare::faults {

struct Ending {
  int exit = -1;  // −1 where a signal ended it.
  int signal = 0;
  bool hung = false;  // It was killed because it did not end in time.
};

struct Finished {
  Ending ending;
  std::string output;
  std::string errors;
  // For a failed assertion.
  std::string text() const;
};

struct Command {
  std::vector<std::string> words;  // The program's path, then its arguments.
  std::string input = {};
  std::vector<std::string> environment = {};  // "NAME=value"; nothing else but PATH is set.
};

class Process {
 public:
  explicit Process(const Command& command);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  // Kills it where it still runs.
  ~Process();

  // What it has written so far.
  std::string output() const;
  std::string errors() const;
  // Waits until the output holds `text`; false where the process ends, or 20 s pass, before.
  bool says(std::string_view text);

  void kill();
  Ending wait();

 private:
  bool ends_within(int milliseconds) const;

  int output_;
  int errors_;
  pid_t id_;
  int handle_;
  bool is_over_ = false;
};

Finished run(const Command& command);

}  // namespace liggare::faults
