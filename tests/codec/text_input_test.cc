#include "codec/text_input.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/codec/packing.h"

namespace liggare::codec {
namespace {

class TextInputOf {
 public:
  explicit TextInputOf(const std::string& bytes) {
    std::string name = ::testing::TempDir() + "liggare-input-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    std::ofstream(path(), std::ios::binary) << bytes;
    input_ = std::move(TextInput::open(path())).value();
  }
  ~TextInputOf() { std::filesystem::remove_all(folder_); }
  TextInputOf(const TextInputOf&) = delete;
  TextInputOf& operator=(const TextInputOf&) = delete;

  std::string path() const { return folder_ / "lines"; }
  TextInput& input() { return *input_; }
  // Each line as "number:text"; at the end, the code of an error.
  std::vector<std::string> lines() {
    std::vector<std::string> all;
    while (true) {
      const auto line = input_->next();
      if (!line) all.push_back(name_of(line.error().code));
      if (!line || !*line) return all;
      EXPECT_EQ((*line)->size_bytes, (*line)->text.size());
      all.push_back(std::to_string((*line)->number) + ":" + (*line)->text);
    }
  }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<TextInput> input_;
};

using Lines = std::vector<std::string>;
Lines lines_of(const std::string& bytes) { return TextInputOf(bytes).lines(); }

// Longer than the pieces in which files are read, and hard to compress.
std::string many_lines() {
  std::string text;
  for (std::uint32_t i = 0; i < 60'000; ++i) text += std::to_string(i * 2'654'435'761U) + "\n";
  return text;
}
void expect_many_lines(const std::string& bytes) {
  const Lines lines = lines_of(bytes);
  ASSERT_EQ(lines.size(), 60'000u);
  EXPECT_EQ(lines[0], "1:0");
  EXPECT_EQ(lines[59'999], "60000:" + std::to_string(59'999U * 2'654'435'761U));
}

TEST(TextInput, GivesPlainLines) {
  EXPECT_EQ(lines_of("a\nbc\n"), (Lines{"1:a", "2:bc"}));
  expect_many_lines(many_lines());
}

TEST(TextInput, GivesALastLineWithoutALineFeed) {
  EXPECT_EQ(lines_of("a\nb"), (Lines{"1:a", "2:b"}));
  EXPECT_EQ(lines_of("a"), Lines{"1:a"});
}

TEST(TextInput, CountsBlankLines) {
  EXPECT_EQ(lines_of("\n\na\n\n"), (Lines{"1:", "2:", "3:a", "4:"}));
}

TEST(TextInput, KeepsCarriageReturns) { EXPECT_EQ(lines_of("a\r\nb\r\n").at(1), "2:b\r"); }

TEST(TextInput, IsEmptyForAnEmptyFile) { EXPECT_EQ(lines_of(""), Lines{}); }

TEST(TextInput, UndoesGzip) {
  EXPECT_EQ(lines_of(gzipped("a\nb\n")), (Lines{"1:a", "2:b"}));
  EXPECT_EQ(lines_of(gzipped("")), Lines{});
  expect_many_lines(gzipped(many_lines()));
}

TEST(TextInput, UndoesGzipOfSeveralMembers) {
  EXPECT_EQ(lines_of(gzipped("a\nb") + gzipped("c\nd\n") + gzipped("")),
            (Lines{"1:a", "2:bc", "3:d"}));
  const std::string text = many_lines();
  expect_many_lines(gzipped(text.substr(0, 300'001)) + gzipped(text.substr(300'001)));
}

TEST(TextInput, UndoesZstandard) {
  EXPECT_EQ(lines_of(zstandard("a\nb\n")), (Lines{"1:a", "2:b"}));
  expect_many_lines(zstandard(many_lines()));
  EXPECT_EQ(lines_of(zstandard("a\nb") + zstandard("c\n")), (Lines{"1:a", "2:bc"}));
}

TEST(TextInput, RefusesCompressedDataThatEndTooEarly) {
  for (const std::string& whole : {gzipped("a\nb\n"), zstandard("a\nb\n")}) {
    for (std::size_t size = 4; size < whole.size(); ++size) {
      EXPECT_EQ(lines_of(whole.substr(0, size)).back(), "io") << size;
    }
  }
  const std::string long_one = gzipped(many_lines());
  EXPECT_EQ(lines_of(long_one.substr(0, long_one.size() - 1)).back(), "io");
}

TEST(TextInput, RefusesGarbageAfterCompressedData) {
  EXPECT_EQ(lines_of(gzipped("a\n") + "garbage").back(), "invalid-argument");
  EXPECT_EQ(lines_of(zstandard("a\n") + "garbage").back(), "invalid-argument");
}

TEST(TextInput, RefusesDamagedCompressedData) {
  std::string damaged = gzipped(many_lines());
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
  EXPECT_EQ(lines_of(damaged).back(), "invalid-argument");
  std::string checksum = gzipped("a\n");
  checksum[checksum.size() - 5] = static_cast<char>(checksum[checksum.size() - 5] ^ 1);
  EXPECT_EQ(lines_of(checksum).back(), "invalid-argument");
}

TEST(TextInput, CutsAVeryLongLineAndCountsItWhole) {
  const std::size_t long_bytes = 10'000'000;
  for (const auto& pack : {+[](const std::string& text) { return text; }, &gzipped, &zstandard}) {
    TextInputOf file(pack(std::string(long_bytes, 'x') + "\nnext\n"));
    const auto line = file.input().next();
    ASSERT_TRUE(line && *line);
    EXPECT_EQ((*line)->size_bytes, long_bytes);
    EXPECT_EQ((*line)->text, std::string(TextInput::kept_bytes_max, 'x'));
    EXPECT_EQ(file.lines(), Lines{"2:next"});
  }
}

TEST(TextInput, TellsHowFarItHasRead) {
  TextInputOf file("a\nb\n");
  EXPECT_EQ(file.input().size_bytes(), 4u);
  file.lines();
  EXPECT_EQ(file.input().bytes_read(), 4u);
}

TEST(TextInput, TellsWhatCannotBeOpened) {
  const TextInputOf file("");
  EXPECT_EQ(TextInput::open(file.path() + ".missing").error().code, ErrorCode::not_found);
  EXPECT_EQ(TextInput::open(::testing::TempDir()).error().code, ErrorCode::io);
}

TEST(TextInputTest, ReadsStandardInputAndLeavesItOpen) {
  const TextInputOf file("one\ntwo\n");
  const int before = ::dup(STDIN_FILENO);
  const int opened = ::open(file.path().c_str(), O_RDONLY);
  ASSERT_EQ(::dup2(opened, STDIN_FILENO), STDIN_FILENO);
  std::string texts;
  {
    const auto input = TextInput::open("-").value();
    while (const auto line = input->next().value()) texts += line->text + "|";
  }
  EXPECT_EQ(texts, "one|two|");
  EXPECT_NE(::fcntl(STDIN_FILENO, F_GETFD), -1);
  ASSERT_EQ(::dup2(before, STDIN_FILENO), STDIN_FILENO);
  ::close(before);
  ::close(opened);
}

}  // namespace
}  // namespace liggare::codec
