// The rules marked R for participants (contract, section 3; numbered exceptions P4–P10).
#pragma once

#include <optional>

#include "base/result.h"
#include "domain/other_streams.h"
#include "domain/participant_facts.h"
#include "domain/rejection.h"

namespace liggare::domain {

// Whether `event` may follow on `facts`, the facts of the timeline before it.
std::optional<Rejection> refusal_of(const ParticipantFacts& facts, const AmendedEvent& event,
                                    const OtherStreams& others);

// A timeline that the rules allow: what it amounts to, and its last day.
struct JudgedTimeline {
  ParticipantFacts facts;
  Day latest = Day::first();
};

// The first event of the timeline that breaks a rule gives the rejection.
Result<JudgedTimeline, Rejection> check_participant(const Timeline& timeline,
                                                    const OtherStreams& others);

}  // namespace liggare::domain
