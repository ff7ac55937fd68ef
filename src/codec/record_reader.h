// Two readers of a record's bytes, which give the same event. Internal to codec.
#pragma once

#include <string_view>

#include "codec/record.h"

namespace liggare::codec {

// Read each field where the schema puts it, without Cap'n Proto's checks: some ten times as fast.
// Require bytes that are surely readable (record_outline.h).
Record read_in_place(std::string_view bytes, std::uint64_t position);
domain::RecordedEventPtr read_event_in_place(std::string_view bytes, std::uint64_t position);

// By Cap'n Proto's own reader: for what is damaged, unusual or newer. The answers of
// decode_record().
Result<Record> read_with_checks(std::string_view bytes, std::uint64_t position);

}  // namespace liggare::codec
