#include <algorithm>
#include <deque>
#include <iterator>

#include "codec/text_input.h"
#include "ledger/parts.h"
#include "ledger/sealer.h"

namespace liggare::ledger {
namespace {

using codec::TextInput;

// Lines that are read and sealed together: the vault syncs its new keys once for all of them. While
// the sequencer writes some, the next are read and sealed.
constexpr std::size_t chunk_lines = 8'192;
// Lines that are judged together. Others who append wait for no more than these.
constexpr std::size_t request_lines = 1'024;
constexpr std::size_t requests_waiting_max = 8;

struct Chunk {
  std::vector<std::uint64_t> numbers;
  std::vector<std::string> texts;
  std::vector<Candidate> candidates;
};

// Moves those from ≤ place < to out of `values`.
template <class T>
std::vector<T> taken(std::vector<T>& values, std::size_t from, std::size_t to) {
  const auto begin = values.begin();
  return {std::make_move_iterator(begin + static_cast<std::ptrdiff_t>(from)),
          std::make_move_iterator(begin + static_cast<std::ptrdiff_t>(to))};
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

Candidate candidate_of(const TextInput::Line& line) {
  if (line.size_bytes == line.text.size()) return read_candidate(line.text);
  return {Unexpected{Refusal{
              {}, {domain::RejectionCode::too_large, std::to_string(line.size_bytes) + " bytes"}}},
          {},
          {},
          std::nullopt};
}

Result<Chunk> read_chunk(TextInput& input, std::size_t lines_max) {
  Chunk chunk;
  chunk.candidates.reserve(std::min(lines_max, chunk_lines));
  while (chunk.candidates.size() < lines_max) {
    LIGGARE_TRY(auto line, input.next());
    if (!line) break;
    if (is_blank(line->text) && line->size_bytes == line->text.size()) continue;
    chunk.candidates.push_back(candidate_of(*line));
    chunk.numbers.push_back(line->number);
    chunk.texts.push_back(std::move(line->text));
  }
  return chunk;
}

class Import {
 public:
  struct Ground {
    const store::EventLog& log;
    vault::Vault* vault;  // May be null.
    Sequencer& sequencer;
  };
  Import(Ground ground, const ImportOptions& options)
      : ground_(ground), options_(options), size_before_(ground.log.head().tree_size) {}

  // Reads, seals and sends every line.
  Result<void> send_all(TextInput& lines) {
    // Without a vault nothing may be written if any line holds personal data, so all are read
    // before any is sent.
    const bool all_at_once = options_.atomic || ground_.vault == nullptr;
    const std::size_t lines_max = all_at_once ? SIZE_MAX : chunk_lines;
    while (true) {
      LIGGARE_TRY(Chunk chunk, read_chunk(lines, lines_max));
      if (chunk.candidates.empty()) return {};
      LIGGARE_CHECK(seal_personal(chunk.candidates, ground_.log, ground_.vault));
      LIGGARE_CHECK(send(chunk));
      if (options_.progress) {
        options_.progress(lines.bytes_read(), lines.size_bytes(), events());
      }
    }
  }

  // Waits for what is still being judged.
  Result<ImportSummary> finish() {
    while (!sent_.empty()) {
      LIGGARE_CHECK(receive());
    }
    if (options_.atomic && summary_.refused > 0) {
      summary_.accepted = 0;  // Taken back, and with them what only repeated them.
      summary_.duplicates = stored_duplicates_;
    }
    return summary_;
  }

 private:
  struct Sent {
    std::vector<std::uint64_t> numbers;
    std::vector<std::string> texts;
    std::future<Sequencer::Answer> answer;
  };

  std::uint64_t events() const {
    return summary_.accepted + summary_.duplicates + summary_.refused;
  }

  Result<void> send(Chunk& chunk) {
    const std::size_t size = chunk.candidates.size();
    const std::size_t step = options_.atomic ? size : request_lines;
    for (std::size_t from = 0; from < size; from += step) {
      const std::size_t to = std::min(from + step, size);
      Sent sent{taken(chunk.numbers, from, to), taken(chunk.texts, from, to), {}};
      sent.answer = ground_.sequencer.submit(
          taken(chunk.candidates, from, to),
          options_.atomic ? Atomicity::all_or_none : Atomicity::each_alone);
      sent_.push_back(std::move(sent));
      if (sent_.size() >= requests_waiting_max) {
        LIGGARE_CHECK(receive());
      }
    }
    return {};
  }

  Result<void> receive() {
    Sent sent = std::move(sent_.front());
    sent_.pop_front();
    LIGGARE_TRY(const std::vector<Verdict> verdicts, sent.answer.get());
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      if (verdicts[i]) {
        ++(verdicts[i]->duplicate ? summary_.duplicates : summary_.accepted);
        if (verdicts[i]->duplicate && verdicts[i]->position < size_before_) ++stored_duplicates_;
      } else {
        ++summary_.refused;
        if (options_.refused) {
          options_.refused(sent.numbers[i], verdicts[i].error(), sent.texts[i]);
        }
      }
    }
    return {};
  }

  const Ground ground_;
  const ImportOptions& options_;
  const std::uint64_t size_before_;
  std::deque<Sent> sent_;
  ImportSummary summary_;
  std::uint64_t stored_duplicates_ = 0;  // Of events that were there before this import.
};

}  // namespace

Result<ImportSummary> Ledger::import(const std::string& input, const ImportOptions& options) {
  LIGGARE_ASSERT(parts_->sequencer != nullptr, "import needs a ledger open for writing");
  LIGGARE_TRY(const auto lines, TextInput::open(input));
  Import import({*parts_->log, parts_->vault.get(), *parts_->sequencer}, options);
  const auto sent = import.send_all(*lines);
  auto summary = import.finish();  // Also after an error: what was sent is judged and answered.
  if (sent && summary) {
    summary->size = head().tree_size;
    return summary;
  }
  Error error = sent ? summary.error() : sent.error();
  if (error.code == ErrorCode::vault_unavailable) return Unexpected{*parts_->vault_unavailable};
  error.message += "; the ledger has " + std::to_string(head().tree_size) +
                   " events now: send the same file again, known ids answer as duplicates";
  return Unexpected{std::move(error)};
}

}  // namespace liggare::ledger
