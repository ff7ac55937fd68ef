// Swedish personal identity numbers (personnummer) and coordination numbers (samordningsnummer).
#pragma once

#include <string_view>

namespace liggare::domain {

// Twelve digits with a valid date and check digit. For a coordination number the day is raised
// by 60 (contract, section 1).
bool is_personal_identity_number(std::string_view digits);
bool is_coordination_number(std::string_view digits);

// Whether `text` holds a run of 10 or 12 digits, with or without - or + before the last four,
// that forms a valid number of either kind: dates 1890–2029, YYMMDD read in either century
// (contract, section 1 and P3: maximal runs of ASCII digits).
bool contains_person_number(std::string_view text);

}  // namespace liggare::domain
