// An outcome of the verifier for people, and as JSON.
#pragma once

#include <string>

#include "audit/outcome.h"
#include "tools/exit.h"
#include "tools/render_table.h"
#include "tools/verifier/verdict_texts.h"

namespace liggare::tools {

// 0, 1 or 3.
Exit exit_of(audit::Verdict verdict);

// The verdict; what is shown, or what to do next; the facts; and what the verdict rests on.
std::string text_of(const audit::Outcome& outcome, Evidence evidence, const Style& style);
// {"verdict", "reason", "place", "detail", "shown", "trust", "checked", "notChecked", "facts"}, in
// English.
Json json_of(const audit::Outcome& outcome);

}  // namespace liggare::tools
