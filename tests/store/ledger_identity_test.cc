#include "store/ledger_identity.h"

#include <gtest/gtest.h>

namespace liggare::store {
namespace {

TEST(LedgerIdentity, IsThreeLinesOfText) {
  const auto text = write_identity({"ledger.example.org/town", HeadMode::strict});
  EXPECT_EQ(*text, "liggare 2\norigin ledger.example.org/town\nhead strict\n");
}

TEST(LedgerIdentity, ReadsBackAsItWasWritten) {
  for (const auto mode : {HeadMode::floor, HeadMode::strict}) {
    for (const auto layout : {TreeLayout::every_node, TreeLayout::leaf_tiles}) {
      const LedgerIdentity identity{"origin with spaces", mode, layout};
      EXPECT_EQ(*read_identity(*write_identity(identity)), identity);
    }
  }
}

TEST(LedgerIdentity, OfTheFirstFormatHasEveryNodeStored) {
  EXPECT_EQ(read_identity("liggare 1\norigin a\nhead floor\n")->tree_layout,
            TreeLayout::every_node);
}

TEST(LedgerIdentity, RefusesAnOriginThatWouldBreakTheLines) {
  for (const auto* origin : {"", "a\nb", "a\x7f"}) {
    EXPECT_EQ(write_identity({origin, HeadMode::floor}).error().code, ErrorCode::invalid_argument);
  }
}

TEST(LedgerIdentity, OfANewerFormatIsUnsupported) {
  EXPECT_EQ(read_identity("liggare 3\nwhatever that has").error().code, ErrorCode::unsupported);
}

TEST(LedgerIdentity, ThatIsNotExactlyOursIsCorrupt) {
  for (const auto* text :
       {"", "liggare 1\n", "liggare x\norigin a\nhead floor\n", "liggare 0\norigin a\nhead floor\n",
        "liggare 1\norigin a\nhead roof\n", "liggare 1\norigin a\nhead floor\nmore\n",
        "liggare 1\norigin a\nhead floor"}) {
    EXPECT_EQ(read_identity(text).error().code, ErrorCode::corrupt) << text;
  }
}

}  // namespace
}  // namespace liggare::store
