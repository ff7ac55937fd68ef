// The certificate of an erasure: a signed note that says what was destroyed and what was found.
//
// Its text is the line "liggare/erasure-certificate/v1" and one line of RFC 8785 JSON.
#pragma once

#include <string>

#include "base/json.h"
#include "ledger/erasure.h"

namespace liggare::ledger {

inline constexpr std::string_view certificate_header = "liggare/erasure-certificate/v1";

// What the certificate says, also shown to whoever executed it. Names no person and no key bytes.
Json certificate_json(const Ledger& ledger, const ExecutedErasure& done);

// Signs it with the ledger's key and writes it in place of an earlier one that was never recorded;
// durable once it returns. Gives the file's SHA-256 in hex.
Result<std::string> write_certificate(const Ledger& ledger, const ExecutedErasure& done);

}  // namespace liggare::ledger
