#include "vault/vault_files.h"

#include <system_error>

#include "base/file.h"

namespace liggare::vault {
namespace {

constexpr const char* unfinished_slots_file = "slots.new";

}  // namespace

Result<void> make_vault_folder(const std::filesystem::path& folder) {
  std::error_code error;
  if (!std::filesystem::create_directories(folder, error) && !error) return {};
  if (!error) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  if (error) return fail(ErrorCode::io, "can't make " + folder.string() + ": " + error.message());
  return sync_folder(folder / "..");
}

Result<bool> is_there(const std::filesystem::path& path) {
  std::error_code error;
  const bool found = std::filesystem::exists(path, error);
  if (error) return fail(ErrorCode::io, "can't examine " + path.string() + ": " + error.message());
  return found;
}

Result<void> write_slots(const std::filesystem::path& folder, std::string_view bytes) {
  const auto from = folder / unfinished_slots_file;
  LIGGARE_CHECK(write_new_file(from, bytes, Readers::owner));
  std::error_code error;
  std::filesystem::rename(from, folder / slots_file, error);
  if (error) return fail(ErrorCode::io, "can't rename " + from.string() + ": " + error.message());
  return sync_folder(folder);
}

}  // namespace liggare::vault
