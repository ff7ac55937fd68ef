// Log review (loggkontroll): entries of the access log drawn, judged one by one, and closed; all of
// it recorded on the stream review/ID.
//
// An entry's number is year · 2^32 + its position in that year's log.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/review.h"
#include "ledger/ledger.h"

namespace liggare::ledger {

struct ReviewRequest {
  std::string review;  // Its id.
  std::string who;     // staff/ID
  Day from = Day::first();
  Day to = Day::first();            // Both included, by the ledger day of the entries.
  std::optional<std::string> unit;  // Only what staff registered at it looked at.
  std::int64_t share = 500;         // Of ten thousand.
  std::optional<std::string> seed;  // Made up where absent.
};

// What review.started of an entry says, with the entry.
struct ReviewItem {
  access::ReviewEntry entry;
  std::vector<access::ReviewGround> grounds;
  std::optional<domain::Verdict> verdict;  // The newest.
};

struct Review {
  std::string id;
  domain::ReviewStarted started;
  bool is_closed = false;
  std::uint64_t looks = 0;        // In the period, at that unit.
  std::vector<ReviewItem> items;  // By number. Those that the log no longer has are left out.
  std::uint64_t version = 0;      // Events of its stream.
};

// These want a ledger open for writing. `who` must hold a role that reviews (write_rules.h) or it
// is denied: dpo and auditor review everyone's reads, a lead those of staff that are registered at
// a unit of which they are the lead, in a review of that unit. The inner result is the ledger's
// refusal: too-large where more is drawn than one event holds; already-exists where the review has
// been started.
Result<Result<Review, Refusal>> start_review(Ledger& ledger, const ReviewRequest& request);

struct Mark {
  std::int64_t item = 0;
  domain::Verdict verdict = domain::Verdict::ok;
  std::optional<std::string> reason;  // A code.
};
// denied where `who` made the entry that is to be judged: nobody reviews own reads. not_found for
// an item that was not drawn; invalid_argument for a closed review.
Result<Result<Receipt, Refusal>> mark_review(Ledger& ledger, const std::string& review,
                                             const std::string& who, const Mark& mark);
// invalid_argument where an item is not judged, or the last judgement of one is ask.
Result<Result<Receipt, Refusal>> close_review(Ledger& ledger, const std::string& review,
                                              const std::string& who);

// not_found for an unknown one. In any mode.
Result<Review> read_review(const Ledger& ledger, const std::string& id);

}  // namespace liggare::ledger
