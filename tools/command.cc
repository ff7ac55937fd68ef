#include "tools/command.h"

#include <charconv>
#include <limits>

namespace liggare::tools {

const std::string* Arguments::text(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

Result<std::optional<std::uint64_t>> Arguments::number(const std::string& name) const {
  const std::string* given = text(name);
  if (given == nullptr) return std::optional<std::uint64_t>();
  const auto number = parse_decimal(*given);
  if (!number) {
    return fail(ErrorCode::invalid_argument,
                name + " takes a whole number from 0 up, not \"" + *given + "\"");
  }
  return number;
}

Result<std::optional<Day>> Arguments::day(const std::string& name) const {
  const std::string* given = text(name);
  if (given == nullptr) return std::optional<Day>();
  const auto day = Day::parse(*given);
  if (!day) {
    return fail(ErrorCode::invalid_argument,
                name + " takes a day of the calendar, YYYY-MM-DD, not \"" + *given + "\"");
  }
  return day;
}

std::vector<Argument> joined(std::vector<Argument> first, const std::vector<Argument>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

std::optional<std::uint64_t> parse_decimal(const std::string& text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  const bool fits = number <= std::uint64_t{std::numeric_limits<std::int64_t>::max()};
  if (error != std::errc() || stopped != end || !fits) return std::nullopt;
  return number;
}

}  // namespace liggare::tools
