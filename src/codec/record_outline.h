// Judges a record where it stands, without making an event of it. Internal to codec.
//
// It only ever says "surely readable". What is unusual but allowed, such as a field that a later
// schema added, is left to decode_record(); so this can be wrong in one direction alone, and the
// tests hold both against each other on damaged records of every type.
#pragma once

#include <optional>
#include <string_view>

#include "codec/record.h"

namespace liggare::codec {

// Whether decode_record() takes these bytes; false: it may or may not. One pass over them, in which
// each object has to stand where the one before it ends: that is canonical form.
bool is_surely_readable(std::string_view bytes);

// Requires bytes that decode_record() takes.
RecordOutline read_outline(std::string_view bytes);

// The subject, where the few words that lead to it are in canonical form and name a stream of a
// known kind; whatever else the bytes are.
std::optional<std::string_view> subject_in_place(std::string_view bytes);

}  // namespace liggare::codec
