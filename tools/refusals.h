// The refused lines of an import: kept in a file of rejects, or listed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"
#include "tools/console.h"

namespace liggare::tools {

class Refusals {
 public:
  // `path` is where rejects go, or empty. The file is emptied only when the import gets that far.
  // io where it can't be written.
  static Result<std::unique_ptr<Refusals>> open(const std::string& path);
  ~Refusals();
  Refusals(const Refusals&) = delete;
  Refusals& operator=(const Refusals&) = delete;

  void take(std::uint64_t line, const ledger::Refusal& refusal, std::string_view text);
  // io when rejects could not be written.
  Result<void> finish();
  // On standard error: the first ones where there is no file of rejects, and how many in all.
  void tell(Console& console, std::string_view what_became_of_the_rest) const;

 private:
  Refusals(int file, std::string path) : file_(file), path_(std::move(path)) {}
  void write(std::string_view text);

  struct Listed {
    std::uint64_t line;
    ledger::Refusal refusal;
  };

  int file_;  // Negative: no file.
  std::string path_;
  std::string failure_;
  bool emptied_ = false;
  std::uint64_t count_ = 0;
  std::vector<Listed> first_;
};

// {"line", "code", "message", "event"} and a line feed. The event is null where the line could not
// be parsed (contract P11).
std::string reject_line(std::uint64_t line, const ledger::Refusal& refusal, std::string_view text);

// Where and why, in one phrase: "line 3, event e7: $.data.colour".
std::string phrase_of(std::string_view place, const ledger::Refusal& refusal);

}  // namespace liggare::tools
