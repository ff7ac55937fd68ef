// The characters of HTTP's grammar (RFC 9110, section 5.6), in ASCII whatever the locale.
#pragma once

#include <string_view>

namespace liggare::http {

bool is_digit(char character);

// Not empty and of token characters alone, as the names of headers and methods are.
bool is_token(std::string_view text);

// Fit to stand in a header's value: no control characters but the tab.
bool is_header_value(std::string_view text);

bool equals_ignoring_case(std::string_view left, std::string_view right);

}  // namespace liggare::http
