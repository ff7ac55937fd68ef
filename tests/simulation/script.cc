#include "tests/simulation/script.h"

#include <fmt/format.h>

namespace liggare::simulation {
namespace {

std::string event(const std::string& id, std::string_view type, const std::string& subject,
                  std::string_view data) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"/simulation","type":"{}","subject":"{}",)"
      R"("effective":"2024-01-01","actor":"staff/s1","data":{{{}}}}})",
      id, type, subject, data);
}

Wish registration(const std::string& id, const std::string& subject) {
  return {id, subject, event(id, "participant.registered", subject, ""), {}, Expected::accepted};
}

}  // namespace

Request Script::next(const Model& model) {
  Request request;
  if (chance_.percent(50)) request.atomicity = ledger::Atomicity::all_or_none;
  const std::size_t count =
      chance_.percent(50) ? 1 : 1 + chance_.below(chance_.pick<std::size_t>({4, 4, 12, 12, 120}));
  std::set<std::string> new_subjects;
  std::set<std::string> touched;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t kind = chance_.below(100);
    if (kind < 12 && model.size() > 0) {
      auto known = model.lines().begin();
      std::advance(known, static_cast<std::ptrdiff_t>(chance_.below(model.size())));
      request.wishes.push_back({known->first, "", known->second, {}, Expected::duplicate});
    } else if (kind < 18) {
      request.wishes.push_back(refused(model));
    } else {
      Wish wish = fresh(model, new_subjects);
      const auto stream = model.streams().find(wish.subject);
      if (stream == model.streams().end()) new_subjects.insert(wish.subject);
      if (touched.insert(wish.subject).second && chance_.percent(20)) {
        wish.expected_version = stream == model.streams().end() ? 0 : stream->second.size();
      }
      request.wishes.push_back(std::move(wish));
      if (chance_.percent(5)) {
        Wish twice = request.wishes.back();
        twice.expected_version.reset();
        twice.expected = Expected::duplicate;
        request.wishes.push_back(std::move(twice));
      }
    }
  }
  return request;
}

Request Script::again(const Request& request, const Model& model) {
  Request repeated = request;
  std::set<std::string> seen;
  for (Wish& wish : repeated.wishes) {
    if (wish.expected == Expected::refused) continue;
    const bool is_known = model.holds(wish.id) || !seen.insert(wish.id).second;
    wish.expected = is_known ? Expected::duplicate : Expected::accepted;
    wish.expected_version.reset();
  }
  return repeated;
}

Wish Script::fresh(const Model& model, const std::set<std::string>& new_subjects) {
  const std::string id = fmt::format("e{}", ids_++);
  const std::string subject = fmt::format("participant/P{}", chance_.below(6));
  if (!model.streams().contains(subject) && !new_subjects.contains(subject)) {
    return registration(id, subject);
  }
  std::string line;
  switch (chance_.below(3)) {
    case 0:
      line = event(id, "path.chosen", subject, R"("path":"arbete","chosenBy":"participant")");
      break;
    case 1:
      line = event(id, "referral.received", subject,
                   fmt::format(R"("referral":"R-{}","source":"self","programme":"osa")", id));
      break;
    default:
      line = event(id, "meeting.held", subject,
                   R"("kind":"mi","attendees":[],"categories":[],"consents":[])");
  }
  return {id, subject, line, {}, Expected::accepted};
}

Wish Script::refused(const Model& model) {
  const std::string id = fmt::format("e{}", ids_++);
  Wish wish = registration(id, fmt::format("participant/Q{}", id));
  wish.expected = Expected::refused;
  switch (chance_.below(3)) {
    case 0:
      wish.line = wish.line.substr(0, 40);
      break;
    case 1:
      wish.expected_version = 7;
      break;
    default:
      if (model.size() == 0) {
        wish.expected_version = 7;
      } else {  // Another event under an id that is taken.
        wish.line = event(model.lines().begin()->first, "participant.registered", wish.subject, "");
      }
  }
  return wish;
}

}  // namespace liggare::simulation
