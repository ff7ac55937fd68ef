// A participant's judged story in a few hundred bytes, for a cache that holds very many.
//
// For one process's memory alone: the bytes mean nothing to another release, and are never stored.
#pragma once

#include <string>
#include <string_view>

#include "domain/participant_rules.h"

namespace liggare::domain {

std::string pack(const JudgedTimeline& story);
// Requires bytes that pack() gave.
JudgedTimeline unpack(std::string_view packed);

}  // namespace liggare::domain
