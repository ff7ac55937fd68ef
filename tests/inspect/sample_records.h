// Valid records as the ledger writes them, each a function of its position.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "codec/record.h"
#include "store/event_log.h"

namespace liggare::inspect {

struct SampleRecord {
  SampleRecord(std::uint64_t position, std::uint64_t stream_count);
  // As it is appended.
  store::NewRecord entry() const;
  // Encodes `record` anew.
  void encode() { bytes = codec::encode_record(record); }

  codec::Record record;
  std::string subject;
  std::string bytes;
};

// Streams take turns, so that event n is version n / stream_count + 1 of stream n % stream_count.
std::vector<SampleRecord> sample_records(std::uint64_t count, std::uint64_t stream_count);

// In batches of various sizes.
Result<void> append(store::EventLog& log, const std::vector<SampleRecord>& records);

}  // namespace liggare::inspect
