#include "audit/proof_check.h"

#include "audit/read_leaf.h"
#include "audit/trusted_checkpoint.h"
#include "base/bytes.h"
#include "merkle/proof.h"
#include "merkle/proof_file.h"

namespace liggare::audit {
namespace {

void tell_event(const ProofInput& input, std::uint64_t position, const std::string& origin,
                Outcome& outcome) {
  const auto record = read_leaf(input.leaf, position, input.leaf_place);
  if (!record) {
    const bool is_newer = record.error().reason == Reason::unsupported;
    outcome.has_not_checked(is_newer ? Statement::leaf_of_newer : Statement::leaf_not_decoded);
    outcome.facts.add("event", Json());
    outcome.shows(Statement::shows_leaf, {std::to_string(position), origin});
    return;
  }
  const domain::Event& event = record->event.event;
  outcome.facts.add("event", event_facts(*record));
  outcome.shows(Statement::shows_event,
                {std::string(domain::name_of(event.type())), event.subject.text(),
                 recorded_minute(*record), std::to_string(position), origin});
  if (!record->sections.empty()) outcome.has_not_checked(Statement::sections_sealed);
}

Checked<void> check(const ProofInput& input, const Trust& trust, Outcome& outcome) {
  const auto proof = merkle::ProofFile::parse(input.proof);
  if (!proof) return refuse(proof.error(), Reason::malformed, input.proof_place);
  LIGGARE_TRY(const merkle::Checkpoint checkpoint,
              open_trusted(proof->checkpoint, trust, Quorum::demanded, input.proof_place, outcome));
  if (input.leaf.size() > codec::record_bytes_max) {
    return refuse(Reason::malformed, input.leaf_place,
                  {Circumstance::longer_than, {std::to_string(codec::record_bytes_max)}});
  }
  const Hash leaf = merkle::leaf_hash(input.leaf);
  const auto included = merkle::verify_inclusion(
      {proof->index, checkpoint.head.tree_size, proof->path}, leaf, checkpoint.head.root_hash);
  if (!included) return refuse(included.error(), Reason::not_in_tree, input.leaf_place);
  outcome.has_checked(Statement::leaf_included, {std::to_string(proof->index)});
  outcome.facts.add("origin", checkpoint.origin)
      .add("size", checkpoint.head.tree_size)
      .add("rootHash", to_hex(checkpoint.head.root_hash.view()))
      .add("position", proof->index)
      .add("leafHash", to_hex(leaf.view()));
  tell_event(input, proof->index, checkpoint.origin, outcome);
  if (proof->extra) {
    outcome.has_not_checked(Statement::extra_unsigned, {std::to_string(proof->extra->size())});
  }
  outcome.has_not_checked(Statement::only_this_event);
  return {};
}

}  // namespace

Outcome check_proof(const ProofInput& input, const Trust& trust) {
  Outcome outcome;
  const auto checked = check(input, trust, outcome);
  if (!checked) outcome.refusal = checked.error();
  return outcome;
}

}  // namespace liggare::audit
