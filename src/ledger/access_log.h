// The access log: who read, searched, disclosed or was refused what. An event log of its own for
// each calendar year, in DIR/access/<year>, with the ledger's own guarantees.
//
// A later year's first record holds the root of the year before. So a whole year can be dropped
// once a seal of the ledger covers the tree that holds its root.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/record.h"
#include "base/clock.h"
#include "base/result.h"
#include "merkle/tree.h"
#include "store/event_log.h"

namespace liggare::ledger {

std::filesystem::path access_folder(const std::filesystem::path& ledger);
// The years that there are, in order; a folder that is named for no year is left out.
Result<std::vector<int>> access_years(const std::filesystem::path& ledger);
std::filesystem::path access_folder(const std::filesystem::path& ledger, int year);
// "<origin>/access/<year>"
std::string access_origin(const std::string& origin, int year);

struct AccessHead {
  int year = 0;  // 0 where there is no access log.
  merkle::TreeHead head;
};
// Of the newest year, beside a writer too. Size 0 and the empty root where there is none.
Result<AccessHead> access_head(const std::filesystem::path& ledger);

// Where a record stands.
struct AccessPlace {
  int year = 0;
  std::uint64_t position = 0;
};
// Called in order of years and positions; an error stops the reading and is its result.
using AccessReader =
    std::function<Result<void>(const AccessPlace& place, const access::Record& record)>;

class AccessLog {
 public:
  // For reading, beside a writer too. Has no years where there is no access log.
  static Result<std::unique_ptr<AccessLog>> open(const std::filesystem::path& ledger);
  // For writing; made at the first record. Holds nothing until something is recorded, so that many
  // processes may have it open.
  static Result<std::unique_ptr<AccessLog>> open_for_writing(const std::filesystem::path& ledger,
                                                             const std::string& origin,
                                                             const Clock& clock);
  AccessLog(const AccessLog&) = delete;
  AccessLog& operator=(const AccessLog&) = delete;

  // Gives the records id and time (where they have none) and salt, stores all or none of them, and
  // gives their places; durable once it returns. The time is the clock's, and never earlier than
  // that of the record before. Each record starts or continues the stream of its subject, or of
  // who where it has none. Holds the newest year meanwhile: busy where another process does for
  // longer than two seconds. After an error nothing may be shown. Requires a log open for writing.
  Result<std::vector<AccessPlace>> record(std::span<access::Record> records);
  // The time of what is recorded next, for who has to know it before. From here to record() the
  // newest year is held, so that nobody comes in between; errors as there.
  Result<Instant> next_time();

  // A record's id, to be known before it is stored.
  static std::string new_id();

  std::vector<int> years() const;
  Result<void> scan(const AccessReader& read) const;
  // The records of one stream, such as "participant/P1" or "staff/S1".
  Result<void> stream(const std::string& subject, const AccessReader& read) const;
  // The newest in which `who` broke the glass for `subject`, among all that there are by now.
  Result<std::optional<access::Record>> newest_opening(const std::string& subject,
                                                       const std::string& who);

 private:
  struct Year {
    int year = 0;
    mutable std::unique_ptr<store::EventLog> log;  // For reading, opened when it is asked for.
  };
  struct Writing {
    std::string origin;
    const Clock* clock = nullptr;
  };
  AccessLog(std::filesystem::path ledger, std::vector<Year> years)
      : ledger_(std::move(ledger)), years_(std::move(years)) {}
  Result<const store::EventLog*> log_of(const Year& year) const;
  Result<Instant> last_recorded() const;
  bool holds(int year) const { return held_ != nullptr && years_.back().year == year; }
  Result<void> look_again();
  void let_go();
  Result<void> take_newest();
  Result<void> make_next(int year);
  // Holds the year in which `wanted` lies, or a later one; the time of what is recorded then.
  Result<Instant> enter_year(Instant wanted);

  Result<std::vector<AccessPlace>> record_held(std::span<access::Record> records);

  const std::filesystem::path ledger_;
  std::vector<Year> years_;
  std::unique_ptr<store::EventLog> held_;  // The last year's, while something is recorded.
  std::optional<Writing> writing_;
};

}  // namespace liggare::ledger
