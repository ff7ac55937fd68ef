#include "access/review_share.h"

#include "access/review.h"

namespace liggare::access {
namespace {

std::string share_text(std::int64_t share) {
  const std::string places = std::to_string(whole_share + share % whole_share).substr(1);
  return std::to_string(share / whole_share) + "." + places;
}

}  // namespace

std::optional<std::int64_t> parse_share(std::string_view text) {
  constexpr std::size_t places_max = 4;
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  std::int64_t share = (text[0] - '0') * whole_share;
  if (text.size() > 1) {
    if (text[1] != '.' || text.size() == 2 || text.size() > 2 + places_max) return std::nullopt;
    std::int64_t worth = whole_share;
    for (const char digit : text.substr(2)) {
      if (digit < '0' || digit > '9') return std::nullopt;
      worth /= 10;
      share += (digit - '0') * worth;
    }
  }
  return share <= whole_share ? std::optional(share) : std::nullopt;
}

std::vector<std::string> review_rules(std::int64_t share) {
  std::vector<std::string> rules;
  for (const std::string_view word : domain::Words<ReviewGround>::values) rules.emplace_back(word);
  rules.front() += "-" + share_text(share);
  return rules;
}

std::int64_t share_in(const std::vector<std::string>& rules) {
  constexpr std::string_view prefix = "sample-";
  for (const std::string& rule : rules) {
    if (!rule.starts_with(prefix)) continue;
    if (const auto share = parse_share(rule.substr(prefix.size()))) return *share;
  }
  return 0;
}

}  // namespace liggare::access
