#include "ledger/review.h"

#include <algorithm>
#include <map>
#include <set>

#include "access/review_share.h"
#include "base/random.h"
#include "codec/event_line.h"
#include "ledger/review_remit.h"
#include "ledger/reviewable_looks.h"

namespace liggare::ledger {
namespace {

using access::ReviewEntry;
using domain::EventType;
using domain::StreamKind;

constexpr std::size_t envelope_bytes_max = 512;  // Of an event's line, without its data.

// Letters alone: a run of digits could look like a person's number, which no event may hold.
std::string seed_made_up() {
  constexpr std::size_t seed_bytes = 16;
  constexpr unsigned nibble_bits = 4;
  std::string seed;
  for (const char byte : random_bytes(seed_bytes)) {
    const auto value = static_cast<unsigned char>(byte);
    seed.push_back(static_cast<char>('a' + (value >> nibble_bits)));
    seed.push_back(static_cast<char>('a' + (value & 0xFU)));
  }
  return seed;
}

Json data_of(const domain::ReviewStarted& started) {
  Json items = Json::array();
  for (const std::int64_t item : started.items) items.push(item);
  Json data = Json::object().add("from", started.from).add("to", started.to);
  if (started.unit) data.add("unit", *started.unit);
  return data.add("seed", started.seed)
      .add("rules", Json::list(started.rules))
      .add("items", std::move(items));
}

// The same act has the same id, so that sending it again after an unknown outcome adds nothing.
OwnEvent event_of(const Ledger& ledger, const Review& review, EventType type,
                  const std::string& who, Json data) {
  return {"review-" + review.id + "-" + std::to_string(review.version + 1),
          type,
          {StreamKind::review, review.id},
          ledger.today(),
          who,
          std::move(data)};
}

void take_grounds(Review& review, const std::vector<ReviewEntry>& entries) {
  std::map<std::int64_t, std::vector<access::ReviewGround>> grounds;
  for (access::Drawn& drawn :
       access::draw(entries, {review.started.seed, access::share_in(review.started.rules)})) {
    grounds[drawn.number] = std::move(drawn.grounds);
  }
  const std::set<std::int64_t> items(review.started.items.begin(), review.started.items.end());
  for (const ReviewEntry& entry : entries) {
    if (items.contains(entry.number)) {
      review.items.push_back({entry, grounds[entry.number], std::nullopt});
    }
  }
}

void take_marks(Review& review, const domain::Timeline& events) {
  std::map<std::int64_t, domain::Verdict> marks;
  for (const domain::AmendedEvent& event : events) {
    if (const auto* marked = std::get_if<domain::ReviewMarked>(event.data.get())) {
      marks[marked->item] = marked->verdict;
    }
    if (std::holds_alternative<domain::ReviewClosed>(*event.data)) review.is_closed = true;
  }
  for (ReviewItem& item : review.items) {
    if (const auto mark = marks.find(item.entry.number); mark != marks.end()) {
      item.verdict = mark->second;
    }
  }
}

Result<Result<Receipt, Refusal>> append(Ledger& ledger, const OwnEvent& event) {
  LIGGARE_TRY(Verdict verdict, ledger.append_own(event));
  return Result<Receipt, Refusal>(std::move(verdict));
}

// What a command writes is held to the length of a line, too.
std::optional<Refusal> too_large(const Review& review) {
  if (data_of(review.started).text().size() + envelope_bytes_max <= codec::line_bytes_max) {
    return std::nullopt;
  }
  return Refusal{
      {},
      {domain::RejectionCode::too_large,
       "review/" + review.id + " would have " + std::to_string(review.started.items.size()) +
           " items, more than one event holds: take a shorter period, one unit or a "
           "smaller share"}};
}

Result<void> require_open(const Review& review) {
  if (!review.is_closed) return {};
  return fail(ErrorCode::invalid_argument, "review/" + review.id + " is closed");
}

}  // namespace

Result<Result<Review, Refusal>> start_review(Ledger& ledger, const ReviewRequest& request) {
  using Started = Result<Review, Refusal>;
  Timelines timelines(ledger);
  LIGGARE_CHECK(require_remit(request.who, EventType::review_started, request.unit, timelines));
  LIGGARE_TRY(const domain::Stream before,
              ledger.stream({StreamKind::review, request.review}, ledger.head().tree_size));
  if (!before.empty()) {
    return Started(Unexpected{Refusal{
        {}, {domain::RejectionCode::already_exists, "review/" + request.review + " has begun"}}});
  }
  LIGGARE_TRY(const auto entries,
              looks_in(ledger, {request.from, request.to, request.unit}, timelines));
  Review review;
  review.id = request.review;
  review.looks = entries.size();
  review.started = {request.from,
                    request.to,
                    request.unit,
                    request.seed.value_or(seed_made_up()),
                    access::review_rules(request.share),
                    {}};
  for (const access::Drawn& drawn : access::draw(entries, {review.started.seed, request.share})) {
    review.started.items.push_back(drawn.number);
  }
  if (auto refusal = too_large(review)) return Started(Unexpected{*std::move(refusal)});
  LIGGARE_TRY(const auto appended,
              append(ledger, event_of(ledger, review, EventType::review_started, request.who,
                                      data_of(review.started))));
  if (!appended) return Started(Unexpected{appended.error()});
  review.version = 1;
  take_grounds(review, entries);
  return Started(std::move(review));
}

Result<Result<Receipt, Refusal>> mark_review(Ledger& ledger, const std::string& id,
                                             const std::string& who, const Mark& mark) {
  Timelines timelines(ledger);
  LIGGARE_TRY(const Remit remit, remit_of(who, EventType::review_marked, timelines));
  LIGGARE_TRY(const Review review, read_review(ledger, id));
  LIGGARE_CHECK(require_open(review));
  const auto item = std::find_if(review.items.begin(), review.items.end(),
                                 [&](const auto& each) { return each.entry.number == mark.item; });
  if (item == review.items.end()) {
    return fail(ErrorCode::not_found, "review/" + id + " has no item " + std::to_string(mark.item));
  }
  if (item->entry.record.who == who) {
    return fail(ErrorCode::denied, who + " made the entry " + std::to_string(mark.item) +
                                       "; nobody reviews own reads");
  }
  LIGGARE_TRY(const std::string unit, timelines.unit_of(item->entry.record.who));
  if (!remit.covers(unit)) {
    return fail(ErrorCode::denied, who + " may not judge the entry " + std::to_string(mark.item) +
                                       ": staff of another unit made it");
  }
  Json data = Json::object().add("item", mark.item).add("verdict", domain::word_of(mark.verdict));
  if (mark.reason) data.add("reason", *mark.reason);
  return append(ledger, event_of(ledger, review, EventType::review_marked, who, std::move(data)));
}

Result<Result<Receipt, Refusal>> close_review(Ledger& ledger, const std::string& id,
                                              const std::string& who) {
  Timelines timelines(ledger);
  LIGGARE_TRY(const Review review, read_review(ledger, id));
  LIGGARE_CHECK(require_remit(who, EventType::review_closed, review.started.unit, timelines));
  LIGGARE_CHECK(require_open(review));
  const auto open = std::count_if(review.items.begin(), review.items.end(), [](const auto& item) {
    return !item.verdict || *item.verdict == domain::Verdict::ask;
  });
  if (open > 0) {
    return fail(ErrorCode::invalid_argument,
                "review/" + id + " has items that are not judged, or asked about: " +
                    std::to_string(open) + "; see liggare review status " + id);
  }
  return append(ledger, event_of(ledger, review, EventType::review_closed, who, Json::object()));
}

Result<Review> read_review(const Ledger& ledger, const std::string& id) {
  Timelines timelines(ledger);
  LIGGARE_TRY(const domain::Timeline* events, timelines.timeline({StreamKind::review, id}));
  Review review;
  review.id = id;
  if (events->empty()) return fail(ErrorCode::not_found, "there is no review \"" + id + "\"");
  const auto* started = std::get_if<domain::ReviewStarted>(events->front().data.get());
  LIGGARE_ASSERT(started != nullptr, "a review begins with review.started");
  review.started = *started;
  review.version = events->size();
  LIGGARE_TRY(const auto entries,
              looks_in(ledger, {started->from, started->to, started->unit}, timelines));
  review.looks = entries.size();
  take_grounds(review, entries);
  take_marks(review, *events);
  return review;
}

}  // namespace liggare::ledger
