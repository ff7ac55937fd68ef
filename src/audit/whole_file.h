// Reads files that somebody else wrote: never more than asked for, never from what is no file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "audit/outcome.h"

namespace liggare::audit {

enum class Links { followed, refused };

// All of a plain file's bytes. Refusals name `place`: missing, unreadable where it is a folder, a
// device, a link that is refused or can't be read, malformed where it is longer than
// `size_bytes_max`.
Checked<std::string> read_whole(const std::filesystem::path& file, std::size_t size_bytes_max,
                                Links links, const std::string& place);

// The same of what a user named on the command line, which may also be a pipe.
Checked<std::string> read_named(const std::filesystem::path& file, std::size_t size_bytes_max);

}  // namespace liggare::audit
