// Judges every event anew, stream by stream: the organisation's out of memory, participants' in
// batches.
#include <fmt/format.h>

#include "base/share_out.h"
#include "domain/decide.h"
#include "inspect/full_check.h"
#include "projection/folded_rows.h"

namespace liggare::inspect {
namespace {

using domain::EventCorrected;
using domain::EventType;
using domain::Payload;
using domain::RecordedEvent;
using domain::Rejection;
using domain::RejectionCode;

constexpr std::size_t batch_events = 65'536;
constexpr std::size_t streams_a_task = 32;

Rejection wrong_type(const std::string& detail) { return {RejectionCode::invalid_field, detail}; }

// A type on a stream that is not its home never reaches the rules: reading refuses it.
std::optional<Rejection> check_home(const domain::Event& event) {
  const auto home = domain::home_of(event.type());
  if (!home || *home == event.subject.kind) return std::nullopt;
  return wrong_type("$.type");
}

class Judge {
 public:
  explicit Judge(const FullExamination& examination) : examination_(examination) {}

  // What the rules refuse is left out from there on, as if it had not been taken.
  void judge(const domain::Stream& stream) {
    domain::JudgedStream taken;
    for (const domain::RecordedEventPtr& event : stream) {
      if (auto accepted = judge(taken, *event)) {
        taken.append(*std::move(accepted));
      } else {
        report(*event, accepted.error());
      }
    }
  }

 private:
  Result<domain::Accepted, Rejection> judge(const domain::JudgedStream& before,
                                            const RecordedEvent& event) {
    if (auto rejection = check_home(event.event)) return Unexpected{*std::move(rejection)};
    domain::World world;
    world.others = [&](const domain::Subject& subject, std::uint64_t size) {
      return examination_.organisation.timeline(subject, size);
    };
    world.exists = [&](const domain::Subject& subject) {
      return examination_.organisation.exists(subject, event.position);
    };
    world.correction_data = [&](EventType type) { return correction_data(event, type); };
    return domain::decide(before, event, world);
  }

  // It was read when it was recorded.
  static Result<Payload, Rejection> correction_data(const RecordedEvent& event, EventType type) {
    const auto& payload = std::get<EventCorrected>(event.event.data).data.payload;
    if (payload && domain::type_of(payload->value) == type) return payload->value;
    return Unexpected{wrong_type("$.data.data")};
  }

  void report(const RecordedEvent& event, const Rejection& rejection) {
    examination_.findings.add(
        {Part::rules, event.position},
        {"rule-broken",
         fmt::format("event {} of {}", event.position, printable(event.event.subject.text())),
         "an event that the rules take",
         fmt::format("{}: {}", domain::name_of(rejection.code), rejection.detail)});
  }

  const FullExamination& examination_;
};

// Participants' streams, a batch at a time.
class ParticipantCheck {
 public:
  ParticipantCheck(const FullExamination& examination, std::uint64_t done)
      : examination_(examination), done_(done) {}

  Result<void> run() {
    const auto take = [&](std::string_view subject,
                          std::vector<std::uint64_t> positions) -> Result<void> {
      if (!is_participant(subject)) return {};
      waiting_events_ += positions.size();
      waiting_.push_back(std::move(positions));
      return waiting_events_ < batch_events ? Result<void>() : judge_waiting();
    };
    LIGGARE_CHECK(examination_.log.streams("", examination_.size, take));
    return judge_waiting();
  }

 private:
  Result<void> judge_waiting() {
    const std::uint64_t tasks = (waiting_.size() + streams_a_task - 1) / streams_a_task;
    LIGGARE_CHECK(share_out({tasks, examination_.options.threads}, [&](std::uint64_t number) {
      return judge_some(number * streams_a_task);
    }));
    done_ += waiting_events_;
    waiting_events_ = 0;
    waiting_.clear();
    examination_.tell_progress(Phase::rules, done_, examination_.size);
    return {};
  }

  Result<void> judge_some(std::size_t first) {
    for (std::size_t i = first; i < std::min(first + streams_a_task, waiting_.size()); ++i) {
      LIGGARE_TRY(const domain::Stream stream,
                  projection::read_events(examination_.log, waiting_[i]));
      Judge(examination_).judge(stream);
    }
    return {};
  }

  const FullExamination& examination_;
  std::uint64_t done_;
  std::vector<std::vector<std::uint64_t>> waiting_;
  std::size_t waiting_events_ = 0;
};

}  // namespace

Result<void> check_rules(const FullExamination& examination) {
  std::vector<const domain::Stream*> streams;
  std::uint64_t events = 0;
  for (const auto& [subject, stream] : examination.organisation.streams()) {
    streams.push_back(&stream);
    events += stream.size();
  }
  LIGGARE_CHECK(share_out({streams.size(), examination.options.threads},
                          [&](std::uint64_t i) -> Result<void> {
                            Judge(examination).judge(*streams[i]);
                            return {};
                          }));
  LIGGARE_CHECK(ParticipantCheck(examination, events).run());
  examination.report.checked.push_back({Statement::rules, {std::to_string(examination.size)}});
  return {};
}

}  // namespace liggare::inspect
