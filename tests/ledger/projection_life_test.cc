// Kept rows against rows folded from scratch, event by event.
#include "base/bytes.h"
#include "projection/digest.h"
#include "projection/projector.h"
#include "projections/all.h"
#include "tests/ledger/ledger_fixture.h"

namespace liggare::ledger {
namespace {

using projection::FoldedRows;
using projection::KeptRows;
using projection::Projection;
using projection::Rows;

class ProjectionLife : public LedgerTest {
 protected:
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

TEST_F(ProjectionLife, RebuildsWhatAnotherVersionKept) {
  Projection old = projections::all_projections().front();
  old.version += 1;
  ASSERT_TRUE(kept_->update(old, {}, {}, Rows{{{"places", "ghost"}, "x"}}, {500, {}}));
  ASSERT_TRUE(projection::catch_up(*log_, projections::all_projections(), *kept_, 600));
  expect_kept_equals_folded(600);
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
