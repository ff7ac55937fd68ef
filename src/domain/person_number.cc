#include "domain/person_number.h"

#include <algorithm>
#include <string>

#include "base/day.h"

namespace liggare::domain {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

// The Luhn sum over the last ten digits, YYMMDDNNNC.
bool has_valid_check_digit(std::string_view ten) {
  int sum = 0;
  for (std::size_t i = 0; i < ten.size(); ++i) {
    const int doubled = (ten[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += doubled / 10 + doubled % 10;
  }
  return sum % 10 == 0;
}

constexpr int coordination_day_offset = 60;

bool is_date(int year, std::string_view month_and_day, int day_offset) {
  return Day::from_date(year, number(month_and_day.substr(0, 2)),
                        number(month_and_day.substr(2, 2)) - day_offset)
      .has_value();
}

bool is_number(std::string_view digits, int day_offset) {
  return digits.size() == 12 && all_digits(digits) &&
         is_date(number(digits.substr(0, 4)), digits.substr(4, 4), day_offset) &&
         has_valid_check_digit(digits.substr(2));
}

bool is_date_of_either_kind(int year, std::string_view month_and_day) {
  return year >= 1890 && year <= 2029 &&
         (is_date(year, month_and_day, 0) || is_date(year, month_and_day, coordination_day_offset));
}

// `digits` has 10 or 12 digits.
bool looks_like_a_person(std::string_view digits) {
  const std::string_view ten = digits.substr(digits.size() - 10);
  if (!has_valid_check_digit(ten)) return false;
  const std::string_view month_and_day = ten.substr(2, 4);
  if (digits.size() == 12)
    return is_date_of_either_kind(number(digits.substr(0, 4)), month_and_day);
  const int short_year = number(ten.substr(0, 2));
  return is_date_of_either_kind(1800 + short_year, month_and_day) ||
         is_date_of_either_kind(1900 + short_year, month_and_day) ||
         is_date_of_either_kind(2000 + short_year, month_and_day);
}

// Where a number stands; nowhere where it has no size.
struct Piece {
  std::size_t begin = 0;
  std::size_t size = 0;
};

// The first one whose digits begin at `from` or later; `from` stands within no run of digits.
Piece find_person_number(std::string_view text, std::size_t from) {
  std::size_t at = from;
  const auto run_end = [&](std::size_t begin) {
    while (begin < text.size() && is_digit(text[begin])) ++begin;
    return begin;
  };
  while (at < text.size()) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    const std::size_t end = run_end(at);
    const std::string_view run = text.substr(at, end - at);
    if ((run.size() == 10 || run.size() == 12) && looks_like_a_person(run)) return {at, run.size()};
    if ((run.size() == 6 || run.size() == 8) && end < text.size() &&
        (text[end] == '-' || text[end] == '+')) {
      const std::size_t tail_end = run_end(end + 1);
      const std::string_view tail = text.substr(end + 1, tail_end - end - 1);
      if (tail.size() == 4 && looks_like_a_person(std::string(run).append(tail))) {
        return {at, tail_end - at};
      }
    }
    at = end;
  }
  return {};
}

}  // namespace

bool is_personal_identity_number(std::string_view digits) { return is_number(digits, 0); }

bool is_coordination_number(std::string_view digits) {
  return is_number(digits, coordination_day_offset);
}

std::optional<std::string> twelve_digits(std::string_view text, Day today) {
  constexpr std::size_t tail_size = 4;
  constexpr std::size_t short_size = 6;
  constexpr std::size_t long_size = 8;
  constexpr int century = 100;
  if (text.size() < tail_size + short_size) return std::nullopt;
  const std::string_view tail = text.substr(text.size() - tail_size);
  std::string_view date = text.substr(0, text.size() - tail_size);
  const char mark = date.back();
  const bool is_marked = mark == '-' || mark == '+';
  if (is_marked) date.remove_suffix(1);
  if (!all_digits(date) || !all_digits(tail)) return std::nullopt;
  std::string digits(date);
  if (is_marked && date.size() == short_size) {
    const int year_now = today.year();
    const int age = (year_now % century - number(date.substr(0, 2)) + century) % century;
    const int year = year_now - age - (mark == '+' ? century : 0);
    digits = std::to_string(year) + digits.substr(2);
  } else if (date.size() != long_size) {
    return std::nullopt;
  }
  digits += tail;
  if (is_personal_identity_number(digits) || is_coordination_number(digits)) return digits;
  return std::nullopt;
}

bool contains_person_number(std::string_view text) { return find_person_number(text, 0).size > 0; }

std::string without_person_numbers(std::string_view text) {
  std::string out;
  std::size_t from = 0;
  while (true) {
    const Piece number = find_person_number(text, from);
    if (number.size == 0) return out.append(text.substr(from));
    out.append(text.substr(from, number.begin - from)).append("[…]");
    from = number.begin + number.size;
  }
}

}  // namespace liggare::domain
