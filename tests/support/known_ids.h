// The ids that a random history has used so far, and from which days: what its next event may
// refer to.
//
// It knows no rules. Pools are small, so that events clash.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/event.h"
#include "tests/support/chance.h"

namespace liggare::test {

class KnownIds {
 public:
  void take(const domain::Event& event);

  // Mostly of a stream that exists.
  std::string stream_id(Chance& chance, domain::StreamKind kind) const;
  // For the field `name` of an event about `subject`: mostly an id that the subject has used, often
  // the latest, and mostly one that it has not used where the event is to introduce it.
  std::string used_id(Chance& chance, const domain::Subject& subject, std::string_view name) const;
  std::string fresh_id(Chance& chance, const domain::Subject& subject, std::string_view name) const;

  // The type that would introduce an entity that the data name and the subject has not used yet.
  std::optional<domain::EventType> missing(const domain::Subject& subject,
                                           const domain::Payload& data) const;
  // The day from which all that the event names has been there; the first day where it names
  // nothing that is known.
  Day since(const domain::Subject& subject, const domain::Payload& data) const;
  // The days that events have been about.
  const std::vector<Day>& days() const { return days_; }
  // How many events of the subject there are.
  std::size_t count(const domain::Subject& subject) const;

 private:
  struct Known {
    Day since = Day::first();
    std::size_t events = 0;
  };
  using Name = std::pair<std::string, std::string>;  // A field's name and the id in it.
  std::map<domain::Subject, Known> streams_;
  std::map<domain::Subject, std::map<Name, Day>> entities_;
  std::map<domain::Subject, std::map<std::string, std::string, std::less<>>> latest_;
  std::vector<Day> days_;
};

// Whether the event brings an id of its own into a participant's stream.
bool introduces_entity(domain::EventType type);

}  // namespace liggare::test
