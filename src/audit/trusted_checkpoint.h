// Opens checkpoints with keys from outside, and judges their cosignatures.
#pragma once

#include <string>
#include <string_view>

#include "audit/outcome.h"
#include "audit/trust.h"
#include "merkle/checkpoint.h"

namespace liggare::audit {

// Whether a policy's quorum is asked of the checkpoint. An older one that its holder kept himself
// may be from before there were witnesses; bad cosignatures are refused anyway.
enum class Quorum { demanded, not_asked };

// Says in `outcome` what held. Refusals: malformed, not_signed, not_cosigned, bad_signature.
Checked<merkle::Checkpoint> open_trusted(const merkle::SignedNote& note, const Trust& trust,
                                         Quorum quorum, const std::string& place, Outcome& outcome);
Checked<merkle::Checkpoint> open_trusted(std::string_view note, const Trust& trust, Quorum quorum,
                                         const std::string& place, Outcome& outcome);

}  // namespace liggare::audit
