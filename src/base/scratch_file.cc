#include "base/scratch_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/crc32c.h"

namespace liggare {

Result<std::unique_ptr<ScratchFile>> ScratchFile::open(const std::filesystem::path& folder) {
  constexpr mode_t owner_only = 0600;
  // Not every file system can make a file that never had a name. One that was left here belonged to
  // a process that was killed in between.
  const auto name = folder / ".scratch";
  ::unlink(name.c_str());
  LIGGARE_TRY(auto file,
              FileDescriptor::open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, owner_only));
  if (::unlink(name.c_str()) != 0) return system_failure("can't unname", name);
  return std::unique_ptr<ScratchFile>(new ScratchFile(std::move(file), folder));
}

Result<ScratchFile::Piece> ScratchFile::append(std::string_view bytes) {
  const Piece piece{end_.fetch_add(bytes.size()), bytes.size(), crc32c(bytes)};
  for (std::size_t written = 0; written < bytes.size();) {
    const ssize_t count = ::pwrite(file_.number(), bytes.data() + written, bytes.size() - written,
                                   static_cast<off_t>(piece.offset + written));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_failure("can't put bytes aside in", folder_);
    written += static_cast<std::size_t>(count);
  }
  return piece;
}

Result<std::string> ScratchFile::read(const Piece& piece) const {
  std::string bytes(piece.size, '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = ::pread(file_.number(), bytes.data() + done, bytes.size() - done,
                                  static_cast<off_t>(piece.offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_failure("can't read what was put aside in", folder_);
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  if (done < bytes.size() || crc32c(bytes) != piece.crc32c) {
    return fail(ErrorCode::io, "what was put aside in " + folder_.string() + " came back changed");
  }
  return bytes;
}

}  // namespace liggare
