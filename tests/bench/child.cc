#include "tests/bench/child.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <thread>

#include "inspect/verify.h"
#include "projections/all.h"
#include "tests/bench/setting.h"

namespace liggare::bench {
namespace {

using ledger::Folders;

std::uint64_t anonymous_kibibytes() {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    if (word != "RssAnon:") continue;
    std::uint64_t value = 0;
    status >> value;
    return value;
  }
  return 0;
}

// Looks every few milliseconds for as long as it lives.
class Peak {
 public:
  Peak() : thread_([this](const std::stop_token& stop) { watch(stop); }) {}
  double mebibytes() {
    thread_.request_stop();
    thread_.join();
    return static_cast<double>(most_) / 1'024;
  }

 private:
  void watch(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      most_ = std::max(most_.load(), anonymous_kibibytes());
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }

  std::atomic<std::uint64_t> most_{0};
  std::jthread thread_;
};

std::uint64_t number(const std::string& text) { return std::stoull(text); }

// FOLDER CLIENTS EVENTS_EACH
std::uint64_t append(const std::vector<std::string>& arguments) {
  const auto ledger = open_ledger(Folders::of(arguments[1]), ledger::Mode::write);
  const auto clients = static_cast<unsigned>(number(arguments[2]));
  const std::uint64_t from = ledger->head().tree_size;
  LIGGARE_ASSERT(ledger->append({{unit_line, std::nullopt}}), "append");
  const auto done = appends_by(clients, number(arguments[3]), [&](unsigned client, auto i) {
    const auto verdicts = ledger->append({{place_line(from + client, i), std::nullopt}});
    LIGGARE_ASSERT(verdicts && verdicts->front(), "append");
  });
  return done.microseconds.size();
}

// FOLDER FILE
std::uint64_t import(const std::vector<std::string>& arguments) {
  const auto ledger = fresh_ledger(Folders::of(arguments[1]), ledger::HeadPolicy::floor);
  const auto summary = ledger->import(arguments[2], {});
  LIGGARE_ASSERT(summary, "import");
  return summary->size;
}

// FOLDER
std::uint64_t report(const std::vector<std::string>& arguments) {
  const auto ledger = open_ledger(Folders::of(arguments[1]), ledger::Mode::read);
  for (const char* const name : {"duration", "late", "targets"}) {
    LIGGARE_ASSERT(ledger->report({name, {}, Day::parse("2021-12-31"), {}}), "report");
  }
  return ledger->head().tree_size;
}

// FOLDER
std::uint64_t verify(const std::vector<std::string>& arguments) {
  inspect::VerifyOptions options;
  options.ledger = arguments[1];
  options.projections = projections::all_projections();
  const auto verified = inspect::verify(options);
  LIGGARE_ASSERT(verified && verified->findings.empty(), "verify");
  return verified->head.tree_size;
}

std::uint64_t work(const std::vector<std::string>& arguments) {
  if (arguments[0] == "append") return append(arguments);
  if (arguments[0] == "import") return import(arguments);
  if (arguments[0] == "report") return report(arguments);
  LIGGARE_ASSERT(arguments[0] == "verify", "a child with nothing to do");
  return verify(arguments);
}

// A word for the shell, whatever is in it.
std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char letter : word)
    text += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return text + "'";
}

}  // namespace

int run_child(const std::vector<std::string>& arguments) {
  Peak peak;
  const std::uint64_t events = work(arguments);
  fmt::print("{} {}\n", events, peak.mebibytes());
  return 0;
}

ChildResult start_child(const std::vector<std::string>& arguments,
                        const std::vector<std::string>& wrapper) {
  std::string command;
  for (const std::string& word : wrapper) command += quoted(word) + " ";
  command += quoted(std::filesystem::read_symlink("/proc/self/exe").string()) + " --child";
  for (const std::string& argument : arguments) command += " " + quoted(argument);
  std::FILE* const output = ::popen(command.c_str(), "r");
  LIGGARE_ASSERT(output != nullptr, "a child starts");
  ChildResult result;
  const int read = std::fscanf(output, "%lu %lf", &result.events, &result.peak_mebibytes);
  LIGGARE_ASSERT(::pclose(output) == 0 && read == 2, "a child ends well");
  return result;
}

}  // namespace liggare::bench
