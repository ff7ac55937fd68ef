#include "codec/decoder.h"

// zlib takes its input as const then.
#define ZLIB_CONST
#include <zlib.h>
#include <zstd.h>

namespace liggare::codec {
namespace {

Unexpected<Error> damaged(const char* what) {
  return fail(ErrorCode::invalid_argument, std::string("damaged ") + what + " data");
}

// One or more gzip members (RFC 1952), as gzip -c a b writes them.
class GzipDecoder final : public Decoder {
 public:
  GzipDecoder() : piece_(output_bytes_max, '\0') {
    constexpr int window_bits_gzip = 15 + 16;
    LIGGARE_ASSERT(inflateInit2(&stream_, window_bits_gzip) == Z_OK, "zlib start");
  }
  ~GzipDecoder() override { inflateEnd(&stream_); }
  GzipDecoder(const GzipDecoder&) = delete;
  GzipDecoder& operator=(const GzipDecoder&) = delete;

  Result<void> decode(std::string_view& input, std::string& output) override {
    std::size_t room = piece_.size();
    // A piece may hold the end of many members: each is small, or `room` is used up.
    do {
      if (complete_) {
        if (input.empty()) break;
        inflateReset(&stream_);
        complete_ = false;
      }
      LIGGARE_TRY(const std::size_t count, inflate_some(input, room));
      output.append(piece_, 0, count);
      room -= count;
    } while (complete_ && room > 0);
    return {};
  }
  bool is_complete() const override { return complete_; }

 private:
  // At most `room` bytes, which then stand in piece_; how many.
  Result<std::size_t> inflate_some(std::string_view& input, std::size_t room) {
    stream_.next_in = reinterpret_cast<const Bytef*>(input.data());
    stream_.avail_in = static_cast<uInt>(input.size());
    stream_.next_out = reinterpret_cast<Bytef*>(piece_.data());
    stream_.avail_out = static_cast<uInt>(room);
    const int status = inflate(&stream_, Z_NO_FLUSH);
    // Z_BUF_ERROR: nothing to do, which is no damage.
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) return damaged("gzip");
    input.remove_prefix(input.size() - stream_.avail_in);
    complete_ = status == Z_STREAM_END;
    return room - stream_.avail_out;
  }

  z_stream stream_{};
  std::string piece_;
  bool complete_ = false;
};

class ZstandardDecoder final : public Decoder {
 public:
  ZstandardDecoder() : stream_(ZSTD_createDStream()), piece_(output_bytes_max, '\0') {
    LIGGARE_ASSERT(stream_ != nullptr, "zstd start");
  }
  ~ZstandardDecoder() override { ZSTD_freeDStream(stream_); }
  ZstandardDecoder(const ZstandardDecoder&) = delete;
  ZstandardDecoder& operator=(const ZstandardDecoder&) = delete;

  Result<void> decode(std::string_view& input, std::string& output) override {
    ZSTD_outBuffer out{piece_.data(), piece_.size(), 0};
    // Zstandard stops at the end of each frame. With nothing to take it would begin another one.
    while (out.pos < out.size && !(input.empty() && (complete_ || !is_full_))) {
      ZSTD_inBuffer in{input.data(), input.size(), 0};
      const std::size_t left = ZSTD_decompressStream(stream_, &out, &in);
      if (ZSTD_isError(left) != 0) return damaged("zstd");
      input.remove_prefix(in.pos);
      complete_ = left == 0;
      is_full_ = out.pos == out.size;
    }
    output.append(piece_, 0, out.pos);
    return {};
  }
  bool is_complete() const override { return complete_; }

 private:
  ZSTD_DStream* stream_;
  std::string piece_;
  bool complete_ = false;
  bool is_full_ = false;  // More may be waiting inside.
};

}  // namespace

std::unique_ptr<Decoder> decoder_for(std::string_view first_bytes) {
  if (first_bytes.starts_with("\x1f\x8b")) return std::make_unique<GzipDecoder>();
  if (first_bytes.starts_with("\x28\xb5\x2f\xfd")) return std::make_unique<ZstandardDecoder>();
  return nullptr;
}

}  // namespace liggare::codec
