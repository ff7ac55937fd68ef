// Who uses a vault just now: many at once, or one alone, who may destroy keys. So no process has a
// key in memory after another one has destroyed it.
//
// Locks on the file `slots`, which the operating system lets go of however their holder ends.
#pragma once

#include <filesystem>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace liggare::vault {

class UseLock {
 public:
  // Shares the vault, and keeps others from opening it until end_opening(): what an interrupted
  // process left is then cleared up by one. busy where another process has it alone or opens it;
  // not_found where there are no slots.
  static Result<UseLock> share(const std::filesystem::path& slots);
  void end_opening();

  // From here to share_again(), or to the end. busy where others share it for longer than
  // `patience`; then it is shared as before.
  enum class Patience { none, two_seconds };
  Result<void> take_alone(Patience patience);
  void share_again();

 private:
  explicit UseLock(FileDescriptor file) : file_(std::move(file)) {}
  FileDescriptor file_;
};

}  // namespace liggare::vault
