// Facts by their ids.
#pragma once

#include <functional>
#include <map>
#include <string>

namespace liggare::domain {

// Ordered by the bytes of the id, as answers list them; searched by string_view.
template <class Fact>
using ById = std::map<std::string, Fact, std::less<>>;

}  // namespace liggare::domain
