// Compares two sets of byte strings that are read in different orders, without holding either.
//
// Each element is put through SipHash-2-4 with 128 bits of output, under a key that is drawn for
// this comparison alone, and the results are added up. For the sums of two different sets to be
// equal, the hash of an element that only one of them has must hit a value that the others fix.
// While the hash can't be told from a random function (that is what SipHash is made for), this
// happens with a probability of 2^-128; whoever made the sets could not help it along, since they
// were there before the key was, and the key is never shown. Without a key he could.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/secret.h"

namespace liggare {

// How many elements, and the sum of their hashes.
struct SetSum {
  std::uint64_t count = 0;
  std::uint64_t high = 0;  // Each half for itself, modulo 2^64.
  std::uint64_t low = 0;

  SetSum& operator+=(const SetSum& other);
  bool operator==(const SetSum&) const = default;
};

// Thread-safe once it is made.
class SetHash {
 public:
  // Under a key of its own.
  SetHash();

  // The sum of the set that has this one element.
  SetSum of(std::string_view element) const;

 private:
  SecretKey key_;
};

}  // namespace liggare
