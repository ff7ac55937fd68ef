// Whole files: read, created once, replaced in one step; durable once written.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace liggare {

// Who may read a file that is written. Only its owner may write it.
enum class Readers { everyone, owner };

// Where the file stands now. `path` names it in errors.
Result<void> write_all(const FileDescriptor& file, std::string_view bytes,
                       const std::filesystem::path& path);

// not_found where there is no such file, else io: also, without waiting, where a pipe, a socket, a
// device or a folder lies there.
Result<std::string> read_file(const std::filesystem::path& path);
// Of a path that a caller typed: a pipe is read to its end.
Result<std::string> read_file_or_pipe(const std::filesystem::path& path);

// invalid_argument where `path` exists. Durable once it returns, its name included.
Result<void> write_new_file(const std::filesystem::path& path, std::string_view bytes,
                            Readers readers);

// `path` holds what it held before, or `bytes`, never a part of them, whatever happens; `bytes`
// once it returns. Writes beside it first, to a name of its own: not for two writers at once.
Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes,
                          Readers readers);

// Names created, renamed or removed in `folder` are durable once it returns.
Result<void> sync_folder(const std::filesystem::path& folder);

// Holds `folder` for as long as the descriptor lives; waits for another process that holds it.
Result<FileDescriptor> lock_folder(const std::filesystem::path& folder);

}  // namespace liggare
