#include "sealing/padding.h"

namespace liggare::sealing {
namespace {

constexpr char mark = '\x80';
constexpr std::size_t smallest = 64;
constexpr std::size_t step = 1024;

}  // namespace

std::size_t padded_bytes(std::size_t text_bytes) {
  const std::size_t needed = text_bytes + 1;
  std::size_t size = smallest;
  while (size < needed && size < step) size *= 2;
  return needed <= size ? size : (needed + step - 1) / step * step;
}

std::string pad(std::string_view text) {
  std::string padded;
  padded.reserve(padded_bytes(text.size()));
  padded += text;
  padded.push_back(mark);
  padded.resize(padded_bytes(text.size()), '\0');
  return padded;
}

Result<std::string> unpad(std::string_view padded) {
  const std::size_t end = padded.find_last_not_of('\0');
  if (end == std::string_view::npos || padded[end] != mark || padded.size() != padded_bytes(end)) {
    return fail(ErrorCode::corrupt, "a section's padding is wrong");
  }
  return std::string(padded.substr(0, end));
}

}  // namespace liggare::sealing
