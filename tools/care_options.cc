#include "tools/care_options.h"

#include "base/bytes.h"
#include "base/sha256.h"
#include "domain/formats.h"
#include "domain/hash_name.h"
#include "domain/personal_class_words.h"
#include "tools/actor.h"
#include "tools/words_option.h"

namespace liggare::tools {

Argument required(std::string name, std::string value, std::string help) {
  return {std::move(name), std::move(value), std::move(help), Argument::Presence::required};
}
Argument participant_argument() { return required("--participant", "P", "whose data"); }
Argument classes_argument() {
  return {"--classes", "A,B", "of " + words_of<PersonalClass>(), Argument::Presence::optional};
}
Argument acting_staff_argument() { return required("--as", "WHO", "staff/ID: who does it"); }

Result<std::string> id_given(const Arguments& arguments, const std::string& option) {
  const std::string* given = arguments.text(option);
  if (given != nullptr && domain::is_id(*given)) return *given;
  return fail(ErrorCode::invalid_argument,
              option + " takes 1 to 64 of A-Z a-z 0-9 . _ -" +
                  (given == nullptr ? "" : ", not \"" + *given + "\""));
}

Result<std::string> acting_staff(const Arguments& arguments) {
  LIGGARE_TRY(std::string staff, staff_of(arguments));
  if (!staff.empty()) return staff;
  return fail(ErrorCode::invalid_argument, "--as takes staff/ID");
}

Result<Json> classes_given(const Arguments& arguments) {
  const std::string* given = arguments.text("--classes");
  LIGGARE_TRY(const auto classes,
              words_given<PersonalClass>("--classes", given == nullptr ? "" : *given));
  Json list = Json::array();
  for (const PersonalClass each : classes) list.push(domain::word_of(each));
  return list;
}

std::string own_event_id(const std::string& prefix, std::initializer_list<std::string> parts) {
  constexpr std::size_t digits = 24;
  std::string text;
  for (const std::string& part : parts) text.append(part).append(1, '\0');
  return domain::hash_name(prefix + "-", to_hex(sha256({text}).view()).substr(0, digits));
}

}  // namespace liggare::tools
