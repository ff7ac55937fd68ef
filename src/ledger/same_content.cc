#include "ledger/same_content.h"

#include "base/diagnostics.h"
#include "ledger/sealer.h"

namespace liggare::ledger {
namespace {

using domain::EventCorrected;

// The submission's event with the data of a correction read as the stored one's type; nothing
// where they can't be, or where it corrects another event.
std::optional<domain::Event> comparable(const codec::Submission& submission,
                                        const domain::Event& stored) {
  domain::Event event = submission.event;
  auto* correction = std::get_if<EventCorrected>(&event.data);
  if (correction == nullptr) return event;
  const auto* other = std::get_if<EventCorrected>(&stored.data);
  if (other == nullptr || other->target != correction->target) return std::nullopt;
  auto data = codec::parse_correction(submission.correction_data,
                                      domain::type_of(other->data.payload->value));
  if (!data) return std::nullopt;
  correction->data.payload =
      std::make_shared<const domain::AnyPayload>(domain::AnyPayload{std::move(*data)});
  return event;
}

}  // namespace

Comparison compare(const codec::Submission& submission, const codec::Record& stored,
                   vault::Vault* vault) {
  Comparison comparison;
  const auto event = comparable(submission, stored.event.event);
  comparison.same = event && *event == stored.event.event;
  if (!comparison.same) return comparison;
  for (std::size_t i = 0; i < stored.sections.size(); ++i) {
    const Section& section = stored.sections[i];
    const auto cannot_compare = [&] {
      comparison.uncompared.emplace_back(name_of(section.personal_class));
    };
    if (vault == nullptr) {
      cannot_compare();
      continue;
    }
    const auto opened = vault->open_section(context_of(stored.event.event), section);
    if (opened) {
      comparison.same = comparison.same && *opened == submission.personal[i].json;
    } else {
      if (opened.error().code == ErrorCode::corrupt) diagnostics::warn(opened.error().message);
      cannot_compare();
    }
  }
  return comparison;
}

}  // namespace liggare::ledger
