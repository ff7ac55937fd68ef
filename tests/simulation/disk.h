// A disk in memory that forgets, tears, refuses and rots, all as a seed says.
//
// It knows for every file what a process reads (the page cache) and what a power loss would leave,
// and for every folder which names would be left. Thread-safe; as its calls are counted, it does
// the same again only where one thread at a time writes.
#pragma once

#include <rocksdb/io_status.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/simulation/planted_bug.h"
#include "tests/simulation/trace.h"
#include "tests/support/chance.h"

namespace liggare::simulation {

using rocksdb::IOStatus;
using test::Chance;

inline constexpr std::size_t sector_bytes = 512;

// What a path leads to: an inode.
struct File {
  struct Piece {
    std::size_t offset = 0;
    std::string bytes;
    bool in_place = false;  // Written over what was there, not appended.
    bool astray = false;    // Will land elsewhere.
  };
  std::string seen;
  std::string durable;
  std::vector<Piece> unsynced;
  bool is_folder = false;
  bool is_readable = true;
};
using FilePtr = std::shared_ptr<File>;

// What goes wrong while a process runs, by the number of the call that changes the disk; 1 is the
// next one, and 0 never comes.
struct Faults {
  std::uint64_t power_lost_at = 0;  // Nothing is done from then on.
  std::uint64_t killed_at = 0;      // The same, but the page cache outlives the process.
  std::uint64_t fails_at = 0;       // EIO, once. What was to be synced may stay unsynced for ever.
  std::uint64_t astray_at = 0;      // The next write from there on lands elsewhere.
  std::uint64_t full_from = 0;      // Room for `room_bytes` more from there on.
  std::uint64_t room_bytes = 0;
};

class Disk {
 public:
  // Paths are told from `root` on, an absolute folder. All must outlive the disk; `bug` may be
  // null.
  Disk(std::string root, Chance& chance, Trace& trace, PlantedBug* bug);

  // A new process begins, with these faults ahead of it.
  void start(const Faults& faults);
  // Whether a fault of start() has struck.
  bool has_struck() const;
  // Whether calls still do anything.
  bool is_running() const;

  // What a power loss leaves, picked by chance. Requires that no file is open.
  void lose_power();
  // The process ends, and its files stay as it saw them.
  void end_process();
  // All that was written reaches the disk, and what is read from now on comes from there.
  void reboot();

  struct Rot {
    std::string what;
    bool can_pass = false;  // make_readable() undoes it.
  };
  // Damage at rest to one of the files under `folder`. Requires that there is one.
  Rot rot(const std::string& folder);
  // What rot() made unreadable can be read again; the rest stays.
  void make_readable();
  // A file or a folder with all that is in it, durably.
  void wipe(const std::string& path);

  // The file system's calls.
  IOStatus create(const std::string& path, FilePtr& file);
  IOStatus open(const std::string& path, FilePtr& file) const;
  IOStatus append(const std::string& path, File& file, std::string_view bytes);
  IOStatus write(const std::string& path, File& file, std::size_t offset, std::string_view bytes);
  IOStatus truncate(const std::string& path, File& file, std::size_t size);
  IOStatus sync(const std::string& path, File& file);
  IOStatus sync_folder(const std::string& path);
  IOStatus read(const File& file, std::size_t offset, std::size_t size, std::string& bytes) const;
  IOStatus size(const std::string& path, std::uint64_t& bytes) const;
  IOStatus make_folder(const std::string& path);
  IOStatus children(const std::string& path, std::vector<std::string>& names) const;
  IOStatus exists(const std::string& path) const;
  IOStatus is_folder(const std::string& path, bool& answer) const;
  IOStatus rename(const std::string& from, const std::string& to);
  IOStatus remove(const std::string& path);
  IOStatus lock(const std::string& path);
  void unlock(const std::string& path);

 private:
  // A change of names that is not durable yet. Without `file` the name goes.
  struct NameChange {
    std::string path;
    std::string from;  // Goes in the same step; empty where none does.
    FilePtr file;
  };
  using Names = std::map<std::string, FilePtr>;

  std::string key(const std::string& path) const;
  FilePtr find(const std::string& path) const;
  IOStatus begin(std::string_view what, const std::string& name, std::size_t offset,
                 std::string_view bytes);
  IOStatus append_part(const std::string& name, File& file, std::string_view bytes);
  void put(File& file, File::Piece piece);
  void flush(const std::string& name, File& file);
  void leave_some(File& file);
  void land_elsewhere(const std::string& name, File& meant, const File::Piece& piece);
  void change_names(NameChange change);
  static void apply(const NameChange& change, Names& names);
  std::vector<std::string> files_under(const std::string& folder) const;

  const std::string root_;
  Chance& chance_;
  Trace& trace_;
  PlantedBug* const bug_;
  mutable std::mutex mutex_;
  Names names_;
  Names durable_names_;
  std::vector<NameChange> unsynced_names_;
  std::set<std::string> locks_;
  Faults faults_;
  std::uint64_t calls_ = 0;
  bool is_running_ = true;
  bool has_struck_ = false;
  bool is_under_way_ = false;  // A fault has struck in the call that begin() began.
  bool is_full_ = false;
  std::uint64_t room_bytes_ = 0;
};

}  // namespace liggare::simulation
