#include "ledger/access_report.h"

#include "codec/access_record.h"
#include "ledger/access_log.h"
#include "ledger/protection.h"

namespace liggare::ledger {
namespace {

Json row_of(const AccessPlace& place, const access::Record& record) {
  Json row = Json::object();
  const Json whole = codec::access_json(record);
  for (const std::string_view column : access_columns()) {
    if (column == "year") {
      row.add(column, place.year);
    } else if (column == "position") {
      row.add(column, place.position);
    } else if (column == "events") {
      row.add(column, std::uint64_t{record.events.size()});
    } else {
      row.add(column, *whole.find(column));
    }
  }
  return row;
}

bool is_asked_for(const access::Record& record, const AccessQuestion& question) {
  if (question.participant && record.subject != "participant/" + *question.participant) {
    return false;
  }
  if (question.staff && record.who != "staff/" + *question.staff) return false;
  const Day day = record.recorded.ledger_day();
  return (!question.from || *question.from <= day) && (!question.to || day <= *question.to);
}

Json parameters_of(const AccessQuestion& question) {
  Json parameters = Json::object();
  if (question.participant) parameters.add("participant", *question.participant);
  if (question.staff) parameters.add("staff", *question.staff);
  if (question.from) parameters.add("from", *question.from);
  if (question.to) parameters.add("to", *question.to);
  return parameters;
}

Result<void> require_known(const Ledger& ledger, const domain::Subject& participant) {
  const std::uint64_t size = ledger.head().tree_size;
  LIGGARE_TRY(const auto positions, ledger.log().stream(participant.text(), size));
  if (!positions.empty()) return {};
  return unknown_participant(participant, size);
}

}  // namespace

const std::vector<std::string_view>& access_columns() {
  static const std::vector<std::string_view> columns = {
      "recorded", "who",     "role", "relation", "subject", "action", "classes", "refusedClasses",
      "purpose",  "outcome", "code", "reason",   "events",  "year",   "position"};
  return columns;
}

Result<projection::Answer> access_report(const Ledger& ledger, const AccessQuestion& question) {
  projection::Answer answer;
  answer.report = "access";
  answer.as_of = ledger.today();
  answer.at = ledger.head().tree_size;
  answer.parameters = parameters_of(question);
  LIGGARE_TRY(const auto log, AccessLog::open(ledger.folders().ledger));
  const AccessReader read = [&](const AccessPlace& place,
                                const access::Record& record) -> Result<void> {
    if (is_asked_for(record, question)) answer.rows.push(row_of(place, record));
    return {};
  };
  if (question.participant) {
    const domain::Subject participant{domain::StreamKind::participant, *question.participant};
    LIGGARE_CHECK(require_known(ledger, participant));
    LIGGARE_CHECK(log->stream(participant.text(), read));
  } else {
    LIGGARE_CHECK(log->scan(read));
  }
  return answer;
}

}  // namespace liggare::ledger
