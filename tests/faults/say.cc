#include "tests/faults/say.h"

#include <unistd.h>

#include <cstdlib>
#include <mutex>

namespace liggare::faults {

void say(const std::string& line) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  const std::string text = line + "\n";
  for (std::size_t said = 0; said < text.size();) {
    const ssize_t more = ::write(STDOUT_FILENO, text.data() + said, text.size() - said);
    if (more <= 0) std::abort();
    said += static_cast<std::size_t>(more);
  }
}

}  // namespace liggare::faults
