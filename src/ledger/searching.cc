#include "ledger/searching.h"

#include "codec/parsed_json.h"
#include "domain/person_number.h"

namespace liggare::ledger {
namespace {

bool has_number(const std::string& identity, std::string_view number) {
  const auto json = codec::parse_json(identity);
  if (!json) return false;
  for (const std::string_view name : {"personnummer", "samordningsnummer"}) {
    const Json* value = json->find(name);
    if (value != nullptr && value->as_text() != nullptr && *value->as_text() == number) return true;
  }
  return false;
}

// The index may hold numbers of events that were refused: what is stored decides.
Result<bool> is_stored(Reading& reading, const Grant& grant, const domain::Stream& stream,
                       std::string_view number) {
  for (const domain::RecordedEventPtr& event : stream) {
    LIGGARE_TRY(const auto text, reading.section_text(grant, *event, PersonalClass::identity));
    if (text && has_number(*text, number)) return true;
  }
  return false;
}

Result<void> record_nothing_found(Reading& reading, const Reader& reader) {
  access::Record record = reading.draft(reader, "");
  record.outcome = access::Outcome::allowed;
  LIGGARE_TRY(const auto places, reading.access_log().record({&record, 1}));
  return {};
}

}  // namespace

Result<std::vector<std::string>> find_by_number(Reading& reading, const Ledger& ledger,
                                                Reader reader, std::string_view text) {
  const std::optional<std::string> number = domain::twelve_digits(text, ledger.today());
  if (!number) {
    return fail(ErrorCode::invalid_argument,
                "that is no personnummer or samordningsnummer: YYYYMMDD-NNNN, YYYYMMDDNNNN or "
                "YYMMDD-NNNN, with + for - from the year of the hundredth birthday, and nothing "
                "else on the line");
  }
  reader.action = access::Action::search;
  reader.classes = std::vector<PersonalClass>{PersonalClass::identity};
  LIGGARE_TRY(vault::Vault* const vault, reading.vault());
  LIGGARE_TRY(const auto subjects, vault->find_number(*number));
  std::vector<std::string> found;
  bool is_recorded = false;
  for (const std::string& subject : subjects) {
    const domain::Subject participant{domain::StreamKind::participant,
                                      subject.substr(subject.find('/') + 1)};
    LIGGARE_TRY(const auto stream, ledger.stream(participant, ledger.head().tree_size));
    if (stream.empty()) continue;
    const auto grant = reading.ask(reader, participant, stream);
    is_recorded = true;
    if (!grant) {
      const ErrorCode code = grant.error().code;
      if (code == ErrorCode::denied || code == ErrorCode::not_found) continue;
      return Unexpected{grant.error()};
    }
    LIGGARE_TRY(const bool is_there, is_stored(reading, *grant, stream, *number));
    if (is_there) found.push_back(participant.id);
  }
  if (!is_recorded) {
    LIGGARE_CHECK(record_nothing_found(reading, reader));
  }
  return found;
}

}  // namespace liggare::ledger
