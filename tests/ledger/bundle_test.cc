#include "ledger/bundle.h"

#include "audit/bundle_check.h"
#include "ledger/seal.h"
#include "tests/ledger/ledger_fixture.h"

namespace liggare::ledger {
namespace {

class Bundles : public LedgerTest {
 protected:
  void SetUp() override {
    open();
    accept(unit("A"));
    accept(registered("P1"));
    accept(note("n1", "P1", "canary"));
    accept(registered("P2"));
  }

  void seal() {
    const auto sealed = bookkeeper_.seal(*ledger_, "system/liggare");
    ASSERT_TRUE(sealed && *sealed);
  }
  static BundleRequest of(const std::string& participant) {
    return {{domain::StreamKind::participant, participant}, {}, {}};
  }
  Result<Bundle> made(const BundleRequest& request) {
    return make_bundle(*ledger_, *newest_checkpoint(*ledger_), request);
  }
  audit::Outcome outcome(const audit::BundleFiles& files) {
    const audit::Trust trust{{{verifier_keys(*ledger_)->front(), "the test"}}, std::nullopt};
    return audit::check_bundle(files, trust);
  }
  // Why it is refused; "verified" otherwise.
  std::string reason(audit::BundleFiles files) {
    files[std::string(audit::sums_name)] = audit::print_sums(audit::sums_of(files));
    const auto found = outcome(files);
    return found.refusal ? std::string(audit::name_of(found.refusal->reason)) : "verified";
  }

  Bookkeeper bookkeeper_;
};

TEST_F(Bundles, AreVerifiedWithoutTheLedger) {
  seal();
  const auto bundle = made(of("P1"));
  ASSERT_TRUE(bundle) << bundle.error().message;
  EXPECT_EQ(bundle->events, 2U);
  EXPECT_EQ(bundle->after_seal, 0U);
  EXPECT_EQ(outcome(bundle->files).verdict(), audit::Verdict::verified);
}

TEST_F(Bundles, AreVerifiedFromTheirFolder) {
  seal();
  const auto folder = folder_.path() / "P1";
  ASSERT_TRUE(write_bundle(made(of("P1"))->files, folder));
  const audit::Trust trust{{{verifier_keys(*ledger_)->front(), "the test"}}, std::nullopt};
  EXPECT_EQ(audit::check_bundle(folder, trust).verdict(), audit::Verdict::verified);
}

TEST_F(Bundles, NeedASealThatCoversThem) {
  EXPECT_EQ(made(of("P1")).error().code, ErrorCode::not_found);
  seal();
  accept(registered("P3"));
  EXPECT_EQ(made(of("P3")).error().code, ErrorCode::not_found);
  seal();
  EXPECT_TRUE(made(of("P3")));
}

TEST_F(Bundles, SayWhatCameAfterTheSeal) {
  seal();
  accept(note("n2", "P1", "later"));
  const auto bundle = made(of("P1"));
  ASSERT_TRUE(bundle);
  EXPECT_EQ(bundle->events, 3U);
  EXPECT_EQ(bundle->after_seal, 1U);
  EXPECT_EQ(outcome(bundle->files).verdict(), audit::Verdict::verified);
}

TEST_F(Bundles, ShowThatThereIsNoSuchStream) {
  seal();
  BundleRequest absent = of("P9");
  EXPECT_EQ(made(absent).error().code, ErrorCode::not_found);
  absent.expect = BundleRequest::Expect::absence;
  const auto bundle = made(absent);
  ASSERT_TRUE(bundle) << bundle.error().message;
  EXPECT_EQ(outcome(bundle->files).verdict(), audit::Verdict::verified);
  absent.subject.id = "P1";
  EXPECT_EQ(made(absent).error().code, ErrorCode::invalid_argument);
}

TEST_F(Bundles, WithAnEventLeftOutAreIncomplete) {
  seal();
  for (const std::uint64_t position : {std::uint64_t{1}, std::uint64_t{2}}) {
    auto files = made(of("P1"))->files;
    files.erase(audit::leaf_path(position));
    files.erase(audit::proof_path(position));
    std::string& lines = files[std::string(audit::events_name)];
    const auto end = lines.find('\n') + 1;
    lines = position == 1 ? lines.substr(end) : lines.substr(0, end);
    EXPECT_EQ(reason(std::move(files)), "incomplete") << position;
  }
}

TEST_F(Bundles, HoldNoPersonalData) {
  seal();
  const auto bundle = made(of("P1"));
  for (const auto& [name, bytes] : bundle->files) {
    EXPECT_EQ(bytes.find("canary"), std::string::npos) << name;
  }
}

TEST_F(Bundles, OfAFalseSealAreNotMade) {
  ASSERT_TRUE(ledger_->append_own({"seal-false",
                                   domain::EventType::ledger_sealed,
                                   {domain::StreamKind::ledger, "main"},
                                   ledger_->today(),
                                   "system/liggare",
                                   Json::object()
                                       .add("size", 4)
                                       .add("directoryRoot", std::string(64, '0'))
                                       .add("projections", Json::array())
                                       .add("accessSize", 0)
                                       .add("accessRoot", std::string(64, '0'))}));
  EXPECT_EQ(made(of("P1")).error().code, ErrorCode::corrupt);
}

TEST_F(Bundles, AreWrittenToNewFoldersOnly) {
  seal();
  const auto files = made(of("P1"))->files;
  const auto folder = folder_.path() / "out";
  ASSERT_TRUE(write_bundle(files, folder));
  EXPECT_EQ(write_bundle(files, folder).error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(std::filesystem::exists(folder / "SHA256SUMS"));
}

}  // namespace
}  // namespace liggare::ledger
