// The figures of tools/bench, which says how they are run and what they mean.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <set>

#include "tests/bench/child.h"
#include "tests/bench/setting.h"

namespace liggare::bench {
namespace {

struct Group {
  const char* name;
  void (*rows)(const Setting&);
  bool needs_town;
};
constexpr Group groups[] = {
    {"append", append_rows, false}, {"batch", batch_rows, false},   {"syncs", sync_rows, false},
    {"import", import_rows, false}, {"verify", verify_rows, true},  {"replay", replay_rows, true},
    {"read", read_rows, true},      {"reports", report_rows, true}, {"proof", proof_rows, true},
    {"disk", disk_rows, true},      {"memory", memory_rows, true},  {"seal", seal_rows, false}};

struct Arguments {
  std::filesystem::path folder;
  std::uint64_t size = 1'000'000;
  int rounds = 3;
  bool is_json = false;
  std::set<std::string> only;
};

[[noreturn]] void refuse(const std::string& why) {
  fmt::print(stderr, "{}\nusage: --folder DIR [--size N] [--rounds R] [--format json]", why);
  fmt::print(stderr, " [--only GROUP]...\ngroups:");
  for (const Group& group : groups) fmt::print(stderr, " {}", group.name);
  fmt::print(stderr, "\n");
  std::exit(2);
}

bool is_group(const std::string& name) {
  return std::any_of(std::begin(groups), std::end(groups),
                     [&](const Group& group) { return name == group.name; });
}

std::uint64_t number_of(const std::string& text, std::uint64_t least) {
  char* end = nullptr;
  const std::uint64_t number = std::strtoull(text.c_str(), &end, 10);
  if (text.empty() || *end != '\0' || number < least) {
    refuse(fmt::format("{} is no number from {} on", text, least));
  }
  return number;
}

Arguments read(const std::vector<std::string>& words) {
  constexpr std::uint64_t least_events = 1'000;
  Arguments arguments;
  for (std::size_t i = 0; i < words.size(); i += 2) {
    if (i + 1 == words.size()) refuse(words[i] + " lacks its value");
    const std::string& value = words[i + 1];
    if (words[i] == "--folder") {
      arguments.folder = value;
    } else if (words[i] == "--size") {
      arguments.size = number_of(value, least_events);
    } else if (words[i] == "--rounds") {
      arguments.rounds = static_cast<int>(number_of(value, 1));
    } else if (words[i] == "--format" && (value == "json" || value == "table")) {
      arguments.is_json = value == "json";
    } else if (words[i] == "--only" && is_group(value)) {
      arguments.only.insert(value);
    } else {
      refuse(words[i] + " " + value + " is not known");
    }
  }
  if (arguments.folder.empty()) refuse("--folder is missing");
  return arguments;
}

// The rows that were asked for; the town is imported once where they need it.
void run(const Setting& setting, const std::set<std::string>& only) {
  bool has_town = false;
  for (const Group& group : groups) {
    if (!only.empty() && !only.contains(group.name)) continue;
    if (group.needs_town && !has_town) {
      Setting once = setting;
      once.rounds = 1;
      once.tell = [](const Figure&) {};
      import_rows(once);
      has_town = true;
    }
    group.rows(setting);
    has_town = has_town || group.rows == import_rows;
  }
}

int run(const Arguments& arguments) {
  std::filesystem::remove_all(arguments.folder);
  std::filesystem::create_directories(arguments.folder);
  Json figures = Json::array();
  Json unmeasured = Json::array();
  Setting setting{arguments.folder, arguments.size, arguments.rounds, {}, {}};
  setting.tell = [&](const Figure& figure) {
    figures.push(figure.json());
    if (arguments.is_json) return;
    fmt::print("{}\n", figure.line());
    std::fflush(stdout);
  };
  setting.tell_unmeasured = [&](const std::string& what) {
    unmeasured.push(what);
    if (!arguments.is_json) fmt::print("not measured: {}\n", what);
  };
  if (!arguments.is_json) {
    fmt::print("{} events, {} rounds\n{}\n", arguments.size, arguments.rounds, table_head());
  }
  run(setting, arguments.only);
  if (arguments.is_json) {
    Json answer = Json::object();
    answer.add("events", arguments.size).add("rounds", arguments.rounds);
    answer.add("figures", std::move(figures)).add("unmeasured", std::move(unmeasured));
    fmt::print("{}\n", answer.text());
  }
  std::filesystem::remove_all(arguments.folder);
  return 0;
}

}  // namespace
}  // namespace liggare::bench

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (!words.empty() && words.front() == "--child") {
    return liggare::bench::run_child({words.begin() + 1, words.end()});
  }
  return liggare::bench::run(liggare::bench::read(words));
}
