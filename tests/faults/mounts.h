// File systems of a test's own, seen by its process and those it starts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace liggare::faults {

// Gives this process a view of mounts of its own. To be called while it has one thread. Empty where
// that worked; otherwise why not.
std::string leave_the_common_mounts();

// Memory as a disk of `bytes` and at most `files` files, 0: no limit. Gone with the object.
class MemoryDisk {
 public:
  explicit MemoryDisk(std::filesystem::path folder);
  MemoryDisk(const MemoryDisk&) = delete;
  MemoryDisk& operator=(const MemoryDisk&) = delete;
  ~MemoryDisk();

  struct Use {
    std::uint64_t bytes;
    std::uint64_t files;
  };
  Use use() const;
  // Room for that much more than is there.
  void leave_room(std::uint64_t bytes) const;
  void leave_files(std::uint64_t files) const;
  void give_room() const;
  void set_read_only(bool is_read_only) const;

 private:
  std::filesystem::path folder_;
};

// ext4 on a file, whose power can be cut.
class CutDisk {
 public:
  // `image` and `folder` come to be. Check is_there() before anything else.
  CutDisk(std::filesystem::path image, std::filesystem::path folder);
  CutDisk(const CutDisk&) = delete;
  CutDisk& operator=(const CutDisk&) = delete;
  ~CutDisk();

  bool is_there() const { return is_mounted_; }
  const std::string& reason() const { return reason_; }
  // Writes everything through.
  void settle() const;
  // What is not on the medium by now never will be, the file system's journal included.
  void cut() const;
  // As after switching the machine on again. Nobody may have a file open.
  void restart();

 private:
  bool mount();
  void unmount();

  std::filesystem::path image_;
  std::filesystem::path folder_;
  bool is_mounted_ = false;
  std::string reason_;
};

}  // namespace liggare::faults
