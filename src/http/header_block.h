// Finds where the header of a message ends, and refuses what parsers disagree about. Internal to
// http.
#pragma once

#include <cstddef>
#include <string_view>

namespace liggare::http {

enum class HeaderEnd { missing, found, malformed, too_large };

class HeaderBlock {
 public:
  explicit HeaderBlock(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // `bytes` is the message from its first byte, as far as it has come; what an earlier call has
  // looked at is not looked at again. malformed: a bare CR or LF, a folded line, or a first
  // byte that no message has.
  HeaderEnd scan(std::string_view bytes);

  // Once found: how long it is, with the empty line.
  std::size_t size() const { return scanned_; }

 private:
  bool is_malformed_at(std::string_view bytes, std::size_t at) const;

  std::size_t bytes_max_;
  std::size_t scanned_ = 0;
};

}  // namespace liggare::http
