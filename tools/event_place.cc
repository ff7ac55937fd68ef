#include "tools/event_place.h"

#include "domain/formats.h"
#include "ledger/ledger.h"
#include "tools/command.h"

namespace liggare::tools {

Result<std::uint64_t> position_named(const ledger::Ledger& ledger, const std::string& name) {
  LIGGARE_TRY(const std::optional<std::uint64_t> position, ledger.position_of(name));
  if (position) return *position;
  const auto number = parse_decimal(name);
  const std::uint64_t size = ledger.head().tree_size;
  if (number && *number < size) return *number;
  return no_such_event(ledger, name);
}

Unexpected<Error> no_such_event(const ledger::Ledger& ledger, const std::string& name) {
  return fail(ErrorCode::not_found, "no event has the id or position \"" + name +
                                        "\"; the ledger has " +
                                        std::to_string(ledger.head().tree_size) + " events");
}

Result<domain::Subject> subject_of(domain::StreamKind kind, const std::string& id,
                                   const std::string& option) {
  if (domain::is_id(id)) return domain::Subject{kind, id};
  return fail(ErrorCode::invalid_argument,
              option + " takes an id of 1 to 64 of A-Z a-z 0-9 . _ -, not \"" + id + "\"");
}

Result<domain::Subject> subject_named(const std::string& text, const std::string& option) {
  const auto slash = text.find('/');
  const auto kind = domain::stream_kind_named(std::string_view(text).substr(0, slash));
  if (slash == std::string::npos || !kind) {
    return fail(ErrorCode::invalid_argument,
                option + " takes KIND/ID such as participant/P1042, not \"" + text + "\"");
  }
  return subject_of(*kind, text.substr(slash + 1), option);
}

}  // namespace liggare::tools
