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
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "codec/event_line.h"
#include "domain/timeline.h"
#include "merkle/tree.h"
#include "projection/answer.h"
#include "projection/report.h"

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

struct ImportOptions {
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

// A coordinate of knowledge: a size, or what was recorded up to an instant; none = now.
using At = std::variant<std::monostate, std::uint64_t, Instant>;

struct ReportRequest {
  std::string name;
  std::map<std::string, std::string> options;  // As written, by option name.
  std::optional<Day> as_of;                    // Today when absent.
  At at;
};

// The state of one kept projection.
struct ProjectionStatus {
  std::string name;
  int version = 0;
  std::uint64_t position = 0;  // It holds the facts of the events before this position.
  std::uint64_t lag = 0;       // How many durable events it is behind.
  std::uint64_t rows = 0;
};

struct ProjectionCheck {
  std::string name;
  bool equal = true;        // False too where something is kept that can't be read.
  std::string kept_digest;  // Empty where nothing is kept: then there is nothing to differ.
  std::string rebuilt_digest;
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

  // Appends all proposals or none: one verdict for each, in order; when any is refused, nothing
  // is written and the others' verdicts carry no promise. Durable once it returns. Thread-safe:
  // concurrent calls share synced batches. unknown_outcome after an I/O error: send the same ids
  // again; vault_unavailable for personal data without an open vault.
  Result<std::vector<Verdict>> append(const std::vector<Proposal>& proposals);

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

  Result<std::vector<ProjectionStatus>> projections() const;
  // Write mode. Folds every stream anew and replaces what is kept; `progress` gets streams done
  // and in all. An empty name means all.
  Result<void> rebuild_projections(
      const std::string& name,
      const std::function<void(std::uint64_t done, std::uint64_t total)>& progress);
  // Folds every stream anew and compares digests with what is kept.
  Result<std::vector<ProjectionCheck>> verify_projections() const;

 private:
  struct Parts;
  explicit Ledger(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace liggare::ledger
