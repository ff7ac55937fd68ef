#include "sealing/section.h"

#include <cstdint>
#include <limits>

#include "base/assertion.h"
#include "base/bytes.h"
#include "sealing/puncture_tree.h"

namespace liggare::sealing {
namespace {

void put_text(std::string& out, std::string_view text) {
  LIGGARE_ASSERT(text.size() <= std::numeric_limits<std::uint16_t>::max(),
                 "an event's attribute is too long to be sealed into");
  put_u16(out, static_cast<std::uint16_t>(text.size()));
  out += text;
}

}  // namespace

Result<void> check_lengths(const Section& section) {
  const auto wrong = [](const char* field) {
    return fail(ErrorCode::corrupt, std::string("a section's ") + field + " has the wrong length");
  };
  if (section.key_id.size() != key_id_bytes) return wrong("key id");
  if (section.index.size() != index_bytes) return wrong("index");
  if (section.salt.size() != salt_bytes) return wrong("salt");
  if (section.commitment.size() != commitment_bytes) return wrong("commitment");
  return {};
}

std::string context_bytes(const EventContext& event, PersonalClass personal_class) {
  std::string bytes;
  put_text(bytes, event.event_id);
  put_text(bytes, event.subject);
  put_text(bytes, event.type);
  put_text(bytes, event.effective);
  put_text(bytes, name_of(personal_class));
  return bytes;
}

}  // namespace liggare::sealing
