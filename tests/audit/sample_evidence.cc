#include "tests/audit/sample_evidence.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "codec/event_json.h"
#include "merkle/cosignature.h"
#include "merkle/proof_file.h"
#include "sealing/puncture_tree.h"
#include "sealing/seal.h"

namespace liggare::audit {
namespace {

domain::Subject subject_named(const std::string& text) {
  const auto slash = text.find('/');
  return {domain::stream_kind_named(text.substr(0, slash)).value(), text.substr(slash + 1)};
}

merkle::SigningKey key_of(const std::string& name, merkle::KeyType type, char seed) {
  return {name, type, SecretKey(std::string(key_bytes, seed))};
}

std::map<merkle::BucketNumber, DirectoryEntries> buckets_of(DirectoryEntries entries) {
  std::sort(entries.begin(), entries.end(),
            [](const auto& left, const auto& right) { return left.subject < right.subject; });
  std::map<merkle::BucketNumber, DirectoryEntries> buckets;
  for (auto& entry : entries) buckets[merkle::bucket_of(entry.subject)].push_back(entry);
  return buckets;
}

merkle::BucketTree directory_of(const std::map<merkle::BucketNumber, DirectoryEntries>& buckets) {
  merkle::BucketTree directory(merkle::bucket_leaf_hash(merkle::empty_root()));
  for (const auto& [number, bucket] : buckets) {
    std::vector<Hash> hashes;
    for (const auto& entry : bucket) hashes.push_back(entry.hash());
    directory.set(number, merkle::bucket_leaf_hash(merkle::bucket_root(hashes)));
  }
  return directory;
}

}  // namespace

SampleEvidence::SampleEvidence(unsigned seed) : seed_(seed) {}

std::string SampleEvidence::bytes(std::string_view what, std::size_t size) const {
  std::string out;
  for (int i = 0; out.size() < size; ++i) {
    out += sha256({fmt::format("{} {} {} {}", seed_, leaves_.size(), what, i)}).view();
  }
  out.resize(size);
  return out;
}

codec::Record SampleEvidence::record_of(const std::string& subject, domain::Payload data) {
  const std::uint64_t position = leaves_.size();
  codec::Record record;
  auto& event = record.event.event;
  event.subject = subject_named(subject);
  event.id = fmt::format("e-{}", position);
  event.source = "test/audit";
  event.effective = Day::first().plus_days(730'000);
  event.actor = "staff/S1";
  event.data = std::move(data);
  record.event.position = position;
  record.event.version = streams_[subject].version + 1;
  record.event.recorded = Instant{1'760'000'000'000'000 + static_cast<std::int64_t>(position)};
  record.event.submitted_by = "token/T1";
  record.salt = bytes("salt", codec::record_salt_bytes);
  if (event.subject.kind == domain::StreamKind::participant && record.event.version == 2) {
    seal_sections(record);
  }
  return record;
}

void SampleEvidence::seal_sections(codec::Record& record) {
  domain::Event& event = record.event.event;
  const sealing::EventContext context{event.id, event.subject.text(),
                                      std::string(domain::name_of(event.type())),
                                      event.effective.text()};
  event.personal = {PersonalClass::ordinary, PersonalClass::health};
  for (const PersonalClass one : *event.personal) {
    const std::string name(name_of(one));
    const SecretKey base(bytes("base " + name, key_bytes));
    const std::string clear = fmt::format(R"({{"text":"{} of {}, åäö"}})", name, event.id);
    record.sections.push_back(
        sealing::seal(base, context,
                      {one, bytes("key " + name, sealing::key_id_bytes),
                       bytes("index " + name, sealing::index_bytes),
                       bytes("section's salt " + name, sealing::salt_bytes), clear}));
    const SecretKey key = sealing::section_key(base, context, record.sections.back());
    sections_[context.subject].push_back(
        {record.event.position, one, std::string(key.view()), clear});
  }
}

std::uint64_t SampleEvidence::append_bytes(std::string leaf) {
  std::vector<merkle::Node> completed;
  frontier_.append(merkle::leaf_hash(leaf), completed);
  for (const auto& node : completed) nodes_.emplace(node.id, node.hash);
  leaves_.push_back(std::move(leaf));
  return leaves_.size() - 1;
}

std::uint64_t SampleEvidence::append(const std::string& subject, domain::Payload data) {
  const codec::Record record = record_of(subject, std::move(data));
  const std::uint64_t position = append_bytes(codec::encode_record(record));
  streams_[subject] = {subject, record.event.version, position, merkle::leaf_hash(leaves_.back())};
  return position;
}

std::uint64_t SampleEvidence::append_as(const std::string& subject, std::uint64_t version) {
  streams_[subject].version = version - 1;
  return add(subject);
}

std::uint64_t SampleEvidence::add(const std::string& subject) {
  return append(subject, domain::ConsentWithdrawn{fmt::format("C{}", leaves_.size())});
}

std::uint64_t SampleEvidence::publish(const std::string& edition, const std::string& answer) {
  domain::ReportPublished published;
  published.report = "places";
  published.definition_version = 1;
  published.parameters = "{}";
  published.as_of = Day::first().plus_days(730'000);
  published.at = static_cast<std::int64_t>(leaves_.size());
  published.digest = to_hex(sha256({answer}).view());
  return append(edition, published);
}

DirectoryEntries SampleEvidence::entries() const {
  DirectoryEntries entries;
  for (const auto& [subject, entry] : streams_) entries.push_back(entry);
  return entries;
}

std::uint64_t SampleEvidence::seal() { return seal_over(entries(), size()); }

std::uint64_t SampleEvidence::seal_over(DirectoryEntries entries, std::uint64_t sealed_size) {
  sealed_entries_ = std::move(entries);
  sealed_size_ = sealed_size;
  domain::LedgerSealed sealed;
  sealed.size = static_cast<std::int64_t>(sealed_size);
  sealed.directory_root = to_hex(directory_of(buckets_of(sealed_entries_)).root().view());
  sealed.access_root = to_hex(merkle::empty_root().view());
  seal_position_ = append("ledger/main", sealed);
  return seal_position_;
}

Result<Hash> SampleEvidence::node(merkle::NodeId id) const { return nodes_.at(id); }

merkle::TreeHead SampleEvidence::head(std::uint64_t size) const {
  return {size, merkle::root_at(size, [this](merkle::NodeId id) { return node(id); }).value()};
}

std::string SampleEvidence::checkpoint(std::uint64_t size) const {
  const auto keys = std::to_array({log_key()});
  return merkle::sign_checkpoint({sample_origin, head(size)}, keys).print();
}

std::string SampleEvidence::cosigned_checkpoint() const {
  auto note = merkle::SignedNote::parse(checkpoint()).value();
  note.signatures.push_back(merkle::cosign(note.text, witness_key(), 1'760'000'000));
  return note.print();
}

std::string SampleEvidence::proof(std::uint64_t position) const {
  const auto inclusion =
      merkle::prove_inclusion(position, size(), [this](merkle::NodeId id) { return node(id); });
  merkle::ProofFile file;
  file.index = position;
  file.path = inclusion.value().path;
  file.checkpoint = merkle::SignedNote::parse(checkpoint()).value();
  return file.print();
}

std::string SampleEvidence::consistency(std::uint64_t old_size) const {
  const auto proof =
      merkle::prove_consistency(old_size, size(), [this](merkle::NodeId id) { return node(id); });
  return merkle::print_hashes(proof.value().path);
}

Completeness SampleEvidence::completeness(const std::string& subject) const {
  const auto buckets = buckets_of(sealed_entries_);
  auto directory = directory_of(buckets);
  const auto found = buckets.find(merkle::bucket_of(subject));
  const DirectoryEntries bucket = found == buckets.end() ? DirectoryEntries{} : found->second;
  const bool is_there = std::any_of(bucket.begin(), bucket.end(),
                                    [&](const auto& entry) { return entry.subject == subject; });
  Completeness completeness{seal_position_, sealed_size_, merkle::PresenceProof{}};
  if (is_there) {
    completeness.directory = merkle::prove_presence(bucket, subject, directory);
  } else {
    completeness.directory = merkle::prove_absence(bucket, subject, directory);
  }
  return completeness;
}

void SampleEvidence::add_leaf(BundleFiles& files, const std::string& leaf_name,
                              const std::string& proof_name, std::uint64_t position) const {
  files[leaf_name] = leaf(position);
  files[proof_name] = proof(position);
}

BundleFiles SampleEvidence::bundle(const std::string& subject) const {
  BundleFiles files;
  files[std::string(readme_name)] = "How to check\n";
  files["schema/event.capnp"] = "@0xd1\n";
  files[std::string(checkpoint_name)] = checkpoint();
  std::string& events = files[std::string(events_name)];
  for (std::uint64_t position = 0; position < size(); ++position) {
    const auto record = codec::decode_record(leaf(position), position);
    if (!record || record->event.event.subject.text() != subject) continue;
    add_leaf(files, leaf_path(position), proof_path(position), position);
    events += codec::event_json(record->event, codec::sealed_view).text() + "\n";
  }
  add_leaf(files, std::string(seal_leaf_name), std::string(seal_proof_name), seal_position_);
  files[std::string(completeness_name)] = completeness(subject).print();
  write_sums(files);
  return files;
}

std::vector<DisclosedSection> SampleEvidence::sections(const std::string& subject) const {
  const auto found = sections_.find(subject);
  return found == sections_.end() ? std::vector<DisclosedSection>() : found->second;
}

merkle::SigningKey SampleEvidence::log_key() const {
  return key_of(sample_origin, merkle::KeyType::ed25519, 'l');
}
merkle::SigningKey SampleEvidence::witness_key() const {
  return key_of("witness.example.org", merkle::KeyType::cosignature_v1, 'w');
}

Trust SampleEvidence::trust() const { return {{{log_key().verifier(), {}}}, std::nullopt}; }

std::string SampleEvidence::policy_text(const std::string& quorum) const {
  return "log " + log_key().verifier().text() + "\nwitness W1 " + witness_key().verifier().text() +
         "\nquorum " + quorum + "\n";
}

Trust SampleEvidence::trust_with_policy(const std::string& quorum) const {
  Trust trust = this->trust();
  trust.policy = NamedPolicy{merkle::Policy::parse(policy_text(quorum)).value(), "a policy"};
  return trust;
}

std::string name_and_id(const merkle::VerifierKey& key) {
  return key.text().substr(0, key.name.size() + 9);
}

void disclose(BundleFiles& files, std::span<const DisclosedSection> sections) {
  files[std::string(disclosed_name)] = print_disclosed(sections);
  write_sums(files);
}

void write_sums(BundleFiles& files) { files[std::string(sums_name)] = print_sums(sums_of(files)); }

std::vector<std::string> subjects_of_one_bucket(std::size_t count) {
  std::map<merkle::BucketNumber, std::vector<std::string>> found;
  for (int i = 1;; ++i) {
    const std::string subject = fmt::format("participant/P{}", i);
    auto& names = found[merkle::bucket_of(subject)];
    names.push_back(subject);
    if (names.size() < count) continue;
    std::sort(names.begin(), names.end());
    return names;
  }
}

}  // namespace liggare::audit
