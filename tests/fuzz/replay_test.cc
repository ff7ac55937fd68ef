// Every input that is kept, through every target: what was found once stays fixed without a fuzzer.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "tests/fuzz/targets.h"

namespace liggare::fuzz {
namespace {

using Target = void (*)(std::string_view);

const std::map<std::string, Target> targets = {{"access_record", access_record},
                                               {"backup_manifest", backup_manifest},
                                               {"checkpoint", checkpoint},
                                               {"completeness", completeness},
                                               {"disclosed", disclosed},
                                               {"event_line", event_line},
                                               {"http_answer", http_answer},
                                               {"http_request", http_request},
                                               {"key", key},
                                               {"note", note},
                                               {"packed", packed},
                                               {"parsed_json", parsed_json},
                                               {"policy", policy},
                                               {"proof_file", proof_file},
                                               {"record", record},
                                               {"report_options", report_options},
                                               {"submission", submission},
                                               {"sums", sums},
                                               {"tile_path", tile_path},
                                               {"url", url},
                                               {"vault_manifest", vault_manifest}};

const std::filesystem::path corpus =
    std::filesystem::path(LIGGARE_SOURCE_DIR) / "tests/fuzz/corpus";

std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Corpus, PassesThroughEveryTarget) {
  for (const auto& file : std::filesystem::recursive_directory_iterator(corpus)) {
    if (!file.is_regular_file()) continue;
    SCOPED_TRACE(file.path().filename());
    for (const auto& [name, target] : targets) target(content_of(file.path()));
  }
}

TEST(Corpus, HasInputsForEachTargetAndNoOther) {
  std::map<std::string, std::ptrdiff_t> counts;
  for (const auto& folder : std::filesystem::directory_iterator(corpus)) {
    counts[folder.path().filename().string()] =
        std::distance(std::filesystem::directory_iterator(folder), {});
  }
  EXPECT_EQ(counts.size(), targets.size());
  for (const auto& [name, target] : targets) EXPECT_GE(counts[name], 5) << name;
}

}  // namespace
}  // namespace liggare::fuzz
