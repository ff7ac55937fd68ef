// Unwrapped class keys in memory, so that sealing into a known stream needs no disk.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "vault/class_key.h"

namespace liggare::vault {

class KeyCache {
 public:
  // Null where the cache does not hold it. Valid until the next put.
  const ClassKey* current(const ClassKeyName& name) const;
  const ClassKey* find(std::string_view key_id) const;

  // Keeps a key, which is not its name's newest generation as far as this says.
  void put(ClassKey key);
  // Keeps a key as its name's current one.
  void put_current(ClassKey key);

 private:
  // Bounds the memory to some tens of megabytes; when full, everything is forgotten at once.
  static constexpr std::size_t keys_max = 100'000;
  struct IdHash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  struct NameHash {
    std::size_t operator()(const ClassKeyName& name) const;
  };
  std::unordered_map<std::string, ClassKey, IdHash, std::equal_to<>> by_id_;
  std::unordered_map<ClassKeyName, std::string, NameHash> current_ids_;
};

}  // namespace liggare::vault
