// Writes questions for both verifiers, one a line, with our answers: verifier_cases COUNT SEED.
#include <charconv>
#include <cstdio>
#include <optional>
#include <string_view>

#include "tests/verifier/question.h"

namespace {

using liggare::test::Chance;
using liggare::test::Question;

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Question ask(Chance& chance) {
  using namespace liggare::test;
  const std::size_t kind = chance.below(100);
  if (kind < 30) return ask_about_trees(chance);
  if (kind < 55) return ask_about_notes(chance);
  if (kind < 65) return ask_about_policies(chance);
  if (kind < 75) return ask_about_tiles(chance);
  if (kind < 90) return ask_about_directories(chance);
  return ask_about_texts(chance);
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 3) return 2;
  const auto count = number_in(arguments[1]);
  const auto seed = number_in(arguments[2]);
  if (!count || !seed) return 2;
  Chance chance(*seed);
  for (std::uint64_t i = 0; i < *count; ++i) {
    const std::string line = liggare::test::line_of(ask(chance));
    if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) return 1;
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
