#include "inspect/verify.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/inspect/inspected_ledger.h"

namespace liggare::inspect {
namespace {

namespace fs = std::filesystem;

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::IsEmpty;
using testing::Not;

class Verify : public InspectedLedger {};

TEST_F(Verify, HasNoFindingsInAWholeLedger) {
  write();
  const auto report = this->report();
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.head, open(store::Access::read_only)->head());
  EXPECT_EQ(report.origin, "ledger.example.org/town");
  EXPECT_EQ(report.head_policy, "floor");
}

TEST_F(Verify, SaysWhatItChecked) {
  write();
  EXPECT_THAT(report().checked, AllOf(Contains(Remark{Statement::leaf_hashes, {"300"}}),
                                      Contains(Remark{Statement::tree_nodes, {"34"}}),
                                      Contains(Remark{Statement::event_ids, {"300"}}),
                                      Contains(Remark{Statement::stream_versions, {"300", "20"}}),
                                      Contains(Remark{Statement::head_file_at, {"300"}}),
                                      Contains(Remark{Statement::root_at, {"300"}})));
}

TEST_F(Verify, SaysWhatItDidNotCheck) {
  write();
  EXPECT_THAT(
      report().not_checked,
      AllOf(Contains(Says(Statement::projections_not_asked)), Contains(Says(Statement::vault)),
            Contains(Says(Statement::no_key_folder)), Contains(Says(Statement::rules_not_asked)),
            Contains(Says(Statement::rewritten))));
}

TEST_F(Verify, HasNoFindingsInAnEmptyLedger) {
  create();
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(Verify, HasNoFindingsAroundTheEdgesOfARange) {
  for (const std::uint64_t count : {4095U, 1U, 1U, 4095U}) {
    if (!fs::exists(folder())) create();
    const auto log = open();
    const auto from = static_cast<std::ptrdiff_t>(log->head().tree_size);
    auto records = sample_records(log->head().tree_size + count, stream_count);
    records.erase(records.begin(), records.begin() + from);
    ASSERT_TRUE(append(*log, records));
    EXPECT_THAT(findings(), IsEmpty()) << log->head().tree_size;
  }
}

TEST_F(Verify, LeavesTheFolderAsItWas) {
  write();
  std::map<fs::path, fs::file_time_type> before;
  for (const auto& entry : fs::recursive_directory_iterator(folder())) {
    before[entry.path()] = entry.last_write_time();
  }
  report();
  std::map<fs::path, fs::file_time_type> after;
  for (const auto& entry : fs::recursive_directory_iterator(folder())) {
    after[entry.path()] = entry.last_write_time();
  }
  EXPECT_EQ(before, after);
}

TEST_F(Verify, HasNoFindingsBesideAWriter) {
  create();
  const auto log = open();
  const auto records = sample_records(6000, stream_count);
  std::atomic<bool> is_done = false;
  std::jthread writer([&] {
    for (std::size_t i = 0; i < records.size(); i += 3) {
      const std::vector<store::NewRecord> batch{records[i].entry(), records[i + 1].entry(),
                                                records[i + 2].entry()};
      EXPECT_TRUE(log->append(batch));
    }
    is_done = true;
  });
  int sizes = 0;
  for (std::uint64_t last = 0; !is_done; ++sizes) {
    const auto report = this->report();
    EXPECT_THAT(report.findings, IsEmpty());
    EXPECT_GE(report.head.tree_size, last);
    last = report.head.tree_size;
  }
  EXPECT_GT(sizes, 0);
}

TEST_F(Verify, TellsItsProgressUpToTheEnd) {
  write(sample_records(9000, stream_count));
  std::vector<std::uint64_t> told;
  const auto progress = [&](Phase phase, std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(phase, Phase::events);
    EXPECT_EQ(total, 9000);
    told.push_back(done);
  };
  ASSERT_TRUE(verify({folder(), 2, progress}));
  EXPECT_EQ(told, (std::vector<std::uint64_t>{4096, 8192, 9000}));
}

TEST_F(Verify, GivesTheSameReportWithAnyNumberOfThreads) {
  write(sample_records(9000, stream_count));
  intrude([](Intruder& intruder) {
    for (std::uint64_t i = 0; i < 9000; i += 50) {
      intruder.remove(store::Family::events, store::position_bytes(i));
    }
  });
  const auto places = [&](unsigned threads) {
    const auto report = verify({folder(), threads, nullptr});
    std::vector<std::string> found;
    for (const auto& finding : report->findings) found.push_back(finding.code + finding.place);
    return found;
  };
  EXPECT_EQ(places(1).size(), 100);
  EXPECT_EQ(places(1), places(4));
}

TEST_F(Verify, KeepsAHundredFindingsAndCountsTheOthers) {
  write();
  intrude([](Intruder& intruder) {
    for (std::uint64_t i = 0; i < size; ++i) {
      intruder.put(store::Family::events, store::position_bytes(i), "nothing");
    }
  });
  const auto report = this->report();
  EXPECT_EQ(report.findings.size(), 100);
  EXPECT_GE(report.findings_not_kept, size - 100);
  EXPECT_THAT(report.not_checked, Contains(Remark{Statement::unread_records, {"300"}}));
}

TEST_F(Verify, IsAnErrorWhereThereIsNoLedger) {
  const auto report = verify({folder() / "elsewhere", 1, nullptr});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::not_found);
}

TEST_F(Verify, IsAnErrorForANewerFormat) {
  write();
  intrude([](Intruder& intruder) { intruder.put(store::Family::heads, "ledger", "liggare 3\n"); });
  const auto report = verify({folder(), 1, nullptr});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace liggare::inspect
