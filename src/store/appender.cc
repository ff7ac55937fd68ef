#include "store/appender.h"

#include <fmt/format.h>

#include "base/bytes.h"

namespace liggare::store {
namespace {

Result<void> check_record(const NewRecord& record) {
  if (record.event_id.empty()) return fail(ErrorCode::invalid_argument, "an empty event id");
  if (record.subject.empty() || record.subject.find('\0') != std::string_view::npos) {
    return fail(ErrorCode::invalid_argument, "a subject that is empty or holds 0x00");
  }
  if (record.version == 0) {
    return fail(ErrorCode::invalid_argument, "stream versions begin at 1");
  }
  return {};
}

}  // namespace

Appender::Appender(WriterLock lock, std::shared_ptr<Database> database, TreeGrowth tree,
                   HeadFile head_file, HeadMode mode, HeadPace* pace)
    : lock_(std::move(lock)),
      database_(std::move(database)),
      tree_(std::move(tree)),
      head_keeper_(std::move(head_file), mode, tree_.head(), pace),
      batch_(protected_batch()) {}

Result<merkle::TreeHead> Appender::append(std::span<const NewRecord> records) {
  if (poisoned_) return Unexpected{*poisoned_};
  for (const auto& record : records) {
    LIGGARE_CHECK(check_record(record));
  }
  if (records.empty()) return tree_.head();
  if (const auto health = head_keeper_.health(); !health) return poison(health.error());

  TreeGrowth grown = fill_batch(records);
  if (const auto written = database_->write_synced(batch_); !written) {
    return poison(written.error());
  }
  tree_ = std::move(grown);
  const auto head = tree_.head();
  if (const auto followed = head_keeper_.follow(head); !followed) return poison(followed.error());
  return head;
}

// The tree as it is when the batch is stored. tree_ stays behind until then.
TreeGrowth Appender::fill_batch(std::span<const NewRecord> records) {
  const auto put = [this](Family family, std::string_view key, std::string_view value) {
    const auto status = batch_.Put(database_->handle(family), key, value);
    LIGGARE_ASSERT(status.ok(), "a batch in memory refused an entry");
  };
  batch_.Clear();
  TreeGrowth grown = tree_;
  for (const auto& record : records) {
    const std::string position = position_bytes(grown.tree_size());
    put(Family::events, position, record.bytes);
    put(Family::streams, stream_key(record.subject, record.version), position);
    put(Family::ids, record.event_id, position);
    grown.append(record.leaf_hash ? *record.leaf_hash : merkle::leaf_hash(record.bytes));
  }
  grown.write(put);
  return grown;
}

Unexpected<Error> Appender::poison(const Error& cause) {
  poisoned_ = Error{ErrorCode::unknown_outcome,
                    fmt::format("a write to the ledger failed ({}); what was sent may or may not "
                                "be stored, and nothing more is taken: start again and send the "
                                "same ids",
                                cause.message)};
  return Unexpected{*poisoned_};
}

}  // namespace liggare::store
