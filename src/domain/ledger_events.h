// Events that only liggare's own commands write (contract, section 3, last table).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "domain/field.h"
#include "domain/personal_class_words.h"

namespace liggare::domain {

struct ProjectionDigest {
  std::string name;
  std::int64_t version = 0;
  std::string digest;
  static constexpr auto fields() {
    return std::tuple{code("name", &ProjectionDigest::name),
                      integer("version", &ProjectionDigest::version, 0),
                      domain::digest("digest", &ProjectionDigest::digest)};
  }
  bool operator==(const ProjectionDigest&) const = default;
};

struct LedgerSealed {
  static constexpr auto type = EventType::ledger_sealed;
  std::int64_t size = 0;
  std::string directory_root;
  std::vector<ProjectionDigest> projections;
  std::int64_t access_size = 0;
  std::string access_root;
  static constexpr auto fields() {
    return std::tuple{integer("size", &LedgerSealed::size, 0),
                      digest("directoryRoot", &LedgerSealed::directory_root),
                      value("projections", &LedgerSealed::projections),
                      integer("accessSize", &LedgerSealed::access_size, 0),
                      digest("accessRoot", &LedgerSealed::access_root)};
  }
  bool operator==(const LedgerSealed&) const = default;
};

struct LedgerKeyRotated {
  static constexpr auto type = EventType::ledger_key_rotated;
  std::string old_vkey;
  std::string new_vkey;
  std::int64_t size = 0;
  std::string root;
  std::optional<std::string> old_signature;
  std::string new_signature;
  std::optional<std::string> reason;
  static constexpr auto fields() {
    return std::tuple{text("oldVkey", &LedgerKeyRotated::old_vkey),
                      text("newVkey", &LedgerKeyRotated::new_vkey),
                      integer("size", &LedgerKeyRotated::size, 0),
                      digest("root", &LedgerKeyRotated::root),
                      text("oldSignature", &LedgerKeyRotated::old_signature),
                      text("newSignature", &LedgerKeyRotated::new_signature),
                      text("reason", &LedgerKeyRotated::reason)};
  }
  bool operator==(const LedgerKeyRotated&) const = default;
};

struct LedgerRolledBack {
  static constexpr auto type = EventType::ledger_rolled_back;
  std::int64_t from_size = 0;
  std::string from_root;
  std::string reason;
  static constexpr auto fields() {
    return std::tuple{integer("fromSize", &LedgerRolledBack::from_size, 0),
                      digest("fromRoot", &LedgerRolledBack::from_root),
                      text("reason", &LedgerRolledBack::reason)};
  }
  bool operator==(const LedgerRolledBack&) const = default;
};

struct LedgerRestored {
  static constexpr auto type = EventType::ledger_restored;
  std::int64_t size = 0;
  std::string root;
  bool anchored = false;
  static constexpr auto fields() {
    return std::tuple{integer("size", &LedgerRestored::size, 0),
                      digest("root", &LedgerRestored::root),
                      value("anchored", &LedgerRestored::anchored)};
  }
  bool operator==(const LedgerRestored&) const = default;
};

struct ReportPublished {
  static constexpr auto type = EventType::report_published;
  std::string report;
  std::int64_t definition_version = 0;
  std::string parameters;  // JSON text.
  Day as_of = Day::first();
  std::int64_t at = 0;
  std::string digest;
  std::optional<std::string> document;
  static constexpr auto fields() {
    return std::tuple{code("report", &ReportPublished::report),
                      integer("definitionVersion", &ReportPublished::definition_version, 0),
                      text("parameters", &ReportPublished::parameters),
                      value("asOf", &ReportPublished::as_of),
                      integer("at", &ReportPublished::at, 0),
                      domain::digest("digest", &ReportPublished::digest),
                      text("document", &ReportPublished::document)};
  }
  bool operator==(const ReportPublished&) const = default;
};

}  // namespace liggare::domain
