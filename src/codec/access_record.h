// The stored form of an entry of the access log: canonical bytes, which are its Merkle leaf, and
// the JSON that people see of it.
#pragma once

#include <string>
#include <string_view>

#include "access/record.h"
#include "base/json.h"
#include "base/result.h"

namespace liggare::codec {

// A stream-framed Cap'n Proto message of one segment in canonical form (schema/access.capnp). May
// be longer than record_bytes_max: the caller refuses such a record.
// Requires a salt of record_salt_bytes.
std::string encode_access_record(const access::Record& record);

// corrupt when the bytes are no canonical record, unsupported when a newer release wrote them.
// `place` is where they were found: "access record 7 of 2026".
Result<access::Record> decode_access_record(std::string_view bytes, std::string_view place);

// The reason stays {"sealed": true}; null where a record has no such thing.
Json access_json(const access::Record& record);

}  // namespace liggare::codec
