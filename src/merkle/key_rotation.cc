#include "merkle/key_rotation.h"

#include "base/bytes.h"

namespace liggare::merkle {

std::string rotation_message(const VerifierKey& old_key, const VerifierKey& new_key,
                             const TreeHead& head) {
  return "liggare/key-rotation/v1\n" + old_key.name + "\n" + old_key.text() + "\n" +
         new_key.text() + "\n" + std::to_string(head.tree_size) + "\n" +
         to_base64(head.root_hash.view()) + "\n";
}

}  // namespace liggare::merkle
