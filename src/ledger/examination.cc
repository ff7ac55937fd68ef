#include "ledger/examination.h"

#include <sys/stat.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/assertion.h"
#include "base/is_denied.h"
#include "codec/record.h"

namespace liggare::ledger {

Examination::Examination(const Folders& folders, const DoctorOptions& options)
    : folders_(folders),
      options_(options),
      clock_(options.clock != nullptr ? *options.clock : system_) {}

int Examination::days_since(Instant then) const {
  return now().ledger_day().days_since(then.ledger_day());
}

void Examination::add(Severity severity, std::string code, std::string place, std::string detail) {
  LIGGARE_ASSERT(std::find(symptom_codes.begin(), symptom_codes.end(), code) != symptom_codes.end(),
                 "a symptom that is not listed");
  diagnosis_.symptoms.push_back({severity, std::move(code), std::move(place), std::move(detail)});
}

bool Examination::may_not_read(const std::filesystem::path& path, const std::string& place) {
  if (!is_denied(path)) return false;
  add(Severity::error, "may-not-read", place);
  return true;
}

std::optional<mode_t> mode_of(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status.st_mode & 07777;
}

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<Instant> recorded_at(const Ledger& ledger, std::uint64_t position) {
  const auto bytes = ledger.leaf(position);
  if (!bytes) return std::nullopt;
  const auto outline = codec::outline_record(*bytes, position);
  return outline ? std::optional(outline->recorded) : std::nullopt;
}

}  // namespace liggare::ledger
