#include "domain/hash_name.h"

#include "domain/person_number.h"

namespace liggare::domain {

std::string hash_name(std::string_view prefix, std::string_view hex) {
  std::string name = std::string(prefix) + std::string(hex);
  if (!contains_person_number(name)) return name;
  for (std::size_t i = prefix.size(); i < name.size(); ++i) {
    if (name[i] >= '0' && name[i] <= '9') name[i] = static_cast<char>(name[i] - '0' + 'g');
  }
  return name;
}

}  // namespace liggare::domain
