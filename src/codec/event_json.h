// Writes an event as JSON, as clients know it (contract, section 1).
#pragma once

#include <functional>

#include "base/json.h"
#include "domain/event.h"

namespace liggare::codec {

// What stands in place of a class of personal data.
using PersonalView = std::function<Json(PersonalClass)>;

// {"sealed": true} for every class: what everyone may see.
Json sealed_view(PersonalClass);

// The attributes that the client set, and data.
Json client_json(const domain::Event& event, const PersonalView& personal);
// With what the ledger set: sequence, recorded, streamversion, submittedby.
Json event_json(const domain::RecordedEvent& event, const PersonalView& personal);

// The position as the CloudEvents sequence extension: 20 digits, zero-padded.
std::string sequence_text(std::uint64_t position);

}  // namespace liggare::codec
