#include "ledger/bundle.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdio>
#include <system_error>

#include "audit/completeness.h"
#include "base/bytes.h"
#include "base/random.h"
#include "codec/event_json.h"
#include "ledger/bundle_texts.h"
#include "ledger/proofs.h"
#include "ledger/seal.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

Result<Seal> seal_before(const Ledger& ledger, std::uint64_t size) {
  LIGGARE_TRY(auto seal, newest_seal(ledger, size));
  if (seal) return *std::move(seal);
  return fail(ErrorCode::not_found,
              "no seal is in the checkpoint at " + std::to_string(size) +
                  " events, so nobody could tell whether a bundle is complete: close the books "
                  "first (liggare seal)");
}

Result<void> check_expectation(const BundleRequest& request, const Seal& seal,
                               const domain::Stream& events) {
  const std::string subject = request.subject.text();
  if (request.expect == BundleRequest::Expect::absence) {
    if (events.empty()) return {};
    return fail(ErrorCode::invalid_argument,
                subject + " has " + std::to_string(events.size()) + " events; it is not absent");
  }
  if (events.empty()) {
    return fail(ErrorCode::not_found, "no event has the subject " + subject +
                                          "; --absent makes a bundle that proves that");
  }
  if (events.front()->position < static_cast<std::uint64_t>(seal.data.size)) return {};
  return fail(ErrorCode::not_found, "the first event of " + subject +
                                        " came after the newest seal: close the books again "
                                        "(liggare seal)");
}

Result<void> add_leaf(const Ledger& ledger, const NewestCheckpoint& newest, std::uint64_t position,
                      const std::string& leaf_name, const std::string& proof_name,
                      audit::BundleFiles& files) {
  LIGGARE_TRY(files[leaf_name], ledger.leaf(position));
  LIGGARE_TRY(const auto proof, prove(ledger, position, newest.note));
  files[proof_name] = proof.print();
  return {};
}

Result<void> add_events(const Ledger& ledger, const NewestCheckpoint& newest,
                        const domain::Stream& events, audit::BundleFiles& files) {
  std::string& lines = files[std::string(audit::events_name)];
  for (const domain::RecordedEventPtr& event : events) {
    lines += codec::event_json(*event, codec::sealed_view).text() + "\n";
    LIGGARE_CHECK(add_leaf(ledger, newest, event->position, audit::leaf_path(event->position),
                           audit::proof_path(event->position), files));
  }
  return {};
}

// The directory must be the one that the seal closed over.
Result<void> add_completeness(const Ledger& ledger, const NewestCheckpoint& newest,
                              const Seal& seal, const domain::Subject& subject,
                              audit::BundleFiles& files) {
  const auto size = static_cast<std::uint64_t>(seal.data.size);
  LIGGARE_TRY(auto proven, prove_stream(ledger, subject.text(), size));
  if (to_hex(proven.directory_root.view()) != seal.data.directory_root) {
    return fail(ErrorCode::corrupt, "the seal at position " + std::to_string(seal.position) +
                                        " does not hold: its stream directory is another one than "
                                        "the ledger's; run liggare verify --full");
  }
  LIGGARE_CHECK(add_leaf(ledger, newest, seal.position, std::string(audit::seal_leaf_name),
                         std::string(audit::seal_proof_name), files));
  const audit::Completeness completeness{seal.position, size, std::move(proven.proof)};
  files[std::string(audit::completeness_name)] = completeness.print();
  return {};
}

// What says what the others are.
void finish(std::string_view origin, const domain::Subject& subject, Bundle& bundle) {
  audit::BundleFiles& files = bundle.files;
  files[std::string(audit::readme_name)] = bundle_readme(origin, subject.text(), bundle);
  files[std::string(audit::sums_name)] = audit::print_sums(audit::sums_of(files));
}

// Takes away what it was told of, unless the work comes to its end.
class Unfinished {
 public:
  explicit Unfinished(fs::path folder) : folder_(std::move(folder)) {}
  ~Unfinished() {
    if (is_finished_) return;
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  void finish() { is_finished_ = true; }

 private:
  fs::path folder_;
  bool is_finished_ = false;
};

// Closed to others from its first moment, where it is for its owner alone.
Result<void> make_folder(const fs::path& folder, Readers readers) {
  const mode_t mode = readers == Readers::owner ? 0700 : 0777;
  if (::mkdir(folder.c_str(), mode) == 0) return {};
  const std::error_code error(errno, std::generic_category());
  if (error == std::errc::file_exists && fs::is_directory(folder)) return {};
  return fail(ErrorCode::io, folder.string() + ": " + error.message());
}

Result<void> write_files(const audit::BundleFiles& files, const fs::path& folder, Readers readers) {
  for (const auto& [name, bytes] : files) {
    const fs::path path = folder / name;
    if (path.parent_path() != folder) {
      LIGGARE_CHECK(make_folder(path.parent_path(), readers));
    }
    LIGGARE_CHECK(write_new_file(path, bytes, readers));
  }
  return {};
}

Result<void> write_all_of(const audit::BundleFiles& files, const fs::path& folder,
                          Readers readers) {
  audit::BundleFiles all_but_sums = files;
  const auto sums = all_but_sums.extract(all_but_sums.find(audit::sums_name));
  LIGGARE_CHECK(write_files(all_but_sums, folder, readers));
  return write_new_file(folder / sums.key(), sums.mapped(), readers);
}

Result<void> write_into(const fs::path& folder, const audit::BundleFiles& files) {
  Unfinished unfinished(folder);
  LIGGARE_CHECK(write_all_of(files, folder, Readers::everyone));
  unfinished.finish();
  return {};
}

// Nobody ever sees a part of it under its name.
Result<void> write_beside(const fs::path& folder, const audit::BundleFiles& files,
                          Readers readers) {
  constexpr std::size_t name_bytes = 8;
  // "P1042/" names no file, and its parent is itself.
  const fs::path place = folder.has_filename() ? folder : folder.parent_path();
  const fs::path parent = place.parent_path();
  std::error_code error;
  if (!parent.empty()) fs::create_directories(parent, error);
  if (error) return fail(ErrorCode::io, parent.string() + ": " + error.message());
  fs::path beside = place;
  beside += ".part-" + to_hex(random_bytes(name_bytes));
  Unfinished unfinished(beside);
  LIGGARE_CHECK(make_folder(beside, readers));
  LIGGARE_CHECK(write_all_of(files, beside, readers));
  if (std::rename(beside.c_str(), place.c_str()) != 0) {
    error.assign(errno, std::generic_category());
    return fail(ErrorCode::io, place.string() + ": " + error.message());
  }
  unfinished.finish();
  return sync_folder(parent);
}

}  // namespace

Result<Bundle> make_bundle(const Ledger& ledger, const NewestCheckpoint& newest,
                           const BundleRequest& request) {
  const std::uint64_t size = newest.checkpoint.head.tree_size;
  LIGGARE_TRY(const Seal seal, seal_before(ledger, size));
  LIGGARE_TRY(const auto events, ledger.stream(request.subject, size));
  LIGGARE_CHECK(check_expectation(request, seal, events));
  Bundle bundle;
  bundle.events = events.size();
  bundle.sealed_size = static_cast<std::uint64_t>(seal.data.size);
  for (const auto& event : events) bundle.after_seal += event->position >= bundle.sealed_size;
  audit::BundleFiles& files = bundle.files;
  LIGGARE_CHECK(add_events(ledger, newest, events, files));
  LIGGARE_CHECK(add_completeness(ledger, newest, seal, request.subject, files));
  files[std::string(audit::checkpoint_name)] = newest.note.print();
  if (request.answer) files[std::string(audit::answer_name)] = *request.answer;
  for (const auto& [name, text] : schema_files()) {
    files[std::string(audit::schema_folder) + "/" + std::string(name)] = text;
  }
  finish(ledger.origin(), request.subject, bundle);
  return bundle;
}

void add_disclosed(std::string_view origin, const domain::Subject& subject, std::string text,
                   Bundle& bundle) {
  bundle.files[std::string(audit::disclosed_name)] = std::move(text);
  finish(origin, subject, bundle);
}

Result<void> check_new_folder(const fs::path& folder) {
  std::error_code error;
  const bool was_there = fs::exists(fs::symlink_status(folder, error));
  if (was_there) {
    return fail(ErrorCode::invalid_argument,
                folder.string() + " exists; what is disclosed goes into a new folder");
  }
  // That there is none is no failure.
  if (!error || error == std::errc::no_such_file_or_directory) return {};
  return fail(ErrorCode::io, folder.string() + ": " + error.message());
}

Result<void> write_bundle(const audit::BundleFiles& files, const fs::path& folder,
                          Readers readers) {
  if (readers == Readers::owner) {
    LIGGARE_CHECK(check_new_folder(folder));
  }
  std::error_code error;
  const bool was_there = fs::exists(folder, error);
  if (was_there && (!fs::is_directory(folder, error) || !fs::is_empty(folder, error))) {
    return fail(ErrorCode::invalid_argument,
                folder.string() + " exists and is not an empty folder; nothing was changed");
  }
  if (error) return fail(ErrorCode::io, folder.string() + ": " + error.message());
  return was_there ? write_into(folder, files) : write_beside(folder, files, readers);
}

}  // namespace liggare::ledger
