// Kept rows against rows folded from scratch, event by event.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "base/bytes.h"
#include "projection/digest.h"
#include "projection/kept_layout.h"
#include "projection/projector.h"
#include "projection/rebuild.h"
#include "projections/all.h"
#include "projections/places.h"
#include "tests/ledger/ledger_fixture.h"
#include "tests/support/full_disk.h"

namespace liggare::ledger {
namespace {

using projection::FoldedRows;
using projection::KeptRows;
using projection::Projection;
using projection::Rows;

class ProjectionLife : public LedgerTest {
 protected:
  // A small part of what the records take.
  static constexpr std::size_t little = 32 << 10U;

  void SetUp() override {
    open();
    ASSERT_TRUE(ledger_->import(
        std::string(LIGGARE_SOURCE_DIR) + "/tests/conformance/random-7/events.ndjson.gz", {}));
    close();
    auto log = store::EventLog::open({folders_.ledger, store::Access::read_only, nullptr});
    ASSERT_TRUE(log);
    log_ = *std::move(log);
    open_kept();
  }

  void open_kept() {
    kept_.reset();
    auto kept = KeptRows::open(folder_.path() / "kept", store::Access::write);
    ASSERT_TRUE(kept);
    kept_ = *std::move(kept);
  }

  Rows kept_rows(std::uint64_t size) {
    Rows all;
    for (const Projection& projection : projections::all_projections()) {
      const auto state = kept_->state(projection);
      EXPECT_TRUE(state && *state);
      EXPECT_EQ((*state)->position, size);
      auto rows = kept_->read(projection, **state);
      EXPECT_TRUE(rows);
      all.merge(*rows);
    }
    return all;
  }

  void expect_kept_equals_folded(std::uint64_t size) {
    const auto folded = FoldedRows::fold(*log_, projections::all_projections(), size);
    ASSERT_TRUE(folded);
    ASSERT_EQ(kept_rows(size), folded->rows()) << "at size " << size;
  }

  std::unique_ptr<store::EventLog> log_;
  std::unique_ptr<KeptRows> kept_;
};

// Kept rows that are behind have changes laid over them, in each half its own.
TEST_F(ProjectionLife, HalvesOfATableAreTheTable) {
  const auto projections = projections::all_projections();
  const std::uint64_t size = log_->head().tree_size;
  ASSERT_TRUE(projection::catch_up(*log_, projections, *kept_, size - size / 5));
  const auto source = projection::source_at_now(*log_, projections, kept_.get(), size);
  ASSERT_TRUE(source);
  using Found = std::vector<std::pair<std::string, std::string>>;
  const auto into = [](Found& rows) {
    return [&rows](std::string_view key, std::string_view row) { rows.emplace_back(key, row); };
  };
  std::size_t in_two = 0;
  for (const Projection& projection : projections) {
    for (const auto& table : projection.tables) {
      Found whole;
      Found first;
      Found second;
      ASSERT_TRUE((*source)->scan(table.name, into(whole)));
      ASSERT_TRUE((*source)->scan_in_halves(table.name, into(first), into(second)));
      if (!first.empty() && !second.empty()) ++in_two;
      first.insert(first.end(), second.begin(), second.end());
      EXPECT_EQ(first, whole) << table.name;
    }
  }
  if ((*source)->threads() > 1) {
    EXPECT_GT(in_two, 5U);
  }
}

// In whichever half it lies.
TEST_F(ProjectionLife, ADamagedRowIsFoundByWhoReadsTheHalves) {
  const auto projections = projections::all_projections();
  const std::uint64_t size = log_->head().tree_size;
  ASSERT_TRUE(projection::catch_up(*log_, projections, *kept_, size));
  const auto find = [&](std::string_view name) {
    return *std::ranges::find(projections, name, &Projection::name);
  };
  const Projection enrolments = find("enrolments");
  const auto prefix =
      projection::kept_layout::rows_prefix((*kept_->state(enrolments))->build, enrolments.name) +
      "enrolments" + '\0';
  kept_.reset();
  std::vector<std::pair<std::string, std::string>> rows;
  const auto open_store = [&] {
    return std::move(*store::RowStore::open(folder_.path() / "kept", store::Access::write));
  };
  ASSERT_TRUE(open_store()->scan(prefix, [&](std::string_view key, std::string_view row) {
    rows.emplace_back(key, row);
    return Result<void>();
  }));
  ASSERT_GT(rows.size(), 10U);
  const auto read = [&](const std::vector<store::RowChange>& changes) {
    EXPECT_TRUE(open_store()->apply(changes));
    open_kept();
    const auto source = projection::source_at_now(*log_, projections, kept_.get(), size);
    const auto ignore = [](std::string_view, std::string_view) {};
    const bool is_whole = (*source)->scan_in_halves("enrolments", ignore, ignore).has_value();
    kept_.reset();
    return is_whole;
  };
  EXPECT_TRUE(read({}));
  for (const auto& [key, row] : {rows.front(), rows.back()}) {
    EXPECT_FALSE(read({{key, row + "x"}}));
    EXPECT_FALSE(read({{key, std::nullopt}}));
    EXPECT_TRUE(read({{key, row}}));
  }
}

TEST_F(ProjectionLife, KeptRowsEqualFoldedRowsAtEveryPrefix) {
  const std::uint64_t size = log_->head().tree_size;
  ASSERT_GT(size, 1'000U);
  for (std::uint64_t at = 1; at <= size; ++at) {
    ASSERT_TRUE(projection::catch_up(*log_, projections::all_projections(), *kept_, at));
    if (at % 11 == 0 || at == size) expect_kept_equals_folded(at);
  }
}

TEST_F(ProjectionLife, CatchesUpOverManyEventsAsOverOne) {
  for (const std::uint64_t at : {10U, 300U, 1'100U}) {
    ASSERT_TRUE(projection::catch_up(*log_, projections::all_projections(), *kept_, at));
    expect_kept_equals_folded(at);
    open_kept();
  }
}

TEST_F(ProjectionLife, RebuildsWhatAnotherVersionKeptAndSaysSo) {
  const auto& all = projections::all_projections();
  std::vector<Projection> older = all;
  older.front().version -= 1;
  ASSERT_TRUE(projection::rebuild(*log_, older, *kept_, {600, {}}));
  testing::internal::CaptureStderr();
  ASSERT_TRUE(projection::catch_up(*log_, all, *kept_, 600));
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_NE(said.find("projection places was kept in version 1; it is rebuilt in version 2"),
            std::string::npos)
      << said;
  expect_kept_equals_folded(600);
  // What it replaced is kept until it is confirmed.
  EXPECT_EQ(kept_->previous(all.front()).value()->version, older.front().version);
  EXPECT_FALSE(kept_->previous(all.back()).value());
}

TEST_F(ProjectionLife, ARebuildDiffersInNothingFromWhatItReplaces) {
  const auto& all = projections::all_projections();
  ASSERT_TRUE(projection::catch_up(*log_, all, *kept_, 700));
  const auto rebuilt = projection::rebuild(*log_, all, *kept_, {900, {}});
  ASSERT_TRUE(rebuilt);
  ASSERT_EQ(rebuilt->size(), all.size());
  for (const auto& each : *rebuilt) {
    EXPECT_EQ(each.position, 900U);
    EXPECT_EQ(each.difference, projection::RowCounts()) << each.name;
  }
  expect_kept_equals_folded(900);
}

TEST_F(ProjectionLife, ARebuildCountsWhatHadDrifted) {
  const Projection& projection = projections::all_projections().front();
  ASSERT_TRUE(projection::rebuild(*log_, {&projection, 1}, *kept_, {900, {}}));
  const auto state = kept_->state(projection).value();
  const Rows rows = kept_->read(projection, *state).value();
  ASSERT_GE(rows.size(), 3U);
  const auto& [gone, gone_row] = *rows.begin();
  const auto& [changed, changed_row] = *std::next(rows.begin());
  ASSERT_TRUE(kept_->update(projection, *state, {{gone, gone_row}, {changed, changed_row}},
                            {{changed, changed_row + "x"}, {{"places", "\x7fghost"}, "y"}},
                            {900, state->root}));
  const auto rebuilt = projection::rebuild(*log_, {&projection, 1}, *kept_, {900, {}});
  ASSERT_TRUE(rebuilt);
  EXPECT_EQ(rebuilt->front().difference, (projection::RowCounts{1, 1, 1}));
}

TEST_F(ProjectionLife, WhatWasReplacedComesBackUntilItIsConfirmed) {
  const Projection& projection = projections::all_projections().front();
  const auto build = [&] { return kept_->state(projection).value()->build; };
  ASSERT_TRUE(projection::rebuild(*log_, {&projection, 1}, *kept_, {900, {}}));
  const std::uint64_t first = build();
  EXPECT_FALSE(kept_->confirm(projection).value());
  EXPECT_FALSE(kept_->revert(projection).value());
  ASSERT_TRUE(projection::rebuild(*log_, {&projection, 1}, *kept_, {900, {}}));
  EXPECT_NE(build(), first);
  open_kept();  // Opening for writing sweeps only what nothing refers to.
  EXPECT_TRUE(kept_->revert(projection).value());
  EXPECT_EQ(build(), first);
  EXPECT_TRUE(kept_->read(projection, *kept_->state(projection).value()));
  ASSERT_TRUE(projection::rebuild(*log_, {&projection, 1}, *kept_, {900, {}}));
  EXPECT_TRUE(kept_->confirm(projection).value());
  EXPECT_FALSE(kept_->revert(projection).value());
}

TEST_F(ProjectionLife, AShadowNeverShowsBeforeTheSwitch) {
  const auto& all = projections::all_projections();
  ASSERT_TRUE(projection::catch_up(*log_, all, *kept_, 900));
  auto shadow = kept_->begin_shadow(all, projection::head_at(*log_, 900).value());
  ASSERT_TRUE(shadow);
  std::vector<projection::RowPile> ghosts(1);
  projections::PlaceRow ghost;
  ghost.place = "ghost";
  ghosts.front().put(ghost);
  ghosts.front().sort();
  ASSERT_TRUE(kept_->extend_shadow(*shadow, all, ghosts, "place/a"));
  open_kept();
  EXPECT_EQ(kept_->shadow().value()->done_through, "place/a");
  expect_kept_equals_folded(900);
}

TEST_F(ProjectionLife, OnlyOneProcessWritesKeptRows) {
  const auto second = KeptRows::open(folder_.path() / "kept", store::Access::write);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::busy);
  EXPECT_TRUE(KeptRows::open(folder_.path() / "kept", store::Access::read_only) ||
              !kept_->state(projections::all_projections().front()).value());
}

// A rebuild that goes on where another stopped folds only the rest: what stands in the shadow is
// taken as it is.
TEST_F(ProjectionLife, ARebuildGoesOnWhereItWasInterrupted) {
  const auto& all = projections::all_projections();
  const auto head = projection::head_at(*log_, 900).value();
  auto shadow = kept_->begin_shadow(all, head);
  ASSERT_TRUE(kept_->extend_shadow(*shadow, all, {}, "participant/zzz"));
  const auto rebuilt = projection::rebuild(*log_, all, *kept_, {900, {}});
  ASSERT_TRUE(rebuilt);
  const auto rows_of = [&](std::string_view name) {
    for (const auto& each : *rebuilt) {
      if (each.name == name) return each.rows;
    }
    return std::uint64_t{0};
  };
  EXPECT_EQ(rows_of("consents"), 0U);  // participant/… had been passed.
  EXPECT_GT(rows_of("places"), 0U);    // place/… had not.
  // Of another history, or of other versions, it begins anew.
  shadow = kept_->begin_shadow(all, {900, Hash{}});
  ASSERT_TRUE(kept_->extend_shadow(*shadow, all, {}, "zzz"));
  ASSERT_TRUE(projection::rebuild(*log_, all, *kept_, {900, {}}));
  expect_kept_equals_folded(900);
}

// Once all streams are folded, a rebuild takes in what came meanwhile, one projection after the
// other. Interrupted there, its builds stand at several positions.
TEST_F(ProjectionLife, ARebuildInterruptedWhileItCatchesUpEndsRight) {
  const auto& all = projections::all_projections();
  const auto interrupted = []() -> Result<std::uint64_t> { return fail(ErrorCode::io, "killed"); };
  for (const std::uint64_t size : {900U, 600U}) {  // Further than what was taken in, or less far.
    for (const Projection& ahead : {all.front(), all.back()}) {
      for (const Projection& projection : all) {
        ASSERT_TRUE(kept_->confirm(projection));
      }
      ASSERT_FALSE(projection::rebuild(*log_, all, *kept_, {300, {}, interrupted}));
      const auto shadow = *kept_->shadow().value();
      ASSERT_EQ(shadow.head.tree_size, 300U);
      auto state = kept_->shadow_state(shadow, ahead);
      ASSERT_TRUE(projection::advance(*log_, {&ahead, 1}, {*state}, *kept_, 700));
      ASSERT_TRUE(projection::rebuild(*log_, all, *kept_, {size, {}}));
      expect_kept_equals_folded(size);
    }
  }
}

// With little memory it takes the streams some at a time, and has the rest wait in a file.
TEST_F(ProjectionLife, ARebuildInManyRoundsIsTheSame) {
  const std::uint64_t size = log_->head().tree_size;
  std::vector<std::uint64_t> told;
  const auto progress = [&](std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(total, size);
    told.push_back(done);
  };
  const auto rebuilt = projection::rebuild(*log_, projections::all_projections(), *kept_,
                                           {size, progress, {}, little});
  ASSERT_TRUE(rebuilt);
  expect_kept_equals_folded(size);
  EXPECT_GT(told.size(), 10U);
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_EQ(told.back(), size);
}

// What was kept stays, and the next rebuild needs no more than room.
TEST_F(ProjectionLife, ARebuildThatFindsTheDiskFullLeavesWhatWasKept) {
  const auto& all = projections::all_projections();
  const std::uint64_t size = log_->head().tree_size;
  ASSERT_TRUE(projection::catch_up(*log_, all, *kept_, size));
  open_kept();
  const projection::RebuildOptions options{size, {}, {}, little};
  {
    const test::FullDisk full(128 << 10U);
    const auto rebuilt = projection::rebuild(*log_, all, *kept_, options);
    ASSERT_FALSE(rebuilt);
    EXPECT_EQ(rebuilt.error().code, ErrorCode::io);
    EXPECT_NE(rebuilt.error().message.find("can't put bytes aside"), std::string::npos)
        << rebuilt.error().message;
  }
  expect_kept_equals_folded(size);
  ASSERT_TRUE(projection::rebuild(*log_, all, *kept_, options));
  expect_kept_equals_folded(size);
}

// Killed at any moment, the rebuild leaves what was kept, and the next one ends right.
TEST_F(ProjectionLife, ARebuildMayBeKilledAtAnyMoment) {
  const auto& all = projections::all_projections();
  const std::uint64_t size = log_->head().tree_size;
  ASSERT_TRUE(projection::catch_up(*log_, all, *kept_, size));
  kept_.reset();
  std::mt19937 random(20261124);
  int killed = 0;
  for (int round = 0; round < 50; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      auto kept = KeptRows::open(folder_.path() / "kept", store::Access::write);
      projection::RebuildOptions options{size, {}};
      if (round % 2 == 0) options.bytes_max = little;
      const bool done = kept && projection::rebuild(*log_, all, **kept, options);
      ::_exit(done ? 0 : 1);
    }
    ::usleep(static_cast<useconds_t>(random() % 60'000));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) ++killed;
    open_kept();
    ASSERT_NO_FATAL_FAILURE(expect_kept_equals_folded(size)) << "round " << round;
    kept_.reset();
  }
  EXPECT_GT(killed, 10);
  open_kept();
  const auto rebuilt = projection::rebuild(*log_, all, *kept_, {size, {}});
  ASSERT_TRUE(rebuilt);
  expect_kept_equals_folded(size);
}

TEST_F(ProjectionLife, DigestsEqualRowsAlikeAndDifferentOnesApart) {
  const Projection& projection = projections::all_projections().front();
  const auto rows_at = [&](std::uint64_t size) {
    return FoldedRows::fold(*log_, projections::all_projections(), size)->rows();
  };
  const std::uint64_t size = log_->head().tree_size;
  Rows rows = rows_at(size);
  EXPECT_EQ(projection::digest_of(projection, rows),
            projection::digest_of(projection, rows_at(size)));
  rows.erase(rows.lower_bound({"places", ""}));
  EXPECT_NE(projection::digest_of(projection, rows),
            projection::digest_of(projection, rows_at(size)));
}

}  // namespace
}  // namespace liggare::ledger
