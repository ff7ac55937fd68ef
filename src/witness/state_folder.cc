#include "witness/state_folder.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "base/bytes.h"
#include "base/file.h"
#include "base/sha256.h"

namespace liggare::witness {

Result<StateFolder> StateFolder::open(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "lock";
  LIGGARE_TRY(FileDescriptor lock, FileDescriptor::open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return system_failure("cannot lock", file);
    return fail(ErrorCode::busy, "another witness has the folder " + folder.string());
  }
  return StateFolder(folder, std::move(lock));
}

Result<void> StateFolder::begin(const std::string& origin) {
  return write_new_file(file_of(origin), merkle::Checkpoint{origin, {}}.text(), Readers::owner);
}

Result<merkle::TreeHead> StateFolder::read(const std::string& origin) {
  const std::filesystem::path file = file_of(origin);
  LIGGARE_TRY(const std::string text, read_file(file));
  const auto checkpoint = merkle::Checkpoint::parse(text);
  if (!checkpoint || checkpoint->origin != origin || checkpoint->text() != text) {
    return fail(ErrorCode::corrupt, "damaged, or of another log: " + file.string());
  }
  const auto [seen, is_new] = seen_.emplace(origin, checkpoint->head);
  if (seen->second != checkpoint->head) {
    return fail(ErrorCode::corrupt, "replaced behind the witness's back: " + file.string());
  }
  return checkpoint->head;
}

Result<void> StateFolder::write(const merkle::Checkpoint& checkpoint) {
  LIGGARE_CHECK(replace_file(file_of(checkpoint.origin), checkpoint.text(), Readers::owner));
  seen_.insert_or_assign(checkpoint.origin, checkpoint.head);
  return {};
}

std::filesystem::path StateFolder::file_of(const std::string& origin) const {
  return folder_ / to_hex(sha256({origin}).view());
}

}  // namespace liggare::witness
