#include "witness/submission.h"

#include "merkle/plain_text.h"
#include "merkle/proof_file.h"

namespace liggare::witness {
namespace {

constexpr std::string_view old_word = "old ";

Unexpected<Error> refuse(const char* why) { return fail(ErrorCode::invalid_argument, why); }

Result<std::uint64_t> take_old_size(std::string_view& rest) {
  const auto line = merkle::take_line(rest);
  if (!line || !line->starts_with(old_word)) return refuse("no old size");
  return merkle::parse_decimal(line->substr(old_word.size()));
}

// With the empty line after it.
Result<std::vector<Hash>> take_path(std::string_view& rest) {
  std::string_view lines = rest;
  std::size_t count = 0;
  for (;; ++count) {
    const auto line = merkle::take_line(rest);
    if (!line || count > proof_hashes_max) return refuse("no empty line after the proof");
    if (line->empty()) break;
  }
  lines.remove_suffix(rest.size() + 1);
  return merkle::parse_hashes(lines);
}

}  // namespace

Result<Submission> Submission::parse(std::string_view body) {
  std::string_view rest = body;
  Submission submission;
  LIGGARE_TRY(submission.old_size, take_old_size(rest));
  LIGGARE_TRY(submission.path, take_path(rest));
  LIGGARE_TRY(submission.note, merkle::SignedNote::parse(rest));
  LIGGARE_TRY(submission.checkpoint, merkle::Checkpoint::parse(submission.note.text));
  return submission;
}

std::string print_submission(std::uint64_t old_size, const std::vector<Hash>& path,
                             const merkle::SignedNote& note) {
  return "old " + std::to_string(old_size) + "\n" + merkle::print_hashes(path) + "\n" +
         note.print();
}

std::string print_size(std::uint64_t tree_size) { return std::to_string(tree_size) + "\n"; }

Result<std::uint64_t> parse_size(std::string_view body) {
  const auto line = merkle::take_line(body);
  if (!line || !body.empty()) return refuse("not a size alone on its line");
  return merkle::parse_decimal(*line);
}

}  // namespace liggare::witness
