#include "tests/faults/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace liggare::faults {
namespace {

std::string line(const std::string& id, const std::string& type, const std::string& subject,
                 const std::string& data) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"/test","type":"{}","subject":"{}",)"
      R"("effective":"2020-01-01","actor":"staff/A","data":{{{}}}}})",
      id, type, subject, data);
}

std::string person_line(const std::string& name) {
  return line(
      "reg-" + name, "participant.registered", "participant/" + name,
      R"("personal":{"identity":{"name":"Testperson )" + name + R"("},"health":{"text":"back"}})");
}

}  // namespace

std::string opening_lines() {
  std::string lines;
  const auto add = [&lines](const std::string& text) { lines += text + "\n"; };
  add(line("u-KS", "unit.registered", "unit/KS", R"("name":"Kommunstyrelsen","kind":"board")"));
  for (const std::string name : {"A", "B"}) {
    add(line("s-" + name, "staff.registered", "staff/" + name, R"("unit":"KS")"));
  }
  add(line("g-A", "role.granted", "staff/A", R"("role":"dpo")"));
  add(line("g-B", "role.granted", "staff/B", R"("role":"registrar")"));
  for (int i = 0; i < participants; ++i) add(person_line(fmt::format("P{}", i)));
  for (int i = 0; i < leaving; ++i) add(person_line(fmt::format("E{}", i)));
  return lines;
}

std::size_t opening_events() {
  const std::string lines = opening_lines();
  return static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n'));
}

std::string note_line(const std::string& id, std::size_t text_bytes) {
  std::string text = id;
  while (text.size() < text_bytes) text += " " + id;
  const std::size_t person = std::hash<std::string>()(id) % participants;
  return line(id, "note.recorded", fmt::format("participant/P{}", person),
              R"("personal":{"health":{"text":")" + text + R"("}})");
}

}  // namespace liggare::faults
