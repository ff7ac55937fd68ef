#include "tools/actor.h"

#include "domain/formats.h"
#include "domain/person_number.h"

namespace liggare::tools {

Result<std::string> actor_of(const Arguments& arguments) {
  const std::string* given = arguments.text("--actor");
  if (given == nullptr) return std::string("system/liggare");
  if (domain::is_actor(*given)) return *given;
  return fail(ErrorCode::invalid_argument,
              "--actor takes staff/ID or system/ID, not \"" + *given + "\"");
}

Argument actor_argument() {
  return {"--actor", "WHO", "staff/ID or system/ID; system/liggare otherwise"};
}

Result<std::string> staff_of(const Arguments& arguments) {
  const std::string* given = arguments.text("--as");
  if (given == nullptr) return std::string();
  if (domain::contains_person_number(*given)) {
    return fail(ErrorCode::invalid_argument,
                "--as takes staff/ID, and an id is no personnummer or samordningsnummer");
  }
  if (given->starts_with("staff/") && domain::is_actor(*given)) return *given;
  return fail(ErrorCode::invalid_argument, "--as takes staff/ID, not \"" + *given + "\"");
}

Result<std::string> principal_of(const Arguments& arguments) {
  const std::string* given = arguments.text("--as");
  if (given == nullptr) return std::string();
  if (domain::contains_person_number(*given)) {
    return fail(ErrorCode::invalid_argument,
                "--as takes an id, and that is no personnummer or samordningsnummer");
  }
  if (domain::is_actor(*given)) return *given;
  return fail(ErrorCode::invalid_argument,
              "--as takes staff/ID or system/ID, not \"" + *given + "\"");
}

}  // namespace liggare::tools
