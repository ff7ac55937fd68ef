#include "base/assertion.h"

#include <cstdio>
#include <cstdlib>

namespace liggare {

void assertion_failed(const char* condition, const char* why, const char* file, int line) {
  std::fprintf(stderr, "liggare: bug: %s (%s) at %s:%d\n", why, condition, file, line);
  std::fflush(stderr);
  std::abort();
}

}  // namespace liggare
