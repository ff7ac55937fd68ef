// What the verifier says of an outcome, in Swedish and in English.
#pragma once

#include <string>
#include <string_view>

#include "audit/outcome.h"
#include "tools/phrase.h"
#include "tools/texts.h"

namespace liggare::tools {

// What was checked, and is to be kept where it is not in order.
enum class Evidence { bundle, tiles, files };

std::string_view text_of(Language language, audit::Verdict verdict);
std::string_view text_of(Language language, audit::Reason reason);
// What to do now that something was refused.
std::string next_step(Language language, audit::Reason reason, Evidence evidence);

const Phrase& phrase_of(audit::Statement statement);
const Phrase& phrase_of(audit::Circumstance circumstance);

// The statement with its values, harmful characters escaped; so the others.
std::string sentence(Language language, const audit::Remark& remark);
std::string text_of(Language language, const audit::Detail& detail);
std::string text_of(Language language, const audit::Place& place);

// What a fact is called; nothing where it has no name for people.
std::string_view fact_title(Language language, std::string_view fact);

}  // namespace liggare::tools
