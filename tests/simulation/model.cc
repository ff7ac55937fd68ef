#include "tests/simulation/model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "codec/record.h"
#include "merkle/tree.h"

namespace liggare::simulation {
namespace {

Result<merkle::TreeHead> head_of_records(const store::EventLog& log) {
  merkle::Frontier frontier;
  std::vector<merkle::Node> ignored;
  LIGGARE_CHECK(log.scan({0, log.head().tree_size},
                         [&](std::uint64_t, std::string_view bytes) -> Result<void> {
                           frontier.append(merkle::leaf_hash(bytes), ignored);
                           return {};
                         }));
  return frontier.head();
}

}  // namespace

std::vector<const Wish*> Request::fresh() const {
  std::vector<const Wish*> found;
  for (const Wish& wish : wishes) {
    if (wish.expected == Expected::accepted) found.push_back(&wish);
    if (wish.expected == Expected::refused && atomicity == ledger::Atomicity::all_or_none) {
      return {};
    }
  }
  return found;
}

void Model::expect(const Request& request) {
  for (const Wish& wish : request.wishes) sent_[wish.id] = true;
}

void Model::store(const Wish& wish, std::optional<Hash> leaf) {
  auto& stream = streams_[wish.subject];
  stream.push_back(stored_.size());
  stored_.push_back({wish.id, wish.subject, stream.size(), leaf});
  lines_[wish.id] = wish.line;
}

Finding Model::answered(const Request& request, const std::vector<ledger::Verdict>& verdicts) {
  if (verdicts.size() != request.wishes.size()) return "not one verdict for each event";
  const auto fresh = request.fresh();
  const bool nothing_stored = fresh.empty();
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const Wish& wish = request.wishes[i];
    const auto& verdict = verdicts[i];
    if (verdict.has_value() == (wish.expected == Expected::refused)) {
      return fmt::format("event {} was {}", wish.id,
                         verdict ? "accepted" : domain::name_of(verdict.error().rejection.code));
    }
    if (!verdict || (nothing_stored && wish.expected == Expected::accepted)) continue;
    if (verdict->duplicate != (wish.expected == Expected::duplicate)) {
      return fmt::format("event {} was {} a duplicate", wish.id, verdict->duplicate ? "" : "not");
    }
    if (!verdict->duplicate) {
      if (verdict->position != stored_.size()) {
        return fmt::format("event {} got position {} of {}", wish.id, verdict->position,
                           stored_.size());
      }
      store(wish, verdict->leaf_hash);
    } else if (lines_.contains(wish.id) && stored_.at(verdict->position).id != wish.id) {
      return fmt::format("event {} is said to lie at {}", wish.id, verdict->position);
    }
  }
  return std::nullopt;
}

void Model::forget_from(std::uint64_t size) {
  while (stored_.size() > size) {
    const Stored& last = stored_.back();
    const auto stream = streams_.find(last.subject);
    stream->second.pop_back();
    if (stream->second.empty()) streams_.erase(stream);
    lines_.erase(last.id);
    stored_.pop_back();
  }
  open_.reset();
}

Result<Finding> Model::compare(const store::EventLog& log, std::uint64_t floor) {
  const std::uint64_t size = log.head().tree_size;
  if (size >= floor && size < stored_.size()) forget_from(size);
  const auto open = open_ ? open_->fresh() : std::vector<const Wish*>();
  if (size != stored_.size() && size != stored_.size() + open.size()) {
    return Finding(fmt::format("{} events, where {} were acknowledged and {} unknown", size,
                               stored_.size(), open.size()));
  }
  Finding found;
  LIGGARE_CHECK(log.scan({0, size}, [&](std::uint64_t position, std::string_view bytes) {
    const Wish* unknown = position < stored_.size() ? nullptr : open[position - stored_.size()];
    if (!found) found = compare_record(position, bytes, unknown);
    return Result<void>();
  }));
  if (found) return found;
  if (size != stored_.size()) {
    for (const Wish* wish : open) store(*wish, std::nullopt);
  }
  for (std::uint64_t position = 0; position < size; ++position) {
    if (stored_[position].leaf) continue;
    LIGGARE_TRY(const std::string bytes, log.record(position));
    stored_[position].leaf = merkle::leaf_hash(bytes);
  }
  LIGGARE_TRY(const auto head, head_of_records(log));
  if (head != log.head()) return Finding("the head is not that of the records");
  return compare_indexes(log);
}

Finding Model::compare_record(std::uint64_t position, std::string_view bytes,
                              const Wish* open) const {
  const auto record = codec::decode_record(bytes, position);
  if (!record) return fmt::format("event {}: {}", position, record.error().message);
  const auto& event = record->event.event;
  if (open != nullptr) {
    if (event.id == open->id && event.subject.text() == open->subject) return std::nullopt;
    return fmt::format("event {} is {}, not {} of the unknown request", position, event.id,
                       open->id);
  }
  const Stored& stored = stored_[position];
  if (event.id == stored.id && event.subject.text() == stored.subject &&
      record->event.version == stored.version &&
      (!stored.leaf || *stored.leaf == merkle::leaf_hash(bytes))) {
    return std::nullopt;
  }
  return fmt::format("event {} is not the {} that was acknowledged", position, stored.id);
}

Result<Finding> Model::compare_indexes(const store::EventLog& log) const {
  std::map<std::string, std::uint64_t> positions;
  for (std::uint64_t i = 0; i < stored_.size(); ++i) {
    if (!positions.emplace(stored_[i].id, i).second) return Finding("an id is there twice");
  }
  for (const auto& [id, sent] : sent_) {
    LIGGARE_TRY(const auto found, log.position_of(id));
    const auto known = positions.find(id);
    const auto wanted = known == positions.end() ? std::nullopt : std::optional(known->second);
    if (found != wanted) return Finding(fmt::format("id {} leads elsewhere", id));
  }
  for (const auto& [subject, wanted] : streams_) {
    LIGGARE_TRY(const auto found, log.stream(subject, stored_.size()));
    if (found != wanted) {
      return Finding(fmt::format("stream {} is {}, not {}", subject, found, wanted));
    }
  }
  return Finding();
}

Result<Finding> audit(const store::EventLog& log) {
  LIGGARE_TRY(const auto head, head_of_records(log));
  if (head != log.head()) return Finding("the head is not that of the records");
  LIGGARE_TRY(const auto damaged, log.check_files());
  if (!damaged.empty()) return Finding(fmt::format("damaged: {}", fmt::join(damaged, ", ")));
  return Finding();
}

}  // namespace liggare::simulation
