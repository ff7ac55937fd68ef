#include "audit/checkpoint_check.h"

#include "audit/trusted_checkpoint.h"
#include "base/bytes.h"

namespace liggare::audit {
namespace {

Json cosignatures(const Outcome& outcome) {
  Json list = Json::array();
  for (const Remark& remark : outcome.trust) {
    if (remark.statement != Statement::cosigned_by) continue;
    list.push(Json::object().add("witness", remark.values[0]).add("time", remark.values[1]));
  }
  return list;
}

}  // namespace

Outcome check_checkpoint(std::string_view note, const Trust& trust, const std::string& place) {
  Outcome outcome;
  const auto checkpoint = open_trusted(note, trust, Quorum::demanded, place, outcome);
  if (!checkpoint) {
    outcome.refusal = checkpoint.error();
    return outcome;
  }
  const std::string size = std::to_string(checkpoint->head.tree_size);
  outcome.facts.add("origin", checkpoint->origin)
      .add("size", checkpoint->head.tree_size)
      .add("rootHash", to_hex(checkpoint->head.root_hash.view()))
      .add("cosignatures", cosignatures(outcome));
  outcome.shows(Statement::shows_checkpoint, {checkpoint->origin, size});
  outcome.has_not_checked(Statement::events_not_shown);
  outcome.has_not_checked(Statement::older_not_asked);
  return outcome;
}

}  // namespace liggare::audit
