// Small damage to texts, hashes and numbers: of the kinds that slip past careless readers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "tests/support/chance.h"

namespace liggare::test {

// One of: a bit, a byte, a line, a blank, a leading zero, a base64 tail, an end.
std::string mutated(std::string text, Chance& chance);
// Flips one bit. Requires that there is one.
std::string with_flipped_bit(std::string bytes, Chance& chance);
Hash with_flipped_bit(Hash hash, Chance& chance);
// A hash changed, dropped, added, doubled, or two of them swapped.
std::vector<Hash> mutated(std::vector<Hash> path, Chance& chance);
// A neighbour, one bit away, or one of the ends of what 64 bits hold.
std::uint64_t mutated(std::uint64_t number, Chance& chance);

Hash random_hash(Chance& chance);
// Mostly small, else of any magnitude below 2^63, often beside a power of two.
std::uint64_t random_size(Chance& chance);

}  // namespace liggare::test
