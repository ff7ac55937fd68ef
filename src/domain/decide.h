// Whether the ledger takes an event: the rules in the order in which faults are answered
// (contract P1), from effective-in-future to the stream's timeline.
//
// Format, idempotency and the expected version come before; the size of the record comes last.
// Pure: what it needs of the rest of the ledger is passed in.
#pragma once

#include <functional>
#include <optional>

#include "base/result.h"
#include "domain/judged_stream.h"
#include "domain/other_streams.h"
#include "domain/references.h"
#include "domain/rejection.h"

namespace liggare::domain {

struct World {
  OtherStreams others;
  StreamExists exists;
  // The data of the correction at hand, read as data of `type`; its own faults are rejections.
  std::function<Result<Payload, Rejection>(EventType type)> correction_data;
  // A class of the event's personal data that an erasure has fenced.
  std::optional<PersonalClass> fenced = std::nullopt;
};

// `stream` is the subject's so far; it may have forgotten its events where it has facts before the
// draft's. `draft` is the event as it would be recorded; the data of a correction in it are still
// unread. Gives the event to record.
Result<Accepted, Rejection> decide(const JudgedStream& stream, RecordedEvent draft,
                                   const World& world);

}  // namespace liggare::domain
