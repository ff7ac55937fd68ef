// A ledger in a temporary folder and the events that the store's tests put into it.
//
// Event n is a function of n, so every test, also in another process, knows what must be stored.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "store/event_log.h"
#include "tests/support/temporary_folder.h"

namespace liggare::store {

using test::TemporaryFolder;

struct SampleEvent {
  explicit SampleEvent(std::uint64_t position, std::size_t size_bytes = 0);
  NewRecord record() const { return {id, subject, version, bytes}; }

  std::string id;
  std::string subject;  // One of seven, in turn.
  std::uint64_t version;
  std::string bytes;
};

// Appends the next `count` sample events in one batch.
Result<merkle::TreeHead> append_samples(EventLog& log, std::uint64_t count,
                                        std::size_t size_bytes = 0);
// The head of the first `size` sample events, computed without a store.
merkle::TreeHead sample_head(std::uint64_t size, std::size_t size_bytes = 0);

// Whether `log` answers exactly with the first `size` sample events, on every way of reading.
::testing::AssertionResult holds_samples(const EventLog& log, std::uint64_t size);

class SampleLedger : public ::testing::Test {
 protected:
  std::filesystem::path folder() const { return temporary_.path() / "ledger"; }
  std::filesystem::path head_file() const { return folder() / "HEAD"; }
  // The only file of that kind in DIR/log, such as ".log" for the write-ahead log.
  std::filesystem::path log_file(const std::string& extension) const;

  void create(HeadMode mode = HeadMode::floor, rocksdb::Env* env = nullptr);
  std::unique_ptr<EventLog> open(Access access = Access::write, rocksdb::Env* env = nullptr);
  // The error that opening gives; a success fails the test.
  Error refusal(Access access = Access::write, rocksdb::Env* env = nullptr);
  // A closed ledger of `size` events.
  void create_with(std::uint64_t size, HeadMode mode = HeadMode::floor);

  // What create() makes.
  TreeLayout layout_ = LedgerIdentity{}.tree_layout;

 private:
  TemporaryFolder temporary_;
};

// Changes one byte in place; the same call again puts it back.
void flip_byte(const std::filesystem::path& file, std::uint64_t offset);

}  // namespace liggare::store
