#include <algorithm>
#include <system_error>

#include "ledger/access_checkpoint.h"
#include "ledger/key_folder.h"
#include "ledger/parts.h"
#include "vault/key_file.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

// A schema-less URL, as checkpoints want it; the folder's name where none was given.
std::string origin_or_default(const CreateOptions& options) {
  if (!options.origin.empty()) return options.origin;
  return "ledger.invalid/" +
         fs::absolute(options.folders.ledger).lexically_normal().filename().string();
}

bool exists_and_is_not_empty(const fs::path& folder) {
  std::error_code error;
  return fs::exists(folder, error) &&
         !(fs::is_directory(folder, error) && fs::is_empty(folder, error));
}

// A schema-less URL (evidence, section 4): it becomes the name of the key that signs checkpoints,
// which holds neither blanks nor plus signs.
Result<void> check_origin(const std::string& origin) {
  const bool is_plain = std::all_of(origin.begin(), origin.end(),
                                    [](char c) { return c > ' ' && c < 0x7f && c != '+'; });
  if (is_plain && origin.find("://") == std::string::npos) return {};
  return fail(ErrorCode::invalid_argument,
              "--origin takes a URL without its scheme, such as ledger.example.org/town; without "
              "it the folder's name is made part of it, so that must be ASCII without blanks and "
              "plus signs. Nothing was made");
}

Result<void> make_key_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) fs::permissions(folder, fs::perms::owner_all, error);
  if (error) return fail(ErrorCode::io, folder.string() + ": " + error.message());
  return {};
}

Result<void> make_parts(const CreateOptions& options) {
  const Folders& folders = options.folders;
  const auto head_mode =
      options.head == HeadPolicy::strict ? store::HeadMode::strict : store::HeadMode::floor;
  LIGGARE_CHECK(
      store::EventLog::create({folders.ledger, {origin_or_default(options), head_mode}, nullptr}));
  LIGGARE_CHECK(make_key_folder(folders.keys));
  LIGGARE_CHECK(KeyFolder(folders.keys).make_signing_key(origin_or_default(options)));
  LIGGARE_CHECK(KeyFolder::of_access_log(folders.keys)
                    .make_signing_key(access_key_name(origin_or_default(options))));
  LIGGARE_CHECK(vault::make_key_file(vault_key_file(folders)));
  LIGGARE_TRY(auto key, vault::read_key_file(vault_key_file(folders)));
  LIGGARE_TRY(const auto vault, vault::Vault::create(vault_folder(folders), std::move(key)));
  return {};
}

}  // namespace

Folders Folders::of(const fs::path& ledger, const std::optional<fs::path>& keys) {
  // Resolved first: beside "." or a link must mean beside the folder itself, never inside it.
  std::error_code ignored;
  fs::path folder = fs::weakly_canonical(fs::absolute(ledger), ignored).lexically_normal();
  if (folder.empty()) folder = ledger;
  if (!folder.has_filename()) folder = folder.parent_path();  // "town/" means "town".
  return {folder, keys.value_or(folder.string() + ".keys")};
}

fs::path vault_folder(const Folders& folders) { return folders.ledger / "vault"; }
fs::path vault_key_file(const Folders& folders) { return folders.keys / "vault.key"; }

Result<void> Ledger::create(const CreateOptions& options) {
  const Folders& folders = options.folders;
  LIGGARE_CHECK(check_origin(origin_or_default(options)));
  for (const fs::path& folder : {folders.ledger, folders.keys}) {
    if (exists_and_is_not_empty(folder)) {
      return fail(ErrorCode::invalid_argument,
                  folder.string() +
                      " exists and is not empty; nothing was changed. Choose another "
                      "folder, or remove it first");
    }
  }
  const auto made = make_parts(options);
  if (made) return {};
  if (made.error().code == ErrorCode::busy) return made;  // Another process is making it.
  // Nothing was there before: a half-made ledger would only be in the way.
  for (const fs::path& folder : {folders.ledger, folders.keys}) {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
  return Unexpected{Error{made.error().code, made.error().message + "; nothing was made"}};
}

}  // namespace liggare::ledger
