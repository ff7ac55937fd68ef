#include "vault/key_cache.h"

#include <utility>

namespace liggare::vault {

std::size_t KeyCache::NameHash::operator()(const ClassKeyName& name) const {
  return std::hash<std::string>()(name.subject) * 31 +
         static_cast<std::size_t>(name.personal_class);
}

const ClassKey* KeyCache::current(const ClassKeyName& name) const {
  const auto id = current_ids_.find(name);
  return id == current_ids_.end() ? nullptr : find(id->second);
}

const ClassKey* KeyCache::find(std::string_view key_id) const {
  const auto key = by_id_.find(key_id);
  return key == by_id_.end() ? nullptr : &key->second;
}

void KeyCache::put(ClassKey key) {
  if (by_id_.size() >= keys_max) {
    by_id_.clear();
    current_ids_.clear();
  }
  std::string id = key.key_id;
  by_id_.insert_or_assign(std::move(id), std::move(key));
}

void KeyCache::put_current(ClassKey key) {
  ClassKeyName name = key.name;
  std::string id = key.key_id;
  put(std::move(key));
  current_ids_.insert_or_assign(std::move(name), std::move(id));
}

}  // namespace liggare::vault
