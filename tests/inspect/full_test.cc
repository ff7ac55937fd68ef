// verify --full: the rules, changes of the key, kept rows.
#include <fmt/format.h>

#include "base/bytes.h"
#include "merkle/key_rotation.h"
#include "projection/projector.h"
#include "tests/inspect/full_ledger.h"

namespace liggare::inspect {
namespace {

using domain::StreamKind;
using domain::Subject;
using projection::KeptRows;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::Not;

const std::string origin = "ledger.example.org/town";

class Full : public FullLedger {};

TEST_F(Full, HasNoFindingsInAWholeLedger) {
  const std::uint64_t events = scribe().size();
  const auto report = full_report();
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_THAT(report.checked, Contains(Remark{Statement::rules, {std::to_string(events)}}));
  EXPECT_THAT(report.checked, Contains(Remark{Statement::seals, {"0"}}));
  EXPECT_THAT(report.not_checked, Not(Contains(Says(Statement::rules_not_asked))));
}

TEST_F(Full, HasNoFindingsInManyHistories) {
  full_report();
  for (std::uint64_t seed = 100; seed < 120; ++seed) {
    std::filesystem::remove_all(folder());
    create();
    Scribe(open()).add_all(test::random_history(seed).ledger.events());
    EXPECT_THAT(report(in_full()).findings, IsEmpty()) << "seed " << seed;
  }
}

TEST_F(Full, ChecksNothingInAnEmptyLedger) {
  full_report();
  std::filesystem::remove_all(folder());
  create();
  EXPECT_THAT(report(in_full()).findings, IsEmpty());
}

TEST_F(Full, FindsWhatTheRulesRefuse) {
  const std::uint64_t position =
      scribe().add(event_of("x1", {StreamKind::unit, "new"}, domain::UnitRenamed{"New"}));
  const auto report = full_report();
  ASSERT_THAT(report.findings,
              ElementsAre(Located("rule-broken", fmt::format("event {} of unit/new", position))));
  EXPECT_EQ(report.findings.front().found, "unknown-reference: unit/new");
}

TEST_F(Full, FindsItOnAParticipant) {
  const std::uint64_t position = scribe().add(
      event_of("x1", {StreamKind::participant, "new"}, domain::ConsentWithdrawn{"C1"}));
  EXPECT_THAT(
      full_report().findings,
      ElementsAre(Located("rule-broken", fmt::format("event {} of participant/new", position))));
}

TEST_F(Full, FindsAReferenceToWhatCameLater) {
  domain::UnitRegistered unit;
  unit.name = "A";
  unit.kind = domain::UnitKind::team;
  unit.parent = "parent";
  const std::uint64_t position = scribe().add(event_of("x1", {StreamKind::unit, "child"}, unit));
  unit.parent.reset();
  scribe().add(event_of("x2", {StreamKind::unit, "parent"}, unit));
  EXPECT_THAT(full_report().findings,
              ElementsAre(Located("rule-broken", fmt::format("event {} of unit/child", position))));
}

TEST_F(Full, FindsAnEventThatLiesAhead) {
  domain::UnitRegistered unit;
  unit.name = "A";
  unit.kind = domain::UnitKind::team;
  domain::Event event = event_of("x1", {StreamKind::unit, "ahead"}, unit);
  event.effective = scribe().last_recorded().ledger_day().plus_days(1);
  const bool may = domain::may_lie_ahead(StreamKind::unit);
  scribe().add(event);
  domain::Event registered =
      event_of("x2", {StreamKind::participant, "ahead"}, domain::ParticipantRegistered{});
  registered.effective = scribe().last_recorded().ledger_day().plus_days(1);
  const std::uint64_t position = scribe().add(registered);
  const auto found = full_report().findings;
  EXPECT_EQ(found.size(), may ? 1 : 2);
  EXPECT_THAT(found, Contains(Located("rule-broken",
                                      fmt::format("event {} of participant/ahead", position))));
}

// Reading refuses it, and the rules take it for granted.
TEST_F(Full, FindsATypeOnAStreamThatIsNotItsHome) {
  const std::uint64_t position =
      scribe().add(event_of("x1", {StreamKind::ladder, "new"}, domain::UnitRenamed{"New"}));
  EXPECT_THAT(full_report().findings,
              ElementsAre(Located("rule-broken", fmt::format("event {} of ladder/new", position))));
}

// The rules of ladders count on ladders alone.
TEST_F(Full, JudgesWhatStandsBesideAnEventThatIsNotAtHome) {
  const Subject ladder{StreamKind::ladder, "new"};
  const std::uint64_t position = scribe().add(event_of("x1", ladder, domain::UnitRenamed{"New"}));
  domain::LadderPublished published;
  published.ladder_version = 1;
  scribe().add(event_of("x2", ladder, published));
  published.ladder_version = 2;
  scribe().add(event_of("x3", ladder, published));
  EXPECT_THAT(full_report().findings,
              ElementsAre(Located("rule-broken", fmt::format("event {} of ladder/new", position))));
}

// Both types are taken on any participant, so that nothing else clashes.
TEST_F(Full, FindsACorrectionWithDataOfAnotherType) {
  const Subject participant{StreamKind::participant, "fresh"};
  scribe().add(event_of("x1", participant, domain::ParticipantRegistered{}));
  scribe().add(event_of("x2", participant, domain::NoteRecorded{}));
  domain::EventCorrected correction;
  correction.target = "x2";
  correction.reason = "wrong";
  correction.data.payload =
      std::make_shared<const domain::AnyPayload>(domain::AnyPayload{domain::ProtectionSet{}});
  const std::uint64_t position = scribe().add(event_of("x3", participant, correction));
  EXPECT_THAT(
      full_report().findings,
      ElementsAre(Located("rule-broken", fmt::format("event {} of participant/fresh", position))));
}

TEST_F(Full, JudgesTheLedgersOwnEventsToo) {
  domain::ReportPublished published;
  published.report = "places";
  published.parameters = "{}";
  published.digest = std::string(64, '0');
  const Subject edition{StreamKind::edition, "e1"};
  scribe().add(event_of("x1", edition, published));
  const std::uint64_t position = scribe().add(event_of("x2", edition, published));
  EXPECT_THAT(full_report().findings,
              ElementsAre(Located("rule-broken", fmt::format("event {} of edition/e1", position))));
}

TEST_F(Full, SaysThatItDoesNotLookAtADamagedLog) {
  scribe().add(event_of("x1", {StreamKind::unit, "new"}, domain::UnitRenamed{"New"}));
  const std::string position = store::position_bytes(0);
  full_report();
  intrude([&](Intruder& intruder) {
    std::string bytes = intruder.get(store::Family::events, position);
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    intruder.put(store::Family::events, position, bytes);
  });
  const auto report = this->report(in_full());
  EXPECT_THAT(report.findings, Each(Field(&Finding::code, Not("rule-broken"))));
  EXPECT_THAT(report.not_checked, Contains(Says(Statement::log_damaged)));
}

// A checkpoint of another history says nothing against the log at hand being of one piece.
TEST_F(Full, LooksAtALogThatACheckpointDiffersFrom) {
  scribe().add(event_of("x1", {StreamKind::unit, "new"}, domain::UnitRenamed{"New"}));
  const auto key = signing_key(origin);
  auto options = in_full();
  options.key = TrustedKey{key.verifier(), {Statement::key_given}};
  options.checkpoints = {{"other", signed_head({3, sha256({"other"})}, origin, key)}};
  const auto found = full_report(options).findings;
  EXPECT_THAT(found, Contains(Located("checkpoint-differs", "checkpoint at 3 events")));
  EXPECT_THAT(found, Contains(Field(&Finding::code, "rule-broken")));
}

TEST_F(Full, TellsItsProgressPhaseByPhase) {
  std::map<Phase, std::uint64_t> last;
  std::map<Phase, std::uint64_t> totals;
  auto options = in_full();
  options.progress = [&](Phase phase, std::uint64_t done, std::uint64_t total) {
    EXPECT_GE(done, last[phase]);
    last[phase] = done;
    totals[phase] = total;
  };
  domain::LedgerSealed sealed;
  scribe().add_own(sealed);
  full_report(options);
  for (const Phase phase : {Phase::events, Phase::rules, Phase::seals}) {
    EXPECT_GT(totals[phase], 0);
    EXPECT_EQ(last[phase], totals[phase]);
  }
}

class KeyChange : public FullLedger {
 protected:
  domain::LedgerKeyRotated rotation(char from, char to) {
    const auto old_key = signing_key(origin, from);
    const auto new_key = signing_key(origin, to);
    const merkle::TreeHead head = scribe().log().head();
    const std::string message =
        merkle::rotation_message(old_key.verifier(), new_key.verifier(), head);
    domain::LedgerKeyRotated rotated;
    rotated.old_vkey = old_key.verifier().text();
    rotated.new_vkey = new_key.verifier().text();
    rotated.size = static_cast<std::int64_t>(head.tree_size);
    rotated.root = to_hex(head.root_hash.view());
    rotated.old_signature = to_base64(old_key.sign(message));
    rotated.new_signature = to_base64(new_key.sign(message));
    return rotated;
  }
  // What is found at the last of them.
  void expect_found(const domain::LedgerKeyRotated& rotated, const std::string& what) {
    const std::uint64_t position = scribe().add_own(rotated);
    EXPECT_THAT(
        full_report().findings,
        Contains(Located("rotation-differs",
                         fmt::format("change of the key at position {}: {}", position, what))));
  }
  VerifyOptions with_signer(char key) {
    auto options = in_full();
    options.keys = folder().parent_path() / "keys";
    std::filesystem::create_directories(options.keys);
    test::write_bytes(options.keys / "SIGNED", signing_key(origin, key).verifier().text() + "\n");
    return options;
  }
};

TEST_F(KeyChange, OfTrueSignaturesHolds) {
  scribe().add_own(rotation('a', 'b'));
  scribe().add_own(rotation('b', 'c'));
  const auto report = full_report();
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_THAT(report.checked, Contains(Remark{Statement::key_changes, {"2"}}));
}

TEST_F(KeyChange, WithoutTheOldSignatureIsToldOf) {
  auto rotated = rotation('a', 'b');
  rotated.old_signature.reset();
  scribe().add_own(rotated);
  const auto report = full_report();
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_THAT(report.not_checked, Contains(Says(Statement::key_change_unsigned)));
}

TEST_F(KeyChange, WithAnotherRootIsFound) {
  auto rotated = rotation('a', 'b');
  rotated.root = std::string(64, '0');
  expect_found(rotated, "root");
}

TEST_F(KeyChange, WithASizeBeyondItIsFound) {
  auto rotated = rotation('a', 'b');
  rotated.size += 1;
  expect_found(rotated, "size");
}

TEST_F(KeyChange, WithABadSignatureIsFound) {
  auto rotated = rotation('a', 'b');
  rotated.new_signature = *rotated.old_signature;
  expect_found(rotated, "newSignature");
}

TEST_F(KeyChange, WithABadOldSignatureIsFound) {
  auto rotated = rotation('a', 'b');
  rotated.old_signature = rotated.new_signature;
  expect_found(rotated, "oldSignature");
}

TEST_F(KeyChange, WithASignatureOfAnotherTreeIsFound) {
  auto rotated = rotation('a', 'b');
  rotated.size -= 1;
  const std::uint64_t position = scribe().add_own(rotated);
  EXPECT_THAT(
      full_report().findings,
      ElementsAre(Located("rotation-differs",
                          fmt::format("change of the key at position {}: root", position))));
}

TEST_F(KeyChange, ThatDoesNotFollowOnTheLastIsFound) {
  scribe().add_own(rotation('a', 'b'));
  expect_found(rotation('a', 'c'), "oldVkey");
}

TEST_F(KeyChange, ToAnotherLedgersKeyIsFound) {
  auto rotated = rotation('a', 'b');
  rotated.new_vkey = signing_key("elsewhere.example.org/town").verifier().text();
  expect_found(rotated, "newVkey");
}

TEST_F(KeyChange, ThatTheSignerDoesNotKnowOfIsFound) {
  scribe().add_own(rotation('a', 'b'));
  scribe().add_own(rotation('b', 'c'));
  EXPECT_THAT(full_report(with_signer('c')).findings, IsEmpty());
  EXPECT_THAT(report(with_signer('a')).findings, IsEmpty());
  EXPECT_THAT(report(with_signer('d')).findings,
              ElementsAre(Located("rotation-differs", "the key in SIGNED")));
}

TEST_F(KeyChange, ThatDoesNotLeadToTheKeyGivenIsFound) {
  scribe().add_own(rotation('a', 'b'));
  auto options = in_full();
  options.key = TrustedKey{signing_key(origin, 'a').verifier(), {Statement::key_given}};
  EXPECT_THAT(full_report(options).findings, IsEmpty());
  options.key = TrustedKey{signing_key(origin, 'd').verifier(), {Statement::key_given}};
  EXPECT_THAT(report(options).findings, ElementsAre(Located("rotation-differs", "the key given")));
}

// All are the ledger's own keys; nobody from outside vouches for any of them.
TEST_F(KeyChange, LeavesOlderCheckpointsWithAKeyOfTheLedgersOwn) {
  const merkle::TreeHead head = scribe().log().head();
  scribe().add_own(rotation('a', 'b'));
  scribe().add_own(rotation('b', 'c'));
  auto options = with_signer('c');
  options.is_full = false;
  full_report();
  for (const char signer : {'a', 'b', 'c'}) {
    options.checkpoints = {{"old", signed_head(head, origin, signing_key(origin, signer))}};
    const auto report = this->report(options);
    EXPECT_THAT(report.trust, ElementsAre(Says(Statement::ledgers_own_key))) << signer;
    EXPECT_EQ(report.covered, head.tree_size) << signer;
  }
  options.checkpoints = {{"old", signed_head(head, origin, signing_key(origin, 'd'))}};
  options.ledger = folder();
  EXPECT_EQ(verify(options).error().code, ErrorCode::invalid_argument);
}

TEST_F(KeyChange, LeavesTheKeyOfItsTimeWithoutAKeyFolder) {
  const merkle::TreeHead head = scribe().log().head();
  scribe().add_own(rotation('a', 'b'));
  full_report();
  VerifyOptions options;
  options.checkpoints = {{"old", signed_head(head, origin, signing_key(origin, 'a'))}};
  EXPECT_EQ(report(options).covered, head.tree_size);
}

class Kept : public FullLedger {
 protected:
  std::filesystem::path kept_folder() const { return folder() / "projections"; }

  // Rows kept up to date, then changed.
  void keep(const std::function<void(KeptRows&)>& change = {}) {
    auto kept = KeptRows::open(kept_folder(), store::Access::write);
    ASSERT_TRUE(kept);
    ASSERT_TRUE(projection::catch_up(scribe().log(), projections::all_projections(), **kept,
                                     scribe().size()));
    if (change) change(**kept);
  }
  static const projection::Projection& first() { return projections::all_projections().front(); }
};

TEST_F(Kept, RowsThatAreRightHold) {
  keep();
  const auto report = full_report();
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_THAT(report.checked,
              Contains(Remark{Statement::kept_projections,
                              {std::to_string(projections::all_projections().size())}}));
}

TEST_F(Kept, RowsThatLagHold) {
  keep();
  scribe().add(event_of("x1", {StreamKind::participant, "new"}, domain::ParticipantRegistered{}));
  EXPECT_THAT(full_report().findings, IsEmpty());
}

TEST_F(Kept, RowsThatAreNotThereAreToldOf) {
  EXPECT_THAT(full_report().not_checked, Contains(Says(Statement::no_kept_rows)));
}

TEST_F(Kept, RowsThatHaveDriftedAreFound) {
  keep([&](KeptRows& kept) {
    for (const projection::Projection& projection : projections::all_projections()) {
      const auto state = kept.state(projection);
      auto rows = kept.read(projection, **state);
      ASSERT_TRUE(rows);
      if (rows->empty()) continue;
      const projection::Rows removed{*rows->begin()};
      ASSERT_TRUE(kept.update(projection, **state, removed, {}, scribe().log().head()));
    }
  });
  const auto found = full_report().findings;
  EXPECT_GE(found.size(), 1);
  EXPECT_THAT(found, Each(Field(&Finding::code, "projection-drifted")));
}

TEST_F(Kept, RowsOfAnotherHistoryOrTheFutureAreFound) {
  keep([&](KeptRows& kept) {
    const auto state = kept.state(first());
    ASSERT_TRUE(kept.update(first(), **state, {}, {}, {scribe().size(), sha256({"other"})}));
  });
  const auto place = fmt::format("projection {}", first().name);
  EXPECT_THAT(full_report().findings, ElementsAre(Located("projection-drifted", place)));
}

TEST_F(Kept, RowsAheadOfTheLogAreFound) {
  keep([&](KeptRows& kept) {
    const auto state = kept.state(first());
    const merkle::TreeHead head{scribe().size() + 1, scribe().log().head().root_hash};
    ASSERT_TRUE(kept.update(first(), **state, {}, {}, head));
  });
  const auto place = fmt::format("projection {}", first().name);
  EXPECT_THAT(full_report().findings, ElementsAre(Located("projection-drifted", place)));
}

TEST_F(Kept, RowsOfAnotherVersionAreToldOf) {
  keep();
  auto options = in_full();
  ++options.projections.front().version;
  const auto report = full_report(options);
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_THAT(report.not_checked,
              Contains(Remark{Statement::kept_rows_of_version,
                              {std::string(first().name), std::to_string(first().version),
                               std::to_string(first().version + 1)}}));
}

TEST_F(Kept, RowsChangedBehindTheProjectorsBackAreFound) {
  keep();
  full_report();
  rocksdb::DB* opened = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open({}, kept_folder().string(), &opened).ok());
  const std::unique_ptr<rocksdb::DB> database(opened);
  const std::unique_ptr<rocksdb::Iterator> row(database->NewIterator({}));
  row->Seek("row/");
  ASSERT_TRUE(row->Valid());
  ASSERT_TRUE(database->Put({}, row->key(), "another row").ok());
  EXPECT_THAT(report(in_full()).findings, ElementsAre(Field(&Finding::code, "projection-drifted")));
}

}  // namespace
}  // namespace liggare::inspect
