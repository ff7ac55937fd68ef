#include "base/scratch_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>

#include "base/assertion.h"
#include "base/bytes.h"
#include "base/random.h"

namespace liggare {

Result<std::unique_ptr<ScratchFile>> ScratchFile::open(const std::filesystem::path& folder) {
  constexpr std::size_t name_bytes = 8;
  constexpr mode_t owner_only = 0600;
  // Not every file system can make a file that never had a name.
  const auto name = folder / fmt::format(".scratch-{}", to_hex(random_bytes(name_bytes)));
  LIGGARE_TRY(auto file,
              FileDescriptor::open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, owner_only));
  if (::unlink(name.c_str()) != 0) return system_failure("can't unname", name);
  return std::unique_ptr<ScratchFile>(new ScratchFile(std::move(file), folder));
}

Result<std::uint64_t> ScratchFile::append(std::string_view bytes) {
  const std::uint64_t offset = end_.fetch_add(bytes.size());
  for (std::size_t written = 0; written < bytes.size();) {
    const ssize_t count = ::pwrite(file_.number(), bytes.data() + written, bytes.size() - written,
                                   static_cast<off_t>(offset + written));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_failure("can't put bytes aside in", folder_);
    written += static_cast<std::size_t>(count);
  }
  return offset;
}

Result<std::string> ScratchFile::read(std::uint64_t offset, std::size_t size) const {
  std::string bytes(size, '\0');
  for (std::size_t done = 0; done < size;) {
    const ssize_t count = ::pread(file_.number(), bytes.data() + done, size - done,
                                  static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_failure("can't read what was put aside in", folder_);
    if (count == 0) {
      return fail(ErrorCode::io, "what was put aside in " + folder_.string() + " has been cut off");
    }
    done += static_cast<std::size_t>(count);
  }
  return bytes;
}

}  // namespace liggare
