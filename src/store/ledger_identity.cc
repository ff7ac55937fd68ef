#include "store/ledger_identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace liggare::store {
namespace {

constexpr unsigned newest_format = 2;

unsigned format_of(TreeLayout layout) { return layout == TreeLayout::every_node ? 1 : 2; }

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

const char* name_of(HeadMode mode) { return mode == HeadMode::floor ? "floor" : "strict"; }

// Takes "<label> <value>\n" off the front of `text`.
std::optional<std::string_view> take_line(std::string_view& text, std::string_view label) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view line = text.substr(0, end);
  if (!line.starts_with(label) || line.size() <= label.size() || line[label.size()] != ' ') {
    return std::nullopt;
  }
  text.remove_prefix(end + 1);
  return line.substr(label.size() + 1);
}

Unexpected<Error> damaged() {
  return fail(ErrorCode::corrupt, "log: the ledger's identity is damaged");
}

}  // namespace

Result<std::string> write_identity(const LedgerIdentity& identity) {
  if (identity.origin.empty() || std::ranges::any_of(identity.origin, is_control)) {
    return fail(ErrorCode::invalid_argument,
                "an origin has at least one character and no control characters");
  }
  return fmt::format("liggare {}\norigin {}\nhead {}\n", format_of(identity.tree_layout),
                     identity.origin, name_of(identity.head_mode));
}

Result<LedgerIdentity> read_identity(std::string_view text) {
  const auto number = take_line(text, "liggare");
  unsigned format = 0;
  if (!number) return damaged();
  const auto read = std::from_chars(number->data(), number->data() + number->size(), format);
  if (read.ec != std::errc() || read.ptr != number->data() + number->size()) return damaged();
  if (format > newest_format) {
    return fail(ErrorCode::unsupported,
                fmt::format("the ledger has format {}, this program knows up to {}: use the "
                            "release that wrote it, or a newer one",
                            format, newest_format));
  }
  const auto origin = take_line(text, "origin");
  const auto mode = take_line(text, "head");
  if (format == 0 || !origin || !mode || !text.empty()) return damaged();
  if (*mode != "floor" && *mode != "strict") return damaged();
  return LedgerIdentity{std::string(*origin), *mode == "floor" ? HeadMode::floor : HeadMode::strict,
                        format == 1 ? TreeLayout::every_node : TreeLayout::leaf_tiles};
}

}  // namespace liggare::store
