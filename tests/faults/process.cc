#include "tests/faults/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "base/assertion.h"

namespace liggare::faults {
namespace {

constexpr int patience_milliseconds = 60'000;

int memory_file(std::string_view bytes) {
  const int file = ::memfd_create("liggare-faults", MFD_CLOEXEC);
  LIGGARE_ASSERT(file >= 0, "no memory file");
  const ssize_t size = ::write(file, bytes.data(), bytes.size());
  LIGGARE_ASSERT(size == static_cast<ssize_t>(bytes.size()), "memory file is short");
  ::lseek(file, 0, SEEK_SET);
  return file;
}

std::string all_of(int file) {
  struct stat about {};
  ::fstat(file, &about);
  std::string bytes(static_cast<std::size_t>(about.st_size), '\0');
  const ssize_t size = ::pread(file, bytes.data(), bytes.size(), 0);
  bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  return bytes;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

}  // namespace

std::string Finished::text() const {
  return "exit " + std::to_string(ending.exit) + ", signal " + std::to_string(ending.signal) +
         (ending.hung ? ", hung" : "") + "\n" + output.substr(0, 2'000) + errors.substr(0, 2'000);
}

Process::Process(const Command& command) : output_(memory_file("")), errors_(memory_file("")) {
  std::vector<std::string> words = command.words;
  std::vector<std::string> environment = command.environment;
  environment.push_back("PATH=/usr/bin:/bin");
  const auto arguments = pointers(words);
  const auto variables = pointers(environment);
  const int input = memory_file(command.input);
  id_ = ::fork();
  if (id_ == 0) {
    ::dup2(input, STDIN_FILENO);
    ::dup2(output_, STDOUT_FILENO);
    ::dup2(errors_, STDERR_FILENO);
    ::execve(arguments[0], arguments.data(), variables.data());
    ::_exit(127);
  }
  LIGGARE_ASSERT(id_ > 0, "no process");
  ::close(input);
  handle_ = static_cast<int>(::syscall(SYS_pidfd_open, id_, 0));
  LIGGARE_ASSERT(handle_ >= 0, "no handle of the process");
}

Process::~Process() {
  if (!is_over_) {
    kill();
    wait();
  }
  ::close(handle_);
  ::close(output_);
  ::close(errors_);
}

std::string Process::output() const { return all_of(output_); }
std::string Process::errors() const { return all_of(errors_); }

bool Process::ends_within(int milliseconds) const {
  pollfd watched{handle_, POLLIN, 0};
  return ::poll(&watched, 1, milliseconds) > 0;
}

bool Process::says(std::string_view text) {
  for (int turn = 0; turn < 20'000; ++turn) {
    if (output().find(text) != std::string::npos) return true;
    if (ends_within(1)) return output().find(text) != std::string::npos;
  }
  return false;
}

void Process::kill() {
  if (!is_over_) ::kill(id_, SIGKILL);
}

Ending Process::wait() {
  Ending ending;
  ending.hung = !ends_within(patience_milliseconds);
  if (ending.hung) kill();
  int status = 0;
  ::waitpid(id_, &status, 0);
  is_over_ = true;
  if (WIFEXITED(status)) ending.exit = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ending.signal = WTERMSIG(status);
  return ending;
}

Finished run(const Command& command) {
  Process process(command);
  const Ending ending = process.wait();
  return {ending, process.output(), process.errors()};
}

}  // namespace liggare::faults
