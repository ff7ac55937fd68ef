#include "ledger/protection.h"

#include "access/read_rules.h"
#include "access/standing.h"
#include "domain/formats.h"
#include "ledger/access_log.h"
#include "ledger/principal.h"

namespace liggare::ledger {
namespace {

Result<void> record_attempt(const Ledger& ledger, const domain::Subject& participant,
                            const Asker& asker) {
  if (asker.who.empty()) return {};
  LIGGARE_TRY(const auto log, AccessLog::open_for_writing(ledger.folders().ledger, ledger.origin(),
                                                          ledger.clock()));
  access::Record record;
  record.action = asker.action;
  record.outcome = access::Outcome::denied;
  record.who = asker.who;
  record.submitted_by = local_principal();
  record.subject = participant.text();
  record.ledger_size = ledger.head().tree_size;
  record.code = domain::word_of(access::Denial::protected_person);
  LIGGARE_TRY(const auto places, log->record({&record, 1}));
  return {};
}

}  // namespace

Unexpected<Error> unknown_participant(const domain::Subject& participant, std::uint64_t size) {
  return fail(ErrorCode::not_found,
              participant.text() + " is unknown at size " + std::to_string(size));
}

Result<void> require_may_know(const Ledger& ledger, const std::string& participant,
                              std::uint64_t size, const Asker& asker) {
  const domain::Subject subject{domain::StreamKind::participant, participant};
  LIGGARE_TRY(const domain::Stream events, ledger.stream(subject, ledger.head().tree_size));
  const auto staff = domain::staff_id(asker.who);
  const auto standing = access::standing_of(staff.value_or(""), {}, domain::timeline_of(events));
  if (!standing.is_protected || (staff && standing.is_listed)) return {};
  LIGGARE_CHECK(record_attempt(ledger, subject, asker));
  return unknown_participant(subject, size);
}

}  // namespace liggare::ledger
