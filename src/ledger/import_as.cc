#include "ledger/import_as.h"

#include <fmt/format.h>

#include "codec/text_input.h"
#include "ledger/append_authority.h"

namespace liggare::ledger {
namespace {

using codec::TextInput;

bool is_blank(const TextInput::Line& line) {
  return line.size_bytes == line.text.size() &&
         line.text.find_first_not_of(" \t\r") == std::string::npos;
}

class ImportAs {
 public:
  ImportAs(Ledger& ledger, const std::string& principal, const ImportOptions& options)
      : ledger_(ledger), principal_(principal), options_(options) {}

  Result<ImportSummary> run(TextInput& input) {
    for (;;) {
      LIGGARE_TRY(auto line, input.next());
      if (!line) break;
      if (is_blank(*line)) continue;
      if (line->size_bytes != line->text.size()) {
        refuse(line->number, line->text, too_large(line->size_bytes));
        continue;
      }
      numbers_.push_back(line->number);
      proposals_.push_back({std::move(line->text), std::nullopt});
      if (!options_.atomic) {
        LIGGARE_CHECK(store());
      }
      if (options_.progress) options_.progress(input.bytes_read(), input.size_bytes(), events());
    }
    const bool may_store = !proposals_.empty() && !(options_.atomic && summary_.refused > 0);
    if (may_store) {
      LIGGARE_CHECK(store());
    }
    summary_.size = ledger_.head().tree_size;
    return summary_;
  }

 private:
  std::uint64_t events() const {
    return summary_.accepted + summary_.duplicates + summary_.refused;
  }

  static Refusal too_large(std::uint64_t size_bytes) {
    return {{}, {domain::RejectionCode::too_large, std::to_string(size_bytes) + " bytes"}};
  }

  void refuse(std::uint64_t number, const std::string& text, const Refusal& refusal) {
    ++summary_.refused;
    if (options_.refused) options_.refused(number, refusal, text);
  }

  // All that wait, or none of them.
  Result<void> store() {
    LIGGARE_CHECK(authorise_append(ledger_, principal_, proposals_));
    LIGGARE_TRY(const std::vector<Verdict> verdicts, ledger_.append(proposals_));
    ImportSummary stored;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      if (verdicts[i]) {
        ++(verdicts[i]->duplicate ? stored.duplicates : stored.accepted);
      } else {
        refuse(numbers_[i], proposals_[i].line, verdicts[i].error());
      }
    }
    const bool is_taken_back = options_.atomic && summary_.refused > 0;
    if (!is_taken_back) summary_.accepted += stored.accepted;
    summary_.duplicates += stored.duplicates;
    numbers_.clear();
    proposals_.clear();
    return {};
  }

  Ledger& ledger_;
  const std::string& principal_;
  const ImportOptions& options_;
  std::vector<std::uint64_t> numbers_;
  std::vector<Proposal> proposals_;  // With their line numbers, not yet stored.
  ImportSummary summary_;
};

}  // namespace

Result<ImportSummary> import_as(Ledger& ledger, const std::string& principal,
                                const std::string& input, const ImportOptions& options) {
  LIGGARE_TRY(const auto lines, TextInput::open(input));
  auto summary = ImportAs(ledger, principal, options).run(*lines);
  if (summary || options.atomic) return summary;
  Error error = summary.error();
  error.message += fmt::format(
      "; the ledger has {} events now: send the same file again, known ids answer as duplicates",
      ledger.head().tree_size);
  return Unexpected{std::move(error)};
}

}  // namespace liggare::ledger
