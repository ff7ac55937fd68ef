#include "store/head_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/bytes.h"
#include "base/crc32c.h"
#include "store/keys.h"

namespace liggare::store {
namespace {

constexpr std::size_t slot_bytes = 512;
constexpr std::size_t counter_bytes = 8;
constexpr std::size_t checked_bytes = counter_bytes + 8 + hash_bytes;
constexpr std::size_t used_bytes = checked_bytes + 4;

std::string slot_text(const HeadSlot& slot) {
  std::string text;
  put_u64(text, slot.counter);
  text.append(head_bytes(slot.head));
  put_u32(text, crc32c(text));
  text.resize(slot_bytes, '\0');
  return text;
}

std::optional<HeadSlot> read_slot(std::string_view text, unsigned number) {
  if (text.size() != slot_bytes) return std::nullopt;
  if (crc32c(text.substr(0, checked_bytes)) != get_u32(text.substr(checked_bytes))) {
    return std::nullopt;
  }
  if (text.find_first_not_of('\0', used_bytes) != std::string_view::npos) return std::nullopt;
  const HeadSlot slot{get_u64(text),
                      *read_head(text.substr(counter_bytes, checked_bytes - counter_bytes))};
  // A good slot at the wrong place was misdirected, or copied there.
  if (slot.counter % 2 != number) return std::nullopt;
  return slot;
}

// Slots are written in turn and sizes never fall.
bool agree(const HeadSlot& older, const HeadSlot& newer) {
  return newer.counter == older.counter + 1 && newer.head.tree_size >= older.head.tree_size;
}

Result<void> write_synced(const FileDescriptor& descriptor, const std::filesystem::path& file,
                          const HeadSlot& slot) {
  const std::string text = slot_text(slot);
  const auto offset = static_cast<off_t>(slot.counter % 2 * slot_bytes);
  const ssize_t written = ::pwrite(descriptor.number(), text.data(), text.size(), offset);
  if (written < 0) return system_failure("cannot write", file);
  if (static_cast<std::size_t>(written) != text.size()) {
    errno = ENOSPC;
    return system_failure("cannot write", file);
  }
  if (::fdatasync(descriptor.number()) != 0) return system_failure("cannot sync", file);
  return {};
}

}  // namespace

Result<void> HeadFile::create(const std::filesystem::path& file) {
  LIGGARE_TRY(const auto descriptor, FileDescriptor::open(file, O_RDWR | O_CREAT | O_EXCL));
  LIGGARE_CHECK(write_synced(descriptor, file, HeadSlot{0, {}}));
  return write_synced(descriptor, file, HeadSlot{1, {}});
}

Result<HeadReading> HeadFile::read(const std::filesystem::path& file) {
  LIGGARE_TRY(const auto descriptor, FileDescriptor::open(file, O_RDONLY));
  LIGGARE_TRY(const auto text, read_beginning(descriptor, file, 2 * slot_bytes));
  const std::string_view bytes = text;
  std::array<std::optional<HeadSlot>, 2> slots;
  HeadReading reading;
  for (unsigned number = 0; number < 2; ++number) {
    const std::size_t begin = std::min(number * slot_bytes, bytes.size());
    slots[number] = read_slot(bytes.substr(begin, slot_bytes), number);
    if (!slots[number]) reading.bad_slots.push_back(number);
  }
  if (slots[0] && slots[1]) {
    const bool first_is_newer = slots[0]->counter > slots[1]->counter;
    reading.newest = first_is_newer ? slots[0] : slots[1];
    if (!agree(first_is_newer ? *slots[1] : *slots[0], *reading.newest)) {
      return fail(ErrorCode::corrupt,
                  "HEAD: its two slots contradict each other; one was put back from another time");
    }
  } else {
    reading.newest = slots[0] ? slots[0] : slots[1];
  }
  return reading;
}

Result<HeadFile> HeadFile::open(const std::filesystem::path& file) {
  LIGGARE_TRY(const auto reading, read(file));
  LIGGARE_ASSERT(reading.newest.has_value(), "HEAD is opened for writing before it is judged");
  LIGGARE_TRY(auto descriptor, FileDescriptor::open(file, O_RDWR));
  return HeadFile(file, std::move(descriptor), reading.newest->counter);
}

Result<void> HeadFile::write(const merkle::TreeHead& head) {
  return write_synced(descriptor_, path_, HeadSlot{++counter_, head});
}

}  // namespace liggare::store
