// Random bytes for keys, names, salts and nonces (libsodium).
#pragma once

#include <cstddef>
#include <string>

#include "base/secret.h"

namespace liggare {

// Both are thread-safe. Two processes that fork() made of one draw bytes of their own.
std::string random_bytes(std::size_t size);
SecretKey random_key();

}  // namespace liggare
