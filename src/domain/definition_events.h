// Ladders, notices, legal bases and policy (contract, section 3, Organisation).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "domain/field.h"
#include "domain/vocabulary.h"

namespace liggare::domain {

struct Criterion {
  std::string criterion;
  std::string text;
  bool mandatory = false;
  static constexpr auto fields() {
    return std::tuple{id("criterion", &Criterion::criterion),
                      domain::text("text", &Criterion::text),
                      value("mandatory", &Criterion::mandatory)};
  }
  bool operator==(const Criterion&) const = default;
};

struct LadderStep {
  std::int64_t step = 1;
  std::vector<Criterion> criteria;
  static constexpr auto fields() {
    return std::tuple{integer("step", &LadderStep::step, 1),
                      value("criteria", &LadderStep::criteria)};
  }
  bool operator==(const LadderStep&) const = default;
};

struct LadderPublished {
  static constexpr auto type = EventType::ladder_published;
  std::int64_t ladder_version = 1;
  std::vector<LadderStep> steps;
  std::vector<std::string> paths;
  static constexpr auto fields() {
    return std::tuple{integer("ladderVersion", &LadderPublished::ladder_version, 1),
                      value("steps", &LadderPublished::steps),
                      code("paths", &LadderPublished::paths)};
  }
  bool operator==(const LadderPublished&) const = default;
};

struct NoticePublished {
  static constexpr auto type = EventType::notice_published;
  std::string language;
  std::vector<std::string> purposes;
  std::vector<DataCategory> categories;
  std::vector<std::string> recipients;  // As the notice names them; no ids.
  std::string retention;
  std::string text_digest;
  static constexpr auto fields() {
    return std::tuple{text("language", &NoticePublished::language),
                      code("purposes", &NoticePublished::purposes),
                      value("categories", &NoticePublished::categories),
                      text("recipients", &NoticePublished::recipients),
                      text("retention", &NoticePublished::retention),
                      digest("textDigest", &NoticePublished::text_digest)};
  }
  bool operator==(const NoticePublished&) const = default;
};

struct BasisAdopted {
  static constexpr auto type = EventType::basis_adopted;
  std::string provision;
  std::vector<UnitKind> recipient_kinds;
  std::vector<DataCategory> categories;
  std::vector<std::string> purposes;
  Day valid_from = Day::first();
  std::optional<Day> valid_to;
  static constexpr auto fields() {
    return std::tuple{text("provision", &BasisAdopted::provision),
                      value("recipientKinds", &BasisAdopted::recipient_kinds),
                      value("categories", &BasisAdopted::categories),
                      code("purposes", &BasisAdopted::purposes),
                      value("validFrom", &BasisAdopted::valid_from),
                      value("validTo", &BasisAdopted::valid_to)};
  }
  bool operator==(const BasisAdopted&) const = default;
};

struct PolicyParameters {
  std::optional<std::int64_t> months;
  std::optional<std::int64_t> extension_months;
  std::optional<std::int64_t> stall_days;
  std::optional<std::int64_t> late_days;
  std::optional<std::int64_t> small_cell;
  static constexpr auto fields() {
    return std::tuple{integer("months", &PolicyParameters::months, 0),
                      integer("extensionMonths", &PolicyParameters::extension_months, 0),
                      integer("stallDays", &PolicyParameters::stall_days, 0),
                      integer("lateDays", &PolicyParameters::late_days, 0),
                      integer("smallCell", &PolicyParameters::small_cell, 0)};
  }
  bool operator==(const PolicyParameters&) const = default;
};

struct PolicyAdopted {
  static constexpr auto type = EventType::policy_adopted;
  PolicyParameters parameters;
  static constexpr auto fields() {
    return std::tuple{value("parameters", &PolicyAdopted::parameters)};
  }
  bool operator==(const PolicyAdopted&) const = default;
};

}  // namespace liggare::domain
