// Preloaded into a program: counts its calls to the system, and at the one that a test has named
// kills the process or lets the call fail (shim_state.h). Without that file it does nothing.
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "tests/faults/shim_state.h"

// glibc's own, for there is no asking dlsym before memory can be had.
extern "C" void* __libc_malloc(size_t size);                 // NOLINT
extern "C" void* __libc_calloc(size_t count, size_t size);   // NOLINT
extern "C" void* __libc_realloc(void* memory, size_t size);  // NOLINT

namespace {

using liggare::faults::Act;
using liggare::faults::ShimState;

ShimState* state = nullptr;

// By system calls alone: nothing here may be counted, or take memory.
__attribute__((constructor)) void map_state() {
  const char* file = getenv(liggare::faults::shim_variable);
  if (file == nullptr) return;
  const long handle = syscall(SYS_openat, AT_FDCWD, file, O_RDWR | O_CLOEXEC, 0);
  if (handle < 0) abort();
  void* mapped = mmap(nullptr, sizeof(ShimState), PROT_READ | PROT_WRITE, MAP_SHARED,
                      static_cast<int>(handle), 0);
  if (mapped == MAP_FAILED) abort();
  syscall(SYS_close, handle);
  state = static_cast<ShimState*>(mapped);
}

bool lies_under(const char* path) { return strncmp(path, state->under, strlen(state->under)) == 0; }

bool is_watched(int file) {
  char link[64];
  char path[512];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return false;
  path[length] = '\0';
  return lies_under(path);
}

// Counts a call; true where it has to fail. Does not return where it has to die.
bool is_struck(std::uint32_t kind) {
  if ((state->calls & kind) == 0) return false;
  const std::uint64_t number = state->count.fetch_add(1) + 1;
  if (number != state->at || state->act == Act::count) return false;
  if (state->act == Act::kill) {
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
  }
  errno = state->error;
  return state->act == Act::fail;
}

bool strikes(std::uint32_t kind, int file) {
  return state != nullptr && (state->calls & kind) != 0 && is_watched(file) && is_struck(kind);
}
bool strikes(std::uint32_t kind, const char* path) {
  return state != nullptr && (state->calls & kind) != 0 && lies_under(path) && is_struck(kind);
}
bool strikes_memory() { return state != nullptr && is_struck(liggare::faults::memory_calls); }
bool lies() { return state != nullptr && state->act == Act::lie; }

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

#define LIGGARE_NEXT(name) static const auto real = next<decltype(name)>(#name)

extern "C" {

ssize_t write(int file, const void* bytes, size_t size) {
  LIGGARE_NEXT(write);
  return strikes(liggare::faults::write_calls, file) ? -1 : real(file, bytes, size);
}
ssize_t writev(int file, const iovec* pieces, int count) {
  LIGGARE_NEXT(writev);
  return strikes(liggare::faults::write_calls, file) ? -1 : real(file, pieces, count);
}
ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset) {
  LIGGARE_NEXT(pwrite);
  return strikes(liggare::faults::write_calls, file) ? -1 : real(file, bytes, size, offset);
}
ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t offset) {
  LIGGARE_NEXT(pwrite64);
  return strikes(liggare::faults::write_calls, file) ? -1 : real(file, bytes, size, offset);
}

int fsync(int file) {
  LIGGARE_NEXT(fsync);
  if (lies()) return 0;
  return strikes(liggare::faults::sync_calls, file) ? -1 : real(file);
}
int fdatasync(int file) {
  LIGGARE_NEXT(fdatasync);
  if (lies()) return 0;
  return strikes(liggare::faults::sync_calls, file) ? -1 : real(file);
}
int sync_file_range(int file, off64_t offset, off64_t size, unsigned flags) {
  LIGGARE_NEXT(sync_file_range);
  if (lies()) return 0;
  return strikes(liggare::faults::sync_calls, file) ? -1 : real(file, offset, size, flags);
}

int rename(const char* from, const char* to) noexcept {
  LIGGARE_NEXT(rename);
  return strikes(liggare::faults::rename_calls, to) ? -1 : real(from, to);
}
int link(const char* from, const char* to) noexcept {
  LIGGARE_NEXT(link);
  return strikes(liggare::faults::rename_calls, to) ? -1 : real(from, to);
}

int ftruncate(int file, off_t size) noexcept {
  LIGGARE_NEXT(ftruncate);
  return strikes(liggare::faults::resize_calls, file) ? -1 : real(file, size);
}
int ftruncate64(int file, off64_t size) noexcept {
  LIGGARE_NEXT(ftruncate64);
  return strikes(liggare::faults::resize_calls, file) ? -1 : real(file, size);
}
int fallocate(int file, int mode, off_t offset, off_t size) {
  LIGGARE_NEXT(fallocate);
  return strikes(liggare::faults::resize_calls, file) ? -1 : real(file, mode, offset, size);
}
int fallocate64(int file, int mode, off64_t offset, off64_t size) {
  LIGGARE_NEXT(fallocate64);
  return strikes(liggare::faults::resize_calls, file) ? -1 : real(file, mode, offset, size);
}

int unlink(const char* path) noexcept {
  LIGGARE_NEXT(unlink);
  return strikes(liggare::faults::unlink_calls, path) ? -1 : real(path);
}

// The mode is there, or is not looked at.
#define LIGGARE_OPEN(name, ...)                                                        \
  LIGGARE_NEXT(name);                                                                  \
  va_list rest;                                                                        \
  va_start(rest, flags);                                                               \
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0; \
  va_end(rest);                                                                        \
  return strikes(liggare::faults::open_calls, path) ? -1 : real(__VA_ARGS__, mode)

int open(const char* path, int flags, ...) { LIGGARE_OPEN(open, path, flags); }
int open64(const char* path, int flags, ...) { LIGGARE_OPEN(open64, path, flags); }
int openat(int at, const char* path, int flags, ...) { LIGGARE_OPEN(openat, at, path, flags); }
int openat64(int at, const char* path, int flags, ...) { LIGGARE_OPEN(openat64, at, path, flags); }

void* malloc(size_t size) noexcept { return strikes_memory() ? nullptr : __libc_malloc(size); }
void* calloc(size_t count, size_t size) noexcept {
  return strikes_memory() ? nullptr : __libc_calloc(count, size);
}
void* realloc(void* memory, size_t size) noexcept {
  return strikes_memory() ? nullptr : __libc_realloc(memory, size);
}

}  // extern "C"
