#include "merkle/proof_file.h"

#include "base/bytes.h"
#include "merkle/plain_text.h"

namespace liggare::merkle {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_word = "extra ";
constexpr std::string_view index_word = "index ";
constexpr std::size_t path_hashes_max = 64;

Unexpected<Error> refuse(const std::string& why) {
  return fail(ErrorCode::invalid_argument, "tlog-proof: " + why);
}

// Takes "extra <base64> LF" off `rest`, where it stands there.
Result<std::optional<std::string>> take_extra(std::string_view& rest) {
  if (!rest.starts_with(extra_word)) return std::optional<std::string>();
  const auto line = take_line(rest);
  if (!line) return refuse("it ends too early");
  auto extra = from_base64(line->substr(extra_word.size()));
  if (!extra) return refuse("extra: " + extra.error().message);
  return std::optional(*std::move(extra));
}

Result<std::uint64_t> take_index(std::string_view& rest) {
  const auto line = take_line(rest);
  if (!line || !line->starts_with(index_word)) return refuse("no index");
  const auto index = parse_decimal(line->substr(index_word.size()));
  if (!index) return refuse("index: " + index.error().message);
  return *index;
}

// Takes the hashes, and the empty line after them, off `rest`.
Result<std::vector<Hash>> take_path(std::string_view& rest) {
  const std::size_t end = rest.starts_with('\n') ? 0 : rest.find("\n\n") + 1;
  // Without an empty line find() gives npos, which is 0 after adding 1.
  if (end == 0 && !rest.starts_with('\n')) return refuse("no empty line before the checkpoint");
  LIGGARE_TRY(std::vector<Hash> path, parse_hashes(rest.substr(0, end)));
  if (path.size() > path_hashes_max) return refuse("more than 64 hashes");
  rest.remove_prefix(end + 1);
  return path;
}

}  // namespace

std::string ProofFile::print() const {
  std::string text = std::string(first_line) + "\n";
  if (extra) text += std::string(extra_word) + to_base64(*extra) + "\n";
  text += std::string(index_word) + std::to_string(index) + "\n";
  return text + print_hashes(path) + "\n" + checkpoint.print();
}

Result<ProofFile> ProofFile::parse(std::string_view text) {
  std::string_view rest = text;
  if (take_line(rest) != first_line) return refuse("another first line than that of its format");
  ProofFile proof;
  LIGGARE_TRY(proof.extra, take_extra(rest));
  LIGGARE_TRY(proof.index, take_index(rest));
  LIGGARE_TRY(proof.path, take_path(rest));
  LIGGARE_TRY(proof.checkpoint, SignedNote::parse(rest));
  return proof;
}

std::string print_hashes(const std::vector<Hash>& hashes) {
  std::string lines;
  for (const Hash& hash : hashes) lines += to_base64(hash.view()) + "\n";
  return lines;
}

Result<std::vector<Hash>> parse_hashes(std::string_view lines) {
  std::vector<Hash> hashes;
  while (!lines.empty()) {
    const auto line = take_line(lines);
    if (!line) return fail(ErrorCode::invalid_argument, "a hash without a line feed");
    const auto hash = from_base64(*line);
    if (!hash || hash->size() != hash_bytes) {
      return fail(ErrorCode::invalid_argument, "a line that is not 32 bytes in base64");
    }
    hashes.push_back(Hash::from(*hash));
  }
  return hashes;
}

}  // namespace liggare::merkle
