#include "ledger/extract_actors.h"

#include <set>

#include "access/standing.h"
#include "base/clock.h"
#include "domain/formats.h"

namespace liggare::ledger {
namespace {

constexpr std::string_view local_prefix = "local/";

Day recorded_day(const Json& row) {
  const auto recorded = parse_rfc3339(*row.find("recorded")->as_text());
  return recorded->instant.ledger_day();
}

}  // namespace

Result<Json> ExtractActors::words_for(const std::string& who, Day day) {
  if (who.starts_with(local_prefix)) return Json("local");
  const auto staff_id = domain::staff_id(who);
  if (!staff_id) return Json(who);
  auto known = staff_.find(who);
  if (known == staff_.end()) {
    const domain::Subject staff{domain::StreamKind::staff, *staff_id};
    LIGGARE_TRY(const auto events, ledger_.stream(staff, ledger_.head().tree_size));
    known = staff_.emplace(who, domain::timeline_of(events)).first;
  }
  const auto part = domain::until(known->second, day);
  std::set<std::string> words;
  for (const access::HeldRole& held : access::roles_of({part.begin(), part.end()})) {
    words.emplace(domain::word_of(held.role));
  }
  return Json::object().add("roles", Json::list({words.begin(), words.end()}));
}

Result<Json> ExtractActors::without_names(const Json& row) {
  Json copy = Json::object();
  for (const auto& [name, value] : *row.as_object()) {
    if (name != "actor" && name != "submittedby") {
      copy.add(name, value);
      continue;
    }
    LIGGARE_TRY(Json words, words_for(*value.as_text(), recorded_day(row)));
    copy.add(name, std::move(words));
  }
  return copy;
}

}  // namespace liggare::ledger
