#include "inspect/opening.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "store/opening.h"
#include "store/rocks/database.h"
#include "store/writer_lock.h"

namespace liggare::inspect {
namespace {

namespace fs = std::filesystem;

constexpr int attempts_beside_writer = 100;
constexpr std::chrono::milliseconds pause_between_attempts{10};
constexpr std::uintmax_t head_file_bytes = 1024;  // Two slots of 512 (evidence, section 3).

struct Attempt {
  OpenedLog opened;
  std::vector<Finding> findings;
};

Result<bool> is_there(const fs::path& file) {
  std::error_code error;
  const bool found = fs::exists(file, error);
  if (!error) return found;
  return fail(ErrorCode::io, fmt::format("cannot look at {}: {}", file.string(), error.message()));
}

Finding refused(const Error& error) {
  return {"refused", place_named_in(error.message), "a log that can be served", error.message};
}

// An error that is a finding becomes one; any other is given back.
Result<void> note(const Error& error, Attempt& attempt) {
  if (error.code != ErrorCode::corrupt) return Unexpected{error};
  attempt.findings.push_back(refused(error));
  return {};
}

Result<void> read_head_file(const fs::path& file, Attempt& attempt) {
  const auto reading = store::HeadFile::read(file);
  if (!reading && reading.error().code == ErrorCode::not_found) {
    attempt.findings.push_back({"file-missing", "HEAD", "a file", "nothing"});
    return {};
  }
  if (!reading) return note(reading.error(), attempt);
  attempt.opened.floor = reading->newest;
  for (const unsigned slot : reading->bad_slots) {
    attempt.findings.push_back({"head-slot", fmt::format("HEAD slot {}", slot),
                                "a slot as it was written", "other bytes"});
  }
  std::error_code error;
  const auto bytes = fs::file_size(file, error);
  if (!error && bytes != head_file_bytes) {
    attempt.findings.push_back({"head-length", "HEAD", fmt::format("{} bytes", head_file_bytes),
                                fmt::format("{} bytes", bytes)});
  }
  return {};
}

// By the rules of EventLog::open. A HEAD that tells nothing is a finding of its own: what is left
// to look at is then the whole log.
Result<void> check_as_served(Attempt& attempt) {
  store::HeadReading floor;
  floor.newest = attempt.opened.floor.value_or(store::HeadSlot{});
  const auto& database = *attempt.opened.database;
  const auto checked = store::check_log(database, store::layout_in(database), floor);
  if (checked) return {};
  return note(checked.error(), attempt);
}

// HEAD is read first: the log that is read after it can only be longer.
Result<Attempt> attempt_to_open(const fs::path& folder) {
  Attempt attempt;
  LIGGARE_CHECK(read_head_file(folder / "HEAD", attempt));
  auto opened = store::Database::open(folder.string(), store::Access::read_only, nullptr,
                                      store::WhenMissing::fail);
  if (!opened) {
    LIGGARE_CHECK(note(opened.error(), attempt));
    return attempt;
  }
  attempt.opened.database = std::move(*opened);
  LIGGARE_CHECK(check_as_served(attempt));
  // So that all that is judged is durable, as it is for every reader.
  LIGGARE_CHECK(store::sync_write_ahead_log(folder));
  return attempt;
}

// Whether RocksDB's first file is there; an error where the folder is no ledger at all.
Result<bool> has_log(const fs::path& folder) {
  LIGGARE_TRY(const bool has_current, is_there(folder / "log" / "CURRENT"));
  LIGGARE_TRY(const bool has_head, is_there(folder / "HEAD"));
  if (has_current || has_head) return has_current;
  return fail(ErrorCode::not_found, fmt::format("{} is no ledger", folder.string()));
}

}  // namespace

Result<OpenedLog> open_log(const fs::path& folder, FindingList& findings) {
  LIGGARE_TRY(const bool has_files, has_log(folder));
  if (!has_files) {
    findings.add({Part::opening}, {"file-missing", "log/CURRENT", "a file", "nothing"});
    return OpenedLog{};
  }
  const auto is_written = [&] { return store::WriterLock::is_held(folder / "lock"); };
  for (int number = 1;; ++number) {
    const bool had_writer = is_written();
    auto attempt = attempt_to_open(folder);
    const bool is_settled = attempt && attempt->findings.empty();
    const bool is_last = number == attempts_beside_writer || !(had_writer || is_written());
    if (is_settled || is_last) {
      if (!attempt) return Unexpected{attempt.error()};
      for (auto& finding : attempt->findings) findings.add({Part::opening}, std::move(finding));
      return std::move(attempt->opened);
    }
    std::this_thread::sleep_for(pause_between_attempts);
  }
}

}  // namespace liggare::inspect
