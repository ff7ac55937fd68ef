// Finding a person by number: in whatever form it is written, and by whom.
#include "ledger/searching.h"

#include <gmock/gmock.h>

#include "tests/ledger/reading_fixture.h"

namespace liggare::ledger {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// P1 and P3 have numbers; P2, who is protected, has one that S1 may see.
class Searching : public ReadingTest {
 protected:
  void SetUp() override {
    ReadingTest::SetUp();
    open();
    accept(numbered("i1", "P1", R"("personnummer":"198501012382")"));
    accept(numbered("i2", "P2", R"("personnummer":"198901012388")"));
    accept(event("role-R", "role.granted", "staff/S1", R"("role":"registrar")"));
    accept(registered("P3"));
    accept(numbered("i3", "P3", R"("samordningsnummer":"198501612389")"));
  }
  static std::string numbered(const std::string& id, const std::string& participant,
                              const std::string& number) {
    return event(id, "note.recorded", "participant/" + participant,
                 R"("personal":{"identity":{)" + number + "}}");
  }
  std::vector<std::string> found(const std::string& text, const std::string& staff = "S1") {
    const auto reading = Reading::open(*ledger_);
    const auto ids =
        find_by_number(**reading, *ledger_, by(staff, access::Purpose::registration), text);
    if (!ids) return {name_of(ids.error().code)};
    return *ids;
  }
};

TEST_F(Searching, FindsANumberInEveryForm) {
  for (const char* text : {"198501012382", "19850101-2382", "850101-2382"}) {
    EXPECT_THAT(found(text), ElementsAre("P1")) << text;
  }
  for (const char* text : {"198501612389", "19850161-2389", "850161-2389"}) {
    EXPECT_THAT(found(text), ElementsAre("P3")) << text;
  }
  EXPECT_THAT(found("850101+2382"), IsEmpty());  // Of 1885.
}

TEST_F(Searching, TakesNothingThatIsNoNumber) {
  for (const char* text :
       {"", "1985-0101-2382", "-198501012382", "198501012382x", "8501012382", "19850101-2383"}) {
    EXPECT_THAT(found(text), ElementsAre("invalid-argument")) << text;
  }
  EXPECT_THAT(records(), IsEmpty());
}

// What is stored has one form: any other is refused before the index could hold it.
TEST_F(Searching, IsOfNumbersThatAreStoredInOneForm) {
  for (const char* number : {"19850101-2382", "850101-2382", "8501012382", " 198501012382"}) {
    EXPECT_EQ(
        word(append(numbered("i4", "P1", R"("personnummer":")" + std::string(number) + R"(")"))),
        "invalid-field")
        << number;
  }
}

TEST_F(Searching, ShowsAProtectedPersonToTheListedAlone) {
  accept(event("role-R2", "role.granted", "staff/S2", R"("role":"registrar")"));
  EXPECT_THAT(found("890101-2388"), ElementsAre("P2"));
  EXPECT_THAT(found("890101-2388", "S2"), IsEmpty());
  EXPECT_EQ(records().back().code, "protected");
  EXPECT_EQ(records().back().action, access::Action::search);
}

}  // namespace
}  // namespace liggare::ledger
