// Reads one event from one line of NDJSON, CloudEvents 1.0 structured mode (contract, section 1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/event.h"
#include "domain/rejection.h"

namespace liggare::codec {

// Longest line, without its line feed (contract P2).
inline constexpr std::size_t line_bytes_max = 49'152;

// One class of data.personal in the clear, as RFC 8785 JSON text.
struct PersonalText {
  PersonalClass personal_class = PersonalClass::identity;
  std::string json;
  bool operator==(const PersonalText&) const = default;
};

// An event as a client sent it.
struct Submission {
  domain::Event event;
  std::vector<PersonalText> personal;  // In the order of the classes.
  std::string correction_data;         // $.data.data of a correction, as JSON text.
};

// Who sends the line: clients may not send what only liggare's own commands write.
enum class Sender { client, own_command };

// Strict: the rejection has the code and the JSON path of contract P1.
Result<Submission, domain::Rejection> parse_event(std::string_view line,
                                                  Sender sender = Sender::client);

// The id of a line that was refused, to name it by; empty where it has none that is well-formed.
std::string event_id_in(std::string_view line);

// Splits a JSON array of events into one JSON text each; a single object gives itself.
Result<std::vector<std::string>, domain::Rejection> split_events(std::string_view text);

// Reads the data of a correction whose target has `type`.
Result<domain::Payload, domain::Rejection> parse_correction(std::string_view correction_data,
                                                            domain::EventType type);

}  // namespace liggare::codec
