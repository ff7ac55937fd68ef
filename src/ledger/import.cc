#include <algorithm>
#include <atomic>
#include <deque>
#include <future>
#include <span>

#include "base/worker.h"
#include "codec/text_input.h"
#include "ledger/parts.h"
#include "ledger/sealer.h"

namespace liggare::ledger {
namespace {

using codec::TextInput;

// Requests whose lines are sealed together: the vault syncs its new keys once for all of them.
// While they are sealed, the next are read, and those before are judged and written.
constexpr std::size_t chunk_parts = 8;
// Lines that are judged together, fewer where they are long.
constexpr std::size_t request_lines = 1'024;
constexpr std::size_t request_bytes = std::size_t{1} << 20U;
// Others who append wait behind these.
constexpr std::size_t requests_waiting_max = 16;

// Lines of one request to the sequencer.
struct Part {
  std::vector<std::uint64_t> numbers;
  std::vector<std::string> texts;
  std::vector<Candidate> candidates;
};

struct Chunk {
  std::vector<Part> parts;
  std::uint64_t bytes_read = 0;  // Of the input, up to its end.
};

struct ChunkSize {
  std::size_t parts_max = 0;
  std::size_t part_lines = 0;
  std::size_t part_bytes = 0;
};

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

Result<Part> read_part(TextInput& input, const ChunkSize& size) {
  Part part;
  part.candidates.reserve(std::min(size.part_lines, request_lines));
  std::size_t bytes = 0;
  while (part.candidates.size() < size.part_lines && bytes < size.part_bytes) {
    LIGGARE_TRY(auto line, input.next());
    if (!line) break;
    if (is_blank(line->text) && line->size_bytes == line->text.size()) continue;
    part.candidates.push_back(candidate_of(*line));
    part.numbers.push_back(line->number);
    bytes += line->text.size();
    part.texts.push_back(std::move(line->text));
  }
  return part;
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
    const ChunkSize size{all_at_once ? SIZE_MAX : chunk_parts,
                         options_.atomic ? SIZE_MAX : request_lines,
                         options_.atomic ? SIZE_MAX : request_bytes};
    std::future<Result<void>> before = worker_.give([] { return Result<void>(); });
    while (true) {
      auto chunk = read_chunk(lines, size);
      LIGGARE_CHECK(before.get());
      if (!chunk) return Unexpected{chunk.error()};
      if (chunk->parts.empty()) return {};
      before = worker_.give([this, read = *std::move(chunk), total = lines.size_bytes()]() mutable {
        auto sent = seal_and_send(read, total);
        if (!sent) has_failed_ = true;
        return sent;
      });
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

  // Without a part at the end of the input. Reads no more once something has failed: nobody wants
  // to wait for lines of a slow pipe that are for nothing.
  Result<Chunk> read_chunk(TextInput& input, const ChunkSize& size) const {
    Chunk chunk;
    while (chunk.parts.size() < size.parts_max && !has_failed_) {
      LIGGARE_TRY(Part part, read_part(input, size));
      if (part.candidates.empty()) break;
      chunk.parts.push_back(std::move(part));
    }
    chunk.bytes_read = input.bytes_read();
    return chunk;
  }

  Result<void> seal_and_send(Chunk& chunk, std::optional<std::uint64_t> total) {
    std::vector<std::span<Candidate>> candidates;
    for (Part& part : chunk.parts) candidates.emplace_back(part.candidates);
    LIGGARE_CHECK(seal_personal(candidates, ground_.log, ground_.vault));
    for (Part& part : chunk.parts) {
      LIGGARE_CHECK(send(part));
    }
    if (options_.progress) options_.progress(chunk.bytes_read, total, events());
    return {};
  }

  Result<void> send(Part& part) {
    Sent sent{std::move(part.numbers), std::move(part.texts), {}};
    sent.answer =
        ground_.sequencer.submit(std::move(part.candidates),
                                 options_.atomic ? Atomicity::all_or_none : Atomicity::each_alone);
    sent_.push_back(std::move(sent));
    return sent_.size() >= requests_waiting_max ? receive() : Result<void>();
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
  std::atomic<bool> has_failed_ = false;
  Worker worker_;  // Ends before what it uses.
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
