// A ledger: the façade over log, vault, rules and projections. Start here.
//
// One process writes; any number read beside it, each at a durable size.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "codec/event_line.h"
#include "domain/timeline.h"
#include "ledger/edition.h"
#include "ledger/own_event.h"
#include "ledger/projection_status.h"
#include "ledger/report_request.h"
#include "ledger/why.h"
#include "merkle/tree.h"
#include "projection/answer.h"
#include "projection/rebuild.h"
#include "projection/report.h"

namespace liggare::store {
class EventLog;
}
namespace liggare::vault {
class Vault;
}

namespace liggare::ledger {

// Where a ledger's parts lie (contract, section 6).
struct Folders {
  std::filesystem::path ledger;
  std::filesystem::path keys;  // "<ledger>.keys" unless said otherwise.

  static Folders of(const std::filesystem::path& ledger,
                    const std::optional<std::filesystem::path>& keys = std::nullopt);
};

enum class Mode { read, write };

enum class HeadPolicy { floor, strict };

struct CreateOptions {
  Folders folders;
  std::string origin;  // "ledger.example.org/town"; empty: made from the folder's name.
  HeadPolicy head = HeadPolicy::floor;
};

struct OpenOptions {
  Folders folders;
  Mode mode = Mode::read;
  const Clock* clock = nullptr;  // The system clock when null; must outlive the ledger.
};

// One event to append, as JSON text, with the version its stream must have before the request.
struct Proposal {
  std::string line;
  std::optional<std::uint64_t> expected_version;
  bool is_hidden = false;  // Who sends it may not know of the stream: append_authority.h.
};

// What became of a proposal.
struct Receipt {
  std::string id;
  std::uint64_t position = 0;
  std::uint64_t stream_version = 0;
  Hash leaf_hash;
  Instant recorded;
  bool duplicate = false;
  std::vector<std::string> uncompared;  // Classes of a duplicate that could not be compared.
};
struct Refusal {
  std::string id;  // Empty where the event could not be read so far.
  domain::Rejection rejection;
};
using Verdict = Result<Receipt, Refusal>;

struct ImportOptions {  // What it calls, it calls one at a time, on any thread.
  bool atomic = false;
  // Called for each refused line, in order: 1-based line number, the refusal, the line's text.
  std::function<void(std::uint64_t line, const Refusal&, std::string_view text)> refused;
  // Called now and then with the bytes read, their total if known, and the events so far.
  std::function<void(std::uint64_t read, std::optional<std::uint64_t> total, std::uint64_t events)>
      progress;
};
struct ImportSummary {
  std::uint64_t accepted = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t refused = 0;
  std::uint64_t size = 0;
};

class Ledger {
 public:
  // Makes the folders, the vault's key and an empty ledger. invalid_argument where something
  // lies there already.
  static Result<void> create(const CreateOptions& options);
  // busy where another process writes; not_found where there is no ledger; corrupt where it must
  // not be served (shorter than HEAD, damaged).
  static Result<std::unique_ptr<Ledger>> open(const OpenOptions& options);
  ~Ledger();
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  merkle::TreeHead head() const;
  std::string origin() const;
  Day today() const;
  // For what this layer builds on top (checkpoints, proofs, seals).
  const Folders& folders() const;
  const Clock& clock() const;
  const store::EventLog& log() const;
  vault::Vault* vault() const;  // Write mode; null where it can't be opened.

  // Appends all proposals or none: one verdict for each, in order; when any is refused, nothing
  // is written and the others' verdicts carry no promise. Durable once it returns. Thread-safe:
  // concurrent calls share synced batches. unknown_outcome after an I/O error: send the same ids
  // again; vault_unavailable for personal data without an open vault.
  Result<std::vector<Verdict>> append(const std::vector<Proposal>& proposals);

  // As append(), for an event that only liggare's own commands write.
  Result<Verdict> append_own(const OwnEvent& event);

  // Reads lines from `input` ("-" is standard input) and appends each, going on past refused ones
  // unless atomic. What was accepted before an error is durable and counted nowhere: send the file
  // again, known ids answer as duplicates.
  Result<ImportSummary> import(const std::string& input, const ImportOptions& options);

  // The stored bytes of an event: its Merkle leaf. not_found beyond the ledger.
  Result<std::string> leaf(std::uint64_t position) const;
  Result<std::optional<std::uint64_t>> position_of(std::string_view event_id) const;
  // Visits events in position order, [from, to). Stops early when `visit` gives false.
  using VisitEvent = std::function<bool(const domain::RecordedEvent& event, std::string_view leaf)>;
  Result<void> scan(std::uint64_t from, std::uint64_t to, const VisitEvent& visit) const;
  // One stream's events at positions < size, in version order.
  Result<domain::Stream> stream(const domain::Subject& subject, std::uint64_t size) const;
  // An event with its status, as `history` shows it: personal data sealed.
  Result<Json> history_entry(std::uint64_t position) const;
  // In read mode: looks for events that a writer has added since. True when there are some.
  Result<bool> refresh();

  // Answers a report. invalid_argument for wrong options (the message names the valid ones),
  // not_found for a subject unknown at `at`.
  Result<projection::Answer> report(const ReportRequest& request) const;
  static const std::vector<projection::Report>& reports();
  // The row or finding that the selector names, and the events it rests on. not_found where none
  // is named so, invalid_argument where several are. `progress` gets the questions asked so far.
  Result<Why> why(const ReportRequest& request, const Selector& selector,
                  const std::function<void(std::uint64_t asked)>& progress = {}) const;

  // Write mode. Answers the report and appends report.published. The inner result is the refusal
  // of an edition whose name is taken by another answer.
  Result<Result<Edition, Refusal>> publish(const ReportRequest& request, const EditionName& name);
  // An edition's answer, the bytes that were published. not_found for an unknown edition, corrupt
  // where the answer has another digest, unsupported under another definition of the report.
  Result<Reproduction> edition(const std::string& id) const;
  // An edition's public form, and how today's answer differs from the edition.
  Result<projection::Answer> public_edition(const std::string& id) const;
  Result<EditionDifference> edition_difference(
      const std::string& id, const std::function<void(std::uint64_t asked)>& progress = {}) const;
  // {"position", "id", "type", "subject", "effective"} of each.
  Result<Json> events_named(std::span<const std::uint64_t> positions) const;
  // The facts as SQLite tables: asked, or written to a new file (ledger/sql.h).
  Result<struct SqlAnswer> sql(const std::string& question, const struct SqlRequest& how) const;
  Result<SqlAnswer> export_sql(const std::filesystem::path& file, const SqlRequest& how) const;

  Result<std::vector<ProjectionStatus>> projections() const;
  // Folds every stream anew beside what is kept and puts the new rows in its place; what they
  // replace is kept until it is confirmed. Goes on where an interrupted rebuild stopped, and takes
  // in events that are appended meanwhile. In either mode, beside a writer too; busy where another
  // process rebuilds. `progress` gets events done and in all. An empty name means all.
  Result<std::vector<projection::RebuiltProjection>> rebuild_projections(
      const std::string& name,
      const std::function<void(std::uint64_t done, std::uint64_t total)>& progress);
  // Forgets the builds before the current ones, or makes them current again; gives their names.
  Result<std::vector<std::string>> confirm_projections(const std::string& name);
  Result<std::vector<std::string>> revert_projections(const std::string& name);
  // Folds every stream anew and compares digests with what is kept.
  Result<std::vector<ProjectionCheck>> verify_projections() const;

 private:
  struct Parts;
  explicit Ledger(std::unique_ptr<Parts> parts);
  Result<std::vector<std::string>> change_builds(
      const std::string& name,
      Result<bool> (projection::KeptRows::*change)(const projection::Projection&));
  Result<void> change_kept(const std::function<Result<void>(projection::KeptRows&)>& change);
  std::unique_ptr<Parts> parts_;
};

}  // namespace liggare::ledger
