// The place where a ledger is restored: the folder that is there, which stays as it is until the
// new one is whole, and the new one beside it.
//
// Internal to ledger.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "ledger/folder_exchange.h"
#include "store/event_log.h"
#include "store/writer_lock.h"

namespace liggare::ledger {

// A log that is to be replaced, as far as it can be read: also one that is not served any more.
struct FormerLog {
  std::string origin;
  merkle::TreeHead head;
  std::function<Result<Hash>(std::uint64_t size)> root_at;  // size ≤ that of head.

  // No value where nothing can be read of it.
  static std::optional<FormerLog> in(const std::filesystem::path& folder);
};

class RestorePlace {
 public:
  RestorePlace(std::filesystem::path ledger, const Clock& clock, ExchangeCall exchange)
      : ledger_(std::move(ledger)),
        building_(beside(ledger_, ".restoring")),
        clock_(clock),
        exchange_(std::move(exchange)) {}
  ~RestorePlace();
  RestorePlace(const RestorePlace&) = delete;
  RestorePlace& operator=(const RestorePlace&) = delete;

  // Ends what an earlier call left when it was stopped, and holds the ledger that is there so that
  // nobody writes. busy where somebody does, or restores here; invalid_argument where something
  // else is there; io where it may not be read.
  Result<void> take();

  const std::filesystem::path& ledger() const { return ledger_; }
  // Where the new one is made; there is nothing yet after take().
  const std::filesystem::path& building() const { return building_; }
  bool has_ledger() const { return has_ledger_; }
  // The log that is there, null where nothing can be read of it, and the years of its access log.
  const FormerLog* log() const { return log_ ? &*log_ : nullptr; }
  const std::vector<int>& years() const { return years_; }
  bool has_year(int year) const;

  // Before building() is made: until put_in_place() it counts as half made.
  Result<void> mark_unfinished() const;
  // What is half made goes.
  Result<void> clear_building();
  // The new folder gets the name and the vault of the one that was there. That one stays beside it:
  // the result says where. Nobody writes meanwhile.
  Result<std::optional<std::filesystem::path>> put_in_place(const std::function<void()>& at_step);

 private:
  Result<void> take_turn();
  Result<void> end_earlier();
  Result<void> hold();
  Result<void> remove_mark() const;
  Result<void> take_vault() const;
  std::filesystem::path place_aside() const;

  std::filesystem::path ledger_;
  std::filesystem::path building_;
  const Clock& clock_;
  ExchangeCall exchange_;
  bool has_ledger_ = false;
  std::optional<store::WriterLock> lock_;
  std::optional<store::WriterLock> year_lock_;
  std::vector<int> years_;
  std::optional<FormerLog> log_;
  std::optional<store::WriterLock> turn_;  // Held by the one that restores here.
};

}  // namespace liggare::ledger
