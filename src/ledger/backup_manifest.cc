#include "ledger/backup_manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/bytes.h"
#include "base/file.h"
#include "ledger/backup_place.h"
#include "ledger/leaf_files.h"
#include "merkle/plain_text.h"

namespace liggare::ledger {
namespace {

constexpr std::string_view header = "liggare/backup/v1";
constexpr std::string_view header_of_any = "liggare/backup/v";
constexpr std::string_view sum_word = "sha256 ";
constexpr std::size_t hash_letters = 16;

Unexpected<Error> damaged() {
  return fail(ErrorCode::corrupt,
              "the backup's manifest is not what was written: use another backup");
}

// The words of a line that begins with `key`; nothing for another line.
std::optional<std::vector<std::string_view>> words_after(std::string_view key,
                                                         std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t start = 0; start <= line.size();) {
    const std::size_t end = std::min(line.find(' ', start), line.size());
    words.push_back(line.substr(start, end - start));
    start = end + 1;
  }
  if (words.front() != key) return std::nullopt;
  words.erase(words.begin());
  return words;
}

std::optional<Hash> hash_in(std::string_view word) {
  const auto bytes = from_hex(word);
  if (!bytes || bytes->size() != hash_bytes) return std::nullopt;
  return Hash::from(*bytes);
}

std::optional<merkle::TreeHead> head_in(std::string_view size, std::string_view root) {
  const auto number = merkle::parse_decimal(size);
  const auto hash = hash_in(root);
  if (!number || !hash) return std::nullopt;
  return merkle::TreeHead{*number, *hash};
}

bool read_tree(const std::vector<std::string_view>& words, BackupManifest& into) {
  if (words.size() != 2) return false;
  const auto head = head_in(words[0], words[1]);
  if (!head) return false;
  into.head = *head;
  return true;
}

bool read_year(const std::vector<std::string_view>& words, BackupManifest& into) {
  if (words.size() != 3 || words[0].size() != 4) return false;
  const auto year = merkle::parse_decimal(words[0]);
  const auto head = head_in(words[1], words[2]);
  if (!year || !head) return false;
  into.access.push_back({static_cast<int>(*year), *head});
  return true;
}

bool read_file_line(const std::vector<std::string_view>& words, BackupManifest& into) {
  if (words.size() != 3) return false;
  const auto bytes = merkle::parse_decimal(words[1]);
  const auto hash = hash_in(words[2]);
  if (!bytes || !hash) return false;
  into.files.push_back({std::string(words[0]), *bytes, *hash});
  return true;
}

bool read_made(const std::vector<std::string_view>& words, BackupManifest& into) {
  if (words.size() != 1) return false;
  const auto made = parse_rfc3339(words[0]);
  if (!made) return false;
  into.made = made->instant;
  return true;
}

bool read_checkpoint(const std::vector<std::string_view>& words, BackupManifest& into) {
  const auto bytes =
      words.size() == 1 ? from_base64(words[0]) : Result<std::string>(fail(ErrorCode::corrupt, ""));
  if (!bytes) return false;
  auto note = merkle::SignedNote::parse(*bytes);
  if (!note) return false;
  into.checkpoint = *std::move(note);
  return true;
}

bool read_line(std::string_view line, BackupManifest& into) {
  if (const auto words = words_after("origin", line)) {
    if (words->size() != 1) return false;
    into.identity.origin = words->front();
    return true;
  }
  if (const auto words = words_after("head", line)) {
    if (words->size() != 1) return false;
    into.identity.head_mode =
        words->front() == "strict" ? store::HeadMode::strict : store::HeadMode::floor;
    return true;
  }
  if (const auto words = words_after("tree", line)) return read_tree(*words, into);
  if (const auto words = words_after("made", line)) return read_made(*words, into);
  if (const auto words = words_after("checkpoint", line)) return read_checkpoint(*words, into);
  if (const auto words = words_after("access", line)) return read_year(*words, into);
  if (const auto words = words_after("file", line)) return read_file_line(*words, into);
  return false;
}

bool has_the_files_it_needs(const BackupManifest& manifest) {
  // Before so many names are made: a damaged size may be any number.
  const auto is_too_large = [&](const merkle::TreeHead& head) {
    return head.tree_size / leaves_per_file > manifest.files.size();
  };
  if (is_too_large(manifest.head)) return false;
  for (const AccessTree& tree : manifest.access) {
    if (is_too_large(tree.head)) return false;
  }
  std::vector<std::string> needed;
  for (const LeafFile& file : leaf_files("log", manifest.head.tree_size)) {
    needed.push_back(file.name);
  }
  for (const AccessTree& tree : manifest.access) {
    for (const LeafFile& file : leaf_files(year_folder(tree.year), tree.head.tree_size)) {
      needed.push_back(file.name);
    }
  }
  std::sort(needed.begin(), needed.end());
  std::vector<std::string> found;
  for (const BackupFile& file : manifest.files) {
    if (certificate_in(file.name).empty()) found.push_back(file.name);
  }
  return found == needed;
}

// Judged before anything else: a damaged line says nothing, also not that it is of a newer release.
bool has_its_sum(std::string_view bytes) {
  const std::size_t line_bytes = sum_word.size() + 2 * hash_bytes + 1;
  if (bytes.size() < line_bytes) return false;
  const std::string_view body = bytes.substr(0, bytes.size() - line_bytes);
  const Hash sum = sha256({body});
  return bytes.substr(body.size()) == std::string(sum_word) + to_hex(sum.view()) + "\n";
}

// In order, and none twice.
bool is_in_order(const BackupManifest& manifest) {
  const auto is_name_out_of_order = [](const BackupFile& left, const BackupFile& right) {
    return left.name >= right.name;
  };
  const auto is_year_out_of_order = [](const AccessTree& left, const AccessTree& right) {
    return left.year >= right.year;
  };
  const auto& files = manifest.files;
  const auto& access = manifest.access;
  return std::adjacent_find(files.begin(), files.end(), is_name_out_of_order) == files.end() &&
         std::adjacent_find(access.begin(), access.end(), is_year_out_of_order) == access.end();
}

}  // namespace

const BackupFile* BackupManifest::find(std::string_view name) const {
  const auto found = std::lower_bound(
      files.begin(), files.end(), name,
      [](const BackupFile& file, std::string_view wanted) { return file.name < wanted; });
  return found != files.end() && found->name == name ? &*found : nullptr;
}

std::string BackupManifest::text() const {
  const bool is_strict = identity.head_mode == store::HeadMode::strict;
  std::string text = fmt::format("{}\norigin {}\nhead {}\ntree {} {}\nmade {}\n", header,
                                 identity.origin, is_strict ? "strict" : "floor", head.tree_size,
                                 to_hex(head.root_hash.view()), made.text());
  if (checkpoint) text += fmt::format("checkpoint {}\n", to_base64(checkpoint->print()));
  for (const AccessTree& tree : access) {
    text += fmt::format("access {:04} {} {}\n", tree.year, tree.head.tree_size,
                        to_hex(tree.head.root_hash.view()));
  }
  for (const BackupFile& file : files) {
    text += fmt::format("file {} {} {}\n", file.name, file.bytes, to_hex(file.hash.view()));
  }
  return text;
}

std::string BackupManifest::print() const {
  std::string bytes = text();
  if (!signatures.empty()) {
    bytes += "\n";
    for (const merkle::NoteSignature& signature : signatures) bytes += signature.line();
  }
  const Hash sum = sha256({bytes});
  return bytes + std::string(sum_word) + to_hex(sum.view()) + "\n";
}

Result<BackupManifest> BackupManifest::parse(std::string_view bytes) {
  if (!has_its_sum(bytes)) return damaged();
  std::string_view rest = bytes;
  const auto first = merkle::take_line(rest);
  if (first && *first != header && first->starts_with(header_of_any)) {
    return fail(ErrorCode::unsupported, "the backup was written by a newer release");
  }
  if (first != header) return damaged();
  BackupManifest manifest;
  bool in_signatures = false;
  while (const auto line = merkle::take_line(rest)) {
    if (line->starts_with(sum_word)) break;
    if (line->empty()) {
      in_signatures = true;
    } else if (in_signatures) {
      auto signature = merkle::NoteSignature::parse(std::string(*line) + "\n");
      if (!signature) return damaged();
      manifest.signatures.push_back(*std::move(signature));
    } else if (!read_line(*line, manifest)) {
      return damaged();
    }
  }
  // Whatever was read leniently above shows here.
  if (manifest.print() != bytes) return damaged();
  if (!is_in_order(manifest) || !has_the_files_it_needs(manifest)) return damaged();
  return manifest;
}

std::string certificate_file(const std::string& name, const Hash& hash) {
  return fmt::format("{}{}-{}", certificate_folder, to_hex(hash.view()).substr(0, hash_letters),
                     name);
}

// A name within one folder: nothing that leads out of it.
std::string certificate_in(std::string_view file) {
  constexpr std::string_view characters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-";
  const std::size_t start = certificate_folder.size() + hash_letters + 1;
  if (!file.starts_with(certificate_folder) || file.size() <= start || file.size() > 250 ||
      file[start - 1] != '-' || file[start] == '.' ||
      file.find_first_not_of(characters, certificate_folder.size()) != std::string_view::npos) {
    return {};
  }
  return std::string(file.substr(start));
}

Result<BackupManifest> read_manifest(const std::filesystem::path& folder) {
  LIGGARE_CHECK(check_is_folder(folder));
  const auto bytes = read_file(folder / manifest_name);
  if (!bytes && bytes.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found, folder.string() + " holds no backup: there is no manifest");
  }
  if (!bytes) return Unexpected{bytes.error()};
  return BackupManifest::parse(*bytes);
}

}  // namespace liggare::ledger
