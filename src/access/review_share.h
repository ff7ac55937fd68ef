// The share of a log review's sample, as people give it ("0.05") and as review.started keeps it
// among the rules of the draw ("sample-0.0500").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liggare::access {

// A share is counted in parts of this.
inline constexpr std::int64_t whole_share = 10'000;

// No value for what is no decimal of at most four places between 0 and 1.
std::optional<std::int64_t> parse_share(std::string_view text);

// "sample-0.0500" and the other grounds: how it was drawn, to be drawn again.
std::vector<std::string> review_rules(std::int64_t share);
// 0 where no rule names one.
std::int64_t share_in(const std::vector<std::string>& rules);

}  // namespace liggare::access
