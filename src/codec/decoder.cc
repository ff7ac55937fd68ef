#include "codec/decoder.h"

#include <zlib.h>
#include <zstd.h>

namespace liggare::codec {
namespace {

constexpr std::size_t piece_bytes = 256 * 1024;

Unexpected<Error> damaged(const char* what) {
  return fail(ErrorCode::invalid_argument, std::string("damaged ") + what + " data");
}

// One or more gzip members (RFC 1952), as gzip -c a b writes them.
class GzipDecoder final : public Decoder {
 public:
  GzipDecoder() : piece_(piece_bytes, '\0') {
    constexpr int window_bits_gzip = 15 + 16;
    LIGGARE_ASSERT(inflateInit2(&stream_, window_bits_gzip) == Z_OK, "zlib start");
  }
  ~GzipDecoder() override { inflateEnd(&stream_); }
  GzipDecoder(const GzipDecoder&) = delete;
  GzipDecoder& operator=(const GzipDecoder&) = delete;

  Result<void> decode(std::string_view input, std::string& output) override {
    std::string owned(input);  // zlib's interface is not const.
    stream_.next_in = reinterpret_cast<Bytef*>(owned.data());
    stream_.avail_in = static_cast<uInt>(owned.size());
    while (stream_.avail_in > 0) {
      if (complete_) {
        inflateReset(&stream_);
        complete_ = false;
      }
      LIGGARE_CHECK(inflate_all(output));
    }
    return {};
  }
  bool is_complete() const override { return complete_; }

 private:
  Result<void> inflate_all(std::string& output) {
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(piece_.data());
      stream_.avail_out = static_cast<uInt>(piece_.size());
      const int status = inflate(&stream_, Z_NO_FLUSH);
      if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
        return damaged("gzip");
      }
      output.append(piece_, 0, piece_.size() - stream_.avail_out);
      complete_ = status == Z_STREAM_END;
    } while (!complete_ && stream_.avail_out == 0);
    return {};
  }

  z_stream stream_{};
  std::string piece_;
  bool complete_ = false;
};

class ZstandardDecoder final : public Decoder {
 public:
  ZstandardDecoder() : stream_(ZSTD_createDStream()), piece_(piece_bytes, '\0') {
    LIGGARE_ASSERT(stream_ != nullptr, "zstd start");
  }
  ~ZstandardDecoder() override { ZSTD_freeDStream(stream_); }
  ZstandardDecoder(const ZstandardDecoder&) = delete;
  ZstandardDecoder& operator=(const ZstandardDecoder&) = delete;

  Result<void> decode(std::string_view input, std::string& output) override {
    ZSTD_inBuffer in{input.data(), input.size(), 0};
    bool full = false;
    while (in.pos < in.size || full) {
      ZSTD_outBuffer out{piece_.data(), piece_.size(), 0};
      const std::size_t left = ZSTD_decompressStream(stream_, &out, &in);
      if (ZSTD_isError(left) != 0) return damaged("zstd");
      output.append(piece_, 0, out.pos);
      full = out.pos == out.size;
      complete_ = left == 0;
    }
    return {};
  }
  bool is_complete() const override { return complete_; }

 private:
  ZSTD_DStream* stream_;
  std::string piece_;
  bool complete_ = false;
};

}  // namespace

std::unique_ptr<Decoder> decoder_for(std::string_view first_bytes) {
  if (first_bytes.starts_with("\x1f\x8b")) return std::make_unique<GzipDecoder>();
  if (first_bytes.starts_with("\x28\xb5\x2f\xfd")) return std::make_unique<ZstandardDecoder>();
  return nullptr;
}

}  // namespace liggare::codec
