#include "audit/disclosed_check.h"

#include <algorithm>

#include "audit/disclosed.h"
#include "base/secret.h"
#include "sealing/seal.h"

namespace liggare::audit {
namespace {

const Section* section_of(const codec::Record& record, PersonalClass personal_class) {
  const auto found = std::find_if(
      record.sections.begin(), record.sections.end(),
      [&](const Section& section) { return section.personal_class == personal_class; });
  return found == record.sections.end() ? nullptr : &*found;
}

sealing::EventContext context_of(const domain::Event& event) {
  return {event.id, event.subject.text(), std::string(domain::name_of(event.type())),
          event.effective.text()};
}

// What is wrong with the line; none where nothing is.
Detail judge(const DisclosedSection& disclosed, const ProvenLeaves& leaves) {
  const auto leaf = leaves.find(disclosed.position);
  const Section* section =
      leaf == leaves.end() ? nullptr : section_of(leaf->second.record, disclosed.personal_class);
  if (section == nullptr) {
    return {Circumstance::no_such_section,
            {leaf_path(disclosed.position), std::string(name_of(disclosed.personal_class))}};
  }
  const auto opened = sealing::open(SecretKey(disclosed.key),
                                    context_of(leaf->second.record.event.event), *section);
  if (!opened) return {Circumstance::key_opens_nothing, {leaf_path(disclosed.position)}};
  if (*opened != disclosed.clear) {
    return {Circumstance::section_holds_other, {leaf_path(disclosed.position)}};
  }
  return {};
}

}  // namespace

Checked<std::uint64_t> check_disclosed(std::string_view text, const ProvenLeaves& leaves) {
  LIGGARE_TRY(const auto sections, parse_disclosed(text));
  std::uint64_t number = 0;
  for (const DisclosedSection& disclosed : sections) {
    ++number;
    Detail wrong = judge(disclosed, leaves);
    if (wrong == Detail{}) continue;
    return refuse(Reason::disclosed_differs, {std::string(disclosed_name), number},
                  std::move(wrong));
  }
  return number;
}

std::uint64_t sections_in(const ProvenLeaves& leaves) {
  std::uint64_t count = 0;
  for (const auto& [position, leaf] : leaves) count += leaf.record.sections.size();
  return count;
}

}  // namespace liggare::audit
