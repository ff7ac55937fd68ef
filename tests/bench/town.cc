#include "tests/bench/town.h"

#include <array>
#include <string_view>

#include "base/assertion.h"
#include "codec/text_input.h"

namespace liggare::bench {
namespace {

const std::string dataset = std::string(LIGGARE_SOURCE_DIR) + "/tests/data/linkoping.ndjson.gz";

// Members whose values are ids of what is there once in each copy.
constexpr auto own_ids =
    std::to_array<std::string_view>({"\"id\":\"", "\"subject\":\"participant/",
                                     "\"subject\":\"place/", "\"place\":\"", "\"target\":\""});

bool is_copied(const std::string& line) {
  return line.find("\"subject\":\"participant/") != std::string::npos ||
         line.find("\"subject\":\"place/") != std::string::npos;
}

std::string copy_of(const std::string& line, std::uint64_t copy) {
  if (copy == 0) return line;
  const std::string suffix = "." + std::to_string(copy);
  std::string copied = line;
  for (const std::string_view member : own_ids) {
    for (std::size_t at = copied.find(member); at != std::string::npos;
         at = copied.find(member, at)) {
      at = copied.find('"', at + member.size());
      copied.insert(at, suffix);
    }
  }
  return copied;
}

}  // namespace

void write_town(std::uint64_t events_min,
                const std::function<void(const std::string& line)>& take) {
  std::vector<std::string> lines;
  auto input = codec::TextInput::open(dataset);
  LIGGARE_ASSERT(input, "the dataset is there");
  while (true) {
    auto line = (*input)->next();
    LIGGARE_ASSERT(line, "the dataset is whole");
    if (!*line) break;
    lines.push_back((*line)->text);
  }
  if (lines.size() > events_min) lines.resize(events_min);  // Its beginning is a history as well.
  const std::uint64_t copies = (events_min + lines.size() - 1) / lines.size();
  for (const std::string& line : lines) {
    for (std::uint64_t copy = 0; copy < (is_copied(line) ? copies : 1); ++copy) {
      take(copy_of(line, copy));
    }
  }
}

}  // namespace liggare::bench
