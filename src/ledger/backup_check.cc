#include "ledger/backup_check.h"

#include <fmt/format.h>

#include <map>

#include "base/bytes.h"
#include "base/file.h"
#include "codec/access_record.h"
#include "codec/record.h"
#include "merkle/checkpoint.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

std::string hex(const Hash& hash) { return to_hex(hash.view()); }

// A file's bytes; a finding, and no value, where they are not those that were written.
Result<std::optional<std::string>> whole_file(const fs::path& folder, const BackupFile& file,
                                              const std::string& place,
                                              std::vector<BackupFinding>& findings) {
  auto bytes = read_file(folder / file.name);
  if (!bytes && bytes.error().code == ErrorCode::not_found) {
    findings.push_back({"file-missing", place, fmt::format("{} bytes", file.bytes), ""});
    return std::optional<std::string>();
  }
  if (!bytes) return Unexpected{bytes.error()};
  if (bytes->size() != file.bytes) {
    findings.push_back({"file-differs", place, fmt::format("{} bytes", file.bytes),
                        fmt::format("{} bytes", bytes->size())});
    return std::optional<std::string>();
  }
  const Hash hash = sha256({*bytes});
  if (hash == file.hash) return std::optional(*std::move(bytes));
  findings.push_back({"file-differs", place, hex(file.hash), hex(hash)});
  return std::optional<std::string>();
}

// One tree of the backup.
struct Tree {
  std::string folder;
  std::string leaves;  // What its leaves are called: "events".
  merkle::TreeHead head;
  std::function<Result<void>(std::string_view bytes, std::uint64_t position)> decode;
};

class Check {
 public:
  Check(const fs::path& folder, const BackupCheckRequest& request, BackupReport& report)
      : folder_(folder), request_(request), report_(report) {}

  Result<void> run() {
    LIGGARE_CHECK(check_signatures());
    total_ = manifest().head.tree_size;
    for (const AccessTree& year : manifest().access) total_ += year.head.tree_size;
    LIGGARE_CHECK(check_tree({"log", "events", manifest().head,
                              [](std::string_view bytes, std::uint64_t position) -> Result<void> {
                                LIGGARE_TRY([[maybe_unused]] const auto outline,
                                            codec::outline_record(bytes, position));
                                return {};
                              }}));
    for (const AccessTree& year : manifest().access) {
      const auto decode = [&](std::string_view bytes, std::uint64_t position) -> Result<void> {
        const std::string place = fmt::format("access record {} of {}", position, year.year);
        LIGGARE_TRY([[maybe_unused]] const auto record, codec::decode_access_record(bytes, place));
        return {};
      };
      LIGGARE_CHECK(check_tree({year_folder(year.year), "records", year.head, decode}));
    }
    for (const BackupFile& file : manifest().files) {
      if (certificate_in(file.name).empty()) continue;
      LIGGARE_TRY([[maybe_unused]] const auto bytes,
                  whole_file(folder_, file, file.name, report_.findings));
    }
    return {};
  }

 private:
  const BackupManifest& manifest() const { return *report_.manifest; }
  void add(std::string code, std::string place, std::string expected, std::string found) {
    report_.findings.push_back(
        {std::move(code), std::move(place), std::move(expected), std::move(found)});
  }

  Result<void> check_signatures() {
    if (request_.checkpoint && !request_.key) {
      return fail(ErrorCode::invalid_argument,
                  "a checkpoint says nothing without the ledger's key, from outside the backup");
    }
    if (manifest().checkpoint) {
      const auto own = merkle::Checkpoint::parse(manifest().checkpoint->text);
      if (own && own->origin == manifest().identity.origin) {
        expect_root(own->head, "the checkpoint in the backup");
      } else {
        add("checkpoint", "the checkpoint in the backup", manifest().identity.origin,
            own ? own->origin : own.error().message);
      }
    }
    if (!request_.key) return {};
    const merkle::SignedNote note{manifest().text(), manifest().signatures};
    const auto is_signed = merkle::is_signed_by(note, *request_.key);
    if (!is_signed || !*is_signed) {
      add("signature", std::string(manifest_name), "signed by " + request_.key->text(),
          is_signed ? "no signature of this key" : is_signed.error().message);
    }
    report_.is_signature_checked = true;
    return take_given_checkpoint();
  }

  Result<void> take_given_checkpoint() {
    if (!request_.checkpoint) return {};
    const auto given = merkle::open_checkpoint(*request_.checkpoint, *request_.key);
    if (!given) return Unexpected{given.error()};
    if (given->head.tree_size > manifest().head.tree_size) {
      add("older-than-checkpoint", "the backup", fmt::format("{} events", given->head.tree_size),
          fmt::format("{} events", manifest().head.tree_size));
      return {};
    }
    expect_root(given->head, "the checkpoint given");
    given_ = given->head;
    return {};
  }

  void expect_root(const merkle::TreeHead& head, const std::string& place) {
    if (head.tree_size > manifest().head.tree_size) {
      add("checkpoint", place, fmt::format("at most {} events", manifest().head.tree_size),
          fmt::format("{} events", head.tree_size));
      return;
    }
    expected_.insert({head.tree_size, {head.root_hash, place}});
  }

  void compare(const merkle::Frontier& frontier) {
    const auto [first, last] = expected_.equal_range(frontier.tree_size());
    for (auto each = first; each != last; ++each) {
      const auto& [root, place] = each->second;
      if (root == frontier.root()) continue;
      add("checkpoint", place, hex(root), hex(frontier.root()));
    }
  }

  Result<void> check_tree(const Tree& tree) {
    const bool is_ledger = tree.folder == "log";
    merkle::Frontier frontier;
    std::vector<merkle::Node> completed;
    bool is_whole = true;
    if (is_ledger) compare(frontier);
    for (const LeafFile& file : leaf_files(tree.folder, tree.head.tree_size)) {
      const std::string place = fmt::format("{}, {} {} to {}", file.name, tree.leaves, file.first,
                                            file.first + file.count - 1);
      LIGGARE_TRY(const auto bytes,
                  whole_file(folder_, *manifest().find(file.name), place, report_.findings));
      const auto leaves = bytes
                              ? leaves_in(*bytes, file.count)
                              : Result<std::vector<std::string_view>>(fail(ErrorCode::corrupt, ""));
      if (bytes && !leaves) add("leaf", place, "", leaves.error().message);
      if (!leaves) is_whole = false;
      for (std::size_t i = 0; leaves && i < leaves->size(); ++i) {
        const std::string_view leaf = (*leaves)[i];
        const auto decoded = tree.decode(leaf, file.first + i);
        if (!decoded) add("leaf", place, "", decoded.error().message);
        completed.clear();
        if (is_whole) frontier.append(merkle::leaf_hash(leaf), completed);
        if (is_whole && is_ledger && !expected_.empty()) compare(frontier);
        ++report_.leaves;
      }
      done_ += file.count;
      if (request_.progress) request_.progress(done_, total_);
    }
    if (is_whole && frontier.head() != tree.head) {
      add("root", tree.folder, hex(tree.head.root_hash), hex(frontier.root()));
    } else if (is_whole && is_ledger && given_ && !has("checkpoint")) {
      report_.covered = given_->tree_size;
    }
    return {};
  }

  bool has(std::string_view code) const {
    for (const BackupFinding& finding : report_.findings) {
      if (finding.code == code) return true;
    }
    return false;
  }

  const fs::path folder_;
  const BackupCheckRequest& request_;
  BackupReport& report_;
  std::optional<merkle::TreeHead> given_;
  std::multimap<std::uint64_t, std::pair<Hash, std::string>> expected_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

Result<BackupReport> check_once(const fs::path& folder, const BackupCheckRequest& request) {
  BackupReport report;
  auto manifest = read_manifest(folder);
  if (!manifest && manifest.error().code == ErrorCode::corrupt) {
    report.findings.push_back({"manifest", std::string(manifest_name), "", "damaged"});
    return report;
  }
  if (!manifest) return Unexpected{manifest.error()};
  report.manifest = *std::move(manifest);
  LIGGARE_CHECK(Check(folder, request, report).run());
  return report;
}

// Whether a backup was made on top of it meanwhile: then last files are gone that it named.
bool is_superseded(const fs::path& folder, const BackupReport& report) {
  const auto manifest = read_manifest(folder);
  return report.manifest && manifest && manifest->print() != report.manifest->print();
}

}  // namespace

Result<BackupReport> check_backup(const fs::path& folder, const BackupCheckRequest& request) {
  constexpr int attempts_beside_backups = 5;
  for (int attempt = 1;; ++attempt) {
    LIGGARE_TRY(auto report, check_once(folder, request));
    if (report.findings.empty() || !is_superseded(folder, report)) return report;
    if (attempt == attempts_beside_backups) {
      return fail(ErrorCode::busy,
                  "backups are made in " + folder.string() + " faster than they can be checked");
    }
  }
}

Result<void> read_leaf_file(const fs::path& folder, const BackupManifest& manifest,
                            const LeafFile& file, ReadLeaves& into) {
  std::vector<BackupFinding> findings;
  LIGGARE_TRY(auto bytes, whole_file(folder, *manifest.find(file.name), file.name, findings));
  if (!bytes) {
    return fail(ErrorCode::corrupt, "the backup's file " + file.name +
                                        " is not what was written: see liggare backup verify");
  }
  into.bytes = *std::move(bytes);
  LIGGARE_TRY(into.leaves, leaves_in(into.bytes, file.count));
  return {};
}

}  // namespace liggare::ledger
