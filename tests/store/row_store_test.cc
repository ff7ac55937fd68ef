#include "store/row_store.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/store/sample_ledger.h"

namespace liggare::store {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

class RowStoreTest : public ::testing::Test {
 protected:
  using Rows = std::vector<std::pair<std::string, std::string>>;

  std::filesystem::path folder() const { return temporary_.path() / "projections"; }
  std::unique_ptr<RowStore> open(Access access = Access::write) const {
    return std::move(*RowStore::open(folder(), access));
  }
  static Rows rows(const RowStore& store, std::string_view prefix) {
    Rows found;
    EXPECT_TRUE(store.scan(prefix, [&](std::string_view key, std::string_view value) {
      found.emplace_back(key, value);
      return Result<void>();
    }));
    return found;
  }
  static void apply(RowStore& store, const std::vector<RowChange>& changes) {
    ASSERT_TRUE(store.apply(changes));
  }

 private:
  TemporaryFolder temporary_;
};

TEST_F(RowStoreTest, GivesBackTheRowsThatWereApplied) {
  const auto store = open();
  apply(*store, {{"a", "1"}, {"b", "2"}});
  apply(*store, {{"a", std::nullopt}, {"c", "3"}});
  EXPECT_EQ(*store->get("b"), "2");
  EXPECT_EQ(*store->get("a"), std::nullopt);
  EXPECT_THAT(rows(*store, ""), ElementsAre(Pair("b", "2"), Pair("c", "3")));
}

TEST_F(RowStoreTest, ScansThePrefixAndNothingElse) {
  const auto store = open();
  apply(*store, {{"p", "0"}, {"p/1", "1"}, {"p/2", "2"}, {"q", "3"}, {"\xff", "4"}});
  EXPECT_THAT(rows(*store, "p/"), ElementsAre(Pair("p/1", "1"), Pair("p/2", "2")));
  EXPECT_THAT(rows(*store, "\xff"), ElementsAre(Pair("\xff", "4")));
}

TEST_F(RowStoreTest, HalvesWhatHasAPrefixBetweenItsFirstAndItsLast) {
  const auto store = open();
  apply(*store,
        {{"o", "0"}, {"p/10", "1"}, {"p/11", "2"}, {"p/18", "3"}, {"p/19", "4"}, {"q", ""}});
  const std::string middle = *store->middle("p/");
  EXPECT_GT(middle, "p/11");
  EXPECT_LT(middle, "p/18");
  EXPECT_EQ(*store->middle("q"), "q");    // One row.
  EXPECT_EQ(*store->middle("p0"), "p0");  // None.
  Rows found;
  ASSERT_TRUE(store->scan(middle, "q", [&](std::string_view key, std::string_view value) {
    found.emplace_back(key, value);
    return Result<void>();
  }));
  EXPECT_THAT(found, ElementsAre(Pair("p/18", "3"), Pair("p/19", "4")));
}

TEST_F(RowStoreTest, TakesInTableFilesInPlaceOfWhatHasTheirKeys) {
  {
    const auto store = open();
    apply(*store, {{"a", "old"}, {"c", "kept"}});
    const auto first = store->write_table("first", [](const RowPut& put) {
      put("a", "1");
      put("b", "2");
    });
    const auto second = store->write_table("second", [](const RowPut& put) { put("d", "3"); });
    ASSERT_TRUE(first && *first && second && *second);
    EXPECT_THAT(rows(*store, ""), ElementsAre(Pair("a", "old"), Pair("c", "kept")));
    ASSERT_TRUE(store->take_tables({**first, **second}));
    EXPECT_FALSE(std::filesystem::exists(**first));
    apply(*store, {{"d", "4"}});
  }
  EXPECT_THAT(rows(*open(), ""),
              ElementsAre(Pair("a", "1"), Pair("b", "2"), Pair("c", "kept"), Pair("d", "4")));
}

// A cut after a table was taken in, before its first name was gone for good.
TEST_F(RowStoreTest, WritesNoTableFileIntoOneThatWasTakenIn) {
  {
    const auto store = open();
    const auto first = store->write_table("first", [](const RowPut& put) { put("a", "1"); });
    ASSERT_TRUE(first && *first && store->take_tables({**first}));
    for (const auto& each : std::filesystem::directory_iterator(folder())) {
      if (each.path().extension() != ".sst") continue;
      std::filesystem::create_hard_link(each.path(), **first);
    }
    ASSERT_TRUE(std::filesystem::exists(**first));
    ASSERT_TRUE(store->write_table("first", [](const RowPut& put) { put("b", "2"); }));
  }
  EXPECT_THAT(rows(*open(), ""), ElementsAre(Pair("a", "1")));
}

TEST_F(RowStoreTest, MakesNoTableFileOfNoRowsNorOfRowsOutOfOrder) {
  const auto store = open();
  EXPECT_EQ(*store->write_table("none", [](const RowPut&) {}), std::nullopt);
  EXPECT_FALSE(store->write_table("turned", [](const RowPut& put) {
    put("b", "1");
    put("a", "2");
  }));
}

TEST_F(RowStoreTest, StopsAtTheReadersError) {
  const auto store = open();
  apply(*store, {{"a", "1"}, {"b", "2"}});
  const auto stop = [](std::string_view, std::string_view) -> Result<void> {
    return fail(ErrorCode::busy, "enough");
  };
  EXPECT_EQ(store->scan("", stop).error().message, "enough");
}

TEST_F(RowStoreTest, KeepsItsRowsWhenItIsClosed) {
  apply(*open(), {{"a", "1"}});
  EXPECT_EQ(*open()->get("a"), "1");
}

TEST_F(RowStoreTest, IsReadBesideItsWriter) {
  const auto writer = open();
  apply(*writer, {{"a", "1"}});
  const auto reader = open(Access::read_only);
  apply(*writer, {{"a", "2"}});
  EXPECT_EQ(*reader->get("a"), "1");
  EXPECT_EQ(*open(Access::read_only)->get("a"), "2");
}

TEST_F(RowStoreTest, IsNotFoundForReadingWhereThereIsNone) {
  EXPECT_EQ(RowStore::open(folder(), Access::read_only).error().code, ErrorCode::not_found);
  EXPECT_FALSE(std::filesystem::exists(folder()));
}

TEST_F(RowStoreTest, ThatIsDamagedIsAnErrorUntilItIsDestroyed) {
  apply(*open(), {{"a", "1"}});
  std::ofstream(folder() / "CURRENT") << "nonsense\n";
  EXPECT_FALSE(RowStore::open(folder(), Access::write));
  EXPECT_FALSE(RowStore::open(folder(), Access::read_only));
  ASSERT_TRUE(RowStore::destroy(folder()));
  EXPECT_THAT(rows(*open(), ""), ElementsAre());
}

}  // namespace
}  // namespace liggare::store
