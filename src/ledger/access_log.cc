#include "ledger/access_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <system_error>

#include "base/bytes.h"
#include "base/file.h"
#include "base/random.h"
#include "codec/access_record.h"
#include "codec/record.h"
#include "ledger/patience.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t id_bytes = 16;
constexpr const char* own_name = "system/liggare";

std::optional<int> year_named(const std::string& name) {
  int year = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), year);
  const bool is_whole = error == std::errc() && end == name.data() + name.size();
  if (name.size() != 4 || !is_whole || year < 1) return std::nullopt;
  return year;
}

Result<bool> is_there(const fs::path& path) {
  std::error_code error;
  const bool found = fs::exists(path, error);
  if (error) return fail(ErrorCode::io, fmt::format("{}: {}", path.string(), error.message()));
  return found;
}

std::string place_name(int year, std::uint64_t position) {
  return fmt::format("access record {} of {}", position, year);
}

Result<access::Record> read_record(const store::EventLog& log, int year, std::uint64_t position) {
  LIGGARE_TRY(const std::string bytes, log.record(position));
  return codec::decode_access_record(bytes, place_name(year, position));
}

// Made beside and moved there whole: a folder of a year's name is a log.
Result<void> make_year(const fs::path& ledger, const std::string& origin, int year) {
  const fs::path made = access_folder(ledger) / fmt::format("{}.new", year);
  std::error_code error;
  fs::remove_all(made, error);
  LIGGARE_CHECK(store::EventLog::create(
      {made, {access_origin(origin, year), store::HeadMode::floor}, nullptr}));
  fs::rename(made, access_folder(ledger, year), error);
  if (error) return fail(ErrorCode::io, fmt::format("{}: {}", made.string(), error.message()));
  return sync_folder(access_folder(ledger));
}

Result<std::unique_ptr<store::EventLog>> open_year(const fs::path& ledger, int year,
                                                   store::Access access) {
  return store::EventLog::open({access_folder(ledger, year), access, nullptr});
}

const std::string& stream_of(const access::Record& record) {
  return record.subject.empty() ? record.who : record.subject;
}

// Records on their way into one log.
class Batch {
 public:
  explicit Batch(const store::EventLog& log) : log_(log) {}

  Result<void> add(access::Record& record, Instant now) {
    if (record.id.empty()) record.id = AccessLog::new_id();
    record.recorded = now;
    record.salt = random_bytes(codec::record_salt_bytes);
    std::string bytes = codec::encode_access_record(record);
    if (bytes.size() > codec::record_bytes_max) {
      return fail(ErrorCode::io,
                  "one access record can't name so many events; nothing was recorded or shown");
    }
    LIGGARE_TRY(const std::uint64_t version, next_version(stream_of(record)));
    records_.push_back({record.id, stream_of(record), version, std::move(bytes)});
    return {};
  }

  // The position of the first.
  Result<std::uint64_t> write(store::EventLog& log) const {
    std::vector<store::NewRecord> records;
    for (const Entry& entry : records_) {
      records.push_back({entry.id, entry.subject, entry.version, entry.bytes});
    }
    const std::uint64_t first = log.head().tree_size;
    LIGGARE_TRY(const merkle::TreeHead head, log.append(records));
    LIGGARE_ASSERT(head.tree_size == first + records.size(), "the records stand at the end");
    return first;
  }

 private:
  struct Entry {
    std::string id;
    std::string subject;
    std::uint64_t version;
    std::string bytes;
  };

  Result<std::uint64_t> next_version(const std::string& subject) {
    auto known = versions_.find(subject);
    if (known == versions_.end()) {
      LIGGARE_TRY(const auto positions, log_.stream(subject, log_.head().tree_size));
      known = versions_.emplace(subject, positions.size()).first;
    }
    return ++known->second;
  }

  const store::EventLog& log_;
  std::vector<Entry> records_;
  std::map<std::string, std::uint64_t> versions_;
};

// The first record of a year after another: the root of the year before it.
access::Record carry_on(int year, const merkle::TreeHead& head) {
  access::Record record;
  record.action = access::Action::carry_on;
  record.outcome = access::Outcome::allowed;
  record.who = own_name;
  record.submitted_by = own_name;
  record.before = {year, head.tree_size, head.root_hash};
  return record;
}

}  // namespace

fs::path access_folder(const fs::path& ledger) { return ledger / "access"; }

fs::path access_folder(const fs::path& ledger, int year) {
  return access_folder(ledger) / fmt::format("{:04}", year);
}

std::string access_origin(const std::string& origin, int year) {
  return fmt::format("{}/access/{:04}", origin, year);
}

Result<std::vector<int>> access_years(const fs::path& ledger) {
  std::vector<int> years;
  LIGGARE_TRY(const bool has_any, is_there(access_folder(ledger)));
  if (!has_any) return years;
  std::error_code error;
  for (fs::directory_iterator entry(access_folder(ledger), error), end; !error && entry != end;
       entry.increment(error)) {
    if (const auto year = year_named(entry->path().filename().string())) years.push_back(*year);
  }
  if (error) {
    return fail(ErrorCode::io,
                fmt::format("{}: {}", access_folder(ledger).string(), error.message()));
  }
  std::sort(years.begin(), years.end());
  return years;
}

Result<AccessHead> access_head(const fs::path& ledger) {
  LIGGARE_TRY(const std::vector<int> years, access_years(ledger));
  if (years.empty()) return AccessHead{0, {0, merkle::empty_root()}};
  LIGGARE_TRY(const auto log, open_year(ledger, years.back(), store::Access::read_only));
  return AccessHead{years.back(), log->head()};
}

std::string AccessLog::new_id() { return to_hex(random_bytes(id_bytes)); }

Result<std::unique_ptr<AccessLog>> AccessLog::open(const fs::path& ledger) {
  LIGGARE_TRY(const std::vector<int> numbers, access_years(ledger));
  std::vector<Year> years;
  for (const int number : numbers) years.push_back({number, nullptr});
  return std::unique_ptr<AccessLog>(new AccessLog(ledger, std::move(years)));
}

Result<std::unique_ptr<AccessLog>> AccessLog::open_for_writing(const fs::path& ledger,
                                                               const std::string& origin,
                                                               const Clock& clock) {
  LIGGARE_TRY(auto log, open(ledger));
  log->writing_ = Writing{origin, &clock};
  return log;
}

// The years that there are by now, none of them opened yet.
Result<void> AccessLog::look_again() {
  LIGGARE_TRY(const std::vector<int> numbers, access_years(ledger_));
  let_go();
  years_.clear();
  for (const int number : numbers) years_.push_back({number, nullptr});
  return {};
}

// What was read of the year before it was held is old by now.
void AccessLog::let_go() {
  if (held_ == nullptr) return;
  held_.reset();
  years_.back().log.reset();
}

// Whoever held the newest year may have begun another one meanwhile.
Result<void> AccessLog::take_newest() {
  for (;;) {
    LIGGARE_TRY(const std::vector<int> numbers, access_years(ledger_));
    if (numbers.empty() || holds(numbers.back())) return {};
    LIGGARE_CHECK(look_again());
    if (years_.empty()) continue;
    LIGGARE_TRY(held_, with_patience([&] {
                  return open_year(ledger_, years_.back().year, store::Access::write);
                }));
  }
}

Result<const store::EventLog*> AccessLog::log_of(const Year& year) const {
  if (holds(year.year)) return held_.get();
  if (year.log == nullptr) {
    LIGGARE_TRY(year.log, open_year(ledger_, year.year, store::Access::read_only));
  }
  return year.log.get();
}

Result<Instant> AccessLog::last_recorded() const {
  for (auto year = years_.rbegin(); year != years_.rend(); ++year) {
    LIGGARE_TRY(const store::EventLog* log, log_of(*year));
    const std::uint64_t size = log->head().tree_size;
    if (size == 0) continue;
    LIGGARE_TRY(const access::Record newest, read_record(*log, year->year, size - 1));
    return newest.recorded;
  }
  return Instant{};
}

// The newest year is held, so that nobody adds to it once its root is to be written down.
Result<void> AccessLog::make_next(int year) {
  std::error_code error;
  fs::create_directory(access_folder(ledger_), error);
  if (error) {
    return fail(ErrorCode::io,
                fmt::format("{}: {}", access_folder(ledger_).string(), error.message()));
  }
  LIGGARE_CHECK(sync_folder(ledger_));
  LIGGARE_TRY(const FileDescriptor lock, lock_folder(access_folder(ledger_)));
  LIGGARE_TRY(const std::vector<int> numbers, access_years(ledger_));
  const int newest = numbers.empty() ? 0 : numbers.back();
  const int held = years_.empty() ? 0 : years_.back().year;
  if (newest != held) return {};  // Another process has made one.
  return make_year(ledger_, writing_->origin, year);
}

Result<Instant> AccessLog::enter_year(Instant wanted) {
  for (;;) {
    LIGGARE_CHECK(take_newest());
    LIGGARE_TRY(const Instant last, last_recorded());
    const Instant now = std::max(wanted, last);
    const int year = now.ledger_day().year();
    if (!years_.empty() && years_.back().year >= year) return now;
    LIGGARE_CHECK(make_next(year));
  }
}

Result<Instant> AccessLog::next_time() {
  LIGGARE_ASSERT(writing_, "a record needs an access log open for writing");
  return enter_year(writing_->clock->now());
}

// Not held for longer than it takes: others read personal data, too.
Result<std::vector<AccessPlace>> AccessLog::record(std::span<access::Record> records) {
  LIGGARE_ASSERT(writing_, "a record needs an access log open for writing");
  auto places = record_held(records);
  let_go();
  return places;
}

Result<std::vector<AccessPlace>> AccessLog::record_held(std::span<access::Record> records) {
  Instant wanted = writing_->clock->now();
  for (const access::Record& record : records) {
    if (record.recorded != Instant{}) wanted = record.recorded;
  }
  LIGGARE_TRY(const Instant now, enter_year(wanted));
  const Year& year = years_.back();
  Batch batch(*held_);
  std::uint64_t own = 0;
  if (held_->head().tree_size == 0 && years_.size() > 1) {
    const Year& before = years_[years_.size() - 2];
    LIGGARE_TRY(const store::EventLog* log, log_of(before));
    access::Record first = carry_on(before.year, log->head());
    LIGGARE_CHECK(batch.add(first, now));
    own = 1;
  }
  for (access::Record& record : records) {
    LIGGARE_CHECK(batch.add(record, now));
  }
  const auto first = batch.write(*held_);
  if (!first) {
    return fail(ErrorCode::io, "it can't be recorded in the access log, so nothing was shown: " +
                                   first.error().message);
  }
  std::vector<AccessPlace> places;
  for (std::size_t i = 0; i < records.size(); ++i) places.push_back({year.year, *first + own + i});
  return places;
}

std::vector<int> AccessLog::years() const {
  std::vector<int> numbers;
  for (const Year& year : years_) numbers.push_back(year.year);
  return numbers;
}

Result<void> AccessLog::scan(const AccessReader& read) const {
  for (const Year& year : years_) {
    LIGGARE_TRY(const store::EventLog* log, log_of(year));
    LIGGARE_CHECK(log->scan({0, log->head().tree_size},
                            [&](std::uint64_t position, std::string_view bytes) -> Result<void> {
                              LIGGARE_TRY(const access::Record record,
                                          codec::decode_access_record(
                                              bytes, place_name(year.year, position)));
                              return read({year.year, position}, record);
                            }));
  }
  return {};
}

Result<void> AccessLog::stream(const std::string& subject, const AccessReader& read) const {
  for (const Year& year : years_) {
    LIGGARE_TRY(const store::EventLog* log, log_of(year));
    LIGGARE_TRY(const auto positions, log->stream(subject, log->head().tree_size));
    for (const std::uint64_t position : positions) {
      LIGGARE_TRY(const access::Record record, read_record(*log, year.year, position));
      LIGGARE_CHECK(read({year.year, position}, record));
    }
  }
  return {};
}

// An hour is all that matters, and it lies in two years at most.
Result<std::optional<access::Record>> AccessLog::newest_opening(const std::string& subject,
                                                                const std::string& who) {
  if (held_ == nullptr) {
    LIGGARE_CHECK(look_again());
  }
  std::size_t looked_at = 0;
  for (auto year = years_.rbegin(); year != years_.rend() && looked_at < 2; ++year, ++looked_at) {
    LIGGARE_TRY(const store::EventLog* log, log_of(*year));
    LIGGARE_TRY(const auto positions, log->stream(subject, log->head().tree_size));
    for (auto position = positions.rbegin(); position != positions.rend(); ++position) {
      LIGGARE_TRY(access::Record record, read_record(*log, year->year, *position));
      if (record.action == access::Action::break_glass && record.who == who &&
          record.outcome == access::Outcome::allowed) {
        return std::optional(std::move(record));
      }
    }
  }
  return std::optional<access::Record>();
}

}  // namespace liggare::ledger
