// Reading personal data: decided, recorded durably in the access log, and only then done.
//
// Where it can't be recorded, nothing is opened.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "access/read_rules.h"
#include "access/record.h"
#include "codec/event_json.h"
#include "ledger/access_log.h"
#include "ledger/ledger.h"
#include "vault/vault.h"

namespace liggare::ledger {

// Who reads, and what for.
struct Reader {
  std::string who;  // staff/ID
  access::Purpose purpose = access::Purpose::case_work;
  access::Action action = access::Action::read;
  std::optional<std::vector<PersonalClass>> classes = {};  // All where none are named.
  std::string reason = {};                                 // Free text, sealed; may be empty.
  bool breaks_glass = false;                               // Its purpose is emergency.
};

// What was decided and recorded as allowed.
struct Grant {
  domain::Subject participant;
  std::vector<PersonalClass> allowed;  // May be read, whether there are any or not.
  std::set<PersonalClass> shown;       // Of those, what the events hold and the vault can open.
  std::set<PersonalClass> refused;     // Held by the events and left closed.
  std::map<std::uint64_t, std::vector<Section>> sections;  // To be opened, by position.
  bool is_fenced = false;  // Some were left closed because they are being erased.
  access::Action action = access::Action::read;
  std::string record_id;  // Of the last of several.
  AccessPlace place;
};

// A section with the key that opens it and nothing else.
struct OpenedSection {
  PersonalClass personal_class = PersonalClass::identity;
  SecretKey key;
  std::string text;  // RFC 8785.
};

// Not thread-safe.
class Reading {
 public:
  // Beside a writer and other readers: it shares the vault, and holds the access log only while
  // something is recorded. A vault that can't be opened within two seconds fails what needs it,
  // later. `ledger`, in either mode, must outlive it.
  static Result<std::unique_ptr<Reading>> open(const Ledger& ledger);
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  // Decides on reading these events of one participant and records it: one record, whatever the
  // number of events; where keys are disclosed, one for each set of classes that events give, so
  // that a record's classes are those of each of its events. denied where it is not allowed, which
  // is recorded too; not_found, in the words for an unknown participant, where the reader may not
  // know that there is one; fenced where a class that was named is under erasure; as the vault says
  // where it can't be opened; io where it can't be recorded, busy where others record for longer
  // than two seconds. After any error nothing was opened.
  Result<Grant> ask(const Reader& reader, const domain::Subject& participant,
                    std::span<const domain::RecordedEventPtr> events);
  // The JSON text of a section, RFC 8785; no value where the grant leaves it closed. corrupt where
  // it is not what was sealed.
  Result<std::optional<std::string>> section_text(const Grant& grant,
                                                  const domain::RecordedEvent& event,
                                                  PersonalClass personal_class);
  // What the grant opens of the event, with the keys to hand out, in the order of the classes.
  // Errors as section_text(), and fenced or not_found where it was erased meanwhile. Requires a
  // grant for Action::disclose_keys.
  Result<std::vector<OpenedSection>> disclose(const Grant& grant,
                                              const domain::RecordedEvent& event);
  // The event with what the grant opens in the clear; the rest is sealed, or erased.
  Result<Json> event_json(const Grant& grant, const domain::RecordedEvent& event);

  // ask(), and the rows of `report history` from the events at positions < size.
  Result<Json> history(const Reader& reader, const domain::Subject& participant,
                       std::uint64_t size);
  // ask(), and the one event as its history shows it. An event of another stream than a
  // participant's has nothing to hide: it is shown and not recorded.
  Result<Json> entry(const Reader& reader, std::uint64_t position);

  // What the staff member is to the participant, now; its break_glass is not looked up. not_found
  // where there is no such participant.
  Result<access::Standing> standing(const std::string& who,
                                    const domain::Subject& participant) const;
  // For what is recorded beside reads: searches, disclosures, refused writes. A record of this
  // reader that lacks only what was done and what became of it.
  access::Record draft(const Reader& reader, const std::string& subject) const;
  AccessLog& access_log() { return *access_log_; }
  // A record's reason in the clear, where it has one: for who has been granted the subject's
  // ordinary class. not_found once that is erased.
  Result<std::optional<std::string>> reason_text(const access::Record& record);
  // Why it can't be opened, where it can't.
  Result<vault::Vault*> vault() const;

 private:
  struct Asked;
  using ClosedView = std::function<codec::PersonalView(const domain::RecordedEvent&)>;
  explicit Reading(const Ledger& ledger) : ledger_(ledger) {}
  void take_vault();
  Result<void> look_at_glass(Asked& asked) const;
  Result<Grant> grant(const Asked& asked);
  Result<void> take_sections(const Asked& asked, const domain::RecordedEvent& event, Grant& grant);
  Result<Grant> record_grant(const Asked& asked, Grant grant, access::Record record);
  Result<void> seal_reason(const Reader& reader, access::Record& record);
  Unexpected<Error> deny(const Asked& asked, access::Record record);
  Unexpected<Error> give_up(access::Record record, access::Outcome outcome, const Error& error);
  Result<Json> rows(const Grant& grant, const domain::Stream& events);

  const Ledger& ledger_;
  std::unique_ptr<vault::Vault> own_vault_;  // None where the ledger has it open.
  vault::Vault* vault_ = nullptr;
  Error vault_unavailable_{ErrorCode::vault_unavailable, "the vault is not open"};
  std::unique_ptr<AccessLog> access_log_;
  // What everyone may see of an event, as of the newest ask().
  ClosedView closed_;
};

}  // namespace liggare::ledger
