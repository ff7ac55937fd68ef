#include "audit/bundle_events.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "audit/read_leaf.h"
#include "base/bytes.h"
#include "codec/event_json.h"
#include "merkle/proof.h"
#include "merkle/proof_file.h"

namespace liggare::audit {
namespace {

Checked<void> check_proof(const merkle::ProofFile& proof, const std::string& place,
                          std::uint64_t position, const ProvenHead& proven) {
  // One signature was checked for all proofs, so all have to rest on it.
  if (proof.checkpoint.print() != proven.checkpoint) {
    return refuse(Reason::other_checkpoint, place);
  }
  if (proof.extra) return refuse(Reason::malformed, place, {Circumstance::extra_data, {}});
  if (proof.index == position) return {};
  return refuse(Reason::other_position, place,
                {Circumstance::proof_of_position, {std::to_string(proof.index)}});
}

Detail counts(std::uint64_t count, std::uint64_t expected) {
  return {Circumstance::count_differs, {std::to_string(count), std::to_string(expected)}};
}

// The leaves below the seal's size, all and none besides.
Checked<void> check_sealed(const ProvenLeaves& leaves, const Completeness& completeness) {
  const auto end = leaves.lower_bound(completeness.sealed_size);
  const auto count = static_cast<std::uint64_t>(std::distance(leaves.begin(), end));
  const merkle::PresenceProof* presence = completeness.presence();
  const std::uint64_t expected = presence == nullptr ? 0 : presence->entry.version;
  const std::string place(leaves_folder);
  if (count < expected) return refuse(Reason::incomplete, place, counts(count, expected));
  if (count > expected) return refuse(Reason::not_as_sealed, place, counts(count, expected));
  if (presence == nullptr) return {};
  const auto last = std::prev(end);
  if (last->first != presence->entry.last_position ||
      last->second.hash != presence->entry.last_leaf_hash) {
    return refuse(Reason::not_as_sealed, leaf_path(last->first),
                  {Circumstance::last_by_seal, {std::to_string(presence->entry.last_position)}});
  }
  return {};
}

std::string line_of(const codec::Record& record) {
  return codec::event_json(record.event, codec::sealed_view).text() + "\n";
}

}  // namespace

Checked<const std::string*> file_named(const BundleFiles& files, std::string_view path) {
  const auto found = files.find(path);
  if (found == files.end()) return refuse(Reason::missing, std::string(path));
  return &found->second;
}

Checked<ProvenLeaf> prove_leaf(const BundleFiles& files, const std::string& leaf,
                               const std::string& proof, std::uint64_t position,
                               const ProvenHead& proven) {
  LIGGARE_TRY(const std::string* bytes, file_named(files, leaf));
  LIGGARE_TRY(const std::string* proof_text, file_named(files, proof));
  const auto parsed = merkle::ProofFile::parse(*proof_text);
  if (!parsed) return refuse(parsed.error(), Reason::malformed, proof);
  LIGGARE_CHECK(check_proof(*parsed, proof, position, proven));
  const Hash hash = merkle::leaf_hash(*bytes);
  const auto included = merkle::verify_inclusion({position, proven.head.tree_size, parsed->path},
                                                 hash, proven.head.root_hash);
  if (!included) return refuse(included.error(), Reason::not_in_tree, leaf);
  LIGGARE_TRY(codec::Record record, read_leaf(*bytes, position, leaf));
  return ProvenLeaf{std::move(record), hash};
}

Checked<ProvenLeaves> prove_leaves(const BundleFiles& files, const ProvenHead& proven) {
  ProvenLeaves leaves;
  for (const auto& [path, bytes] : files) {
    if (const auto position = position_in_leaf_path(path)) {
      LIGGARE_TRY(ProvenLeaf leaf,
                  prove_leaf(files, path, proof_path(*position), *position, proven));
      leaves.emplace(*position, std::move(leaf));
    } else if (const auto proven_position = position_in_proof_path(path)) {
      LIGGARE_CHECK(file_named(files, leaf_path(*proven_position)));
    }
  }
  return leaves;
}

Checked<void> check_stream(const ProvenLeaves& leaves, const Completeness& completeness) {
  std::uint64_t version = 0;
  for (const auto& [position, leaf] : leaves) {
    const domain::RecordedEvent& event = leaf.record.event;
    const std::string subject = event.event.subject.text();
    if (subject != completeness.subject()) {
      return refuse(Reason::other_stream, leaf_path(position),
                    {Circumstance::stream_differs, {subject, completeness.subject()}});
    }
    ++version;
    if (event.version == version) continue;
    return refuse(
        Reason::incomplete, leaf_path(position),
        {Circumstance::version_differs, {std::to_string(event.version), std::to_string(version)}});
  }
  return check_sealed(leaves, completeness);
}

Checked<void> check_text(std::string_view text, const ProvenLeaves& leaves) {
  std::uint64_t number = 0;
  const auto differs = [&](Detail why) {
    return refuse(Reason::text_differs, {std::string(events_name), number}, std::move(why));
  };
  for (const auto& [position, leaf] : leaves) {
    ++number;
    const std::string expected = line_of(leaf.record);
    if (!text.starts_with(expected)) {
      return differs({Circumstance::leaf_says_other, {leaf_path(position)}});
    }
    text.remove_prefix(expected.size());
  }
  ++number;
  if (!text.empty()) return differs({Circumstance::no_leaf_says_this, {}});
  return {};
}

}  // namespace liggare::audit
