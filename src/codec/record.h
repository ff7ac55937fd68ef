// The stored record: an event's canonical bytes, which are its Merkle leaf (evidence, section 1).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/section.h"
#include "domain/timeline.h"

namespace liggare::codec {

// Longest record: the tlog-tiles limit for an entry (evidence, section 1).
inline constexpr std::size_t record_bytes_max = 65'535;
inline constexpr std::size_t record_salt_bytes = 16;

struct Record {
  domain::RecordedEvent event;  // Its position is not part of the bytes.
  std::string salt;             // 16 random bytes: an unseen leaf can't be guessed from its hash.
  std::vector<Section> sections;
  bool operator==(const Record&) const = default;
};

// What verification asks of every record, and what can be counted without its data; views into its
// bytes.
struct RecordOutline {
  std::string_view id;
  std::string_view subject;  // "participant/P1042".
  std::uint64_t version = 0;
  Instant recorded;
  domain::EventType type = {};
  Day effective = Day::first();  // As it was sent: corrections are events of their own.
};

// A stream-framed Cap'n Proto message of one segment in canonical form. May be longer than
// record_bytes_max: the caller refuses such an event.
// Requires sections that match event.event.personal, class by class.
std::string encode_record(const domain::RecordedEvent& event, std::string_view salt,
                          std::span<const Section> sections);
std::string encode_record(const Record& record);

// corrupt when the bytes are no canonical record, unsupported when a newer release wrote them.
// `position` is where they were found.
Result<Record> decode_record(std::string_view bytes, std::uint64_t position);

// The event of such a record, without what else is stored with it. Fails as decode_record().
Result<domain::RecordedEventPtr> decode_event(std::string_view bytes, std::uint64_t position);

// The subject of such a record: "participant/P1042", a view into the bytes. Judges no more of them
// than that takes, so that bytes that decode_record() refuses may have one; otherwise fails as that
// does.
Result<std::string_view> subject_of_record(std::string_view bytes, std::uint64_t position);

// The same answers, at a tenth of the cost where all is well: the event itself is not made.
Result<RecordOutline> outline_record(std::string_view bytes, std::uint64_t position);

}  // namespace liggare::codec
