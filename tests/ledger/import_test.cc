#include <map>
#include <set>

#include "tests/ledger/ledger_fixture.h"

namespace liggare::ledger {
namespace {

class Importing : public LedgerTest {
 protected:
  void SetUp() override { open(); }

  Result<ImportSummary> import(const std::string& text, bool atomic = false) {
    const auto file = folder_.path() / "events.ndjson";
    test::write_bytes(file, text);
    ImportOptions options;
    options.atomic = atomic;
    options.refused = [&](std::uint64_t line, const Refusal& refusal, std::string_view) {
      refused_[line] =
          std::string(domain::name_of(refusal.rejection.code)) + " " + refusal.rejection.detail;
    };
    return ledger_->import(file.string(), options);
  }

  std::map<std::uint64_t, std::string> refused_;
};

TEST_F(Importing, GoesOnPastRefusedLinesAndNamesThem) {
  const auto summary = import(registered("P1") + "\n\nnot json\n" + note("n1", "nobody", "x") +
                              "\n" + note("n2", "P1", "x"));
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(summary->accepted, 2U);
  EXPECT_EQ(summary->refused, 2U);
  EXPECT_EQ(summary->size, 2U);
  EXPECT_EQ(refused_[3], "invalid-field $");
  EXPECT_EQ(refused_[4], "unknown-reference participant/nobody");
}

TEST_F(Importing, WritesNothingWhenAtomicAndALineIsRefused) {
  const auto summary = import(registered("P1") + "\nnot json\n", true);
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->accepted, 0U);
  EXPECT_EQ(summary->refused, 1U);
  EXPECT_EQ(summary->size, 0U);
}

TEST_F(Importing, CountsOnlyStoredDuplicatesWhenAnAtomicOneIsTakenBack) {
  ASSERT_TRUE(import(registered("P1") + "\n"));
  const std::string text =
      registered("P1") + "\n" + registered("P2") + "\n" + registered("P2") + "\n" + "not json\n";
  const auto summary = import(text, true);
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->accepted, 0U);
  EXPECT_EQ(summary->duplicates, 1U);
  EXPECT_EQ(summary->refused, 1U);
  EXPECT_EQ(summary->size, 1U);
}

TEST_F(Importing, WritesAllWhenAtomicAndAllIsWell) {
  const auto summary = import(registered("P1") + "\n" + note("n1", "P1", "x") + "\n", true);
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->accepted, 2U);
  EXPECT_EQ(summary->size, 2U);
}

TEST_F(Importing, RefusesALineOfTenMegabytesAndGoesOn) {
  const auto summary =
      import(note("n1", "P1", std::string(10'000'000, 'x')) + "\n" + registered("P1") + "\n");
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->accepted, 1U);
  EXPECT_TRUE(refused_[1].starts_with("too-large")) << refused_[1];
}

// More than one request takes by bytes, and then by lines; several chunks of both.
TEST_F(Importing, KeepsTheOrderAndTheNumbersOfLinesInManyRequests) {
  constexpr int long_lines = 60;
  constexpr int lines = 20'000;
  std::string text = registered("P1") + "\n";
  for (int i = 0; i < long_lines; ++i) {
    text += note("l" + std::to_string(i), "P1", std::string(60'000, 'x')) + "\n";
  }
  for (int i = 0; i < lines; ++i) {
    text += i % 1'000 == 7 ? "not json\n" : registered("Q" + std::to_string(i)) + "\n";
  }
  const auto summary = import(text);
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(summary->accepted + summary->refused, 1U + long_lines + lines);
  std::set<std::uint64_t> damaged;
  for (int i = 7; i < lines; i += 1'000) {
    damaged.insert(static_cast<std::uint64_t>(2 + long_lines + i));
  }
  std::set<std::uint64_t> refused;
  for (const auto& [line, words] : refused_) {
    if (words == "invalid-field $") refused.insert(line);
  }
  EXPECT_EQ(refused, damaged);
  std::uint64_t position = 0;
  for (int i = 0; i < lines; ++i) {
    if (i % 1'000 == 7) continue;
    const auto found = ledger_->position_of("reg-Q" + std::to_string(i)).value();
    if (i == 0) position = found.value_or(0);
    ASSERT_EQ(found, position++) << i;
  }
}

TEST_F(Importing, RefusesDeepNestingWithoutFailing) {
  const auto summary =
      import(std::string(20'000, '[') + std::string(20'000, ']') + "\n" + registered("P1"));
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->accepted, 1U);
  EXPECT_EQ(refused_[1], "invalid-field $");
}

TEST_F(Importing, RefusesInvalidUtf8AndDuplicateKeys) {
  const auto summary = import("{\"id\":\"\xff\"}\n" + std::string(R"({"id":"a","id":"b"})"));
  ASSERT_TRUE(summary);
  EXPECT_EQ(refused_[1], "invalid-field $");
  EXPECT_EQ(refused_[2], "invalid-field $");
}

TEST_F(Importing, KeepsWhatItTookBeforeADamagedFileEnds) {
  const auto file = folder_.path() / "half.gz";
  const std::string dataset =
      test::read_bytes(std::string(LIGGARE_SOURCE_DIR) + "/tests/data/linkoping.ndjson.gz");
  test::write_bytes(file, dataset.substr(0, dataset.size() / 2));
  const auto summary = ledger_->import(file.string(), {});
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().code, ErrorCode::io);
  EXPECT_NE(summary.error().message.find("events now"), std::string::npos);
  close();
  open();  // Whatever was taken is whole.
  const auto whole =
      ledger_->import(std::string(LIGGARE_SOURCE_DIR) + "/tests/data/linkoping.ndjson.gz", {});
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->size, 25'215U);
  EXPECT_EQ(whole->accepted + whole->duplicates, 25'215U);
}

TEST_F(Importing, NamesAFileThatIsMissingOrAFolder) {
  const auto missing = ledger_->import((folder_.path() / "none").string(), {});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  const auto folder = ledger_->import(folder_.path().string(), {});
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().code, ErrorCode::io);
}

}  // namespace
}  // namespace liggare::ledger
