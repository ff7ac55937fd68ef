// Presence and absence in a seal's stream directory, bare and as a bundle's completeness.json.
#include <algorithm>
#include <map>

#include "audit/completeness.h"
#include "base/bytes.h"
#include "tests/verifier/mutation.h"
#include "tests/verifier/question.h"

namespace liggare::test {
namespace {

using merkle::AbsenceProof;
using merkle::BucketNumber;
using merkle::BucketTree;
using merkle::DirectoryEntry;
using merkle::PresenceProof;

constexpr std::size_t names_in_all = 300'000;
constexpr std::size_t bucket_names_min = 8;

using Names = std::vector<std::string>;

// Buckets that many names fall into, each in byte order: a name's bucket is its hash's, so they
// have to be searched for.
const std::vector<Names>& full_buckets() {
  static const std::vector<Names> all = [] {
    std::map<BucketNumber, Names> buckets;
    for (std::size_t i = 0; i < names_in_all; ++i) {
      const std::string name = "participant/P" + std::to_string(i);
      buckets[merkle::bucket_of(name)].push_back(name);
    }
    std::vector<Names> full;
    for (auto& [number, names] : buckets) {
      if (names.size() < bucket_names_min) continue;
      std::sort(names.begin(), names.end());
      full.push_back(std::move(names));
      if (full.size() == 50) break;
    }
    return full;
  }();
  return all;
}

BucketTree& directory() {
  static BucketTree tree(merkle::bucket_leaf_hash(merkle::bucket_root({})));
  return tree;
}

struct Drawn {
  std::vector<DirectoryEntry> bucket;
  std::string absent;
};

// Some of a bucket's names, and one that is left out.
Drawn draw_bucket(Chance& chance) {
  const Names& names = chance.pick(full_buckets());
  Drawn drawn;
  drawn.absent = chance.pick(names);
  const std::size_t share = chance.below(101);
  std::vector<Hash> hashes;
  for (const std::string& name : names) {
    if (name == drawn.absent || !chance.percent(share)) continue;
    drawn.bucket.push_back({name, chance.below(90) + 1, random_size(chance), random_hash(chance)});
    hashes.push_back(drawn.bucket.back().hash());
  }
  directory().set(merkle::bucket_of(drawn.absent),
                  merkle::bucket_leaf_hash(merkle::bucket_root(hashes)));
  return drawn;
}

void damage(DirectoryEntry& entry, Chance& chance) {
  switch (chance.below(4)) {
    case 0:
      entry.version = mutated(entry.version, chance) & (~0ULL >> 1U);
      break;
    case 1:
      entry.last_position = mutated(entry.last_position, chance) & (~0ULL >> 1U);
      break;
    case 2:
      entry.last_leaf_hash = with_flipped_bit(entry.last_leaf_hash, chance);
      break;
    default:
      entry.subject += chance.pick(std::vector<std::string>{"0", "-", "/"});
  }
}

void damage(PresenceProof& proof, Chance& chance) {
  switch (chance.below(5)) {
    case 0:
      proof.in_bucket.leaf_index = mutated(proof.in_bucket.leaf_index, chance);
      break;
    case 1:
      proof.in_bucket.tree_size = mutated(proof.in_bucket.tree_size, chance);
      break;
    case 2:
      proof.in_bucket.path = mutated(std::move(proof.in_bucket.path), chance);
      break;
    case 3:
      proof.bucket_path = mutated(std::move(proof.bucket_path), chance);
      break;
    default:
      damage(proof.entry, chance);
  }
}

void damage(AbsenceProof& proof, Chance& chance) {
  switch (chance.below(7)) {
    case 0:
      proof.entry_hashes = mutated(std::move(proof.entry_hashes), chance);
      break;
    case 1:
      proof.bucket_path = mutated(std::move(proof.bucket_path), chance);
      break;
    case 2:
      if (proof.before) damage(*proof.before, chance);
      break;
    case 3:
      if (proof.after) damage(*proof.after, chance);
      break;
    case 4:
      std::swap(proof.before, proof.after);
      break;
    case 5:
      (chance.percent(50) ? proof.before : proof.after).reset();
      break;
    default:
      proof.subject = chance.pick(chance.pick(full_buckets()));
  }
}

Json json_of(const DirectoryEntry& entry) {
  return Json::object()
      .add("subject", bytes_json(entry.subject))
      .add("version", number_json(entry.version))
      .add("lastPosition", number_json(entry.last_position))
      .add("lastLeafHash", hash_json(entry.last_leaf_hash));
}
Json json_of(const std::optional<DirectoryEntry>& entry) {
  return entry ? json_of(*entry) : Json();
}

void answer(Question& question, const Result<void>& verified) {
  if (!verified) question.answer = Unexpected{verified.error()};
}

Question ask_presence(PresenceProof proof, const Hash& root, Chance& chance) {
  if (chance.percent(60)) damage(proof, chance);
  Question question{"presence"};
  question.given.add("entry", json_of(proof.entry))
      .add("index", number_json(proof.in_bucket.leaf_index))
      .add("size", number_json(proof.in_bucket.tree_size))
      .add("path", hashes_json(proof.in_bucket.path))
      .add("bucketPath", hashes_json(proof.bucket_path))
      .add("root", hash_json(root));
  answer(question, merkle::verify_presence(proof, root));
  return question;
}

Question ask_absence(AbsenceProof proof, const Hash& root, Chance& chance) {
  if (chance.percent(60)) damage(proof, chance);
  Question question{"absence"};
  question.given.add("subject", bytes_json(proof.subject))
      .add("entryHashes", hashes_json(proof.entry_hashes))
      .add("before", json_of(proof.before))
      .add("after", json_of(proof.after))
      .add("bucketPath", hashes_json(proof.bucket_path))
      .add("root", hash_json(root));
  answer(question, merkle::verify_absence(proof, root));
  return question;
}

Result<std::string> answer_completeness(const std::string& text, const Hash& root) {
  LIGGARE_TRY(const auto completeness, audit::Completeness::parse(text));
  LIGGARE_CHECK(audit::verify(completeness, root));
  const auto* presence = completeness.presence();
  return std::to_string(completeness.seal_position) + " " +
         std::to_string(completeness.sealed_size) + " " + completeness.subject() + " " +
         (presence != nullptr ? std::to_string(presence->entry.version) : "absent");
}

// The same members in another order, which is not canonical.
void reorder(std::string& text) {
  const std::size_t at = text.find("\"seal\":");
  const std::size_t next = text.find("\"size\":", at);
  const std::size_t end = text.find(',', next);
  const std::string seal = text.substr(at, next - at - 1);
  const std::string size = text.substr(next, end - next);
  text.replace(at, end - at, size + "," + seal);
}

// Damage that keeps the shape which print() requires, then damage to the text.
Question ask_completeness(audit::Completeness completeness, const Hash& root, Chance& chance) {
  if (chance.percent(20)) {
    if (auto* presence = std::get_if<PresenceProof>(&completeness.directory)) {
      damage(presence->entry, chance);
    } else {
      damage(std::get<AbsenceProof>(completeness.directory), chance);
    }
  }
  std::string text = completeness.print();
  if (chance.percent(5)) {
    reorder(text);
  } else if (chance.percent(45)) {
    text = mutated(std::move(text), chance);
  }
  Question question{"completeness"};
  question.given.add("text", bytes_json(text)).add("root", hash_json(root));
  question.answer = answer_completeness(text, root);
  return question;
}

}  // namespace

Question ask_about_directories(Chance& chance) {
  const Drawn drawn = draw_bucket(chance);
  const bool is_present = !drawn.bucket.empty() && chance.percent(50);
  audit::Completeness completeness{random_size(chance), random_size(chance), {}};
  if (is_present) {
    const std::string& subject = chance.pick(drawn.bucket).subject;
    completeness.directory = merkle::prove_presence(drawn.bucket, subject, directory());
  } else {
    completeness.directory = merkle::prove_absence(drawn.bucket, drawn.absent, directory());
  }
  const Hash root = chance.percent(5) ? random_hash(chance) : directory().root();
  if (chance.percent(50)) return ask_completeness(std::move(completeness), root, chance);
  if (auto* presence = std::get_if<PresenceProof>(&completeness.directory)) {
    return ask_presence(std::move(*presence), root, chance);
  }
  return ask_absence(std::get<AbsenceProof>(completeness.directory), root, chance);
}

}  // namespace liggare::test
