// Runs the program as golden/*.test say: one folder a file, its commands in order.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/tools/golden_file.h"

namespace liggare::tools {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

void write(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

std::vector<fs::path> golden_files() {
  std::vector<fs::path> files;
  for (const auto& file :
       fs::directory_iterator(fs::path(LIGGARE_SOURCE_DIR) / "tests/tools/golden")) {
    files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// An empty folder with an environment of its own, so that no setting of ours leaks in.
class Sandbox {
 public:
  Sandbox() {
    std::string name = (fs::temp_directory_path() / "liggare-golden-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    fs::create_directory(folder_ / "work");
  }
  ~Sandbox() { fs::remove_all(folder_); }

  int run(const GoldenCase& golden) {
    write(folder_ / "work" / "input.ndjson", golden.input);
    write(folder_ / "command", golden.command + "\n");
    // tools/valgrind puts others in their place, which run them.
    const char* const instead = std::getenv("LIGGARE_PROGRAMS");
    const fs::path programs =
        instead != nullptr ? fs::path(instead) : fs::path(LIGGARE_PROGRAM).parent_path();
    const std::string line =
        "cd " + folder_.string() +
        "/work && env -i TSAN_OPTIONS=\"$TSAN_OPTIONS\" PATH=" + programs.string() +
        ":/usr/bin:/bin LIGGARE_LEDGER=ledger " +
        "sh ../command > ../output 2> ../errors < /dev/null";
    const int status = std::system(line.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  std::string output() const { return read(folder_ / "output"); }
  std::string errors() const { return read(folder_ / "errors"); }

 private:
  fs::path folder_;
};

class Golden : public testing::TestWithParam<fs::path> {};

TEST_P(Golden, IsAnsweredAsItsFileSays) {
  Sandbox sandbox;
  for (const GoldenCase& golden : read_golden(read(GetParam()))) {
    SCOPED_TRACE(GetParam().filename().string() + ":" + std::to_string(golden.line) + ": " +
                 golden.command);
    EXPECT_EQ(sandbox.run(golden), golden.exit_code);
    EXPECT_TRUE(matches(golden.output, lines_of(sandbox.output()))) << sandbox.output();
    EXPECT_TRUE(matches(golden.errors, lines_of(sandbox.errors()))) << sandbox.errors();
  }
}

std::string name_of(const testing::TestParamInfo<fs::path>& info) {
  std::string name = info.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, Golden, testing::ValuesIn(golden_files()), name_of);

}  // namespace
}  // namespace liggare::tools
