#include "audit/bundle_check.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "audit/bundle_events.h"
#include "audit/completeness.h"
#include "audit/disclosed_check.h"
#include "audit/read_leaf.h"
#include "audit/trusted_checkpoint.h"
#include "audit/whole_file.h"
#include "base/bytes.h"

namespace liggare::audit {
namespace {

constexpr std::size_t bundle_bytes_max = std::size_t{1} << 30U;

// --- the folder ----------------------------------------------------------------------------

Checked<void> check_sums(const BundleFiles& files, Outcome& outcome) {
  LIGGARE_TRY(const std::string* text, file_named(files, sums_name));
  const auto listed = parse_sums(*text);
  if (!listed) return refuse(listed.error(), Reason::malformed, std::string(sums_name));
  for (const auto& [path, hash] : sums_of(files)) {
    const auto line = listed->find(path);
    if (line == listed->end()) return refuse(Reason::file_unlisted, path);
    if (line->second != hash) {
      return refuse(
          Reason::file_differs, path,
          {Circumstance::hash_differs, {to_hex(hash.view()), to_hex(line->second.view())}});
    }
  }
  for (const auto& [path, hash] : *listed) {
    if (!files.contains(path)) return refuse(Reason::file_gone, path);
  }
  outcome.has_checked(Statement::files_as_listed, {std::to_string(listed->size())});
  return {};
}

// What SHA256SUMS lists and this release does not know would be vouched for unread.
Checked<void> check_paths(const BundleFiles& files, Outcome& outcome) {
  for (const auto& [path, bytes] : files) {
    if (!is_bundle_path(path)) return refuse(Reason::unknown_file, path);
  }
  const bool informs = std::any_of(files.begin(), files.end(),
                                   [](const auto& file) { return is_informative(file.first); });
  if (informs) outcome.has_not_checked(Statement::informative_files);
  return {};
}

// --- the seal ------------------------------------------------------------------------------

struct Seal {
  std::uint64_t size = 0;
  Hash directory_root;
  std::string recorded;
  std::string recorded_minute;
};

Checked<Seal> seal_in(const codec::Record& record, std::uint64_t position) {
  const std::string place(seal_leaf_name);
  const domain::Event& event = record.event.event;
  const auto* sealed = std::get_if<domain::LedgerSealed>(&event.data);
  if (sealed == nullptr || event.subject.text() != "ledger/main") {
    return refuse(Reason::bad_seal, place,
                  {Circumstance::seal_of_other_type,
                   {std::string(domain::name_of(event.type())), event.subject.text()}});
  }
  const auto root = from_hex(sealed->directory_root);
  if (!root || root->size() != hash_bytes) {
    return refuse(Reason::bad_seal, place, {Circumstance::seal_without_directory, {}});
  }
  const auto size = static_cast<std::uint64_t>(sealed->size);
  if (size > position) {
    return refuse(Reason::bad_seal, place, {Circumstance::seal_covers_later, {}});
  }
  return Seal{size, Hash::from(*root),
              time_text(static_cast<std::uint64_t>(record.event.recorded.microseconds) / 1'000'000),
              recorded_minute(record)};
}

Checked<Seal> prove_seal(const BundleFiles& files, const Completeness& completeness,
                         const ProvenHead& proven, Outcome& outcome) {
  const std::uint64_t position = completeness.seal_position;
  LIGGARE_TRY(const ProvenLeaf leaf, prove_leaf(files, std::string(seal_leaf_name),
                                                std::string(seal_proof_name), position, proven));
  LIGGARE_TRY(Seal seal, seal_in(leaf.record, position));
  outcome.has_checked(Statement::seal_included, {std::to_string(position)});
  const std::string place(completeness_name);
  if (seal.size != completeness.sealed_size) {
    return refuse(Reason::bad_seal, place,
                  {Circumstance::seal_covers, {std::to_string(seal.size)}});
  }
  const auto shown = verify(completeness, seal.directory_root);
  if (!shown) return refuse(shown.error(), Reason::not_as_sealed, place);
  if (const merkle::PresenceProof* presence = completeness.presence()) {
    outcome.has_checked(Statement::directory_proven,
                        {completeness.subject(), std::to_string(presence->entry.version)});
  } else {
    outcome.has_checked(Statement::absence_proven, {completeness.subject()});
  }
  return seal;
}

void tell_completeness(const Completeness& completeness, const Seal& seal,
                       const ProvenLeaves& leaves, const ProvenHead& proven, Outcome& outcome) {
  const std::string size = std::to_string(seal.size);
  const std::string position = std::to_string(completeness.seal_position);
  if (const merkle::PresenceProof* presence = completeness.presence()) {
    outcome.shows(
        Statement::shows_stream,
        {completeness.subject(), std::to_string(presence->entry.version), seal.recorded_minute});
    outcome.rests_on(Statement::complete_by_seal, {size, position, seal.recorded});
  } else {
    outcome.shows(Statement::shows_no_stream, {completeness.subject(), seal.recorded_minute});
    outcome.rests_on(Statement::absent_by_seal,
                     {completeness.subject(), size, position, seal.recorded});
  }
  outcome.has_not_checked(Statement::seal_is_claim);
  const auto after = std::distance(leaves.lower_bound(seal.size), leaves.end());
  if (after > 0) {
    outcome.shows(Statement::shows_later, {std::to_string(after)});
    outcome.has_not_checked(Statement::shown_after_seal, {std::to_string(after)});
  }
  // The seal itself stands at or after its size, so there is always such a position.
  const std::uint64_t last = proven.head.tree_size - 1;
  if (seal.size == last) {
    outcome.has_checked(Statement::only_seal_after);
  } else {
    outcome.has_not_checked(Statement::after_seal, {size, std::to_string(last)});
  }
}

// --- an edition's answer -------------------------------------------------------------------

Checked<void> check_answer(const BundleFiles& files, const ProvenLeaves& leaves, Outcome& outcome) {
  const auto answer = files.find(answer_name);
  bool has_edition = false;
  for (const auto& [position, leaf] : leaves) {
    const auto* published = std::get_if<domain::ReportPublished>(&leaf.record.event.event.data);
    if (published == nullptr) continue;
    has_edition = true;
    if (answer == files.end()) continue;
    if (published->digest != to_hex(sha256({answer->second}).view())) continue;
    outcome.has_checked(Statement::answer_as_published, {std::to_string(position)});
    return {};
  }
  if (answer != files.end()) {
    return refuse(
        Reason::answer_differs, std::string(answer_name),
        {has_edition ? Circumstance::no_edition_has_hash : Circumstance::no_edition_here, {}});
  }
  if (has_edition) outcome.has_not_checked(Statement::answer_not_shown);
  return {};
}

// --- what was disclosed --------------------------------------------------------------------

Checked<void> check_disclosure(const BundleFiles& files, const ProvenLeaves& leaves,
                               Outcome& outcome) {
  const std::uint64_t all = sections_in(leaves);
  const auto disclosed = files.find(disclosed_name);
  if (disclosed == files.end()) {
    if (all > 0) outcome.has_not_checked(Statement::sections_sealed);
    return {};
  }
  LIGGARE_TRY(const std::uint64_t opened, check_disclosed(disclosed->second, leaves));
  outcome.facts.add("sectionsOpened", opened).add("sectionsSealed", all - opened);
  outcome.shows(Statement::shows_disclosed, {std::to_string(opened)});
  outcome.has_checked(Statement::sections_opened, {std::to_string(opened)});
  outcome.has_not_checked(Statement::right_to_disclose);
  if (opened < all) {
    outcome.has_not_checked(Statement::others_sealed, {std::to_string(all - opened)});
  }
  return {};
}

// --- all of it -----------------------------------------------------------------------------

Checked<ProvenHead> open_head(const BundleFiles& files, const Trust& trust, Outcome& outcome) {
  LIGGARE_TRY(const std::string* note, file_named(files, checkpoint_name));
  LIGGARE_TRY(const merkle::Checkpoint checkpoint,
              open_trusted(*note, trust, Quorum::demanded, std::string(checkpoint_name), outcome));
  outcome.facts.add("origin", checkpoint.origin)
      .add("size", checkpoint.head.tree_size)
      .add("rootHash", to_hex(checkpoint.head.root_hash.view()));
  return ProvenHead{*note, checkpoint.head};
}

Checked<Completeness> read_completeness(const BundleFiles& files) {
  LIGGARE_TRY(const std::string* text, file_named(files, completeness_name));
  auto completeness = Completeness::parse(*text);
  if (completeness) return *std::move(completeness);
  return refuse(completeness.error(), Reason::malformed, std::string(completeness_name));
}

void tell_events(const Completeness& completeness, const ProvenLeaves& leaves, Outcome& outcome) {
  const std::string count = std::to_string(leaves.size());
  Json shown = Json::array();
  for (const auto& [position, leaf] : leaves) {
    shown.push(Json::object().add("position", position).add("leafHash", to_hex(leaf.hash.view())));
  }
  outcome.facts.add("subject", completeness.subject())
      .add("seal", completeness.seal_position)
      .add("sealedSize", completeness.sealed_size)
      .add("leaves", std::move(shown));
  if (!leaves.empty()) {
    outcome.has_checked(Statement::versions_whole, {completeness.subject(), "1", count});
  }
  outcome.has_checked(Statement::text_as_leaves, {count});
  outcome.has_not_checked(Statement::rules_not_checked);
}

Checked<void> check(const BundleFiles& files, const Trust& trust, Outcome& outcome) {
  LIGGARE_CHECK(check_sums(files, outcome));
  LIGGARE_CHECK(check_paths(files, outcome));
  LIGGARE_TRY(const ProvenHead proven, open_head(files, trust, outcome));
  LIGGARE_TRY(const Completeness completeness, read_completeness(files));
  LIGGARE_TRY(const Seal seal, prove_seal(files, completeness, proven, outcome));
  LIGGARE_TRY(const ProvenLeaves leaves, prove_leaves(files, proven));
  outcome.has_checked(Statement::leaves_included, {std::to_string(leaves.size())});
  LIGGARE_CHECK(check_stream(leaves, completeness));
  LIGGARE_TRY(const std::string* text, file_named(files, events_name));
  LIGGARE_CHECK(check_text(*text, leaves));
  LIGGARE_CHECK(check_answer(files, leaves, outcome));
  tell_events(completeness, leaves, outcome);
  tell_completeness(completeness, seal, leaves, proven, outcome);
  LIGGARE_CHECK(check_disclosure(files, leaves, outcome));
  return {};
}

Checked<void> read_into(const std::filesystem::directory_entry& entry,
                        const std::filesystem::path& folder, std::size_t& left,
                        BundleFiles& files) {
  const std::string path = entry.path().lexically_relative(folder).generic_string();
  std::error_code failed;
  const auto type = entry.symlink_status(failed).type();
  if (type == std::filesystem::file_type::directory) return {};
  LIGGARE_TRY(std::string bytes, read_whole(entry.path(), left, Links::refused, path));
  left -= bytes.size();
  files.emplace(path, std::move(bytes));
  return {};
}

}  // namespace

Checked<BundleFiles> read_bundle(const std::filesystem::path& folder) {
  BundleFiles files;
  std::size_t left = bundle_bytes_max;
  std::error_code failed;
  std::filesystem::recursive_directory_iterator at(folder, failed);
  for (; !failed && at != end(at); at.increment(failed)) {
    LIGGARE_CHECK(read_into(*at, folder, left, files));
  }
  if (!failed) return files;
  const bool is_missing = failed == std::errc::no_such_file_or_directory;
  return refuse(is_missing ? Reason::missing : Reason::unreadable, folder.string(),
                {Circumstance::message, {failed.message()}});
}

Outcome check_bundle(const BundleFiles& files, const Trust& trust) {
  Outcome outcome;
  const auto checked = check(files, trust, outcome);
  if (!checked) outcome.refusal = checked.error();
  return outcome;
}

Outcome check_bundle(const std::filesystem::path& folder, const Trust& trust) {
  const auto files = read_bundle(folder);
  if (files) return check_bundle(*files, trust);
  Outcome outcome;
  outcome.refusal = files.error();
  return outcome;
}

}  // namespace liggare::audit
