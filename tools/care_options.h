// Options that holds, erasures, disclosures, log reviews and care of the vault share.
#pragma once

#include <initializer_list>
#include <string>

#include "base/json.h"
#include "tools/command.h"

namespace liggare::tools {

Argument required(std::string name, std::string value, std::string help);
Argument participant_argument();
Argument classes_argument();
Argument acting_staff_argument();

// A bare id or code; invalid_argument for anything else.
Result<std::string> id_given(const Arguments& arguments, const std::string& option);
// --as, which must be given: staff/ID.
Result<std::string> acting_staff(const Arguments& arguments);
// --classes as a list of words.
Result<Json> classes_given(const Arguments& arguments);
// "<prefix>-<hash of the parts>": the same event whenever the same is sent.
std::string own_event_id(const std::string& prefix, std::initializer_list<std::string> parts);

}  // namespace liggare::tools
