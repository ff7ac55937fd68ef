// Assertions that stay on in every build: a broken invariant ends the process before it can be
// written down as history.
#pragma once

namespace liggare {

// Prints `condition`, `why` and the place to standard error, and aborts.
[[noreturn]] void assertion_failed(const char* condition, const char* why, const char* file,
                                   int line);

}  // namespace liggare

#define LIGGARE_ASSERT(condition, why) \
  (static_cast<bool>(condition)        \
       ? static_cast<void>(0)          \
       : ::liggare::assertion_failed(#condition, why, __FILE__, __LINE__))
