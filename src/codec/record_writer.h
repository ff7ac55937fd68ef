// Writes a record's bytes. Internal to codec.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "codec/record.h"

namespace liggare::codec {

// The canonical form of Cap'n Proto's encoding specification, laid out directly: each struct as far
// as its data and its pointers reach, followed by what its pointers lead to, in their order. The
// bytes are those that Cap'n Proto's own builder and canonicalize() give, at a fraction of the cost
// (tests/codec/record_writer_test.cc).
std::string write_record(const domain::RecordedEvent& event, std::string_view salt,
                         std::span<const Section> sections);

}  // namespace liggare::codec
