#include "ledger/restored_tree.h"

#include <deque>
#include <vector>

#include "codec/access_record.h"
#include "codec/record.h"

namespace liggare::ledger {
namespace {

// One synced write each: large enough that the sync is a small part of it.
constexpr std::size_t batch_bytes = std::size_t{4} << 20;

}  // namespace

Result<Hash> root_at(const store::EventLog& log, std::uint64_t size) {
  return merkle::root_at(size, [&](merkle::NodeId id) { return log.node(id); });
}

Result<RestoredTree> RestoredTree::make(const std::filesystem::path& folder,
                                        const store::LedgerIdentity& identity, Leaves leaves) {
  LIGGARE_CHECK(store::EventLog::create({folder, identity, nullptr}));
  LIGGARE_TRY(auto log, store::EventLog::open({folder, store::Access::write, nullptr}));
  return RestoredTree(std::move(log), leaves);
}

Result<void> RestoredTree::add(std::span<const std::string_view> leaves) {
  std::vector<store::NewRecord> records;
  records.reserve(leaves.size());
  std::deque<access::Record> decoded;  // Owns what the records name.
  std::uint64_t position = head().tree_size;
  for (const std::string_view leaf : leaves) {
    if (leaves_ == Leaves::events) {
      LIGGARE_TRY(const codec::RecordOutline outline, codec::outline_record(leaf, position));
      records.push_back({outline.id, outline.subject, outline.version, leaf});
    } else {
      const std::string place = "access record " + std::to_string(position);
      LIGGARE_TRY(access::Record record, codec::decode_access_record(leaf, place));
      decoded.push_back(std::move(record));
      const access::Record& kept = decoded.back();
      const std::string& stream = kept.subject.empty() ? kept.who : kept.subject;
      records.push_back({kept.id, stream, ++versions_[stream], leaf});
    }
    ++position;
  }
  LIGGARE_TRY([[maybe_unused]] const merkle::TreeHead head, log_->append(records));
  return {};
}

Result<void> RestoredTree::add_from(const store::EventLog& from, std::uint64_t size) {
  std::deque<std::string> waiting;
  std::size_t bytes = 0;
  const auto write = [&]() -> Result<void> {
    const std::vector<std::string_view> leaves(waiting.begin(), waiting.end());
    LIGGARE_CHECK(add(leaves));
    waiting.clear();
    bytes = 0;
    return {};
  };
  LIGGARE_CHECK(from.scan({0, size}, [&](std::uint64_t, std::string_view leaf) -> Result<void> {
    waiting.emplace_back(leaf);
    bytes += leaf.size();
    return bytes < batch_bytes ? Result<void>() : write();
  }));
  return waiting.empty() ? Result<void>() : write();
}

Result<Hash> RestoredTree::root_at(std::uint64_t size) const {
  return ledger::root_at(*log_, size);
}

}  // namespace liggare::ledger
