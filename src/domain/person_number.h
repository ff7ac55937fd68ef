// Swedish personal identity numbers (personnummer) and coordination numbers (samordningsnummer).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/day.h"

namespace liggare::domain {

// Twelve digits with a valid date and check digit. For a coordination number the day is raised
// by 60 (contract, section 1).
bool is_personal_identity_number(std::string_view digits);
bool is_coordination_number(std::string_view digits);

// Its twelve digits, where `text` is a number of either kind in one of the forms that are in use:
// YYYYMMDDNNNC, with or without - or + before the last four, and YYMMDD-NNNC or YYMMDD+NNNC, where
// + stands from the year in which the person turns 100 (by the year of `today`). No value for
// anything else, whatever stands around a number.
std::optional<std::string> twelve_digits(std::string_view text, Day today);

// Whether `text` holds a run of 10 or 12 digits, with or without - or + before the last four,
// that forms a valid number of either kind: dates 1890–2029, YYMMDD read in either century
// (contract, section 1 and P3: maximal runs of ASCII digits).
bool contains_person_number(std::string_view text);

// The text with […] in place of each such number.
std::string without_person_numbers(std::string_view text);

}  // namespace liggare::domain
