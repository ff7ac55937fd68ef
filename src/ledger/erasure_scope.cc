#include "ledger/erasure_scope.h"

#include <algorithm>

#include "base/bytes.h"
#include "codec/record.h"
#include "domain/hash_name.h"
#include "store/event_log.h"

namespace liggare::ledger {
namespace {

bool contains(const std::vector<PersonalClass>& classes, PersonalClass wanted) {
  return std::find(classes.begin(), classes.end(), wanted) != classes.end();
}

bool is_meant(const DecidedErasure& erasure, const domain::Event& event, const Section& section) {
  if (erasure.data.classes) return contains(*erasure.data.classes, section.personal_class);
  const auto& targets = *erasure.data.targets;
  return std::find(targets.begin(), targets.end(), event.id) != targets.end();
}

}  // namespace

std::string executed_id(const std::string& decision) {
  constexpr std::size_t id_length_max = 64;
  std::string id = decision + "-executed";
  if (id.size() <= id_length_max) return id;
  return domain::hash_name("executed-", to_hex(sha256({decision}).view()).substr(0, 32));
}

std::vector<DecidedErasure> decided_erasures(const domain::Stream& stream) {
  std::vector<DecidedErasure> erasures;
  for (const domain::RecordedEventPtr& event : stream) {
    if (const auto* data = std::get_if<domain::ErasureDecided>(&event->event.data)) {
      erasures.push_back({event, *data, nullptr});
    }
    if (!std::holds_alternative<domain::ErasureExecuted>(event->event.data)) continue;
    for (DecidedErasure& erasure : erasures) {
      if (executed_id(erasure.id()) == event->event.id) erasure.executed = event;
    }
  }
  return erasures;
}

Result<DecidedErasure> decided_erasure(const Ledger& ledger, const std::string& decision) {
  LIGGARE_TRY(const auto position, ledger.position_of(decision));
  if (!position) return fail(ErrorCode::not_found, "there is no event \"" + decision + "\"");
  LIGGARE_TRY(const std::string bytes, ledger.leaf(*position));
  LIGGARE_TRY(const codec::Record record, codec::decode_record(bytes, *position));
  LIGGARE_TRY(const auto stream,
              ledger.stream(record.event.event.subject, ledger.head().tree_size));
  for (DecidedErasure& erasure : decided_erasures(stream)) {
    if (erasure.id() == decision) return std::move(erasure);
  }
  return fail(ErrorCode::invalid_argument, "event " + decision + " decides no erasure");
}

Result<std::vector<SealedSection>> sections_of(const Ledger& ledger,
                                               const DecidedErasure& erasure) {
  const std::uint64_t size =
      erasure.executed ? erasure.executed->position : ledger.head().tree_size;
  LIGGARE_TRY(const auto positions, ledger.log().stream(erasure.subject(), size));
  std::vector<SealedSection> sections;
  for (const std::uint64_t position : positions) {
    LIGGARE_TRY(const std::string bytes, ledger.leaf(position));
    LIGGARE_TRY(codec::Record record, codec::decode_record(bytes, position));
    const auto event = std::make_shared<const domain::RecordedEvent>(std::move(record.event));
    for (Section& section : record.sections) {
      if (is_meant(erasure, event->event, section)) {
        sections.push_back({position, event, std::move(section)});
      }
    }
  }
  return sections;
}

vault::Erasure vault_erasure(const DecidedErasure& erasure,
                             const std::vector<SealedSection>& sections) {
  vault::Erasure told{erasure.id(), erasure.subject(), {}, {}};
  if (erasure.data.classes) {
    told.classes = *erasure.data.classes;
    return told;
  }
  for (const SealedSection& each : sections) {
    told.sections.push_back(
        {each.section.key_id, {told.subject, each.section.personal_class}, each.section.index});
  }
  return told;
}

}  // namespace liggare::ledger
