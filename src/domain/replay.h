// Whether a part of a stream makes sense by itself: each of its events judged anew, in order.
#pragma once

#include <functional>
#include <optional>

#include "domain/other_streams.h"
#include "domain/references.h"
#include "domain/rejection.h"

namespace liggare::domain {

struct Elsewhere {
  OtherStreams others;
  StreamExists exists;
};

// The first rejection when the events of `stream` are appended one by one to nothing, each at its
// own position and with what was known of other streams there; nothing when all are taken.
std::optional<Rejection> replay(const Stream& stream, const Elsewhere& elsewhere);

}  // namespace liggare::domain
