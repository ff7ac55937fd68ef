// A class key: the root of all keys of one subject's one class of personal data, or what punctures
// have left of it.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/personal_class.h"
#include "base/result.h"
#include "base/secret.h"
#include "sealing/puncture_tree.h"

namespace liggare::vault {

struct ClassKeyName {
  std::string subject;
  PersonalClass personal_class = PersonalClass::identity;
  auto operator<=>(const ClassKeyName&) const = default;
};

struct ClassKey {
  std::string key_id;  // Random: names a generation and tells nothing of the subject.
  ClassKeyName name;
  sealing::KeyNodes nodes;  // The whole tree, or disjoint subtrees of it.
};

// The nodes under an epoch key, bound to key id, subject and class.
std::string wrap_class_key(const SecretKey& epoch_key, const ClassKey& key);
// corrupt, naming the key id, where the bytes are not what was wrapped for this id and name.
Result<ClassKey> unwrap_class_key(const SecretKey& epoch_key, std::string_view key_id,
                                  const ClassKeyName& name, std::string_view wrapped);

// Names a key in messages, "vault key 7d41…".
std::string words_for_key(std::string_view key_id);

}  // namespace liggare::vault
