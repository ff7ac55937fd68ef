#include "tests/support/random_payload.h"

#include <algorithm>

#include "domain/personal_class_words.h"

namespace liggare::test {
namespace {

using namespace domain;

constexpr std::string_view some_digest =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

// A field without its struct.
struct Spot {
  std::string_view name;
  Format format;
  std::optional<StreamKind> refers_to;
  std::int64_t minimum;
};

struct Bounds {
  std::string_view name;
  std::int32_t first;
  std::int32_t last;
};
// Small numbers, so that limits are met.
constexpr Bounds bounds[] = {
    {"places", 0, 2},      {"value", 0, 4},           {"baseline", 0, 3}, {"revision", 2, 3},
    {"step", 1, 2},        {"birthYear", 1960, 2005}, {"months", 0, 14},  {"extensionMonths", 0, 8},
    {"stallDays", 0, 120}, {"lateDays", 0, 30},       {"score", 1, 5}};

struct Code {
  std::string_view name;
  std::vector<std::string> words;
};
const std::vector<std::string>& codes_named(std::string_view name) {
  static const std::vector<Code> codes{{"purpose", {"coordination", "coordination", "mapping"}},
                                       {"purposes", {"coordination", "mapping"}},
                                       {"programme", {"osa", "resurs", "sommar"}},
                                       {"instrument", {"BIP", "other"}},
                                       {"", {"one", "two"}}};
  const auto found =
      std::find_if(codes.begin(), codes.end(), [&](const Code& code) { return code.name == name; });
  return found == codes.end() ? codes.back().words : found->words;
}

class Drawing {
 public:
  Drawing(Chance& chance, const KnownIds& known, const PayloadSetting& setting)
      : chance_(chance), known_(known), setting_(setting) {}

  template <Described Struct>
  void draw(Struct& data) {
    if constexpr (ExactlyOne<Struct>) {
      const std::size_t chosen = chance_.below(std::tuple_size_v<decltype(Struct::fields())>);
      std::size_t index = 0;
      for_each_field<Struct>([&](const auto& field) {
        auto& value = data.*(field.member);
        value.reset();
        if (index++ == chosen) draw_inner(spot_of(field), value);
      });
    } else {
      for_each_field<Struct>(
          [&](const auto& field) { draw(spot_of(field), data.*(field.member)); });
    }
    mend(data);
  }

 private:
  template <class AnyField>
  static Spot spot_of(const AnyField& field) {
    return {field.name, field.format, field.refers_to, field.minimum};
  }

  template <class T>
  void draw_inner(const Spot& spot, std::optional<T>& value) {
    if constexpr (std::is_same_v<T, Day>) {
      value = setting_.around;
    } else {
      value.emplace();
    }
    draw(spot, *value);
  }
  template <class T>
  void draw(const Spot& spot, std::optional<T>& value) {
    value.reset();
    if (chance_.percent(50)) draw_inner(spot, value);
  }
  template <class T>
  void draw(const Spot& spot, std::vector<T>& values) {
    constexpr std::size_t sizes[] = {0, 1, 1, 2, 2, 3};
    values.clear();
    for (std::size_t left = sizes[chance_.below(std::size(sizes))]; left > 0; --left) {
      draw(spot, values.emplace_back());
    }
  }
  template <Described Struct>
  void draw(const Spot&, Struct& data) {
    draw(data);
  }
  // The first few most of the time, so that they meet.
  template <Enumeration Enum>
  void draw(const Spot&, Enum& value) {
    const std::size_t size = Words<Enum>::values.size();
    value = static_cast<Enum>(
        chance_.below(chance_.percent(70) ? std::min<std::size_t>(size, 3) : size));
  }
  void draw(const Spot&, Colour& value) {
    value = chance_.percent(50) ? Colour::green : static_cast<Colour>(chance_.below(3));
  }
  void draw(const Spot& spot, bool& value) { value = spot.name == "all" || chance_.percent(60); }
  void draw(const Spot&, Day& value) {
    value = setting_.around.plus_days(chance_.between(-600, 300));
    if (chance_.percent(20)) value = value.plus_days(1 - value.day());
  }
  void draw(const Spot& spot, std::int64_t& value) {
    const auto found = std::find_if(std::begin(bounds), std::end(bounds),
                                    [&](const Bounds& b) { return b.name == spot.name; });
    value = found == std::end(bounds) ? chance_.between(1, 4)
                                      : chance_.between(found->first, found->last);
    value = std::max(value, spot.minimum);
  }
  void draw(const Spot& spot, std::string& value) {
    switch (spot.format) {
      case Format::id:
        value = id_for(spot);
        return;
      case Format::code:
        value = chance_.pick(codes_named(spot.name));
        return;
      case Format::event_id:
        value = "e1";
        return;
      case Format::digest:
        value = some_digest;
        return;
      case Format::text:
        value = std::string("A ").append(spot.name);
    }
  }
  // What a correction holds is drawn when its target is known.
  void draw(const Spot&, CorrectedData&) {}

  std::string id_for(const Spot& spot) {
    if (spot.refers_to) return known_.stream_id(chance_, *spot.refers_to);
    const bool is_own = !drawn_own_ && introduces_entity(setting_.type);
    drawn_own_ = true;
    return is_own ? known_.fresh_id(chance_, setting_.subject, spot.name)
                  : known_.used_id(chance_, setting_.subject, spot.name);
  }

  // What must hold between the fields for the event to be well-formed, and what would hardly ever
  // make sense by chance.
  template <class Other>
  void mend(Other&) {}
  void mend(EnrolmentStarted& data) {
    if (!data.agreement) data.line.reset();
  }
  void mend(PlacementStarted& data) {
    if (!data.agreement) data.line.reset();
  }
  void mend(AgreementSigned& data) {
    data.lines.clear();
    for (const char* id : {"x1", "x2", chance_.percent(4) ? "x1" : "x3"}) {
      if (chance_.percent(20)) continue;
      AgreementLine& line = data.lines.emplace_back();
      draw(line);
      line.line = id;
    }
    put_in_order(data.valid_from, data.valid_to);
  }
  void mend(RoleGranted& data) { mend_role(data.role, data.unit); }
  void mend(RoleRevoked& data) { mend_role(data.role, data.unit); }
  void mend(BasisAdopted& data) { put_in_order(data.valid_from, data.valid_to); }
  void mend(TargetSet& data) { put_in_order(data.from, data.to); }
  void mend(FigurePublished& data) { put_in_order(data.from, data.to); }
  void mend(AgreementTerminated& data) {
    if (chance_.percent(70)) data.valid_to = setting_.around.plus_days(chance_.between(-90, 400));
  }
  void mend(LadderPublished& data) {
    data.ladder_version = static_cast<std::int64_t>(known_.count(setting_.subject)) + 1;
    if (chance_.percent(10)) data.ladder_version = chance_.between(1, 3);
    data.steps.assign(chance_.below(3) + 1, {});
    int criterion = chance_.percent(4) ? 1 : 0;
    for (std::size_t i = 0; i < data.steps.size(); ++i) {
      LadderStep& step = data.steps[i];
      step.step = static_cast<std::int64_t>(i) + 1;
      for (int left = 2; left > 0; --left) {
        ++criterion;
        if (chance_.percent(25)) continue;
        step.criteria.push_back(
            {"c" + std::to_string(criterion), "A criterion", chance_.percent(60)});
      }
    }
    if (chance_.percent(3)) data.steps.front().criteria.assign(2, {"c1", "A criterion", true});
  }
  void mend(AssessmentRecorded& data) {
    if (chance_.percent(15)) return;
    const auto by_id = [](const Score& left, const Score& right) {
      return left.indicator < right.indicator;
    };
    std::sort(data.scores.begin(), data.scores.end(), by_id);
    const auto same_id = [](const Score& left, const Score& right) {
      return left.indicator == right.indicator;
    };
    data.scores.erase(std::unique(data.scores.begin(), data.scores.end(), same_id),
                      data.scores.end());
  }
  void mend(ConsentGiven& data) {
    if (data.valid_to) *data.valid_to = setting_.around.plus_days(chance_.between(-90, 400));
  }

  void mend_role(Role& role, std::optional<std::string>& unit) {
    if (chance_.percent(60)) role = Role::consultant;
    if (chance_.percent(60)) unit.reset();
  }
  void put_in_order(const Day& from, Day& to) {
    if (to < from && chance_.percent(95)) to = from.plus_days(chance_.between(0, 700));
  }
  void put_in_order(const Day& from, std::optional<Day>& to) {
    if (to) put_in_order(from, *to);
  }

  Chance& chance_;
  const KnownIds& known_;
  const PayloadSetting& setting_;
  bool drawn_own_ = false;
};

template <Described Struct>
void keep_most(Chance& chance, const Struct& from, Struct& to) {
  for_each_field<Struct>([&](const auto& field) {
    const bool is_entity = field.format == Format::id && !field.refers_to;
    if (chance.percent(is_entity ? 92 : 65)) to.*(field.member) = from.*(field.member);
  });
  if constexpr (requires {
                  to.line;
                  to.agreement;
                }) {
    if (!to.agreement) to.line.reset();
  }
}

}  // namespace

Payload random_payload(Chance& chance, const KnownIds& known, const PayloadSetting& setting) {
  Payload payload = make_payload(setting.type);
  std::visit([&](auto& data) { Drawing(chance, known, setting).draw(data); }, payload);
  return payload;
}

Payload random_correction(Chance& chance, const KnownIds& known, const RecordedEvent& target,
                          Day around) {
  const EventType type = target.event.type();
  Payload payload = random_payload(chance, known, {target.event.subject, type, around});
  std::visit(
      [&]<class Data>(Data& data) { keep_most(chance, std::get<Data>(target.event.data), data); },
      payload);
  return payload;
}

}  // namespace liggare::test
