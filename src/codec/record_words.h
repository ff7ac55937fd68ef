// The words of a canonical record as Cap'n Proto lays them out (its encoding specification), read
// where they stand. Internal to codec.
//
// Nothing is checked: whoever reads this way has judged the bytes before (record_outline.h).
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace liggare::codec {

static_assert(std::endian::native == std::endian::little, "Cap'n Proto's words are read in place");

inline constexpr std::size_t word_bytes = sizeof(std::uint64_t);
// One segment: its count and its size.
inline constexpr std::size_t frame_bytes = word_bytes;

template <class T>
T load(const char* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof(value));
  return value;
}

// The word that a pointer leads to: offsets count from the word after it.
inline const char* target_of(const char* pointer) {
  const std::ptrdiff_t offset = load<std::int32_t>(pointer) >> 2;
  return pointer + static_cast<std::ptrdiff_t>(word_bytes) * (1 + offset);
}

// A struct: data, then pointers.
class StructWords {
 public:
  StructWords(const char* at, std::size_t data_words, std::size_t pointers)
      : at_(at), data_words_(data_words), pointers_(pointers) {}
  static StructWords behind(const char* pointer) {
    const auto sizes = load<std::uint64_t>(pointer);
    return {target_of(pointer), static_cast<std::uint16_t>(sizes >> 32), sizes >> 48};
  }

  // 0 where the struct is shorter: trailing zeros are not stored.
  template <class T>
  T value(std::size_t byte) const {
    if (byte + sizeof(T) > data_words_ * word_bytes) return 0;
    return load<T>(at_ + byte);
  }
  // The pointer of that number; null where it is null, or not stored.
  const char* pointer(std::size_t index) const {
    if (index >= pointers_) return nullptr;
    const char* const found = at_ + (data_words_ + index) * word_bytes;
    return load<std::uint64_t>(found) == 0 ? nullptr : found;
  }

 private:
  const char* at_;
  std::size_t data_words_;
  std::size_t pointers_;
};

// What stands behind a pointer to a list of bytes; none behind a null one.
inline std::string_view bytes_behind(const char* pointer) {
  if (pointer == nullptr) return {};
  return {target_of(pointer), load<std::uint64_t>(pointer) >> 35};
}
// Without the NUL at its end. Requires a pointer that is not null.
inline std::string_view text_behind(const char* pointer) {
  std::string_view text = bytes_behind(pointer);
  text.remove_suffix(1);
  return text;
}

// How many elements stand behind a pointer to a list of anything but structs.
inline std::size_t count_behind(const char* pointer) {
  return static_cast<std::size_t>(load<std::uint64_t>(pointer) >> 35);
}

// Calls visit(StructWords) for each element of a list of structs.
template <class Visit>
void each_struct_behind(const char* pointer, const Visit& visit) {
  const char* at = target_of(pointer);
  const auto tag = load<std::uint64_t>(at);
  const std::size_t count = static_cast<std::uint32_t>(tag) >> 2;
  const std::size_t data_words = static_cast<std::uint16_t>(tag >> 32);
  const std::size_t pointers = tag >> 48;
  at += word_bytes;
  for (std::size_t i = 0; i < count; ++i, at += (data_words + pointers) * word_bytes) {
    visit(StructWords(at, data_words, pointers));
  }
}

// The root struct of a framed record.
inline StructWords root_of(std::string_view bytes) {
  return StructWords::behind(bytes.data() + frame_bytes);
}

}  // namespace liggare::codec
