#include "store/event_log.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "base/diagnostics.h"
#include "base/share_out.h"
#include "store/appender.h"
#include "store/opening.h"
#include "store/proof_nodes.h"
#include "store/rocks/files.h"
#include "store/rocks/log_gap.h"
#include "store/stored_tree.h"

namespace liggare::store {
namespace {

namespace fs = std::filesystem;

constexpr int attempts_beside_writer = 100;
constexpr std::chrono::milliseconds pause_between_attempts{10};

fs::path head_path(const fs::path& folder) { return folder / "HEAD"; }
fs::path lock_path(const fs::path& folder) { return folder / "lock"; }

// An empty folder, made where there was none: for the lock, which is always the system's, and for
// all else.
Result<void> make_folder(rocksdb::Env& env, const fs::path& folder) {
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) {
    return fail(ErrorCode::io, fmt::format("cannot make {}: {}", folder.string(), error.message()));
  }
  const auto made = env.CreateDirIfMissing(folder.string());
  if (!made.ok()) return file_failure("cannot make", folder, made);
  std::vector<std::string> names;
  if (!env.GetChildren(folder.string(), &names).ok() || !names.empty()) {
    return fail(ErrorCode::invalid_argument,
                fmt::format("{} is not empty: a ledger is made in a new or an empty folder",
                            folder.string()));
  }
  return sync_folder(env, fs::absolute(folder).lexically_normal().parent_path());
}

Result<void> check_is_ledger(const OpenOptions& options) {
  if (Database::exists(options.folder.string(), options.env)) return {};
  std::error_code error;
  // RocksDB says of a folder that may not be looked into that nothing is there.
  static_cast<void>(fs::exists(options.folder / "log" / "CURRENT", error));
  if (error) {
    return fail(ErrorCode::io,
                fmt::format("{}: {}", (options.folder / "log").string(), error.message()));
  }
  const auto head_file = head_path(options.folder);
  const auto has_head = env_or_default(options.env).FileExists(head_file.string());
  if (!has_head.ok() && !has_head.IsNotFound()) {
    return file_failure("cannot look for", head_file, has_head);
  }
  if (has_head.ok()) {
    return fail(ErrorCode::corrupt,
                "log/CURRENT is missing; keep a copy of the folder as it is, and restore a backup");
  }
  return fail(ErrorCode::not_found,
              fmt::format("{} is no ledger: make one with init, or name another folder",
                          options.folder.string()));
}

}  // namespace

Result<void> EventLog::create(const CreateOptions& options) {
  LIGGARE_TRY(const auto identity, write_identity(options.identity));
  rocksdb::Env& env = env_or_default(options.env);
  LIGGARE_CHECK(make_folder(env, options.folder));
  LIGGARE_TRY(const auto lock, WriterLock::take(lock_path(options.folder)));
  LIGGARE_CHECK(HeadFile::create(head_path(options.folder), options.env));
  LIGGARE_TRY(const auto database, Database::open(options.folder.string(), Access::write,
                                                  options.env, WhenMissing::create));
  auto batch = protected_batch();
  const auto put = [&](Family family, std::string_view key, std::string_view value) {
    LIGGARE_ASSERT(batch.Put(database->handle(family), key, value).ok(),
                   "a batch in memory refused an entry");
  };
  TreeGrowth(options.identity.tree_layout, {}, {}).write(put);
  put(Family::heads, identity_key, identity);
  LIGGARE_CHECK(database->write_synced(batch));
  return sync_folder(env, options.folder);
}

Result<std::unique_ptr<EventLog>> EventLog::open(const OpenOptions& options) {
  LIGGARE_CHECK(check_is_ledger(options));
  return options.access == Access::write ? open_for_writing(options) : open_for_reading(options);
}

Result<std::unique_ptr<EventLog>> EventLog::open_for_writing(const OpenOptions& options) {
  LIGGARE_TRY(auto lock, WriterLock::take(lock_path(options.folder)));
  const auto head_file = head_path(options.folder);
  LIGGARE_TRY(const auto floor, read_floor(head_file, options.env));
  LIGGARE_CHECK(check_for_gaps(env_or_default(options.env), options.folder / "log"));
  LIGGARE_TRY(auto opened, Database::open(options.folder.string(), Access::write, options.env,
                                          WhenMissing::fail));
  const std::shared_ptr<Database> database = std::move(opened);
  LIGGARE_TRY(const auto identity, stored_identity(*database));
  LIGGARE_TRY(auto tree, check_log(*database, identity.tree_layout, floor));
  const auto head = tree.head();
  if (!floor) {
    LIGGARE_CHECK(HeadFile::create(head_file, options.env));
    LIGGARE_CHECK(sync_folder(env_or_default(options.env), options.folder));
  }
  LIGGARE_TRY(auto head_writer, HeadFile::open(head_file, options.env));
  if (floor && !floor->bad_slots.empty()) {
    diagnostics::warn(
        fmt::format("slot {} of HEAD was torn or damaged; the other one stands, and it "
                    "is written anew",
                    floor->bad_slots.front()));
  }
  if (floor && (floor->newest->head != head || !floor->bad_slots.empty())) {
    LIGGARE_CHECK(head_writer.write(head));
  }
  std::unique_ptr<EventLog> log(new EventLog(options, identity, View{database, head}));
  log->appender_ =
      std::make_unique<Appender>(std::move(lock), database, std::move(tree), std::move(head_writer),
                                 identity.head_mode, dynamic_cast<HeadPace*>(options.env));
  return log;
}

Result<std::unique_ptr<EventLog>> EventLog::open_for_reading(const OpenOptions& options) {
  LIGGARE_TRY(auto view, open_view_beside_writer(options));
  LIGGARE_TRY(const auto identity, stored_identity(*view.database));
  return std::unique_ptr<EventLog>(new EventLog(options, identity, std::move(view)));
}

// HEAD is read first: the log that is read after it can only be longer.
Result<EventLog::View> EventLog::open_view(const OpenOptions& options) {
  LIGGARE_TRY(const auto floor, read_floor(head_path(options.folder), options.env));
  LIGGARE_TRY(auto database, Database::open(options.folder.string(), Access::read_only, options.env,
                                            WhenMissing::fail));
  LIGGARE_TRY(const auto identity, stored_identity(*database));
  LIGGARE_TRY(const auto tree, check_log(*database, identity.tree_layout, floor));
  LIGGARE_CHECK(sync_write_ahead_log(options.folder));
  return View{std::move(database), tree.head()};
}

// A writer may replace tables and delete write-ahead files while they are being opened, which
// looks like damage. It is damage only if it stays when nobody writes.
Result<EventLog::View> EventLog::open_view_beside_writer(const OpenOptions& options) {
  for (int attempt = 1;; ++attempt) {
    const bool writer_is_alive = WriterLock::is_held(lock_path(options.folder));
    auto view = open_view(options);
    if (view || !writer_is_alive || attempt == attempts_beside_writer) return view;
    if (view.error().code == ErrorCode::unsupported) return view;
    std::this_thread::sleep_for(pause_between_attempts);
  }
}

EventLog::EventLog(OpenOptions options, LedgerIdentity identity, View view)
    : options_(std::move(options)),
      identity_(std::move(identity)),
      view_(std::move(view)),
      upper_blocks_(std::make_unique<UpperBlocks>()) {}

EventLog::~EventLog() {
  if (appender_) view().database->settle();
  // The lock, which the appender holds, is let go of when the database is closed.
  publish(View{});
}

Result<merkle::TreeHead> EventLog::append(std::span<const NewRecord> records) {
  LIGGARE_ASSERT(appender_ != nullptr, "append to a log that is open for reading");
  LIGGARE_TRY(const auto head, appender_->append(records));
  const std::lock_guard lock(view_mutex_);
  view_.head = head;
  return head;
}

Result<merkle::TreeHead> EventLog::refresh() {
  const std::lock_guard one_at_a_time(refresh_mutex_);
  const auto old_head = head();
  if (appender_) return old_head;
  LIGGARE_TRY(const auto floor, read_floor(head_path(options_.folder), options_.env));
  if (!floor || floor->newest->head.tree_size <= old_head.tree_size) return old_head;
  LIGGARE_TRY(auto grown, open_view_beside_writer(options_));
  const StoredTree tree(*grown.database, identity_.tree_layout);
  LIGGARE_TRY(const auto prefix, merkle::Frontier::load(old_head.tree_size, tree.reader()));
  if (prefix.head() != old_head) {
    return fail(ErrorCode::corrupt,
                fmt::format("the log no longer holds the {} events that were read before",
                            old_head.tree_size));
  }
  const auto new_head = grown.head;
  publish(std::move(grown));
  return new_head;
}

unsigned EventLog::threads() const { return options_.env == nullptr ? core_count() : 1; }

merkle::TreeHead EventLog::head() const { return view().head; }

EventLog::View EventLog::view() const {
  const std::lock_guard lock(view_mutex_);
  return view_;
}

void EventLog::publish(View view) {
  const std::lock_guard lock(view_mutex_);
  std::swap(view_, view);
}

}  // namespace liggare::store
