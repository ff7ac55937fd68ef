// The verifier holds nothing of the store, the vault or their databases.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/temporary_folder.h"

namespace liggare::tools {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Linkage, OfTheVerifierHasNoStoreAndNoVault) {
  const std::string program = test::read_bytes(LIGGARE_VERIFY);
  // Symbols and needed libraries stand in the file as they are.
  EXPECT_THAT(program, HasSubstr("libsodium"));
  EXPECT_THAT(program, HasSubstr("check_bundle"));
  for (const char* word : {"librocksdb", "libsqlite3", "rocksdb", "sqlite3", "N7liggare5store",
                           "N7liggare5vault", "N7liggare6ledger"}) {
    EXPECT_THAT(program, Not(HasSubstr(word))) << word;
  }
}

}  // namespace
}  // namespace liggare::tools
