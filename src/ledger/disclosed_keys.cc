#include "ledger/disclosed_keys.h"

namespace liggare::ledger {

Result<std::vector<DisclosedKey>> disclosed_keys(const Ledger& ledger,
                                                 const std::string& participant) {
  std::vector<DisclosedKey> keys;
  // Such a record names every class of every event in it: a disclosure of several sorts of events
  // has a record for each sort (Reading::ask).
  const AccessReader read = [&](const AccessPlace& place,
                                const access::Record& record) -> Result<void> {
    if (record.action != access::Action::disclose_keys ||
        record.outcome != access::Outcome::allowed) {
      return {};
    }
    for (const std::uint64_t position : record.events) {
      for (const PersonalClass one : record.classes) {
        keys.push_back(
            {position, one, record.id, place, record.recorded, record.who, record.purpose});
      }
    }
    return {};
  };
  LIGGARE_TRY(const auto log, AccessLog::open(ledger.folders().ledger));
  const domain::Subject subject{domain::StreamKind::participant, participant};
  LIGGARE_CHECK(log->stream(subject.text(), read));
  return keys;
}

}  // namespace liggare::ledger
