// Signed heads of the access log's years: those given, and the one that its signer wrote down.
//
// Internal to inspect and to ledger.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "inspect/verify.h"

namespace liggare::inspect {

struct SignedYear {
  std::string name;  // What to call it: "SIGNED.access", "friday.checkpoint".
  int year = 0;
  merkle::TreeHead head;
};

struct SignedYearsOrder {
  std::filesystem::path keys;  // Where SIGNED.access lies, if it does.
  std::string origin;          // Of the ledger.
  std::vector<GivenCheckpoint> given = {};
  std::optional<merkle::VerifierKey> key = {};  // Under any name; else the one of SIGNED.access.
};

// The year of "<origin>/access/<year>".
std::optional<int> access_year_of(const std::string& origin, const std::string& name);

// To be read before the trees are: then these can only be longer. invalid_argument for a given one
// that is no checkpoint of a year of this access log, or is not signed by the key; corrupt where
// SIGNED.access is damaged.
Result<std::vector<SignedYear>> read_signed_years(const SignedYearsOrder& order);

}  // namespace liggare::inspect
