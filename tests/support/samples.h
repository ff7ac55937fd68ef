// One event of each type, as JSON: bare, with only what must be there, and full, with every
// optional part. Kept in one place, so that a new type or field is added to every test at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "codec/event_line.h"
#include "codec/record.h"

namespace liggare::test {

struct Sample {
  std::string_view subject;
  std::string_view type;
  std::string_view bare;  // The data as JSON; personal data aside.
  std::string_view full;
};

// In the order of EventType.
const std::vector<Sample>& samples();

enum class Extent { bare, full };

// The whole event as a client sends it. A full one about a participant has every class of personal
// data, and a bare one none, but for notes.
std::string sample_line(const Sample& sample, Extent extent);

// sample_line() as parsed, the data of corrections included.
codec::Submission sample_submission(const Sample& sample, Extent extent);

// A record of it with a fixed salt and fixed sections of the right shape.
codec::Record sample_record(const Sample& sample, Extent extent);

// The type whose data the sample of event.corrected holds.
inline constexpr domain::EventType corrected_sample_type = domain::EventType::place_offered;

}  // namespace liggare::test
