#include "domain/vocabulary.h"

#include <gtest/gtest.h>

#include <set>

#include "domain/event_type.h"
#include "domain/participant_facts.h"
#include "domain/personal_class_words.h"
#include "domain/rejection.h"

namespace liggare::domain {
namespace {

template <class Enum>
class Vocabulary : public ::testing::Test {};

using Enumerations =
    ::testing::Types<UnitKind, PlaceCategory, Measure, DataCategory, Role, NotifiedParty, Sex,
                     ReferralSource, Outcome, Respondent, PlanKind, Chooser, Colour, MeetingKind,
                     Channel, ConsentNature, ConsentForm, RequestKind, RequestOutcome,
                     DisclosureForm, PlacementKind, ExtensionReason, EndCause, FollowUp,
                     ProtectionMark, RetentionTrigger, RetentionAction, Verdict, ErasureReason,
                     PersonalClass, ConsentState>;
TYPED_TEST_SUITE(Vocabulary, Enumerations);

TYPED_TEST(Vocabulary, FindsEachWordAgain) {
  std::set<std::string_view> words;
  for (std::size_t i = 0; i < Words<TypeParam>::values.size(); ++i) {
    const auto value = static_cast<TypeParam>(i);
    EXPECT_EQ(from_word<TypeParam>(word_of(value)), value);
    EXPECT_TRUE(words.insert(word_of(value)).second) << word_of(value);
  }
}

TYPED_TEST(Vocabulary, IsClosed) {
  EXPECT_EQ(from_word<TypeParam>(""), std::nullopt);
  EXPECT_EQ(from_word<TypeParam>("unset"), std::nullopt);
  EXPECT_EQ(from_word<TypeParam>(std::string(word_of(TypeParam{})) + "x"), std::nullopt);
}

// The last enumerator of each has the contract's last word, so none is missing in between.
TEST(Word, BelongsToItsEnumerator) {
  EXPECT_EQ(word_of(UnitKind::external), "external");
  EXPECT_EQ(word_of(UnitKind::business_area), "business-area");
  EXPECT_EQ(word_of(Measure::referrals), "referrals");
  EXPECT_EQ(word_of(DataCategory::offence), "offence");
  EXPECT_EQ(word_of(Role::admin), "admin");
  EXPECT_EQ(word_of(ReferralSource::job_and_knowledge_square), "job-and-knowledge-square");
  EXPECT_EQ(word_of(ReferralSource::other), "other");
  EXPECT_EQ(word_of(Outcome::unknown), "unknown");
  EXPECT_EQ(word_of(MeetingKind::follow_up), "follow-up");
  EXPECT_EQ(word_of(PlacementKind::praktik), "praktik");
  EXPECT_EQ(word_of(EndCause::other), "other");
  EXPECT_EQ(word_of(FollowUp::day90), "90");
  EXPECT_EQ(word_of(FollowUp::day180), "180");
  EXPECT_EQ(word_of(ErasureReason::wrong_person), "wrong-person");
}

TEST(EventTypeName, IsFoundAgain) {
  for (std::size_t i = 0; i < event_type_count; ++i) {
    const auto type = static_cast<EventType>(i);
    EXPECT_EQ(event_type_named(name_of(type)), type) << name_of(type);
  }
  EXPECT_EQ(event_type_named("placement.paused"), std::nullopt);
  EXPECT_EQ(event_type_named(""), std::nullopt);
}

TEST(EventTypeName, BelongsToItsEnumerator) {
  EXPECT_EQ(name_of(EventType::unit_registered), "unit.registered");
  EXPECT_EQ(name_of(EventType::placement_started), "placement.started");
  EXPECT_EQ(name_of(EventType::event_voided), "event.voided");
  EXPECT_EQ(name_of(EventType::ledger_key_rotated), "ledger.key-rotated");
  EXPECT_EQ(name_of(EventType::erasure_executed), "erasure.executed");
}

TEST(StreamKindName, IsFoundAgain) {
  for (int i = 0; i <= static_cast<int>(StreamKind::review); ++i) {
    const auto kind = static_cast<StreamKind>(i);
    EXPECT_EQ(stream_kind_named(name_of(kind)), kind) << name_of(kind);
  }
  EXPECT_EQ(stream_kind_named("person"), std::nullopt);
}

TEST(EventTypeHome, IsTheKindThatTheContractNames) {
  EXPECT_EQ(home_of(EventType::unit_closed), StreamKind::unit);
  EXPECT_EQ(home_of(EventType::figure_published), StreamKind::publication);
  EXPECT_EQ(home_of(EventType::role_granted), StreamKind::staff);
  EXPECT_EQ(home_of(EventType::report_published), StreamKind::edition);
  EXPECT_EQ(home_of(EventType::erasure_executed), StreamKind::participant);
  EXPECT_EQ(home_of(EventType::event_corrected), std::nullopt);
  EXPECT_EQ(home_of(EventType::event_voided), std::nullopt);
}

TEST(OwnCommands, WriteTheTypesOfTheLastTable) {
  EXPECT_FALSE(is_own_command(EventType::protection_lifted));
  EXPECT_FALSE(is_own_command(EventType::event_voided));
  EXPECT_TRUE(is_own_command(EventType::ledger_sealed));
  EXPECT_TRUE(is_own_command(EventType::hold_placed));
  EXPECT_TRUE(is_own_command(EventType::erasure_executed));
}

TEST(RejectionCodeName, BelongsToItsEnumerator) {
  EXPECT_EQ(name_of(RejectionCode::too_large), "too-large");
  EXPECT_EQ(name_of(RejectionCode::effective_in_future), "effective-in-future");
  EXPECT_EQ(name_of(RejectionCode::before_registration), "before-registration");
  EXPECT_EQ(name_of(RejectionCode::criteria_not_green), "criteria-not-green");
}

}  // namespace
}  // namespace liggare::domain
