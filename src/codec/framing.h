// A record's bytes around its one segment, as every leaf has them (schema/README.md).
//
// Internal to codec.
#pragma once

#include <capnp/common.h>
#include <kj/common.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace liggare::codec {

std::string framed(kj::ArrayPtr<const capnp::word> segment);

// The segment's words, copied: Cap'n Proto 0.9 refuses unaligned input. corrupt where the bytes are
// not one whole segment.
Result<std::vector<capnp::word>> segment_of(std::string_view bytes);

}  // namespace liggare::codec
