// What two keys sign when a log changes its key (evidence, section 4).
#pragma once

#include <string>

#include "merkle/checkpoint.h"

namespace liggare::merkle {

// "liggare/key-rotation/v1 LF origin LF old vkey LF new vkey LF size LF base64(root) LF"
// The origin is the old key's name; that the new key has it too, the caller looks after.
std::string rotation_message(const VerifierKey& old_key, const VerifierKey& new_key,
                             const TreeHead& head);

}  // namespace liggare::merkle
