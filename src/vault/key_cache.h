// Unwrapped class keys in memory, so that sealing into a known stream needs no disk.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

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
  std::map<std::string, ClassKey, std::less<>> by_id_;
  std::map<ClassKeyName, std::string> current_ids_;
};

}  // namespace liggare::vault
