// The formats of strings in events (contract, section 1 and P3).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/field.h"

namespace liggare::domain {

// 1–64 characters of A-Za-z0-9._-: bare ids and codes.
bool is_id(std::string_view text);
// 1–64 characters of A-Za-z0-9._:-.
bool is_event_id(std::string_view text);
// "staff/ID" or "system/ID".
bool is_actor(std::string_view text);
// The ID of an actor "staff/ID"; no value for anybody else.
std::optional<std::string> staff_id(std::string_view actor);
// Lower-case hex of a SHA-256.
bool is_digest(std::string_view text);
// A non-empty URI reference (RFC 3986, 4.1), by its characters and percent-encodings.
bool is_uri_reference(std::string_view text);

// Whether a structural string has `format`, person numbers included: none may hold one but a
// digest. Characters (NFC, no controls) are judged where text is read.
bool has_format(std::string_view text, Format format);

}  // namespace liggare::domain
