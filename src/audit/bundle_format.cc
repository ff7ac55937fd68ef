#include "audit/bundle_format.h"

#include <algorithm>

#include "base/bytes.h"
#include "merkle/plain_text.h"

namespace liggare::audit {
namespace {

constexpr std::string_view leaf_suffix = ".leaf";
constexpr std::string_view proof_suffix = ".tlog-proof";
constexpr std::string_view schema_suffix = ".capnp";
constexpr std::string_view gap = "  ";
constexpr std::size_t hex_digits = 2 * hash_bytes;

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

bool is_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." &&
         std::all_of(name.begin(), name.end(), is_name_character);
}

bool is_plain_path(std::string_view path) {
  for (;;) {
    const std::size_t slash = path.find('/');
    if (!is_name(path.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

// "7" of "leaves/7.leaf".
std::optional<std::string_view> name_in(std::string_view path, std::string_view folder,
                                        std::string_view suffix) {
  if (!path.starts_with(folder) || !path.ends_with(suffix)) return std::nullopt;
  if (path.size() <= folder.size() + 1 + suffix.size() || path[folder.size()] != '/') {
    return std::nullopt;
  }
  path.remove_prefix(folder.size() + 1);
  path.remove_suffix(suffix.size());
  return path;
}

std::optional<std::uint64_t> position_in(std::string_view path, std::string_view folder,
                                         std::string_view suffix) {
  const auto name = name_in(path, folder, suffix);
  if (!name) return std::nullopt;
  const auto position = merkle::parse_decimal(*name);
  if (!position) return std::nullopt;
  return *position;
}

std::string path_of(std::string_view folder, std::uint64_t position, std::string_view suffix) {
  return std::string(folder) + "/" + std::to_string(position) + std::string(suffix);
}

Unexpected<Error> refuse(std::size_t line, const char* why) {
  return fail(ErrorCode::invalid_argument, "line " + std::to_string(line) + ": " + why);
}

}  // namespace

std::string leaf_path(std::uint64_t position) {
  return path_of(leaves_folder, position, leaf_suffix);
}
std::string proof_path(std::uint64_t position) {
  return path_of(proofs_folder, position, proof_suffix);
}
std::optional<std::uint64_t> position_in_leaf_path(std::string_view path) {
  return position_in(path, leaves_folder, leaf_suffix);
}
std::optional<std::uint64_t> position_in_proof_path(std::string_view path) {
  return position_in(path, proofs_folder, proof_suffix);
}

bool is_informative(std::string_view path) {
  if (path == readme_name) return true;
  const auto name = name_in(path, schema_folder, schema_suffix);
  return name && is_name(*name);
}

bool is_bundle_path(std::string_view path) {
  constexpr std::string_view names[] = {sums_name,         checkpoint_name, events_name,
                                        answer_name,       seal_leaf_name,  seal_proof_name,
                                        completeness_name, disclosed_name};
  return std::find(std::begin(names), std::end(names), path) != std::end(names) ||
         is_informative(path) || position_in_leaf_path(path) || position_in_proof_path(path);
}

Sums sums_of(const BundleFiles& files) {
  Sums sums;
  for (const auto& [path, bytes] : files) {
    if (path != sums_name) sums.emplace(path, sha256({bytes}));
  }
  return sums;
}

std::string print_sums(const Sums& sums) {
  std::string text;
  for (const auto& [path, hash] : sums) {
    text += to_hex(hash.view()) + std::string(gap) + path + "\n";
  }
  return text;
}

Result<Sums> parse_sums(std::string_view text) {
  Sums sums;
  std::size_t number = 0;
  while (const auto line = merkle::take_line(text)) {
    ++number;
    if (line->size() <= hex_digits + gap.size() || line->substr(hex_digits, gap.size()) != gap) {
      return refuse(number, "not \"<hash>  <path>\"");
    }
    const auto hash = from_hex(line->substr(0, hex_digits));
    if (!hash) return refuse(number, "no hash in lower-case hex");
    const std::string_view path = line->substr(hex_digits + gap.size());
    if (!is_plain_path(path) || path == sums_name) return refuse(number, "no path of a bundle");
    if (!sums.empty() && path <= sums.rbegin()->first) {
      return refuse(number, "not in byte order of the paths");
    }
    sums.emplace_hint(sums.end(), path, Hash::from(*hash));
  }
  if (!text.empty()) return refuse(number + 1, "no line feed at its end");
  return sums;
}

}  // namespace liggare::audit
