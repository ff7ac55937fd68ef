#include "http/header_block.h"

#include "http/characters.h"

namespace liggare::http {

HeaderEnd HeaderBlock::scan(std::string_view bytes) {
  for (; scanned_ < bytes.size(); ++scanned_) {
    if (scanned_ >= bytes_max_) return HeaderEnd::too_large;
    if (is_malformed_at(bytes, scanned_)) return HeaderEnd::malformed;
    if (bytes.substr(0, scanned_ + 1).ends_with("\r\n\r\n")) {
      ++scanned_;
      return HeaderEnd::found;
    }
  }
  return HeaderEnd::missing;
}

bool HeaderBlock::is_malformed_at(std::string_view bytes, std::size_t at) const {
  const char here = bytes[at];
  if (at == 0) return !is_token(bytes.substr(0, 1));
  const char before = bytes[at - 1];
  if ((here == '\n') != (before == '\r')) return true;
  return before == '\n' && (here == ' ' || here == '\t');
}

}  // namespace liggare::http
