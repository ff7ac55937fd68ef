#include "tests/faults/mounts.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>

#include "base/assertion.h"
#include "tests/faults/process.h"

namespace liggare::faults {
namespace {

namespace fs = std::filesystem;

constexpr unsigned long shutdown_request = 0x8004587d;  // FS_IOC_SHUTDOWN
constexpr std::uint32_t without_log_flush = 2;
constexpr std::uint64_t ample_bytes = 256 << 20;

std::string why() { return std::generic_category().message(errno); }

std::string program(const std::string& name) {
  for (const fs::path folder : {"/usr/sbin", "/sbin", "/usr/bin", "/bin"}) {
    if (::access((folder / name).c_str(), X_OK) == 0) return folder / name;
  }
  return "/usr/bin/" + name;
}

void remount(const fs::path& folder, unsigned long flags, const std::string& options) {
  const int result = ::mount("tmpfs", folder.c_str(), "tmpfs", MS_REMOUNT | flags, options.c_str());
  LIGGARE_ASSERT(result == 0, "the memory disk can't be changed");
}

}  // namespace

std::string leave_the_common_mounts() {
  if (::unshare(CLONE_NEWNS) != 0) return "no mounts of its own: " + why();
  if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return "mounts can't be made private: " + why();
  }
  return {};
}

MemoryDisk::MemoryDisk(fs::path folder) : folder_(std::move(folder)) {
  fs::create_directories(folder_);
  const std::string options = "size=" + std::to_string(ample_bytes);
  LIGGARE_ASSERT(::mount("tmpfs", folder_.c_str(), "tmpfs", 0, options.c_str()) == 0,
                 "no memory disk");
}

MemoryDisk::~MemoryDisk() { ::umount2(folder_.c_str(), MNT_DETACH); }

MemoryDisk::Use MemoryDisk::use() const {
  struct statvfs about {};
  LIGGARE_ASSERT(::statvfs(folder_.c_str(), &about) == 0, "the memory disk can't be asked");
  return {(about.f_blocks - about.f_bfree) * about.f_frsize, about.f_files - about.f_ffree};
}

void MemoryDisk::leave_room(std::uint64_t bytes) const {
  remount(folder_, 0, "size=" + std::to_string(use().bytes + bytes));
}
void MemoryDisk::leave_files(std::uint64_t files) const {
  remount(folder_, 0, "nr_inodes=" + std::to_string(use().files + files));
}
void MemoryDisk::give_room() const {
  remount(folder_, 0, "nr_inodes=1000000,size=" + std::to_string(ample_bytes));
}
void MemoryDisk::set_read_only(bool is_read_only) const {
  remount(folder_, is_read_only ? MS_RDONLY : 0, "");
}

CutDisk::CutDisk(fs::path image, fs::path folder)
    : image_(std::move(image)), folder_(std::move(folder)) {
  fs::create_directories(folder_);
  const int file = ::open(image_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  LIGGARE_ASSERT(file >= 0 && ::ftruncate(file, ample_bytes) == 0, "no image");
  ::close(file);
  const Finished made = run({{program("mkfs.ext4"), "-q", "-F", image_.string()}, {}, {}});
  if (made.ending.exit != 0) {
    reason_ = "mkfs.ext4: " + made.text();
    return;
  }
  mount();
}

CutDisk::~CutDisk() {
  if (is_mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
}

bool CutDisk::mount() {
  const Finished mounted =
      run({{program("mount"), "-o", "loop", image_.string(), folder_.string()}, {}, {}});
  is_mounted_ = mounted.ending.exit == 0;
  if (!is_mounted_) reason_ = "mount -o loop: " + mounted.text();
  return is_mounted_;
}

void CutDisk::unmount() {
  for (int turn = 0; ::umount2(folder_.c_str(), 0) != 0; ++turn) {
    LIGGARE_ASSERT(errno == EBUSY && turn < 1'000, "the disk can't be unmounted");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  is_mounted_ = false;
}

void CutDisk::settle() const {
  const int file = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  LIGGARE_ASSERT(file >= 0 && ::syncfs(file) == 0, "the disk can't be synced");
  ::close(file);
}

void CutDisk::cut() const {
  const int file = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  LIGGARE_ASSERT(file >= 0, "the disk can't be opened");
  LIGGARE_ASSERT(::ioctl(file, shutdown_request, &without_log_flush) == 0, "no power cut");
  ::close(file);
}

void CutDisk::restart() {
  unmount();
  LIGGARE_ASSERT(mount(), "the disk does not come back");
}

}  // namespace liggare::faults
