#include "ledger/whole_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "base/file.h"
#include "base/file_descriptor.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

// "P1042/" names no file, and its parent is itself.
fs::path without_slash(const fs::path& folder) {
  return folder.has_filename() ? folder : folder.parent_path();
}

fs::path parent_of(const fs::path& place) {
  return place.has_parent_path() ? place.parent_path() : fs::path(".");
}

Unexpected<Error> failed(const fs::path& path) {
  return fail(ErrorCode::io, path.string() + ": " + std::generic_category().message(errno));
}

// The folder in the making: locked, so that nobody takes away what a living process writes, and
// gone with everything in it unless it is kept.
class Part {
 public:
  static Result<Part> take(const fs::path& path) {
    if (::mkdir(path.c_str(), S_IRWXU) != 0 && errno != EEXIST) return failed(path);
    LIGGARE_TRY(auto descriptor,
                FileDescriptor::open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat status {};
    if (::fstat(descriptor.number(), &status) != 0) return failed(path);
    constexpr mode_t others = S_IRWXG | S_IRWXO;
    if (status.st_uid != ::geteuid() || (status.st_mode & others) != 0) {
      return fail(ErrorCode::io, path.string() + " is there, and not for its owner alone");
    }
    if (::flock(descriptor.number(), LOCK_EX | LOCK_NB) != 0) {
      return fail(ErrorCode::busy, path.string() + " is being written by another process");
    }
    Part part(path, std::move(descriptor));
    std::error_code error;
    for (const auto& left : fs::directory_iterator(path, error)) {
      fs::remove_all(left.path(), error);
      if (error) break;
    }
    if (error) return fail(ErrorCode::io, path.string() + ": " + error.message());
    return part;
  }
  Part(Part&& other) noexcept
      : path_(std::exchange(other.path_, fs::path())), descriptor_(std::move(other.descriptor_)) {}
  Part& operator=(Part&&) = delete;
  ~Part() {
    if (path_.empty()) return;
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }

  Result<void> write(const FolderFiles& files, const std::function<void()>& at_step) const {
    for (const auto& [name, bytes] : files) {
      const fs::path file = path_ / name;
      const fs::path within = file.parent_path();
      if (within != path_ && ::mkdir(within.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
        return failed(within);
      }
      LIGGARE_CHECK(write_new_file(file, bytes, Readers::owner));
      at_step();
    }
    return {};
  }

  Result<void> rename_to(const fs::path& place) {
    LIGGARE_CHECK(check_whole_folder(place));
    if (std::rename(path_.c_str(), place.c_str()) != 0) return failed(place);
    path_.clear();
    return sync_folder(parent_of(place));
  }

 private:
  Part(fs::path path, FileDescriptor descriptor)
      : path_(std::move(path)), descriptor_(std::move(descriptor)) {}
  fs::path path_;
  FileDescriptor descriptor_;
};

}  // namespace

Result<void> check_whole_folder(const fs::path& folder) {
  const fs::path place = without_slash(folder);
  struct stat status {};
  if (::lstat(place.c_str(), &status) == 0) {
    return fail(ErrorCode::invalid_argument, folder.string() + " exists; --out takes a new folder");
  }
  if (errno != ENOENT) return failed(folder);
  if (::access(parent_of(place).c_str(), W_OK | X_OK) != 0) return failed(folder);
  return {};
}

Result<void> write_whole_folder(const FolderFiles& files, const fs::path& folder,
                                const std::function<void()>& at_step) {
  const auto step = [&] {
    if (at_step) at_step();
  };
  LIGGARE_CHECK(check_whole_folder(folder));
  const fs::path place = without_slash(folder);
  fs::path beside = place;
  beside += ".part";
  LIGGARE_TRY(Part part, Part::take(beside));
  step();
  LIGGARE_CHECK(part.write(files, step));
  LIGGARE_CHECK(part.rename_to(place));
  step();
  return {};
}

}  // namespace liggare::ledger
