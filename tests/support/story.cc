#include "tests/support/story.h"

#include <gtest/gtest.h>

#include "tests/support/events.h"
#include "tests/support/judged_twice.h"

namespace liggare::test {
namespace {

using domain::EventCorrected;
using domain::EventVoided;
using domain::Payload;
using domain::Rejection;
using domain::RejectionCode;

std::string told(const Result<domain::Accepted, Rejection>& result) {
  if (result) return "accepted";
  return std::string(name_of(result.error().code)) + " (" + result.error().detail + ")";
}

}  // namespace

domain::Subject subject_named(std::string_view text) {
  const auto slash = text.find('/');
  return {*domain::stream_kind_named(text.substr(0, slash)), std::string(text.substr(slash + 1))};
}

Day day(std::string_view text) {
  const auto parsed = Day::parse(text);
  LIGGARE_ASSERT(parsed, "a day of a test");
  return *parsed;
}

Sent::Sent(Payload data) : recorded_(parse_rfc3339("2026-01-01T12:00:00Z")->instant) {
  event_.subject = subject_named("participant/P1");
  event_.effective = day("2024-03-01");
  event_.source = "/test";
  event_.actor = "system/test";
  event_.data = std::move(data);
}

Sent Sent::about(std::string_view subject) const {
  Sent copy = *this;
  copy.event_.subject = subject_named(subject);
  return copy;
}

Sent Sent::on(std::string_view effective) const {
  Sent copy = *this;
  copy.event_.effective = day(effective);
  return copy;
}

Sent Sent::as(std::string_view id) const {
  Sent copy = *this;
  copy.event_.id = id;
  return copy;
}

Sent Sent::recorded_at(std::string_view instant) const {
  Sent copy = *this;
  copy.recorded_ = parse_rfc3339(instant)->instant;
  return copy;
}

Sent corrected(std::string_view target, const Sent& data) {
  Sent sent(EventCorrected{std::string(target), {}, std::nullopt, "mistake"});
  sent.event_.subject = data.event_.subject;
  sent.correction_data_ = data.event_.data;
  return sent;
}

Sent corrected_to(std::string_view target, const Sent& data, std::string_view effective) {
  Sent sent = corrected(target, data);
  std::get<EventCorrected>(sent.event_.data).effective = day(effective);
  return sent;
}

Sent wrongly_corrected(std::string_view target) {
  Sent sent(EventCorrected{std::string(target), {}, std::nullopt, "mistake"});
  sent.correction_data_ = Unexpected{Rejection{RejectionCode::invalid_field, "$.data.data"}};
  return sent;
}

Sent voided(std::string_view target) { return Sent(EventVoided{std::string(target), "mistake"}); }

void Answer::then_accepted(std::source_location at) const {
  if (!result_) {
    ADD_FAILURE_AT(at.file_name(), static_cast<int>(at.line())) << "refused: " << told(result_);
  }
}

void Answer::then_rejected(RejectionCode code, std::source_location at) const {
  if (!result_ && result_.error().code == code) return;
  ADD_FAILURE_AT(at.file_name(), static_cast<int>(at.line()))
      << "expected " << name_of(code) << ", got: " << told(result_);
}

void Answer::then_rejected(RejectionCode code, std::string_view detail,
                           std::source_location at) const {
  then_rejected(code, at);
  if (!result_ && result_.error().detail == detail) return;
  ADD_FAILURE_AT(at.file_name(), static_cast<int>(at.line()))
      << "expected the detail " << detail << ", got: " << told(result_);
}

Story& Story::given(const Sent& sent, std::source_location at) {
  Answer answer = when(sent);
  answer.then_accepted(at);
  if (answer.result()) {
    streams_[sent.event_.subject].append(std::move(answer).accepted());
    ++size_;
  }
  return *this;
}

Answer Story::when(const Sent& sent) const {
  domain::RecordedEvent draft;
  draft.event = sent.event_;
  draft.position = size_;
  draft.recorded = sent.recorded_;
  draft.submitted_by = "local/0";
  const domain::JudgedStream& before = judged(sent.event_.subject);
  draft.version = before.version() + 1;
  if (draft.event.id.empty()) draft.event.id = "e" + std::to_string(size_ - numbered_from_);
  domain::World world;
  world.others = [this](const domain::Subject& subject, std::uint64_t size) {
    return std::make_shared<const domain::Timeline>(timeline(subject.text(), size));
  };
  world.exists = [this](const domain::Subject& subject) { return streams_.contains(subject); };
  world.correction_data = [&](domain::EventType type) {
    auto data = sent.correction_data_.value();
    LIGGARE_ASSERT(!data || domain::type_of(*data) == type, "a correction of the target's type");
    return data;
  };
  return Answer(decide_twice(before, draft, world));
}

const domain::JudgedStream& Story::judged(const domain::Subject& subject) const {
  static const domain::JudgedStream empty;
  const auto found = streams_.find(subject);
  return found == streams_.end() ? empty : found->second;
}

const domain::Stream& Story::stream(std::string_view subject) const {
  return judged(subject_named(subject)).events();
}

domain::Timeline Story::timeline(std::string_view subject, std::uint64_t size) const {
  return domain::timeline_of(domain::known_at(stream(subject), size));
}

Story given_only(std::initializer_list<Sent> events, std::source_location at) {
  Story story;
  for (const Sent& sent : events) story.given(sent, at);
  return story;
}

Story given(std::initializer_list<Sent> events, std::source_location at) {
  Story story = town();
  for (const Sent& sent : events) story.given(sent, at);
  return story;
}

}  // namespace liggare::test
