// What the verifier says of an outcome, in Swedish and in English.
#pragma once

#include <string>
#include <string_view>

#include "audit/outcome.h"
#include "tools/texts.h"

namespace liggare::tools {

std::string_view text_of(Language language, audit::Verdict verdict);
std::string_view text_of(Language language, audit::Reason reason);
// With one pair of braces for each of the statement's values.
std::string_view text_of(Language language, audit::Statement statement);

// The statement with its values, harmful characters escaped.
std::string sentence(Language language, const audit::Remark& remark);

}  // namespace liggare::tools
