// Key material that wipes itself.
#pragma once

#include <array>
#include <string_view>

namespace liggare {

inline constexpr std::size_t key_bytes = 32;

// A 256-bit key; its bytes are overwritten when it is destroyed or moved from. Copied only by
// clone(), so that every copy is meant.
class SecretKey {
 public:
  SecretKey() = default;
  // Requires bytes.size() == key_bytes.
  explicit SecretKey(std::string_view bytes);
  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;
  SecretKey(const SecretKey&) = delete;
  SecretKey& operator=(const SecretKey&) = delete;
  ~SecretKey();

  SecretKey clone() const;
  std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }
  unsigned char* data() { return bytes_.data(); }
  const unsigned char* data() const { return bytes_.data(); }

 private:
  std::array<unsigned char, key_bytes> bytes_{};
};

// Overwrites `size` bytes at `data` in a way the compiler keeps.
void wipe(void* data, std::size_t size);

}  // namespace liggare
