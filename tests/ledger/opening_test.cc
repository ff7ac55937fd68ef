#include <algorithm>
#include <thread>

#include "tests/ledger/ledger_fixture.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

using Opening = LedgerTest;

TEST_F(Opening, RefusesToMakeALedgerOverAnother) {
  const auto again = Ledger::create({folders_, "example.org/other", HeadPolicy::floor});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::invalid_argument);
}

TEST_F(Opening, NamesAFolderThatIsNoLedger) {
  const auto opened = Ledger::open({Folders::of(folder_.path() / "nothing"), Mode::read, &clock_});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::not_found);
}

TEST_F(Opening, LetsOneWriterInAndAnyReader) {
  open();
  const auto second = Ledger::open({folders_, Mode::write, &clock_});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::busy);
  EXPECT_TRUE(Ledger::open({folders_, Mode::read, &clock_}));
}

TEST_F(Opening, KeepsTheKeysBesideTheLedger) {
  EXPECT_EQ(folders_.keys, folder_.path() / "ledger.keys");
  EXPECT_EQ(fs::status(folders_.keys).permissions(), fs::perms::owner_all);
  EXPECT_TRUE(fs::exists(folders_.keys / "vault.key"));
}

TEST_F(Opening, WritesStructureButNoPersonalDataWithoutTheVault) {
  fs::remove(folders_.keys / "vault.key");
  open();
  EXPECT_EQ(word(append(registered("P1"))), "accepted");
  const auto refused = ledger_->append({{note("n1", "P1", "x"), std::nullopt}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::vault_unavailable);
  EXPECT_EQ(size(), 1U);
}

TEST_F(Opening, ImportsNothingOfAFileWithPersonalDataWithoutTheVault) {
  fs::remove(folders_.keys / "vault.key");
  open();
  const fs::path file = folder_.path() / "events.ndjson";
  test::write_bytes(file, registered("P1") + "\n" + note("n1", "P1", "x") + "\n");
  const auto imported = ledger_->import(file.string(), {});
  ASSERT_FALSE(imported);
  EXPECT_EQ(imported.error().code, ErrorCode::vault_unavailable);
  EXPECT_EQ(size(), 0U);
}

TEST_F(Opening, LeavesNoPersonalDataInAnyFile) {
  const std::string canary = "kanariefågel-93f1";
  open();
  ASSERT_EQ(word(append(registered("P1"))), "accepted");
  ASSERT_EQ(word(append(note("n1", "P1", canary))), "accepted");
  ASSERT_EQ(word(append(note("n2", "nobody", canary))), "unknown-reference");
  close();
  open();  // Through a write-ahead log that was replayed, and kept rows.
  close();
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_.path())) {
    if (!entry.is_regular_file()) continue;
    ++files;
    EXPECT_EQ(test::read_bytes(entry.path()).find(canary), std::string::npos) << entry.path();
  }
  EXPECT_GT(files, 5);
}

TEST_F(Opening, ReadsBesideAWriterWithoutGapsAndOnlyForwards) {
  open();
  ASSERT_EQ(word(append(registered("P1"))), "accepted");
  std::jthread writer([&] {
    for (int i = 0; i < 300; ++i) {
      EXPECT_EQ(word(append(note(fmt::format("n{}", i), "P1", "x"))), "accepted");
    }
  });
  std::uint64_t last = 0;
  while (last < 301) {
    const auto other = reader();
    ASSERT_NE(other, nullptr);
    const std::uint64_t size = other->head().tree_size;
    ASSERT_GE(size, last);
    std::uint64_t next = 0;
    ASSERT_TRUE(other->scan(0, size, [&](const domain::RecordedEvent& recorded, std::string_view) {
      EXPECT_EQ(recorded.position, next++);
      return true;
    }));
    ASSERT_EQ(next, size);
    last = size;
  }
}

TEST_F(Opening, AnswersTheSameFromKeptRowsAndWithoutThem) {
  open();
  ASSERT_EQ(word(append(unit("A"))), "accepted");
  ASSERT_EQ(word(append(event("o1", "place.offered", "place/x",
                              R"("administration":"A","category":"ordinary")"))),
            "accepted");
  close();
  const ReportRequest request{"places", {{"from", "2020"}, {"to", "2020"}}, {}, {}};
  const std::string kept = reader()->report(request)->json().text();
  fs::remove_all(folders_.ledger / "projections");
  EXPECT_EQ(reader()->report(request)->json().text(), kept);
}

TEST_F(Opening, RebuildsKeptRowsThatAreDamaged) {
  open();
  ASSERT_EQ(word(append(unit("A"))), "accepted");
  ASSERT_EQ(word(append(event("o1", "place.offered", "place/x",
                              R"("administration":"A","category":"ordinary")"))),
            "accepted");
  close();
  const ReportRequest request{"places", {{"from", "2020"}, {"to", "2020"}}, {}, {}};
  const std::string before = reader()->report(request)->json().text();
  int flipped = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folders_.ledger / "projections")) {
    if (!entry.is_regular_file() || entry.file_size() < 20) continue;
    test::flip_bit(entry.path(), entry.file_size() / 2);
    ++flipped;
  }
  ASSERT_GT(flipped, 0);
  EXPECT_EQ(reader()->report(request)->json().text(), before);
  open();
  close();  // The writer makes them anew.
  const auto checks = reader()->verify_projections();
  ASSERT_TRUE(checks);
  for (const ProjectionCheck& check : *checks) EXPECT_TRUE(check.equal) << check.name;
}

// What a rebuild comes upon while it compares is no loss either.
TEST_F(Opening, RebuildsOverTablesThatAreDamaged) {
  open();
  ASSERT_TRUE(ledger_->import(
      std::string(LIGGARE_SOURCE_DIR) + "/tests/conformance/random-7/events.ndjson.gz", {}));
  close();
  // Rows go to tables when a writer opens what another has left in the write-ahead file.
  ASSERT_TRUE(reader()->rebuild_projections("", {}));
  ASSERT_TRUE(reader()->rebuild_projections("", {}));
  int flipped = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folders_.ledger / "projections")) {
    if (entry.path().extension() != ".sst") continue;
    test::flip_bit(entry.path(), entry.file_size() / 2);
    ++flipped;
  }
  ASSERT_GT(flipped, 0);
  const auto rebuilt = reader()->rebuild_projections("", {});
  ASSERT_TRUE(rebuilt) << rebuilt.error().message;
  const auto checks = reader()->verify_projections();
  ASSERT_TRUE(checks);
  for (const ProjectionCheck& check : *checks) EXPECT_TRUE(check.equal) << check.name;
}

// A log restored from a backup, or another ledger's, beside rows that were folded from more.
TEST_F(Opening, NeverAnswersFromRowsOfAnotherHistory) {
  const auto place = [](const std::string& id) {
    return event("offer-" + id, "place.offered", "place/" + id,
                 R"("administration":"A","category":"ordinary")");
  };
  const auto fill = [&](const std::vector<std::string>& places) {
    open();
    EXPECT_EQ(word(append(unit("A"))), "accepted");
    for (const std::string& id : places) EXPECT_EQ(word(append(place(id))), "accepted");
    close();
  };
  fill({"x", "y"});
  fs::copy(folders_.ledger / "projections", folder_.path() / "rows", fs::copy_options::recursive);
  folders_ = Folders::of(folder_.path() / "other");
  ASSERT_TRUE(Ledger::create({folders_, "example.org/other", HeadPolicy::floor}));
  fill({"a", "b", "c"});
  const ReportRequest request{"places", {{"from", "2020"}, {"to", "2020"}}, {}, {}};
  const std::string before = reader()->report(request)->json().text();
  fs::remove_all(folders_.ledger / "projections");
  fs::rename(folder_.path() / "rows", folders_.ledger / "projections");
  EXPECT_EQ(reader()->report(request)->json().text(), before);
}

TEST_F(Opening, PutsTheKeysBesideTheFolderThatIsMeant) {
  const fs::path town = fs::canonical(folder_.path()) / "town";
  fs::create_directory(town);
  fs::create_directory_symlink(town, folder_.path() / "link");
  EXPECT_EQ(Folders::of(town / ".").keys, town.string() + ".keys");
  EXPECT_EQ(Folders::of(town.string() + "/").keys, town.string() + ".keys");
  EXPECT_EQ(Folders::of(folder_.path() / "link").keys, town.string() + ".keys");
}

TEST_F(Opening, RefusesAnOriginThatNoCheckpointCouldCarry) {
  for (const char* origin : {"a b", "a+b", "https://example.org/town"}) {
    const auto made =
        Ledger::create({Folders::of(folder_.path() / "named"), origin, HeadPolicy::floor});
    ASSERT_FALSE(made) << origin;
    EXPECT_EQ(made.error().code, ErrorCode::invalid_argument);
  }
  EXPECT_FALSE(fs::exists(folder_.path() / "named"));
}

TEST_F(Opening, NamesWhatADamagedSlotOfTheVaultKeepsFromBeingCompared) {
  open();
  ASSERT_EQ(word(append(registered("P1"))), "accepted");
  ASSERT_EQ(word(append(note("n1", "P1", "x"))), "accepted");
  close();
  const fs::path slots = folders_.ledger / "vault" / "slots";
  constexpr std::size_t slot_bytes = 512;
  const std::size_t header = fs::file_size(slots) - 256 * slot_bytes;
  const std::size_t bucket = sha256({"participant/P1"}).bytes[0];
  test::flip_bit(slots, header + bucket * slot_bytes + 40);
  open();
  const Verdict again = append(note("n1", "P1", "x"));
  ASSERT_EQ(word(again), "duplicate");
  EXPECT_EQ(again->uncompared, std::vector<std::string>{"health"});
  EXPECT_EQ(word(append(registered("P2"))), "accepted");
}

TEST_F(Opening, SaysThatKeptRowsAreDamagedOrNotThere) {
  open();
  ASSERT_EQ(word(append(unit("A"))), "accepted");
  close();
  const auto all_equal = [&] {
    const auto checks = reader()->verify_projections();
    EXPECT_TRUE(checks);
    EXPECT_FALSE(checks->empty());
    return std::all_of(checks->begin(), checks->end(),
                       [](const ProjectionCheck& check) { return check.equal; });
  };
  EXPECT_TRUE(all_equal());
  test::flip_bit(folders_.ledger / "projections" / "CURRENT", 3);
  EXPECT_FALSE(all_equal());
  fs::remove_all(folders_.ledger / "projections");
  EXPECT_TRUE(all_equal());
}

TEST_F(Opening, SaysWhatIsWrongWithAQuestion) {
  open();
  ASSERT_EQ(word(append(registered("P1"))), "accepted");
  const auto code = [&](const ReportRequest& request) {
    const auto answer = ledger_->report(request);
    return answer ? "answered" : std::string(name_of(answer.error().code));
  };
  EXPECT_EQ(code({"nothing", {}, {}, {}}), "invalid-argument");
  EXPECT_EQ(code({"places", {}, {}, {}}), "invalid-argument");
  EXPECT_EQ(code({"places", {{"from", "2020"}, {"to", "2019"}}, {}, {}}), "invalid-argument");
  EXPECT_EQ(code({"targets", {{"unit", "A"}}, {}, {}}), "invalid-argument");
  EXPECT_EQ(code({"targets", {}, {}, std::uint64_t{2}}), "invalid-argument");
  EXPECT_EQ(code({"state", {{"participant", "P2"}}, {}, {}}), "not-found");
  EXPECT_EQ(code({"state", {{"participant", "P1"}}, {}, std::uint64_t{0}}), "not-found");
  EXPECT_EQ(code({"state", {{"participant", "P1"}}, {}, {}}), "answered");
}

TEST_F(Opening, ReadsAnInstantAsWhatWasRecordedUpToIt) {
  open();
  ASSERT_EQ(word(append(registered("P1"))), "accepted");
  const Instant first = clock_.now();
  clock_.set(Instant{first.microseconds + 10});
  ASSERT_EQ(word(append(registered("P2"))), "accepted");
  const auto at = [&](Instant instant) {
    return ledger_->report({"targets", {}, {}, instant})->at;
  };
  EXPECT_EQ(at(Instant{first.microseconds - 1}), 0U);
  EXPECT_EQ(at(first), 1U);
  EXPECT_EQ(at(Instant{first.microseconds + 9}), 1U);
  EXPECT_EQ(at(Instant{first.microseconds + 10}), 2U);
}

}  // namespace
}  // namespace liggare::ledger
