#include "codec/faults.h"

#include "domain/formats.h"
#include "domain/person_number.h"

namespace liggare::codec {

void Faults::add(domain::RejectionCode code, const std::string& path) {
  // The codes stand in the order in which they are answered.
  if (!first_ || code < first_->code) first_ = domain::Rejection{code, path};
}

std::string path_step(std::string_view key) {
  constexpr std::size_t word_bytes_max = 32;
  if (key.size() > word_bytes_max || !domain::is_id(key) || domain::contains_person_number(key)) {
    return "[…]";
  }
  return "." + std::string(key);
}

}  // namespace liggare::codec
