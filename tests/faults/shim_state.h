// What a test tells the shim (shim.cc), in a file that both have mapped.
//
// The count runs on over all processes that load the shim with the same file: a script of several
// commands has one numbering.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace liggare::faults {

// The environment variable that names the file.
inline constexpr const char* shim_variable = "LIGGARE_FAULT_STATE";

enum Calls : std::uint32_t {
  write_calls = 1,    // write, pwrite, writev
  sync_calls = 2,     // fsync, fdatasync, sync_file_range
  rename_calls = 4,   // rename, link
  resize_calls = 8,   // ftruncate, fallocate
  open_calls = 16,    // open, openat
  unlink_calls = 32,  // unlink, unlinkat
  memory_calls = 64,  // malloc, calloc, realloc; of any file
  changing_calls = write_calls | sync_calls | rename_calls | resize_calls | unlink_calls,
  file_calls = changing_calls | open_calls,
};

enum class Act : std::uint32_t {
  count,  // Nothing but counting.
  kill,   // The process dies by SIGKILL before the call does anything.
  fail,   // The call fails with `error`, once.
  lie,    // Every sync does nothing and says that it succeeded; `at` is not looked at.
};

struct ShimState {
  std::atomic<std::uint64_t> count;
  std::uint64_t at;                  // The call that is struck; 1 is the first, 0 is none.
  std::atomic<std::uint32_t> calls;  // Which are counted: set last.
  Act act;
  std::int32_t error;  // An errno.
  char under[256];     // Only files whose path begins so; memory aside.
};

}  // namespace liggare::faults
