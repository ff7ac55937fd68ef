#include "tests/verifier/mutation.h"

#include <algorithm>
#include <array>

namespace liggare::test {
namespace {

constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const std::vector<std::string>& intruders() {
  using namespace std::string_literals;
  static const std::vector<std::string> all = {
      " "s,    "\t"s, "\n"s, "\r"s,       "\0"s,           "\x7f"s,         "+"s,
      "="s,    "0"s,  "-"s,  "\xc2\xa0"s, "\xe2\x80\x94"s, "\xed\xa0\x80"s, "\xc0\xaf"s,
      "\x80"s, "/"s,  "x"s,  "\n\n"s,     "\xef\xbb\xbf"s};
  return all;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    lines.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return lines;
}

std::string with_changed_lines(const std::string& text, Chance& chance) {
  auto lines = lines_of(text);
  const std::size_t at = chance.below(lines.size());
  const auto place = lines.begin() + static_cast<std::ptrdiff_t>(at);
  switch (chance.below(3)) {
    case 0:
      lines.erase(place);
      break;
    case 1:
      lines.insert(place, std::string(lines[at]));
      break;
    default:
      std::swap(lines[at], lines[chance.below(lines.size())]);
  }
  std::string joined;
  for (const std::string& line : lines) joined += line;
  return joined;
}

// Other bits that no decoder looks at, unless it is strict.
std::string with_other_base64_tail(std::string text, Chance& chance) {
  const std::size_t padding = text.find('=', chance.below(text.size()));
  if (padding == std::string::npos || padding == 0) return text + "=";
  const std::size_t digit = base64_digits.find(text[padding - 1]);
  if (digit == std::string_view::npos) return text + "=";
  text[padding - 1] = base64_digits[digit ^ 1U];
  return text;
}

std::string with_leading_zero(std::string text, Chance& chance) {
  const std::size_t at = text.find_first_of("0123456789", chance.below(text.size()));
  return text.insert(std::min(at, text.size()), "0");
}

}  // namespace

std::string with_flipped_bit(std::string bytes, Chance& chance) {
  char& byte = bytes[chance.below(bytes.size())];
  byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << chance.below(8)));
  return bytes;
}

Hash with_flipped_bit(Hash hash, Chance& chance) {
  return Hash::from(with_flipped_bit(std::string(hash.view()), chance));
}

std::string mutated(std::string text, Chance& chance) {
  if (text.empty()) return chance.pick(intruders());
  const std::size_t at = chance.below(text.size());
  switch (chance.below(9)) {
    case 0:
      return with_flipped_bit(std::move(text), chance);
    case 1:
      return text.erase(at, 1);
    case 2:
      return text.insert(at, chance.pick(intruders()));
    case 3:
      return with_changed_lines(text, chance);
    case 4:
      return text.substr(0, at);
    case 5:
      return text + chance.pick(intruders());
    case 6:
      return with_other_base64_tail(std::move(text), chance);
    case 7:
      return with_leading_zero(std::move(text), chance);
    default:
      return text.replace(at, 1, chance.pick(intruders()));
  }
}

std::vector<Hash> mutated(std::vector<Hash> path, Chance& chance) {
  const std::size_t at = chance.below(path.size() + 1);
  const auto place = path.begin() + static_cast<std::ptrdiff_t>(at);
  if (path.empty() || chance.percent(15)) {
    path.insert(place, random_hash(chance));
    return path;
  }
  const std::size_t other = chance.below(path.size());
  switch (chance.below(4)) {
    case 0:
      path[other] = with_flipped_bit(path[other], chance);
      break;
    case 1:
      path.erase(path.begin() + static_cast<std::ptrdiff_t>(other));
      break;
    case 2:
      path.insert(place, Hash(path[other]));
      break;
    default:
      std::swap(path[other], path[chance.below(path.size())]);
  }
  return path;
}

std::uint64_t mutated(std::uint64_t number, Chance& chance) {
  switch (chance.below(5)) {
    case 0:
      return number + 1;
    case 1:
      return number - 1;
    case 2:
      return number ^ (std::uint64_t{1} << chance.below(64));
    case 3:
      return number * 2;
    default:
      return chance.pick(std::vector<std::uint64_t>{0, 1, std::uint64_t{1} << 63U, ~0ULL});
  }
}

Hash random_hash(Chance& chance) { return sha256({std::to_string(chance.below(~0ULL))}); }

std::uint64_t random_size(Chance& chance) {
  if (chance.percent(40)) return chance.below(40);
  const std::uint64_t power = std::uint64_t{1} << chance.below(63);
  if (chance.percent(30)) return power + chance.below(3) - 1;
  return power + chance.below(power);
}

}  // namespace liggare::test
