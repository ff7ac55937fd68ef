#include "tests/simulation/planted_bug.h"

#include <cstdint>

#include "base/crc32c.h"

namespace liggare::simulation {
namespace {

bool is_write_ahead_log(const std::string& name) {
  return name.starts_with("ledger/log/") && name.ends_with(".log");
}

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = size; i > 0; --i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
  }
  return value;
}

std::string number_bytes(std::uint64_t value, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<char>(value >> (8 * i)));
  return bytes;
}

std::size_t take_varint(std::string_view bytes, std::size_t& at) {
  std::size_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    value |= static_cast<std::size_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
}

// RocksDB's write-ahead record: u32 masked CRC-32C of the rest but the length ‖ u16 length ‖
// u8 type, 1 for a whole batch ‖ u64 sequence number ‖ u32 count ‖ entries.
constexpr std::size_t header_bytes = 7;
constexpr std::size_t batch_header_bytes = 12;
constexpr char whole = 1;
constexpr char put_into_family = 5;
constexpr std::size_t heads_family = 5;

std::string record(std::uint64_t sequence, std::uint64_t count, std::string_view entries) {
  const std::string typed = std::string(1, whole) + number_bytes(sequence, 8) +
                            number_bytes(count, 4) + std::string(entries);
  const std::uint32_t crc = crc32c(typed);
  const std::uint32_t masked = (crc >> 15 | crc << 17) + 0xa282ead8U;
  return number_bytes(masked, 4) + number_bytes(typed.size() - 1, 2) + typed;
}

class EarlyAcknowledgement final : public PlantedBug {
  bool skips_sync(const std::string& name) const override { return is_write_ahead_log(name); }
};

class ForgottenHead final : public PlantedBug {
  bool skips_write(const std::string& name) const override { return name == "ledger/HEAD"; }
};

class HeadBeforeEvents final : public PlantedBug {
  std::optional<std::pair<std::string, std::string>> splits(const std::string& name,
                                                            std::string_view bytes) const override {
    if (!is_write_ahead_log(name) || bytes.size() < header_bytes + batch_header_bytes ||
        bytes[6] != whole || number_at(bytes, 4, 2) != bytes.size() - header_bytes) {
      return std::nullopt;
    }
    const std::uint64_t sequence = number_at(bytes, header_bytes, 8);
    const std::uint64_t count = number_at(bytes, header_bytes + 8, 4);
    std::string heads;
    std::string others;
    for (std::size_t at = header_bytes + batch_header_bytes; at < bytes.size();) {
      const std::size_t begin = at;
      if (bytes[at++] != put_into_family) return std::nullopt;
      const std::size_t family = take_varint(bytes, at);
      for (int part = 0; part < 2; ++part) {
        const std::size_t size = take_varint(bytes, at);
        at += size;
      }
      (family == heads_family ? heads : others).append(bytes.substr(begin, at - begin));
    }
    if (heads.empty() || others.empty()) return std::nullopt;
    return std::pair(record(sequence, 1, heads), record(sequence + 1, count - 1, others));
  }
};

}  // namespace

bool PlantedBug::skips_sync(const std::string&) const { return false; }
bool PlantedBug::skips_write(const std::string&) const { return false; }
std::optional<std::pair<std::string, std::string>> PlantedBug::splits(const std::string&,
                                                                      std::string_view) const {
  return std::nullopt;
}

std::unique_ptr<PlantedBug> early_acknowledgement() {
  return std::make_unique<EarlyAcknowledgement>();
}
std::unique_ptr<PlantedBug> head_before_events() { return std::make_unique<HeadBeforeEvents>(); }
std::unique_ptr<PlantedBug> forgotten_head() { return std::make_unique<ForgottenHead>(); }

}  // namespace liggare::simulation
