// Closing the books: ledger.sealed says how long every stream was and what every projection held
// (evidence, section 5).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "domain/ledger_events.h"
#include "ledger/ledger.h"
#include "projection/seal_state.h"

namespace liggare::ledger {

struct Seal {
  std::uint64_t position = 0;
  std::string event_id;
  Instant recorded;
  domain::LedgerSealed data;
  bool is_new = false;  // Appended now; else nothing had come since it.
};

// A seal's data, as its event has them.
Json data_json(const domain::LedgerSealed& data);

// The newest seal among the first `size` events.
Result<std::optional<Seal>> newest_seal(const Ledger& ledger, std::uint64_t size);

using SealProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// Closes the books now and again: what lies between two seals is all that the second one costs.
// What it needs for that is kept in DIR/seals, disposable: made anew where it can't be used. Has
// DIR/seals from its first seal on: for a process that goes on writing, or for one seal.
class Bookkeeper {
 public:
  // Appends ledger.sealed over all events so far and the access log, unless the newest event is a
  // seal of just that. In write mode. The inner result is the ledger's refusal.
  Result<Result<Seal, Refusal>> seal(Ledger& ledger, const std::string& actor,
                                     const SealProgress& progress = {});

 private:
  Result<void> follow(const Ledger& ledger, std::uint64_t size, const SealProgress& progress);
  Result<void> follow_kept(const Ledger& ledger, std::uint64_t size, const SealProgress& progress);

  std::optional<projection::SealState> state_;
};

// That the stream directory of the first `size` events holds `subject`, or does not; with its root.
struct ProvenStream {
  Hash directory_root;
  merkle::DirectoryProof proof;
};
Result<ProvenStream> prove_stream(const Ledger& ledger, std::string_view subject,
                                  std::uint64_t size);

}  // namespace liggare::ledger
