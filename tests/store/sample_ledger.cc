#include "tests/store/sample_ledger.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <fstream>
#include <map>

namespace liggare::store {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t subject_count = 7;

std::string sample_bytes(std::uint64_t position, std::size_t size_bytes) {
  std::string bytes = fmt::format("record {} ", position);
  std::uint64_t state = position + 1;
  while (bytes.size() < size_bytes) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    bytes.push_back(static_cast<char>(state >> 56));
  }
  return bytes;
}

std::size_t size_of_sample(std::uint64_t position, std::size_t size_bytes) {
  return size_bytes != 0 ? size_bytes : 20 + position * 37 % 300;
}

::testing::AssertionResult differs(const std::string& what) {
  return ::testing::AssertionFailure() << what;
}

::testing::AssertionResult holds_records(const EventLog& log, std::uint64_t size) {
  std::uint64_t seen = 0;
  std::string difference;
  const auto scanned = log.scan({0, size}, [&](std::uint64_t position, std::string_view bytes) {
    if (position != seen || bytes != SampleEvent(position).bytes) {
      difference = fmt::format("record {}", position);
    }
    ++seen;
    return Result<void>();
  });
  if (!scanned) return differs(scanned.error().message);
  if (seen != size) return differs("the number of records");
  return difference.empty() ? ::testing::AssertionSuccess() : differs(difference);
}

::testing::AssertionResult holds_indexes(const EventLog& log, std::uint64_t size) {
  std::map<std::string, std::vector<std::uint64_t>> streams;
  for (std::uint64_t position = 0; position < size; ++position) {
    const SampleEvent event(position);
    streams[event.subject].push_back(position);
    const auto found = log.position_of(event.id);
    if (!found) return differs(found.error().message);
    if (*found != position) return differs("id " + event.id);
  }
  for (const auto& [subject, positions] : streams) {
    const auto stream = log.stream(subject, size);
    if (!stream) return differs(stream.error().message);
    if (*stream != positions) return differs("stream " + subject);
  }
  return ::testing::AssertionSuccess();
}

::testing::AssertionResult holds_tree(const EventLog& log, std::uint64_t size) {
  merkle::Frontier frontier;
  std::vector<merkle::Node> nodes;
  for (std::uint64_t position = 0; position < size; ++position) {
    frontier.append(merkle::leaf_hash(SampleEvent(position).bytes), nodes);
  }
  for (const auto& node : nodes) {
    const auto stored = log.node(node.id);
    if (!stored) return differs(stored.error().message);
    if (*stored != node.hash) {
      return differs(fmt::format("node ({}, {})", node.id.level, node.id.index));
    }
  }
  return log.head() == frontier.head() ? ::testing::AssertionSuccess() : differs("the head");
}

}  // namespace

SampleEvent::SampleEvent(std::uint64_t position, std::size_t size_bytes)
    : id(fmt::format("event-{}", position)),
      subject(fmt::format("participant/P{}", position % subject_count)),
      version(position / subject_count + 1),
      bytes(sample_bytes(position, size_of_sample(position, size_bytes))) {}

Result<merkle::TreeHead> append_samples(EventLog& log, std::uint64_t count,
                                        std::size_t size_bytes) {
  const std::uint64_t first = log.head().tree_size;
  std::vector<SampleEvent> events;
  for (std::uint64_t i = 0; i < count; ++i) events.emplace_back(first + i, size_bytes);
  std::vector<NewRecord> records;
  for (const auto& event : events) records.push_back(event.record());
  return log.append(records);
}

merkle::TreeHead sample_head(std::uint64_t size, std::size_t size_bytes) {
  merkle::Frontier frontier;
  std::vector<merkle::Node> ignored;
  for (std::uint64_t position = 0; position < size; ++position) {
    frontier.append(merkle::leaf_hash(SampleEvent(position, size_bytes).bytes), ignored);
  }
  return frontier.head();
}

::testing::AssertionResult holds_samples(const EventLog& log, std::uint64_t size) {
  if (log.head().tree_size != size) {
    return differs(fmt::format("size {} instead of {}", log.head().tree_size, size));
  }
  for (const auto& result :
       {holds_records(log, size), holds_indexes(log, size), holds_tree(log, size)}) {
    if (!result) return result;
  }
  return ::testing::AssertionSuccess();
}

fs::path SampleLedger::log_file(const std::string& extension) const {
  fs::path found;
  for (const auto& entry : fs::directory_iterator(folder() / "log")) {
    if (entry.path().extension() != extension) continue;
    EXPECT_TRUE(found.empty()) << "more than one file " << extension;
    found = entry.path();
  }
  EXPECT_FALSE(found.empty()) << "no file " << extension;
  return found;
}

void SampleLedger::create(HeadMode mode, rocksdb::Env* env) {
  const auto created =
      EventLog::create({folder(), {"ledger.example.org/town", mode, layout_}, env});
  ASSERT_TRUE(created) << created.error().message;
}

std::unique_ptr<EventLog> SampleLedger::open(Access access, rocksdb::Env* env) {
  auto log = EventLog::open({folder(), access, env});
  LIGGARE_ASSERT(log.has_value(), log.has_value() ? "" : log.error().message.c_str());
  return std::move(*log);
}

Error SampleLedger::refusal(Access access, rocksdb::Env* env) {
  const auto log = EventLog::open({folder(), access, env});
  EXPECT_FALSE(log.has_value()) << "the log was opened";
  return log ? Error{} : log.error();
}

void SampleLedger::create_with(std::uint64_t size, HeadMode mode) {
  create(mode);
  const auto log = open();
  ASSERT_TRUE(append_samples(*log, size));
}

void flip_byte(const fs::path& file, std::uint64_t offset) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(offset));
  const int byte = stream.get();
  LIGGARE_ASSERT(stream.good(), "no such byte to flip");
  stream.seekp(static_cast<std::streamoff>(offset));
  stream.put(static_cast<char>(byte ^ 0x10));
}

}  // namespace liggare::store
