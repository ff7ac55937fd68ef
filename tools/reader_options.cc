#include "tools/reader_options.h"

#include "domain/personal_class_words.h"
#include "tools/actor.h"
#include "tools/words_option.h"

namespace liggare::tools {
namespace {

Result<access::Purpose> purpose_given(const Arguments& arguments) {
  const std::string* given = arguments.text("--purpose");
  const bool breaks_glass = arguments.has("--break-glass");
  if (given == nullptr && breaks_glass) return access::Purpose::emergency;
  if (given == nullptr) {
    return fail(ErrorCode::invalid_argument,
                "--as needs --purpose beside it: " + words_of<access::Purpose>());
  }
  LIGGARE_TRY(const auto purpose, word_given<access::Purpose>("--purpose", *given));
  if (breaks_glass && purpose != access::Purpose::emergency) {
    return fail(ErrorCode::invalid_argument, "--break-glass has its own purpose, emergency");
  }
  return purpose;
}

}  // namespace

std::vector<Argument> reader_arguments() {
  return {
      {"--as", "staff/ID", "who reads: shows personal data, and records that in the access log"},
      {"--purpose", "CODE", "what for: " + words_of<access::Purpose>()},
      {"--classes", "CLASS,…", "only these: " + words_of<PersonalClass>()},
      {"--reason", "TEXT", "why, in words; sealed into the access log"},
      {"--break-glass", "",
       "in an emergency: every class, for a reason, for an hour; it is looked into"}};
}

Result<std::optional<ledger::Reader>> reader_given(const Arguments& arguments) {
  if (!arguments.has("--as")) {
    for (const char* option : {"--purpose", "--classes", "--reason", "--break-glass"}) {
      if (!arguments.has(option)) continue;
      return fail(ErrorCode::invalid_argument, std::string(option) + " needs --as beside it");
    }
    return std::optional<ledger::Reader>();
  }
  ledger::Reader reader;
  LIGGARE_TRY(reader.who, staff_of(arguments));
  LIGGARE_TRY(reader.purpose, purpose_given(arguments));
  if (const std::string* classes = arguments.text("--classes")) {
    LIGGARE_TRY(reader.classes, words_given<PersonalClass>("--classes", *classes));
  }
  if (const std::string* reason = arguments.text("--reason")) reader.reason = *reason;
  reader.breaks_glass = arguments.has("--break-glass");
  return std::optional(std::move(reader));
}

}  // namespace liggare::tools
