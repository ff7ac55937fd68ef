// Stock tools read the stored bytes (evidence, section 1).
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include "tests/codec/golden_records.h"

namespace liggare::codec {
namespace {

struct Output {
  std::string text;
  int exit = -1;
};

Output run(const std::string& command) {
  Output output;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return output;
  char piece[4096];
  while (const std::size_t size = std::fread(piece, 1, sizeof piece, pipe)) {
    output.text.append(piece, size);
  }
  output.exit = WEXITSTATUS(::pclose(pipe));
  return output;
}

// `records`, as `capnp decode` shows them, one a line.
Output decoded_by_tool(const std::string& records) {
  std::string name = ::testing::TempDir() + "liggare-records-XXXXXX";
  const int file = ::mkstemp(name.data());
  ::close(file);
  std::ofstream(name, std::ios::binary) << records;
  Output output =
      run("capnp decode --short '" LIGGARE_SOURCE_DIR "/schema/event.capnp' EventRecord < '" +
          name + "' 2>&1");
  ::unlink(name.c_str());
  return output;
}

TEST(CapnpDecode, ReadsEachGoldenRecord) {
  if (run("command -v capnp").exit != 0) GTEST_SKIP() << "capnp is not installed";
  std::string all;
  for (const test::Sample& sample : test::samples()) {
    const GoldenRecords golden = read_golden(sample.type);
    all += golden.bare + golden.full;
  }
  const Output output = decoded_by_tool(all);
  EXPECT_EQ(output.exit, 0) << output.text;
  std::size_t records = 0;
  for (std::size_t at = 0; (at = output.text.find("(id = ", at)) != std::string::npos; ++at) {
    ++records;
  }
  EXPECT_EQ(records, 2 * domain::event_type_count);
}

TEST(CapnpDecode, ShowsTheFieldsByTheirNames) {
  if (run("command -v capnp").exit != 0) GTEST_SKIP() << "capnp is not installed";
  const Output output = decoded_by_tool(read_golden("placement.started").full);
  EXPECT_EQ(output.exit, 0) << output.text;
  for (const char* part : {R"(subject = "participant/P1")", "streamVersion = 300",
                           "schemaVersion = 1", "effective = 20240229", "placementStarted = (",
                           "plannedEnd = 20250228", "kind = praktik", "personalClass = health"}) {
    EXPECT_NE(output.text.find(part), std::string::npos) << part << " in " << output.text;
  }
}

}  // namespace
}  // namespace liggare::codec
