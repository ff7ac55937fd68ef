// Which strings an event may hold (contract, section 1): NFC UTF-8 without control characters.
#pragma once

#include <string_view>

namespace liggare::codec {

// Structural strings: no control characters at all. Requires valid UTF-8.
bool is_plain_text(std::string_view text);
// Values in data.personal: LF and TAB are allowed.
bool is_personal_text(std::string_view text);

}  // namespace liggare::codec
