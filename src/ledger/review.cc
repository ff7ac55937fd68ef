#include "ledger/review.h"

#include <algorithm>
#include <set>

#include "access/standing.h"
#include "access/write_rules.h"
#include "base/random.h"
#include "codec/event_line.h"
#include "domain/formats.h"
#include "ledger/access_log.h"
#include "ledger/known_streams.h"

namespace liggare::ledger {
namespace {

using access::ReviewEntry;
using domain::EventType;
using domain::StreamKind;
using domain::Subject;

constexpr int year_bits = 32;
constexpr std::size_t envelope_bytes_max = 512;  // Of an event's line, without its data.

std::int64_t number_of(const AccessPlace& place) {
  return (std::int64_t{place.year} << year_bits) + static_cast<std::int64_t>(place.position);
}

// "P1" of "participant/P1"; nothing of another kind.
std::optional<std::string> participant_id(std::string_view subject) {
  constexpr std::string_view participant = "participant/";
  if (!subject.starts_with(participant)) return std::nullopt;
  return std::string(subject.substr(participant.size()));
}

// What the ledger knows of staff and participants, each read once.
class Known {
 public:
  explicit Known(const Ledger& ledger) : ledger_(ledger) {}

  Result<const domain::Timeline*> timeline(const Subject& subject) {
    const auto read = timelines_.find(subject);
    if (read != timelines_.end()) return &read->second;
    LIGGARE_TRY(const domain::Stream events, ledger_.stream(subject, ledger_.head().tree_size));
    return &timelines_.emplace(subject, domain::timeline_of(events)).first->second;
  }

  // The unit at which the staff member is registered; empty where none is known.
  Result<std::string> unit_of(const std::string& who) {
    const auto staff = domain::staff_id(who);
    if (!staff) return std::string();
    LIGGARE_TRY(const domain::Timeline* events, timeline({StreamKind::staff, *staff}));
    for (const domain::AmendedEvent& event : *events) {
      const auto* registered = std::get_if<domain::StaffRegistered>(event.data.get());
      if (registered != nullptr) return registered->unit;
    }
    return std::string();
  }

  Result<ReviewEntry> entry(const AccessPlace& place, const access::Record& record) {
    ReviewEntry entry{number_of(place), record, true, false};
    const auto staff = domain::staff_id(record.who);
    const auto participant = participant_id(record.subject);
    if (!participant) return entry;
    const Day day = record.recorded.ledger_day();
    LIGGARE_TRY(const domain::Timeline* person, timeline({StreamKind::participant, *participant}));
    entry.is_protected = access::was_protected(*person, day);
    // A dpo, an auditor or a registrar has to do with everyone.
    if (!staff || record.relation == access::Relation::task) return entry;
    LIGGARE_TRY(const domain::Timeline* reader, timeline({StreamKind::staff, *staff}));
    entry.has_relation = access::had_relation(*staff, *reader, *person, day);
    return entry;
  }

 private:
  const Ledger& ledger_;
  std::map<Subject, domain::Timeline> timelines_;
};

struct Period {
  Day from = Day::first();
  Day to = Day::last();
  std::optional<std::string> unit;
};

Result<std::vector<ReviewEntry>> looks_in(const Ledger& ledger, const Period& period,
                                          Known& known) {
  LIGGARE_TRY(const auto log, AccessLog::open(ledger.folders().ledger));
  std::vector<ReviewEntry> entries;
  LIGGARE_CHECK(
      log->scan([&](const AccessPlace& place, const access::Record& record) -> Result<void> {
        const Day day = record.recorded.ledger_day();
        if (!access::is_look(record) || day < period.from || period.to < day) return {};
        if (period.unit) {
          LIGGARE_TRY(const std::string unit, known.unit_of(record.who));
          if (unit != *period.unit) return {};
        }
        LIGGARE_TRY(ReviewEntry entry, known.entry(place, record));
        entries.push_back(std::move(entry));
        return {};
      }));
  return entries;
}

// Whose reads somebody may review.
struct Remit {
  bool is_everyone = false;     // dpo and auditor.
  std::set<std::string> units;  // Of the staff whose reads they are: a lead's own.

  bool covers(const std::string& unit) const { return is_everyone || units.contains(unit); }
};

Result<Remit> remit_of(const std::string& who, EventType type, Known& known) {
  Remit remit;
  const auto staff = domain::staff_id(who);
  if (staff) {
    LIGGARE_TRY(const domain::Timeline* events, known.timeline({StreamKind::staff, *staff}));
    const auto writers = access::writers_of(type);
    for (const access::HeldRole& held : access::roles_of(*events)) {
      if (std::find(writers.begin(), writers.end(), held.role) == writers.end()) continue;
      if (held.role != access::Role::lead) {
        remit.is_everyone = true;
      } else if (!held.unit.empty()) {
        remit.units.insert(held.unit);
      }
    }
  }
  if (remit.is_everyone || !remit.units.empty()) return remit;
  return fail(ErrorCode::denied, who +
                                     " holds no role that reviews the access log: dpo, auditor, "
                                     "or lead of a unit");
}

// A review without a unit is of everyone's reads.
Result<void> require_remit(const std::string& who, EventType type,
                           const std::optional<std::string>& unit, Known& known) {
  LIGGARE_TRY(const Remit remit, remit_of(who, type, known));
  if (remit.covers(unit.value_or(""))) return {};
  return fail(ErrorCode::denied,
              who + " may review only what the staff of the own unit have read (--unit)");
}

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

std::string share_text(std::int64_t share) {
  constexpr std::int64_t whole = 10'000;
  const std::string places = std::to_string(whole + share % whole).substr(1);
  return std::to_string(share / whole) + "." + places;
}

// "sample-0.0500" and the other grounds: how it was drawn, to be drawn again.
std::vector<std::string> rules_of(std::int64_t share) {
  std::vector<std::string> rules;
  for (const std::string_view word : domain::Words<access::ReviewGround>::values) {
    rules.emplace_back(word);
  }
  rules.front() += "-" + share_text(share);
  return rules;
}

std::int64_t share_in(const std::vector<std::string>& rules) {
  constexpr std::string_view prefix = "sample-";
  for (const std::string& rule : rules) {
    if (!rule.starts_with(prefix)) continue;
    if (const auto share = parse_share(rule.substr(prefix.size()))) return *share;
  }
  return 0;
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
       access::draw(entries, {review.started.seed, share_in(review.started.rules)})) {
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

std::optional<std::int64_t> parse_share(std::string_view text) {
  constexpr std::int64_t whole = 10'000;
  constexpr std::size_t places_max = 4;
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  std::int64_t share = (text[0] - '0') * whole;
  if (text.size() > 1) {
    if (text[1] != '.' || text.size() == 2 || text.size() > 2 + places_max) return std::nullopt;
    std::int64_t worth = whole;
    for (const char digit : text.substr(2)) {
      if (digit < '0' || digit > '9') return std::nullopt;
      worth /= 10;
      share += (digit - '0') * worth;
    }
  }
  return share <= whole ? std::optional(share) : std::nullopt;
}

Result<Result<Review, Refusal>> start_review(Ledger& ledger, const ReviewRequest& request) {
  using Started = Result<Review, Refusal>;
  Known known(ledger);
  LIGGARE_CHECK(require_remit(request.who, EventType::review_started, request.unit, known));
  LIGGARE_TRY(const domain::Stream before,
              ledger.stream({StreamKind::review, request.review}, ledger.head().tree_size));
  if (!before.empty()) {
    return Started(Unexpected{Refusal{
        {}, {domain::RejectionCode::already_exists, "review/" + request.review + " has begun"}}});
  }
  LIGGARE_TRY(const auto entries,
              looks_in(ledger, {request.from, request.to, request.unit}, known));
  Review review;
  review.id = request.review;
  review.looks = entries.size();
  review.started = {request.from,
                    request.to,
                    request.unit,
                    request.seed.value_or(seed_made_up()),
                    rules_of(request.share),
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
  Known known(ledger);
  LIGGARE_TRY(const Remit remit, remit_of(who, EventType::review_marked, known));
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
  LIGGARE_TRY(const std::string unit, known.unit_of(item->entry.record.who));
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
  Known known(ledger);
  LIGGARE_TRY(const Review review, read_review(ledger, id));
  LIGGARE_CHECK(require_remit(who, EventType::review_closed, review.started.unit, known));
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
  Known known(ledger);
  LIGGARE_TRY(const domain::Timeline* events, known.timeline({StreamKind::review, id}));
  Review review;
  review.id = id;
  if (events->empty()) return fail(ErrorCode::not_found, "there is no review \"" + id + "\"");
  const auto* started = std::get_if<domain::ReviewStarted>(events->front().data.get());
  LIGGARE_ASSERT(started != nullptr, "a review begins with review.started");
  review.started = *started;
  review.version = events->size();
  LIGGARE_TRY(const auto entries,
              looks_in(ledger, {started->from, started->to, started->unit}, known));
  review.looks = entries.size();
  take_grounds(review, entries);
  take_marks(review, *events);
  return review;
}

Result<std::vector<Coverage>> review_coverage(const Ledger& ledger) {
  constexpr std::size_t month_length = 7;
  const std::uint64_t size = ledger.head().tree_size;
  LIGGARE_TRY(const auto ids, ids_of(ledger.log(), StreamKind::review, size));
  Known known(ledger);
  std::set<std::int64_t> drawn;
  std::set<std::int64_t> reviewed;
  for (const std::string& id : ids) {
    LIGGARE_TRY(const domain::Timeline* events, known.timeline({StreamKind::review, id}));
    for (const domain::AmendedEvent& event : *events) {
      if (const auto* started = std::get_if<domain::ReviewStarted>(event.data.get())) {
        drawn.insert(started->items.begin(), started->items.end());
      } else if (const auto* marked = std::get_if<domain::ReviewMarked>(event.data.get())) {
        reviewed.insert(marked->item);
      }
    }
  }
  std::map<std::pair<std::string, std::string>, Coverage> cells;
  LIGGARE_TRY(const auto log, AccessLog::open(ledger.folders().ledger));
  LIGGARE_CHECK(log->scan([&](const AccessPlace& place,
                              const access::Record& record) -> Result<void> {
    if (!access::is_look(record)) return {};
    LIGGARE_TRY(const std::string unit, known.unit_of(record.who));
    const std::string month = record.recorded.ledger_day().text().substr(0, month_length);
    Coverage& cell = cells.try_emplace({unit, month}, Coverage{unit, month, 0, 0, 0}).first->second;
    ++cell.looks;
    if (drawn.contains(number_of(place))) ++cell.drawn;
    if (reviewed.contains(number_of(place))) ++cell.reviewed;
    return {};
  }));
  std::vector<Coverage> coverage;
  for (auto& [key, cell] : cells) coverage.push_back(std::move(cell));
  return coverage;
}

}  // namespace liggare::ledger
