// What the doctor has found so far, and how it looks at any part of a ledger.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ledger/doctor.h"

namespace liggare::ledger {

// Not thread-safe. What it refers to must outlive it.
class Examination {
 public:
  Examination(const Folders& folders, const DoctorOptions& options);
  Examination(const Examination&) = delete;
  Examination& operator=(const Examination&) = delete;

  const Folders& folders() const { return folders_; }
  const DoctorOptions& options() const { return options_; }
  const Clock& clock() const { return clock_; }
  Instant now() const { return clock_.now(); }
  int days_since(Instant then) const;

  Diagnosis& diagnosis() { return diagnosis_; }
  // `code` is one of symptom_codes.
  void add(Severity severity, std::string code, std::string place, std::string detail = {});
  // That nothing could be said of a part.
  void leave_out(std::string part) { diagnosis_.not_checked.push_back(std::move(part)); }
  // Whether nothing can be said of what lies at `path`, since it may not be read; a symptom then.
  bool may_not_read(const std::filesystem::path& path, const std::string& place);

 private:
  const Folders& folders_;
  const DoctorOptions& options_;
  const SystemClock system_;
  const Clock& clock_;
  Diagnosis diagnosis_;
};

// The permission bits; no value where nothing is there.
std::optional<mode_t> mode_of(const std::filesystem::path& path);
// The names in a folder, in byte order; none of one that can't be read.
std::vector<std::string> names_in(const std::filesystem::path& folder);
// When an event was recorded; no value where it can't be read.
std::optional<Instant> recorded_at(const Ledger& ledger, std::uint64_t position);

}  // namespace liggare::ledger
