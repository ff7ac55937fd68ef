// Everything about one person, for that person: what is in it, and what a crash leaves of it.
#include "ledger/extract.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "ledger/access_log.h"
#include "ledger/whole_folder.h"
#include "tests/ledger/erasure_fixture.h"

namespace liggare::ledger {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view canary = "canary-";

class ExtractTest : public ErasureTest {
 protected:
  static ExtractRequest request(const std::string& participant = "P1") {
    ExtractRequest request;
    request.participant = participant;
    request.reader = {.who = "staff/A", .purpose = access::Purpose::access_request};
    return request;
  }
  Json made(const ExtractRequest& how = request()) const {
    const auto extract = make_extract(*ledger_, how);
    EXPECT_TRUE(extract) << extract.error().message;
    return extract ? extract->json : Json::object();
  }
  static Json state_of(const Json& extract, std::string_view personal_class) {
    for (const Json& state : *extract.find("classes")->as_array()) {
      if (*state.find("class")->as_text() == personal_class) return state;
    }
    return {};
  }
  static Json event_of(const Json& extract, std::string_view id) {
    for (const Json& event : *extract.find("events")->as_array()) {
      if (*event.find("id")->as_text() == id) return event;
    }
    return {};
  }
  std::uint64_t exports() const {
    std::uint64_t count = 0;
    const auto log = AccessLog::open(folders_.ledger);
    EXPECT_TRUE((*log)->scan([&](const AccessPlace&, const access::Record& record) {
      count += record.action == access::Action::export_copy &&
               record.outcome == access::Outcome::allowed;
      return Result<void>();
    }));
    return count;
  }
};

TEST_F(ExtractTest, SaysWhatIsErasedAndShowsTheRest) {
  erase({health});
  const Json extract = made();
  EXPECT_EQ(state_of(extract, "health").text(),
            R"({"class":"health","shown":0,"sealed":0,"erasedOn":["2026-11-22"]})");
  EXPECT_EQ(state_of(extract, "social").text(),
            R"({"class":"social","shown":1,"sealed":0,"erasedOn":[]})");
  const Json* data = extract.find("data");
  EXPECT_THAT(data->find("health")->text(), HasSubstr(R"("values":{"erased":"2026-11-22"})"));
  EXPECT_THAT(data->find("social")->text(), HasSubstr("canary-social-P1"));
  EXPECT_THAT(extract.text(), Not(HasSubstr("canary-health")));
  EXPECT_THAT(extract.text(), Not(HasSubstr("-P2")));
}

TEST_F(ExtractTest, OfOneWhoWasErasedWhollyStillSaysWhatHappened) {
  erase({identity, ordinary, social, health, offence});
  const Json extract = made();
  EXPECT_THAT(extract.text(), Not(HasSubstr(std::string(canary))));
  EXPECT_EQ(event_of(extract, "n1").find("type")->text(), R"("note.recorded")");
  for (const char* each : {"identity", "ordinary", "social", "health", "offence"}) {
    EXPECT_EQ(state_of(extract, each).find("erasedOn")->text(), R"(["2026-11-22"])") << each;
  }
}

TEST_F(ExtractTest, NamesRolesInPlaceOfStaff) {
  std::string line = with_all_classes("n3", "P1");
  line.replace(line.find("staff/s1"), 8, "staff/C");
  accept(line);
  accept(event("role-C2", "role.granted", "staff/C", R"("role":"lead","unit":"U1")", "2026-11-22"));
  clock_.set(Instant{clock_.now().microseconds + std::int64_t{86'400} * 1'000'000});
  accept(
      event("gone", "role.revoked", "staff/C", R"("role":"consultant","unit":"U1")", "2026-11-23"));
  const Json extract = made();
  // By the day of the record: what was held then, and not what is held since.
  EXPECT_EQ(event_of(extract, "n3").find("actor")->text(), R"({"roles":["consultant","lead"]})");
  EXPECT_EQ(event_of(extract, "n1").find("actor")->text(), R"({"roles":[]})");
  EXPECT_EQ(event_of(extract, "n3").find("submittedby")->text(), R"("local")");
  EXPECT_THAT(extract.text(), Not(HasSubstr("staff/")));
  ExtractRequest named = request();
  named.names = ExtractRequest::Names::shown;
  const Json with_names = made(named);
  EXPECT_EQ(event_of(with_names, "n3").find("actor")->text(), R"("staff/C")");
  EXPECT_THAT(with_names.find("readers")->text(), HasSubstr(R"("who":"staff/A")"));
}

TEST_F(ExtractTest, KeepsTheNameOfASystem) {
  std::string line = with_all_classes("n3", "P1");
  line.replace(line.find("staff/s1"), 8, "system/x");
  accept(line);
  EXPECT_EQ(event_of(made(), "n3").find("actor")->text(), R"("system/x")");
}

// Of the writer's own ledger and of another reader beside it.
TEST_F(ExtractTest, IsOfOneSizeWhileEventsAreTaken) {
  std::jthread writer([&](const std::stop_token& stop) {
    // No more than one record of reading can name, however slow the reader.
    for (int i = 0; i < 2'000 && !stop.stop_requested(); ++i) {
      EXPECT_TRUE(ledger_->append({{note(fmt::format("w{}", i), "P1", "x"), std::nullopt}}));
    }
  });
  for (int i = 0; i < 4; ++i) {
    const auto beside = reader();
    for (const Ledger* ledger : {beside.get(), ledger_.get()}) {
      const auto extract = make_extract(*ledger, request());
      ASSERT_TRUE(extract) << extract.error().message;
      const auto at = static_cast<std::uint64_t>(*extract->json.find("at")->as_integer());
      const Json::Array& events = *extract->json.find("events")->as_array();
      EXPECT_EQ(events.size(),
                ledger_->stream({domain::StreamKind::participant, "P1"}, at)->size());
      const auto last = ledger_->position_of(*events.back().find("id")->as_text());
      EXPECT_LT(**last, at);
      EXPECT_EQ(*state_of(extract->json, "health").find("sealed"), Json(0));
    }
  }
}

// What a child that was killed at a step leaves, and what the next run makes of it.
class ExtractCrash : public ExtractTest {
 protected:
  void SetUp() override {
    ExtractTest::SetUp();
#ifdef __SANITIZE_THREAD__
    GTEST_SKIP() << "the thread sanitizer mistakes a forked child's first thread for its parent's";
#endif
  }
  const fs::path place_ = folder_.path() / "P1";
  const fs::path part_ = folder_.path() / "P1.part";

  static FolderFiles files_of(const Extract& extract) {
    return {{"extract.json", extract.json.text()}, {"proof/x", "1"}, {"proof/y", "2"}};
  }
  // As the command does it; calls `step` between what can be interrupted.
  static Result<void> hand_out(const Ledger& ledger, const fs::path& place,
                               const std::function<void()>& step) {
    LIGGARE_CHECK(check_whole_folder(place));
    step();
    LIGGARE_TRY(const Extract extract, make_extract(ledger, request()));
    step();
    return write_whole_folder(files_of(extract), place, step);
  }
  // False where it was done before it came to that step.
  bool crash(int step) const {
    const pid_t child = ::fork();
    if (child == 0) {
      int left = step;
      const auto opened = Ledger::open({folders_, Mode::read, &clock_});
      if (!opened) ::_exit(8);
      const auto done = hand_out(**opened, place_, [&left] {
        if (left-- == 0) ::_exit(9);
      });
      ::_exit(done ? 0 : 7);
    }
    int ended = 0;
    ::waitpid(child, &ended, 0);
    EXPECT_TRUE(WIFEXITED(ended) && (WEXITSTATUS(ended) == 9 || WEXITSTATUS(ended) == 0))
        << WEXITSTATUS(ended);
    return WEXITSTATUS(ended) == 9;
  }
  static std::vector<std::string> names_in(const fs::path& folder) {
    std::vector<std::string> names;
    if (!fs::exists(folder)) return names;
    for (const auto& each : fs::recursive_directory_iterator(folder)) {
      if (each.is_regular_file()) names.push_back(fs::relative(each.path(), folder).string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }
};

TEST_F(ExtractCrash, LeavesNothingUnderItsNameUntilItIsWhole) {
  close();
  int steps = 0;
  for (bool was_killed = true; was_killed; ++steps) {
    const std::uint64_t before = exports();
    was_killed = crash(steps);
    const bool is_recorded = exports() > before;
    // Nothing at all is there before the record is.
    if (!is_recorded) {
      EXPECT_FALSE(fs::exists(part_)) << steps;
      EXPECT_FALSE(fs::exists(place_)) << steps;
    }
    if (fs::exists(place_)) {
      EXPECT_THAT(names_in(place_), ElementsAre("extract.json", "proof/x", "proof/y")) << steps;
      EXPECT_FALSE(fs::exists(part_)) << steps;
      EXPECT_EQ(fs::status(place_).permissions(), fs::perms::owner_all);
    }
    fs::remove_all(place_);
  }
  EXPECT_GE(steps, 8);
}

TEST_F(ExtractCrash, TakesAwayWhatACrashLeft) {
  close();
  ASSERT_TRUE(crash(4));  // Two files are written.
  ASSERT_THAT(names_in(part_), ElementsAre("extract.json", "proof/x"));
  std::ofstream(part_ / "stale") << "old";
  const auto ledger = reader();
  const auto done = hand_out(*ledger, place_, [] {});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_FALSE(fs::exists(part_));
  EXPECT_THAT(names_in(place_), ElementsAre("extract.json", "proof/x", "proof/y"));
}

TEST(WholeFolder, LeavesNothingAfterAnError) {
  const test::TemporaryFolder folder;
  const fs::path place = folder.path() / "out";
  // A file can't be the folder of another one.
  const auto written = write_whole_folder({{"a", "1"}, {"a/b", "2"}}, place);
  EXPECT_FALSE(written);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(WholeFolder, IsWrittenByOneAtATime) {
  const test::TemporaryFolder folder;
  const fs::path place = folder.path() / "out";
  std::vector<ErrorCode> refused;
  const auto written = write_whole_folder({{"a", "1"}}, place, [&] {
    if (fs::exists(place)) return;
    const auto second = write_whole_folder({{"a", "2"}}, place);
    refused.push_back(second ? ErrorCode::corrupt : second.error().code);
  });
  ASSERT_TRUE(written) << written.error().message;
  EXPECT_THAT(refused, testing::Each(ErrorCode::busy));
  EXPECT_FALSE(refused.empty());
  EXPECT_EQ(*read_file(place / "a"), "1");
}

TEST(WholeFolder, IsNotWrittenOverAnythingNorIntoAFolderOfOthers) {
  const test::TemporaryFolder folder;
  const fs::path place = folder.path() / "out";
  fs::create_symlink("nowhere", place);
  EXPECT_EQ(write_whole_folder({{"a", "1"}}, place).error().code, ErrorCode::invalid_argument);
  fs::remove(place);
  const fs::path part = folder.path() / "out.part";
  fs::create_directory(part);
  fs::permissions(part, fs::perms{0755});
  EXPECT_EQ(write_whole_folder({{"a", "1"}}, place).error().code, ErrorCode::io);
  fs::remove(part);
  fs::create_directory_symlink(folder.path(), part);
  EXPECT_EQ(write_whole_folder({{"a", "1"}}, place).error().code, ErrorCode::io);
  EXPECT_EQ(check_whole_folder(folder.path() / "no" / "such").error().code, ErrorCode::io);
}

}  // namespace
}  // namespace liggare::ledger
