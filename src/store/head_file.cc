#include "store/head_file.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/crc32c.h"
#include "store/keys.h"
#include "store/rocks/files.h"

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

}  // namespace

Result<void> HeadFile::create(const std::filesystem::path& file, rocksdb::Env* env) {
  return write_new_file(env_or_default(env), file, slot_text({0, {}}) + slot_text({1, {}}));
}

Result<HeadReading> HeadFile::read(const std::filesystem::path& file, rocksdb::Env* env) {
  LIGGARE_TRY(const auto text, read_beginning(env_or_default(env), file, 2 * slot_bytes));
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

Result<HeadFile> HeadFile::open(const std::filesystem::path& file, rocksdb::Env* env) {
  LIGGARE_TRY(const auto reading, read(file, env));
  LIGGARE_ASSERT(reading.newest.has_value(), "HEAD is opened for writing before it is judged");
  std::unique_ptr<rocksdb::RandomRWFile> opened;
  const auto status =
      env_or_default(env).NewRandomRWFile(file.string(), &opened, rocksdb::EnvOptions());
  if (!status.ok()) return file_failure("cannot open", file, status);
  // The slot may stand in the page cache alone, where a sync failed before: the next slot would
  // then be written beside one that is two older, and after a power loss they would not agree.
  HeadFile head(file, std::move(opened), reading.newest->counter - 1);
  LIGGARE_CHECK(head.write(reading.newest->head));
  return head;
}

HeadFile::HeadFile(std::filesystem::path path, std::unique_ptr<rocksdb::RandomRWFile> file,
                   std::uint64_t counter)
    : path_(std::move(path)), file_(std::move(file)), counter_(counter) {}

HeadFile::HeadFile(HeadFile&&) noexcept = default;
HeadFile::~HeadFile() = default;

Result<void> HeadFile::write(const merkle::TreeHead& head) {
  const HeadSlot slot{++counter_, head};
  auto status = file_->Write(slot.counter % 2 * slot_bytes, slot_text(slot));
  if (!status.ok()) return file_failure("cannot write", path_, status);
  status = file_->Sync();
  if (!status.ok()) return file_failure("cannot sync", path_, status);
  return {};
}

}  // namespace liggare::store
