// The stored bytes of the samples, kept in tests/golden/records/v1: one file for each event type,
// with lines of `extent: hex`. They are written once and never edited (schema/README.md).
#pragma once

#include <string>
#include <string_view>

#include "tests/support/samples.h"

namespace liggare::codec {

struct GoldenRecords {
  std::string bare;
  std::string full;
  bool operator==(const GoldenRecords&) const = default;
};

std::string golden_path(std::string_view type);
// Two empty records where the file is missing or is not of this form.
GoldenRecords read_golden(std::string_view type);
// Today's bytes of the sample.
GoldenRecords encoded(const test::Sample& sample);

}  // namespace liggare::codec
