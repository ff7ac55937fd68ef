#include "ledger/authority.h"

#include "access/standing.h"
#include "domain/formats.h"
#include "ledger/access_log.h"
#include "ledger/principal.h"

namespace liggare::ledger {
namespace {

std::string words_for(access::WriteDenial denial, const WriteIntent& intent) {
  const std::string type(domain::name_of(intent.type));
  switch (denial) {
    case access::WriteDenial::unknown_principal:
      return "--as takes staff/ID, not \"" + intent.actor + "\"";
    case access::WriteDenial::second_person_missing:
      return type + " takes two persons with a role for it, and " +
             intent.second.value_or("nobody") + " is no other such person than " + intent.actor;
    default:
      return intent.actor + " has no role that writes " + type;
  }
}

}  // namespace

Result<std::vector<access::Role>> roles_now(const Ledger& ledger, const std::string& actor) {
  std::vector<access::Role> roles;
  const auto id = domain::staff_id(actor);
  if (!id) return roles;
  const domain::Subject staff{domain::StreamKind::staff, *id};
  LIGGARE_TRY(const auto stream, ledger.stream(staff, ledger.head().tree_size));
  for (const access::HeldRole& held : access::roles_of(domain::timeline_of(stream))) {
    roles.push_back(held.role);
  }
  return roles;
}

Result<void> record_denial(const Ledger& ledger, const std::string& who, const WriteIntent& intent,
                           access::WriteDenial denial, const std::string& event_id) {
  LIGGARE_TRY(const auto log, AccessLog::open_for_writing(ledger.folders().ledger, ledger.origin(),
                                                          ledger.clock()));
  access::Record record;
  record.action = access::Action::refused_write;
  record.outcome = access::Outcome::denied;
  record.who = who;
  record.submitted_by = local_principal();
  record.subject = intent.subject.text();
  record.ledger_size = ledger.head().tree_size;
  record.code = domain::word_of(denial);
  record.event_type = domain::name_of(intent.type);
  record.event_id = event_id;
  LIGGARE_TRY(const auto places, log->record({&record, 1}));
  return {};
}

Result<void> authorise(const Ledger& ledger, const WriteIntent& intent) {
  access::WriteRequest request;
  request.type = intent.type;
  request.principal = request.actor = intent.actor;
  LIGGARE_TRY(request.roles, roles_now(ledger, intent.actor));
  if (intent.second) {
    LIGGARE_TRY(auto roles, roles_now(ledger, *intent.second));
    request.second = access::WriteRequest::Second{*intent.second, std::move(roles)};
  }
  const auto denial = access::judge(request);
  if (!denial) return {};
  LIGGARE_CHECK(record_denial(ledger, intent.actor, intent, *denial));
  return fail(ErrorCode::denied, words_for(*denial, intent));
}

}  // namespace liggare::ledger
