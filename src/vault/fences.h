// What is fenced: the classes of personal data, subject by subject, that pending erasures name.
#pragma once

#include <mutex>
#include <set>
#include <shared_mutex>

#include "vault/class_key.h"

namespace liggare::vault {

// Thread-safe, and apart from the vault's own lock: each event that is judged asks here, and a
// vault that writes keys would keep it waiting for the disk.
class Fences {
 public:
  bool has(const ClassKeyName& name) const {
    const std::shared_lock lock(mutex_);
    return names_.contains(name);
  }
  // These, and no others.
  void put_up(std::set<ClassKeyName> names) {
    const std::unique_lock lock(mutex_);
    names_ = std::move(names);
  }

 private:
  mutable std::shared_mutex mutex_;
  std::set<ClassKeyName> names_;
};

}  // namespace liggare::vault
