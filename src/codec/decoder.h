// Undoes gzip and Zstandard compression, piece by piece.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace liggare::codec {

class Decoder {
 public:
  virtual ~Decoder() = default;
  // A few bytes can unpack to gigabytes, so one call appends no more than this.
  static constexpr std::size_t output_bytes_max = 256 * 1024;

  // Takes what it can off the front of `input`, and appends what that means to `output`. All is
  // taken and told once a call with nothing left in `input` appends nothing. invalid_argument on
  // damage.
  virtual Result<void> decode(std::string_view& input, std::string& output) = 0;
  // Whether everything taken so far ended where a compressed stream ends.
  virtual bool is_complete() const = 0;
};

// By the first bytes of the content; null for plain text.
std::unique_ptr<Decoder> decoder_for(std::string_view first_bytes);

}  // namespace liggare::codec
