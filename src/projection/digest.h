// The digest of a projection's state (evidence, section 5): an RFC 6962 root over 65,536 buckets.
#pragma once

#include "base/sha256.h"
#include "projection/projection.h"

namespace liggare::projection {

// A row's bucket is the first two bytes of SHA-256(table ‖ 0x00 ‖ key); a bucket's leaf is its
// rows as RFC 8785 JSON, one a line, in key order. `rows` may hold other projections' rows too.
Hash digest_of(const Projection& projection, const Rows& rows);

}  // namespace liggare::projection
