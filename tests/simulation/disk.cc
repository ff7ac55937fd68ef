#include "tests/simulation/disk.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/assertion.h"
#include "base/crc32c.h"

namespace liggare::simulation {
namespace {

std::string parent_of(const std::string& name) {
  const auto slash = name.rfind('/');
  return slash == std::string::npos ? "" : name.substr(0, slash);
}

IOStatus absent(const std::string& path) {
  return IOStatus::PathNotFound(path, "no such file or folder");
}

void apply(const File::Piece& piece, std::string& bytes) {
  if (bytes.size() < piece.offset + piece.bytes.size()) {
    bytes.resize(piece.offset + piece.bytes.size(), '\0');
  }
  bytes.replace(piece.offset, piece.bytes.size(), piece.bytes);
}

std::size_t sector_begin(std::size_t offset) { return offset / sector_bytes * sector_bytes; }

}  // namespace

Disk::Disk(std::string root, Chance& chance, Trace& trace, PlantedBug* bug)
    : root_(std::move(root)), chance_(chance), trace_(trace), bug_(bug) {}

void Disk::start(const Faults& faults) {
  const std::lock_guard lock(mutex_);
  faults_ = faults;
  calls_ = 0;
  is_running_ = true;
  has_struck_ = is_full_ = false;
}

bool Disk::has_struck() const {
  const std::lock_guard lock(mutex_);
  return has_struck_;
}

bool Disk::is_running() const {
  const std::lock_guard lock(mutex_);
  return is_running_;
}

void Disk::end_process() {
  const std::lock_guard lock(mutex_);
  is_running_ = false;
  locks_.clear();
}

// Each folder keeps its first changes, each file what leave_some() leaves of it, whatever the
// others keep: order holds within a folder's journal and nowhere else.
void Disk::lose_power() {
  const std::lock_guard lock(mutex_);
  std::map<std::string, std::size_t> waiting;
  for (const auto& change : unsynced_names_) ++waiting[parent_of(change.path)];
  std::map<std::string, std::size_t> kept;
  for (const auto& [folder, count] : waiting) kept[folder] = chance_.below(count + 1);
  for (const auto& change : unsynced_names_) {
    std::size_t& left = kept[parent_of(change.path)];
    if (left == 0) continue;
    --left;
    apply(change, durable_names_);
  }
  unsynced_names_.clear();
  // What lies in a folder whose own name is lost is lost with it; parents stand before children.
  std::erase_if(durable_names_, [&](const auto& entry) {
    const std::string parent = parent_of(entry.first);
    return !parent.empty() && !durable_names_.contains(parent);
  });
  for (auto& [name, file] : durable_names_) {
    leave_some(*file);
    file->seen = file->durable;
  }
  names_ = durable_names_;
  locks_.clear();
  is_running_ = false;
}

void Disk::reboot() {
  const std::lock_guard lock(mutex_);
  durable_names_ = names_;
  unsynced_names_.clear();
  for (auto& [name, file] : names_) flush(name, *file);
  for (auto& [name, file] : names_) file->seen = file->durable;
  locks_.clear();
  is_running_ = false;
}

// None, all, or the first of what was not synced, torn at a sector. A file may still have grown to
// its end, by zeros. A sector in place is either the old or the new one.
void Disk::leave_some(File& file) {
  if (file.unsynced.empty()) return;
  const std::size_t end = file.seen.size();
  std::size_t total = 0;
  for (const auto& piece : file.unsynced) total += piece.bytes.size();
  std::size_t left = 0;
  const std::size_t kind = chance_.below(9);
  const bool is_torn_in_zeros = kind == 8;
  const bool grows_by_zeros = is_torn_in_zeros || kind == 6 || kind == 7;
  if (kind == 2 || kind == 3) left = total;
  if (kind == 4 || kind == 5 || is_torn_in_zeros) left = chance_.below(total + 1);
  for (auto& piece : file.unsynced) {
    if (piece.in_place) {
      if (chance_.percent(50)) simulation::apply(piece, file.durable);
      continue;
    }
    if (left < piece.bytes.size()) {
      const std::size_t torn_at = sector_begin(piece.offset + left);
      piece.bytes.resize(torn_at - std::min(torn_at, piece.offset));
      left = 0;
    } else {
      left -= piece.bytes.size();
    }
    if (!piece.bytes.empty()) simulation::apply(piece, file.durable);
  }
  file.unsynced.clear();
  if (!grows_by_zeros || file.durable.size() >= end) return;
  file.durable.resize(end, '\0');
}

void Disk::flush(const std::string& name, File& file) {
  for (const auto& piece : file.unsynced) {
    if (piece.astray) {
      land_elsewhere(name, file, piece);
    } else {
      simulation::apply(piece, file.durable);
    }
  }
  file.unsynced.clear();
}

// The place that was meant keeps what it held, or zeros where it held nothing.
void Disk::land_elsewhere(const std::string& name, File& meant, const File::Piece& piece) {
  const std::size_t end = piece.offset + piece.bytes.size();
  if (meant.durable.size() < end) meant.durable.resize(end, '\0');
  std::vector<std::string> others;
  for (const auto& [other, file] : names_) {
    if (!file->is_folder && file->durable.size() >= sector_bytes) others.push_back(other);
  }
  if (others.empty()) return;
  const std::string& other = chance_.pick(others);
  std::string& bytes = names_.at(other)->durable;
  const std::size_t at = chance_.below(bytes.size() / sector_bytes) * sector_bytes;
  const std::size_t size = std::min(piece.bytes.size(), bytes.size() - at);
  bytes.replace(at, size, piece.bytes, 0, size);
  trace_.add(fmt::format("  what was meant for {} at {} landed in {} at {}", name, piece.offset,
                         other, at));
}

Disk::Rot Disk::rot(const std::string& folder) {
  const std::lock_guard lock(mutex_);
  auto names = files_under(folder);
  std::erase_if(names, [&](const std::string& name) { return names_.at(name)->seen.empty(); });
  LIGGARE_ASSERT(!names.empty(), "nothing that could rot");
  const std::string& name = chance_.pick(names);
  File& file = *names_.at(name);
  std::string& bytes = file.seen;
  const std::size_t at = chance_.below(bytes.size());
  const std::size_t sector = sector_begin(at);
  const std::size_t sector_size = std::min(sector_bytes, bytes.size() - sector);
  std::string done;
  switch (chance_.below(6)) {
    case 0:
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << chance_.below(8)));
      done = fmt::format("a bit of {} at {} of {} flipped", name, at, bytes.size());
      break;
    case 1:
      done = fmt::format("{} cut from {} to {}", name, bytes.size(), at);
      bytes.resize(at);
      break;
    case 2:
      std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(sector), sector_size, '\0');
      done = fmt::format("a sector of {} at {} zeroed", name, sector);
      break;
    case 3: {
      const std::size_t from = chance_.below(bytes.size() / sector_bytes + 1) * sector_bytes;
      const std::string stale = bytes.substr(from, sector_size);
      bytes.replace(sector, stale.size(), stale);
      done = fmt::format("a sector of {} at {} replaced by that at {}", name, sector, from);
      break;
    }
    case 4:
      file.is_readable = false;
      return {fmt::format("{} can't be read", name), true};
    default:
      done = fmt::format("{} of {} bytes is gone", name, bytes.size());
      durable_names_.erase(name);
      names_.erase(name);
      return {done};
  }
  file.durable = bytes;
  return {done};
}

void Disk::make_readable() {
  const std::lock_guard lock(mutex_);
  for (auto& [name, file] : names_) file->is_readable = true;
}

void Disk::wipe(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const std::string name = key(path);
  const auto is_in = [&](const auto& entry) {
    return entry.first == name || entry.first.starts_with(name + "/");
  };
  std::erase_if(names_, is_in);
  std::erase_if(durable_names_, is_in);
  std::erase_if(unsynced_names_, [&](const NameChange& change) {
    return change.path == name || change.path.starts_with(name + "/");
  });
}

std::vector<std::string> Disk::files_under(const std::string& folder) const {
  std::vector<std::string> found;
  for (const auto& [name, file] : names_) {
    if (!file->is_folder && name.starts_with(key(folder) + "/")) found.push_back(name);
  }
  return found;
}

// "ledger/log/000004.log", however it was written.
std::string Disk::key(const std::string& path) const {
  std::string_view rest = path;
  if (rest.starts_with(root_)) rest.remove_prefix(root_.size());
  std::string name;
  for (const char c : rest) {
    if (c != '/' || (!name.empty() && name.back() != '/')) name.push_back(c);
  }
  if (!name.empty() && name.back() == '/') name.pop_back();
  return name == "." ? "" : name;
}

FilePtr Disk::find(const std::string& path) const {
  const auto found = names_.find(key(path));
  return found == names_.end() ? nullptr : found->second;
}

IOStatus Disk::begin(std::string_view what, const std::string& name, std::size_t offset,
                     std::string_view bytes) {
  is_under_way_ = false;
  if (!is_running_) return IOStatus::IOError("no process runs");
  ++calls_;
  std::string_view fault;
  if (calls_ == faults_.power_lost_at || calls_ == faults_.killed_at) {
    is_running_ = false;
    fault = calls_ == faults_.power_lost_at ? ": power lost" : ": killed";
  }
  if (calls_ == faults_.fails_at) fault = ": fails";
  if (calls_ == faults_.full_from) {
    is_full_ = true;
    room_bytes_ = faults_.room_bytes;
  }
  if (!fault.empty()) has_struck_ = is_under_way_ = true;
  trace_.add(fmt::format("{:>4} {} {} {}+{} {:08x}{}", calls_, what, name, offset, bytes.size(),
                         crc32c(bytes), fault));
  return fault.empty() ? IOStatus::OK() : IOStatus::IOError("simulated", std::string(what));
}

IOStatus Disk::create(const std::string& path, FilePtr& file) {
  const std::lock_guard lock(mutex_);
  const std::string name = key(path);
  const auto status = begin("create", name, 0, {});
  if (!status.ok()) return status;
  const std::string parent = parent_of(name);
  if (!parent.empty() && !names_.contains(parent)) return absent(path);
  file = std::make_shared<File>();
  change_names({name, "", file});
  return status;
}

IOStatus Disk::open(const std::string& path, FilePtr& file) const {
  const std::lock_guard lock(mutex_);
  if (!is_running_) return IOStatus::IOError("no process runs");
  file = find(path);
  return file && !file->is_folder ? IOStatus::OK() : absent(path);
}

IOStatus Disk::append(const std::string& path, File& file, std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  const std::string name = key(path);
  const auto parts = bug_ ? bug_->splits(name, bytes) : std::nullopt;
  if (!parts) return append_part(name, file, bytes);
  auto status = append_part(name, file, parts->first);
  if (status.ok()) flush(name, file);
  return status.ok() ? append_part(name, file, parts->second) : status;
}

// What fails may still have been done, in part or in full.
IOStatus Disk::append_part(const std::string& name, File& file, std::string_view bytes) {
  auto status = begin("append", name, file.seen.size(), bytes);
  if (!status.ok()) {
    if (!is_under_way_) return status;
    bytes = bytes.substr(0, chance_.below(bytes.size() + 1));
  } else if (is_full_ && bytes.size() > room_bytes_) {
    has_struck_ = true;
    bytes = bytes.substr(0, room_bytes_);
    status = IOStatus::NoSpace("simulated");
  }
  if (is_full_) room_bytes_ -= std::min<std::uint64_t>(room_bytes_, bytes.size());
  put(file, {file.seen.size(), std::string(bytes)});
  return status;
}

IOStatus Disk::write(const std::string& path, File& file, std::size_t offset,
                     std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  const std::string name = key(path);
  if (bug_ && bug_->skips_write(name)) return IOStatus::OK();
  const auto status = begin("write", name, offset, bytes);
  // A sector that was under way is done or not.
  if (status.ok() || (is_under_way_ && chance_.percent(50))) {
    put(file, {offset, std::string(bytes), true});
  }
  return status;
}

void Disk::put(File& file, File::Piece piece) {
  if (piece.bytes.empty()) return;
  if (faults_.astray_at != 0 && calls_ >= faults_.astray_at) {
    faults_.astray_at = 0;
    piece.astray = has_struck_ = true;
  }
  simulation::apply(piece, file.seen);
  file.unsynced.push_back(std::move(piece));
}

IOStatus Disk::truncate(const std::string& path, File& file, std::size_t size) {
  const std::lock_guard lock(mutex_);
  const auto status = begin("truncate", key(path), size, {});
  if (!status.ok() || size == file.seen.size()) return status;
  flush(key(path), file);
  file.seen.resize(size);
  file.durable.resize(size);
  return status;
}

// After a failed sync the pages count as written, wherever they are.
IOStatus Disk::sync(const std::string& path, File& file) {
  const std::lock_guard lock(mutex_);
  const std::string name = key(path);
  if (bug_ && bug_->skips_sync(name)) return IOStatus::OK();
  const auto status = begin("sync", name, 0, {});
  if (status.ok()) {
    flush(name, file);
  } else if (is_running_) {
    leave_some(file);
  }
  return status;
}

IOStatus Disk::sync_folder(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const std::string name = key(path);
  const auto status = begin("sync-folder", name, 0, {});
  if (!status.ok()) return status;
  std::erase_if(unsynced_names_, [&](const NameChange& change) {
    if (parent_of(change.path) != name) return false;
    apply(change, durable_names_);
    return true;
  });
  return status;
}

IOStatus Disk::read(const File& file, std::size_t offset, std::size_t size,
                    std::string& bytes) const {
  const std::lock_guard lock(mutex_);
  if (!is_running_) return IOStatus::IOError("no process runs");
  if (!file.is_readable) return IOStatus::IOError("simulated", "read");
  bytes = offset < file.seen.size() ? file.seen.substr(offset, size) : std::string();
  return IOStatus::OK();
}

IOStatus Disk::size(const std::string& path, std::uint64_t& bytes) const {
  FilePtr file;
  const auto status = open(path, file);
  if (!status.ok()) return status;
  const std::lock_guard lock(mutex_);
  bytes = file->seen.size();
  return status;
}

IOStatus Disk::make_folder(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const std::string name = key(path);
  if (is_running_ && (name.empty() || names_.contains(name))) return IOStatus::OK();
  const auto status = begin("make-folder", name, 0, {});
  if (!status.ok()) return status;
  const auto folder = std::make_shared<File>();
  folder->is_folder = true;
  change_names({name, "", folder});
  return status;
}

IOStatus Disk::children(const std::string& path, std::vector<std::string>& names) const {
  const std::lock_guard lock(mutex_);
  if (!is_running_) return IOStatus::IOError("no process runs");
  const std::string folder = key(path);
  if (!folder.empty() && !names_.contains(folder)) return IOStatus::NotFound(path);
  names.clear();
  for (const auto& [name, file] : names_) {
    if (parent_of(name) == folder) names.push_back(name.substr(name.rfind('/') + 1));
  }
  return IOStatus::OK();
}

IOStatus Disk::exists(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  if (!is_running_) return IOStatus::IOError("no process runs");
  return key(path).empty() || find(path) ? IOStatus::OK() : IOStatus::NotFound(path);
}

IOStatus Disk::is_folder(const std::string& path, bool& answer) const {
  const auto status = exists(path);
  if (!status.ok()) return status;
  const std::lock_guard lock(mutex_);
  answer = key(path).empty() || find(path)->is_folder;
  return status;
}

IOStatus Disk::rename(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  const auto status = begin("rename", key(from) + " " + key(to), 0, {});
  if (!status.ok()) return status;
  const FilePtr file = find(from);
  if (!file) return absent(from);
  change_names({key(to), key(from), file});
  return status;
}

IOStatus Disk::remove(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const auto status = begin("remove", key(path), 0, {});
  if (!status.ok()) return status;
  if (!find(path)) return absent(path);
  change_names({key(path), "", nullptr});
  return status;
}

void Disk::change_names(NameChange change) {
  apply(change, names_);
  unsynced_names_.push_back(std::move(change));
}

void Disk::apply(const NameChange& change, Names& names) {
  if (!change.from.empty()) names.erase(change.from);
  if (change.file) {
    names[change.path] = change.file;
  } else {
    names.erase(change.path);
  }
}

IOStatus Disk::lock(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const bool is_free = locks_.insert(key(path)).second;
  return is_free ? IOStatus::OK() : IOStatus::IOError("LOCK is held", path);
}

void Disk::unlock(const std::string& path) {
  const std::lock_guard lock(mutex_);
  locks_.erase(key(path));
}

}  // namespace liggare::simulation
