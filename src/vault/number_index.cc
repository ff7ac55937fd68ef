#include "vault/number_index.h"

#include <optional>
#include <utility>

#include "base/bytes.h"
#include "base/sha256.h"
#include "sealing/hkdf.h"
#include "sealing/padding.h"
#include "vault/class_key.h"
#include "vault/wrapping.h"

namespace liggare::vault {
namespace {

constexpr std::string_view entry_label = "liggare/vault/number/v1";
constexpr std::string_view index_label = "liggare/vault/index/v1";

// Both have fixed lengths.
std::string entry_data(std::string_view key_id, std::string_view index) {
  std::string bytes(entry_label);
  bytes += key_id;
  bytes += index;
  return bytes;
}

std::string index_data(std::uint32_t bucket) {
  std::string bytes(index_label);
  put_u32(bytes, bucket);
  return bytes;
}

void put_text(std::string& out, std::string_view text) {
  put_u32(out, static_cast<std::uint32_t>(text.size()));
  out += text;
}

std::optional<std::string> take_text(std::string_view& bytes) {
  if (bytes.size() < 4) return std::nullopt;
  const std::size_t size = get_u32(bytes);
  if (bytes.size() - 4 < size) return std::nullopt;
  std::string text(bytes.substr(4, size));
  bytes.remove_prefix(4 + size);
  return text;
}

std::optional<NumberEntry> decode(std::string_view bytes, std::string_view key_id,
                                  std::string_view index) {
  auto subject = take_text(bytes);
  auto event_id = take_text(bytes);
  auto number = take_text(bytes);
  if (!subject || !event_id || !number || !bytes.empty()) return std::nullopt;
  return NumberEntry{*std::move(subject), *std::move(event_id), *std::move(number),
                     std::string(key_id), std::string(index)};
}

}  // namespace

std::string number_mac(const SecretKey& index_key, std::string_view number) {
  return std::string(hmac_sha256(index_key.view(), {number}).view());
}

std::string seal_entry(const SecretKey& base_key, const NumberEntry& entry) {
  std::string bytes;
  bytes.reserve(12 + entry.subject.size() + entry.event_id.size() + entry.number.size());
  put_text(bytes, entry.subject);
  put_text(bytes, entry.event_id);
  put_text(bytes, entry.number);
  const SecretText text(std::move(bytes));
  const SecretText padded(sealing::pad(text.view()));
  return wrap(sealing::hkdf_expand(base_key, {entry_label}), entry_data(entry.key_id, entry.index),
              padded.view());
}

Result<NumberEntry> open_entry(const SecretKey& base_key, std::string_view key_id,
                               std::string_view index, std::string_view sealed) {
  const auto corrupt = [&] {
    return fail(ErrorCode::corrupt,
                "a number's entry does not open under " + words_for_key(key_id));
  };
  const auto padded =
      unwrap(sealing::hkdf_expand(base_key, {entry_label}), entry_data(key_id, index), sealed);
  if (!padded) return corrupt();
  auto unpadded = sealing::unpad(padded->view());
  if (!unpadded) return corrupt();
  const SecretText text(*std::move(unpadded));
  auto entry = decode(text.view(), key_id, index);
  if (!entry) return corrupt();
  return *std::move(entry);
}

std::string wrap_index_key(const SecretKey& epoch_key, std::uint32_t bucket, const SecretKey& key) {
  return wrap(epoch_key, index_data(bucket), key.view());
}

Result<SecretKey> unwrap_index_key(const SecretKey& epoch_key, std::uint32_t bucket,
                                   std::string_view wrapped) {
  const auto bytes = unwrap(epoch_key, index_data(bucket), wrapped);
  if (!bytes || bytes->view().size() != key_bytes) {
    return fail(ErrorCode::corrupt,
                "the index key of bucket " + std::to_string(bucket) + " does not open");
  }
  return SecretKey(bytes->view());
}

}  // namespace liggare::vault
