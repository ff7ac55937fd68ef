// What the console of liggare itself has more than other programs': a ledger.
#include <fmt/format.h>

#include <cstdlib>
#include <utility>

#include "ledger/ledger.h"
#include "ledger/signed_beyond.h"
#include "tools/console.h"

namespace liggare::tools {

std::vector<Argument> global_arguments() {
  std::vector<Argument> arguments = {
      {"--ledger", "DIR", "the ledger's folder (or LIGGARE_LEDGER)"},
      {"--keys", "DIR", "the keys' folder; DIR.keys beside the ledger otherwise"}};
  for (Argument& argument : answering_arguments()) arguments.push_back(std::move(argument));
  return arguments;
}

Result<ledger::Folders> Console::folders() const {
  const char* variable = std::getenv("LIGGARE_LEDGER");
  const std::string otherwise = variable == nullptr ? "" : variable;
  const std::string folder = settings_.ledger_folder.value_or(otherwise);
  if (folder.empty()) {
    return fail(ErrorCode::invalid_argument,
                "no ledger was named: give --ledger DIR or set LIGGARE_LEDGER");
  }
  std::optional<std::filesystem::path> keys;
  if (settings_.keys_folder) keys = *settings_.keys_folder;
  return ledger::Folders::of(folder, keys);
}

Result<std::unique_ptr<ledger::Ledger>> Console::open(ledger::Mode mode) {
  LIGGARE_TRY(ledger::Folders named, folders());
  LIGGARE_TRY(auto opened, ledger::Ledger::open({std::move(named), mode, nullptr}));
  if (mode == ledger::Mode::write) {
    if (const auto beyond = ledger::signed_beyond(*opened)) {
      note(fmt::format("the ledger has {} events, and {} were signed: it was put back to an older "
                       "state. What is written now can't be signed; run liggare doctor first",
                       opened->head().tree_size, *beyond));
    }
  }
  return opened;
}

}  // namespace liggare::tools
