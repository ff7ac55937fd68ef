// What goes into a bundle to be read: its README, and the schema of its records.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/bundle.h"

namespace liggare::ledger {

// How to check the bundle, with liggare-verify and by hand; in English and Swedish.
std::string bundle_readme(std::string_view origin, std::string_view subject, const Bundle& bundle);

// The record's schema, by file name: what `capnp decode` needs.
std::vector<std::pair<std::string_view, std::string_view>> schema_files();

}  // namespace liggare::ledger
