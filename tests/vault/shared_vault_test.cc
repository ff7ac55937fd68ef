// A vault that several have open: they read and add keys side by side, and whoever takes keys away
// has it alone.
#include <gtest/gtest.h>

#include "tests/vault/vault_fixture.h"

namespace liggare::vault {
namespace {

const std::string p1 = "participant/P1";
constexpr auto health = PersonalClass::health;
const Erasure erasure{"d-1", p1, {health}, {}};

class SharedVault : public VaultFixture {
 protected:
  // As another process has it: locks tell two openings in one process apart as well.
  std::unique_ptr<Vault> another() {
    auto opened = Vault::open(path_, key());
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? *std::move(opened) : nullptr;
  }
  ErrorCode refusal_to_open() { return code_of(Vault::open(path_, key())); }
};

TEST_F(SharedVault, OpensWhatAnotherHasSealedSince) {
  const auto other = another();
  const Sealed sealed = seal(p1, health);
  EXPECT_EQ(state_of(*other, sealed), "open");
}

TEST_F(SharedVault, MakesOneKeyForAName) {
  const auto other = another();
  const ClassKeyName name{p1, health};
  const auto first = vault_->ensure_keys({&name, 1});
  const auto second = other->ensure_keys({&name, 1});
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
}

TEST_F(SharedVault, IsFoundInByNumbersThatAnotherHasAdded) {
  const auto other = another();
  seal_number(p1, "191212121212");
  EXPECT_EQ(other->find_number("191212121212").value(), std::vector<std::string>{p1});
}

TEST_F(SharedVault, LosesNoKeyWhileAnotherHasItOpen) {
  const Sealed sealed = seal(p1, health);
  auto other = another();
  EXPECT_EQ(state_of(*other, sealed), "open");
  EXPECT_EQ(code_of(vault_->begin_erasure(erasure)), ErrorCode::busy);
  EXPECT_EQ(code_of(vault_->begin_again(erasure)), ErrorCode::busy);
  EXPECT_FALSE(vault_->is_fenced(p1, health));
  EXPECT_EQ(code_of(vault_->rotate({random_key()})), ErrorCode::busy);
  EXPECT_EQ(state_of(*other, sealed), "open");
  other.reset();
  erase(erasure);
  EXPECT_EQ(state(sealed), "not-found");
}

TEST_F(SharedVault, IsOpenedByNobodyFromIntentToEnd) {
  const Sealed sealed = seal(p1, health);
  ASSERT_TRUE(vault_->begin_erasure(erasure));
  EXPECT_EQ(refusal_to_open(), ErrorCode::busy);
  ASSERT_TRUE(vault_->destroy(erasure));
  EXPECT_EQ(refusal_to_open(), ErrorCode::busy);
  ASSERT_TRUE(vault_->finish_erasure(erasure.decision));
  EXPECT_EQ(state_of(*another(), sealed), "not-found");
}

TEST_F(SharedVault, TellsOfAFenceThatWasPutUpAgain) {
  const Sealed sealed = seal(p1, health);
  ASSERT_TRUE(vault_->begin_again(erasure));
  const auto other = another();
  EXPECT_EQ(state_of(*other, sealed), "fenced");
  // Nor is it destroyed under whoever has it open.
  EXPECT_EQ(code_of(vault_->destroy(erasure)), ErrorCode::busy);
}

TEST_F(SharedVault, IsCopiedAndCheckedAlone) {
  auto other = another();
  EXPECT_EQ(code_of(vault_->check()), ErrorCode::busy);
  const BackupOrder order{.folder = folder_.path() / "copy",
                          .made = *Day::from_date(2026, 1, 1),
                          .expires = *Day::from_date(2026, 2, 1),
                          .label = "test"};
  EXPECT_EQ(code_of(vault_->back_up(order)), ErrorCode::busy);
  other.reset();
  EXPECT_TRUE(vault_->back_up(order));
  expect_sound();
}

}  // namespace
}  // namespace liggare::vault
