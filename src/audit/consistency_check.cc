#include "audit/consistency_check.h"

#include "audit/trusted_checkpoint.h"
#include "base/bytes.h"
#include "merkle/proof.h"
#include "merkle/proof_file.h"

namespace liggare::audit {
namespace {

Checked<void> check(const ConsistencyInput& input, const Trust& trust, Outcome& outcome) {
  LIGGARE_TRY(
      const merkle::Checkpoint older,
      open_trusted(input.old_checkpoint, trust, Quorum::not_asked, input.old_place, outcome));
  LIGGARE_TRY(
      const merkle::Checkpoint newer,
      open_trusted(input.new_checkpoint, trust, Quorum::demanded, input.new_place, outcome));
  LIGGARE_CHECK(check_growth(older, newer, input.new_place));
  const auto path = merkle::parse_hashes(input.proof);
  if (!path) return refuse(path.error(), Reason::malformed, input.proof_place);
  const auto grown = merkle::verify_consistency({older.head.tree_size, newer.head.tree_size, *path},
                                                older.head.root_hash, newer.head.root_hash);
  if (!grown) return refuse(grown.error(), Reason::rewritten, input.proof_place);
  const std::string old_size = std::to_string(older.head.tree_size);
  const std::string new_size = std::to_string(newer.head.tree_size);
  tell_growth(older.head.tree_size, newer, outcome);
  outcome.has_checked(Statement::consistent, {old_size, new_size});
  outcome.rests_on(Statement::append_only_since, {old_size, input.old_place});
  outcome.facts.add("origin", newer.origin)
      .add("oldSize", older.head.tree_size)
      .add("oldRootHash", to_hex(older.head.root_hash.view()))
      .add("size", newer.head.tree_size)
      .add("rootHash", to_hex(newer.head.root_hash.view()));
  outcome.has_not_checked(Statement::rules_not_checked);
  return {};
}

}  // namespace

Checked<void> check_growth(const merkle::Checkpoint& older, const merkle::Checkpoint& newer,
                           const std::string& new_place) {
  const std::string size = std::to_string(newer.head.tree_size);
  if (older.origin != newer.origin) {
    return refuse(Reason::not_comparable, new_place,
                  {Circumstance::of_other_log, {newer.origin, older.origin}});
  }
  if (newer.head.tree_size < older.head.tree_size) {
    return refuse(Reason::not_comparable, new_place,
                  {Circumstance::smaller_than_old, {size, std::to_string(older.head.tree_size)}});
  }
  if (newer.head.tree_size > older.head.tree_size || newer.head == older.head) return {};
  return refuse(Reason::forked, new_place,
                {Circumstance::two_roots,
                 {size, to_hex(older.head.root_hash.view()), to_hex(newer.head.root_hash.view())}});
}

void tell_growth(std::uint64_t old_size, const merkle::Checkpoint& newer, Outcome& outcome) {
  const std::string size = std::to_string(newer.head.tree_size);
  if (old_size == newer.head.tree_size) {
    outcome.shows(Statement::shows_same_tree, {newer.origin, size});
  } else {
    outcome.shows(Statement::shows_growth, {newer.origin, std::to_string(old_size), size});
  }
}

Outcome check_consistency(const ConsistencyInput& input, const Trust& trust) {
  Outcome outcome;
  const auto checked = check(input, trust, outcome);
  if (!checked) outcome.refusal = checked.error();
  return outcome;
}

}  // namespace liggare::audit
