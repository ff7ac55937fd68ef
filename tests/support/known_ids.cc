#include "tests/support/known_ids.h"

#include <algorithm>

namespace liggare::test {
namespace {

using domain::EventType;
using domain::Payload;
using domain::StreamKind;
using domain::Subject;
using Ids = std::vector<std::string>;

// The last of each is never set up beforehand.
const Ids& ids_of(StreamKind kind) {
  static const std::map<StreamKind, Ids> ids{{StreamKind::unit, {"U1", "U2", "U3", "U4"}},
                                             {StreamKind::agreement, {"A1", "A2"}},
                                             {StreamKind::target, {"T1", "T2"}},
                                             {StreamKind::publication, {"F1", "F2"}},
                                             {StreamKind::ladder, {"K1", "K2"}},
                                             {StreamKind::notice, {"N1", "N2"}},
                                             {StreamKind::basis, {"B1", "B2"}},
                                             {StreamKind::policy, {"ledger"}},
                                             {StreamKind::staff, {"S1", "S2", "S3"}},
                                             {StreamKind::incident, {"I1", "I2"}},
                                             {StreamKind::place, {"L1", "L2", "L3", "L4"}},
                                             {StreamKind::participant, {"P1", "P2", "P3", "P4"}}};
  const auto found = ids.find(kind);
  static const Ids none{"none"};
  return found == ids.end() ? none : found->second;
}

const Ids& ids_named(std::string_view name) {
  static const std::map<std::string, Ids, std::less<>> ids{
      {"referral", {"r1", "r2", "r3"}},
      {"enrolment", {"e1", "e2", "e3"}},
      {"plan", {"p1", "p2"}},
      {"placement", {"w1", "w2", "w3", "w4"}},
      {"consent", {"s1", "s2", "s3"}},
      {"shield", {"h1", "h2"}},
      {"request", {"q1", "q2"}},
      {"disclosure", {"d1", "d2", "d3", "d4", "d5"}},
      {"line", {"x1", "x1", "x2", "x3"}},
      {"criterion", {"c1", "c2", "c3", "c4", "c5"}},
      {"indicator", {"i1", "i2", "i3"}},
      {"provision", {"B1", "B1", "B2"}}};
  const auto found = ids.find(name == "consents" ? "consent" : name);
  static const Ids none{"none"};
  return found == ids.end() ? none : found->second;
}

struct Introduction {
  std::string_view name;
  EventType type;
};
constexpr Introduction introductions[] = {
    {"referral", EventType::referral_received}, {"enrolment", EventType::enrolment_started},
    {"plan", EventType::plan_created},          {"placement", EventType::placement_started},
    {"consent", EventType::consent_given},      {"shield", EventType::shield_set},
    {"request", EventType::request_received},   {"disclosure", EventType::disclosure_made}};

// Calls visit(name, id) for each plain id in the data that is no stream's: the entities of a
// participant's stream.
template <class Visit>
void for_each_entity(const Payload& data, Visit&& visit) {
  std::visit(
      [&]<class Data>(const Data& payload) {
        domain::for_each_field<Data>([&](const auto& field) {
          if (field.format != domain::Format::id || field.refers_to) return;
          const auto& value = payload.*(field.member);
          using Value = std::remove_cvref_t<decltype(value)>;
          if constexpr (std::is_same_v<Value, std::string>) {
            visit(std::string(field.name), value);
          } else if constexpr (std::is_same_v<Value, std::optional<std::string>>) {
            if (value) visit(std::string(field.name), *value);
          }
        });
      },
      data);
}

}  // namespace

bool introduces_entity(EventType type) {
  return std::any_of(std::begin(introductions), std::end(introductions),
                     [&](const auto& introduction) { return introduction.type == type; });
}

void KnownIds::take(const domain::Event& event) {
  Known& known = streams_[event.subject];
  if (known.events++ == 0) known.since = event.effective;
  days_.push_back(event.effective);
  bool is_own = introduces_entity(event.type());  // The event's own id stands first in its data.
  for_each_entity(event.data, [&](std::string name, const std::string& id) {
    latest_[event.subject].insert_or_assign(name, id);
    if (is_own) entities_[event.subject].try_emplace({std::move(name), id}, event.effective);
    is_own = false;
  });
}

std::string KnownIds::stream_id(Chance& chance, StreamKind kind) const {
  Ids existing;
  for (const std::string& id : ids_of(kind)) {
    if (streams_.contains({kind, id})) existing.push_back(id);
  }
  if (!existing.empty() && chance.percent(96)) return chance.pick(existing);
  return chance.pick(ids_of(kind));
}

std::string KnownIds::used_id(Chance& chance, const Subject& subject, std::string_view name) const {
  const auto latest = latest_.find(subject);
  if (latest != latest_.end() && chance.percent(40)) {
    const auto found = latest->second.find(name);
    if (found != latest->second.end()) return found->second;
  }
  Ids used;
  const auto own = entities_.find(subject);
  if (own != entities_.end()) {
    for (const auto& [known, since] : own->second) {
      if (known.first == (name == "consents" ? "consent" : name)) used.push_back(known.second);
    }
  }
  if (!used.empty() && chance.percent(93)) return chance.pick(used);
  return chance.pick(ids_named(name));
}

std::string KnownIds::fresh_id(Chance& chance, const Subject& subject,
                               std::string_view name) const {
  const auto own = entities_.find(subject);
  const auto is_used = [&](const std::string& id) {
    return own != entities_.end() && own->second.contains({std::string(name), id});
  };
  Ids fresh;
  for (const std::string& id : ids_named(name)) {
    if (!is_used(id)) fresh.push_back(id);
  }
  if (!fresh.empty() && chance.percent(90)) return chance.pick(fresh);
  return chance.pick(ids_named(name));
}

std::optional<EventType> KnownIds::missing(const Subject& subject, const Payload& data) const {
  std::optional<EventType> missing;
  if (introduces_entity(type_of(data))) return missing;
  const auto own = entities_.find(subject);
  for_each_entity(data, [&](std::string name, const std::string& id) {
    const auto found = std::find_if(std::begin(introductions), std::end(introductions),
                                    [&](const Introduction& i) { return i.name == name; });
    if (found == std::end(introductions)) return;
    if (own == entities_.end() || !own->second.contains({std::move(name), id})) {
      missing = found->type;
    }
  });
  return missing;
}

Day KnownIds::since(const Subject& subject, const Payload& data) const {
  Day since = Day::first();
  const auto stream = streams_.find(subject);
  if (stream != streams_.end()) since = stream->second.since;
  const auto own = entities_.find(subject);
  if (own == entities_.end()) return since;
  for_each_entity(data, [&](std::string name, const std::string& id) {
    const auto entity = own->second.find({std::move(name), id});
    if (entity != own->second.end()) since = std::max(since, entity->second);
  });
  return since;
}

std::size_t KnownIds::count(const Subject& subject) const {
  const auto found = streams_.find(subject);
  return found == streams_.end() ? 0 : found->second.events;
}

}  // namespace liggare::test
