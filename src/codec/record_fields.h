// Reads an event's data from its Cap'n Proto struct by the field list, with Cap'n Proto's checks.
//
// Fields are found by name in the schema; the conventions are in schema/README.md.
#pragma once

#include <capnp/dynamic.h>

#include "domain/payload.h"

namespace liggare::codec {

// Thrown by read_payload and caught in record.cc alone: the bytes mean nothing to this release.
struct UnreadableRecord {
  bool newer_release;
  const char* what;
};

domain::Payload read_payload(capnp::DynamicStruct::Reader payload);

// Days are stored as YYYYMMDD.
std::uint32_t day_number(Day day);
Day day_of(std::uint32_t number);

}  // namespace liggare::codec
