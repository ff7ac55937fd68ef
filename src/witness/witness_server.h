// A witness over HTTP: POST /add-checkpoint.
#pragma once

#include "http/message.h"
#include "witness/witness.h"

namespace liggare::witness {

// To be called from the handler of an http::Server. Thread-safe.
http::Response answer(Witness& witness, const http::Request& request);

}  // namespace liggare::witness
