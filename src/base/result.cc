#include "base/result.h"

namespace liggare {

const char* name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::not_found:
      return "not-found";
    case ErrorCode::invalid_argument:
      return "invalid-argument";
    case ErrorCode::corrupt:
      return "corrupt";
    case ErrorCode::diverged:
      return "diverged";
    case ErrorCode::io:
      return "io";
    case ErrorCode::busy:
      return "busy";
    case ErrorCode::vault_unavailable:
      return "vault-unavailable";
    case ErrorCode::unknown_outcome:
      return "unknown-outcome";
    case ErrorCode::unsupported:
      return "unsupported";
    case ErrorCode::denied:
      return "denied";
    case ErrorCode::fenced:
      return "fenced";
  }
  LIGGARE_ASSERT(false, "an ErrorCode without a name");
  return "";
}

}  // namespace liggare
