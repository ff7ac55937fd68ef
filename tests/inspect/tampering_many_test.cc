// A thousand logical tamperings through RocksDB and our own code (reliability, T5b): all found,
// given a checkpoint that was held elsewhere. docs/verification.md says which show without one.
//
//   LIGGARE_SEED=7 build/dev/tests/inspect/inspect_test --gtest_filter='ManyTamperings.*'
#include <fmt/format.h>

#include <cstdlib>

#include "store/head_file.h"
#include "tests/inspect/inspected_ledger.h"
#include "tests/inspect/scribe.h"
#include "tests/support/chance.h"

namespace liggare::inspect {
namespace {

namespace fs = std::filesystem;

using store::Family;
using test::Chance;
using testing::IsEmpty;

#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t tamperings_wanted = 100;
#else
constexpr std::size_t tamperings_wanted = 1000;
#endif

const std::string origin = "ledger.example.org/town";
constexpr std::uint64_t events = 120;
constexpr std::uint64_t streams = 11;

using Records = std::vector<SampleRecord>;

// Positions, versions and times as if nothing had been done.
void renumber(Records& records) {
  std::map<std::string, std::uint64_t> versions;
  for (std::uint64_t i = 0; i < records.size(); ++i) {
    auto& event = records[i].record.event;
    event.position = i;
    event.version = ++versions[records[i].subject];
    event.recorded = Instant{1'760'000'000'000'000 + static_cast<std::int64_t>(i)};
    records[i].encode();
  }
}

// What happened, told otherwise. Each changes at least one record's bytes or place.
using Change = void (*)(Records&, Chance&);

void edit(Records& records, Chance& chance) {
  auto& record = records[chance.below(records.size())];
  record.record.event.event.actor = fmt::format("staff/S{}", 2 + chance.below(1000));
}
void drop(Records& records, Chance& chance) {
  records.erase(records.begin() + static_cast<std::ptrdiff_t>(chance.below(records.size())));
}
void insert(Records& records, Chance& chance) {
  SampleRecord more(events + chance.below(1000), streams);
  records.insert(records.begin() + static_cast<std::ptrdiff_t>(chance.below(records.size())), more);
}
void exchange(Records& records, Chance& chance) {
  const std::size_t first = chance.below(records.size() - 1);
  std::swap(records[first], records[first + 1 + chance.below(records.size() - first - 1)]);
}
void retime(Records& records, Chance& chance) {
  auto& event = records[chance.below(records.size())].record.event.event;
  event.effective = event.effective.plus_days(chance.between(1, 400));
}
void retype(Records& records, Chance& chance) {
  auto& event = records[chance.below(records.size())].record.event.event;
  event.data = domain::ProtectionLifted{};
}
void repeat(Records& records, Chance& chance) {
  SampleRecord again = records[chance.below(records.size())];
  again.record.event.event.id += fmt::format("-{}", chance.below(1000));
  records.insert(records.begin() + static_cast<std::ptrdiff_t>(chance.below(records.size())),
                 again);
}
void cut(Records& records, Chance& chance) {
  records.resize(chance.below(records.size()), records.front());
}
void rewrite_suffix(Records& records, Chance& chance) {
  for (std::size_t i = chance.below(records.size()); i < records.size(); ++i) {
    records[i].record.salt[0] ^= 1;
  }
}
void fork(Records& records, Chance& chance) {
  const std::size_t from = chance.below(records.size());
  records.resize(from, records.front());
  for (std::uint64_t i = from; i < events + 40; ++i) records.emplace_back(i + 5000, streams);
}

struct Story {
  const char* name;
  Change change;
};
constexpr auto stories = std::to_array<Story>({{"edit", edit},
                                               {"delete", drop},
                                               {"insert", insert},
                                               {"swap", exchange},
                                               {"re-time", retime},
                                               {"retype", retype},
                                               {"duplicate", repeat},
                                               {"cut the tail", cut},
                                               {"rewrite a suffix", rewrite_suffix},
                                               {"fork", fork}});

// Through RocksDB alone, without our hashes: what whoever has the files and not the code does.
void put_record(Intruder& intruder, const SampleRecord& record, std::uint64_t position) {
  intruder.put(Family::events, store::position_bytes(position), record.bytes);
}

void tamper(Intruder& intruder, std::size_t kind, Chance& chance) {
  const Records records = sample_records(events, streams);
  const std::uint64_t position = chance.below(events);
  SampleRecord record = records[position];
  auto& event = record.record.event;
  switch (kind) {
    case 0:
      event.event.actor = "staff/S2";
      record.encode();
      return put_record(intruder, record, position);
    case 1:
      return intruder.remove(Family::events, store::position_bytes(position));
    case 2:
      return put_record(intruder, SampleRecord(events, streams), events);
    case 3: {
      const std::uint64_t other = (position + 1 + chance.below(events - 1)) % events;
      put_record(intruder, records[other], position);
      return put_record(intruder, record, other);
    }
    case 4:
      event.recorded = Instant{event.recorded.microseconds + chance.between(1, 1000)};
      record.encode();
      return put_record(intruder, record, position);
    case 5:
      event.event.data = domain::ProtectionLifted{};
      record.encode();
      return put_record(intruder, record, position);
    case 6:
      return put_record(intruder, record, (position + 1 + chance.below(events - 1)) % events);
    case 7:
      return intruder.remove(Family::ids, event.event.id);
    case 8:
      return intruder.remove(Family::streams, store::stream_key(record.subject, event.version));
    default:
      return intruder.put_leaf(position, sha256({"x"}));
  }
}

class ManyTamperings : public InspectedLedger {
 protected:
  void SetUp() override {
    const char* seed = std::getenv("LIGGARE_SEED");
    seed_ = seed == nullptr ? 1 : std::strtoull(seed, nullptr, 10);
    fmt::print("LIGGARE_SEED={}\n", seed_);
    create();
    fs::copy(folder(), empty(), fs::copy_options::recursive);
    write_anew(originals());
    const auto key = signing_key(origin);
    const auto head = open(store::Access::read_only)->head();
    held_.key = TrustedKey{key.verifier(), {Statement::key_given}};
    held_.checkpoints = {{"held", signed_head(head, origin, key)}};
    ASSERT_THAT(report(held_).findings, IsEmpty());
    ASSERT_EQ(report(held_).covered, events);
  }

  static Records originals() { return sample_records(events, streams); }

  // Made anew by our own code: hashes, indexes, heads and HEAD all fit.
  void write_anew(const Records& records) {
    fs::remove_all(folder());
    fs::copy(empty(), folder(), fs::copy_options::recursive);
    std::vector<store::NewRecord> entries;
    for (const SampleRecord& record : records) entries.push_back(record.entry());
    if (entries.empty()) return;
    ASSERT_TRUE(open()->append(entries));
  }
  fs::path empty() const { return folder().parent_path() / "empty"; }

  std::uint64_t seed_ = 0;
  VerifyOptions held_;
};

TEST_F(ManyTamperings, MadeToFitAreFoundGivenACheckpointAndNotWithoutOne) {
  Chance chance(seed_);
  std::map<std::string, std::size_t> found;
  std::size_t found_without = 0;
  const std::size_t count = tamperings_wanted / 2;
  for (std::size_t i = 0; i < count; ++i) {
    const Story& story = stories[i % stories.size()];
    Records records = originals();
    story.change(records, chance);
    renumber(records);
    write_anew(records);
    const bool is_found = !report(held_).findings.empty();
    EXPECT_TRUE(is_found) << story.name << ", number " << i;
    if (is_found) ++found[story.name];
    if (!findings().empty()) ++found_without;
  }
  // They are what docs/verification.md calls undetectable without a checkpoint.
  EXPECT_EQ(found_without, 0);
  for (const auto& [name, number] : found) fmt::print("  {:20}{:>5} found\n", name, number);
}

TEST_F(ManyTamperings, ThroughRocksDbAloneAreFound) {
  Chance chance(seed_);
  const fs::path whole = folder().parent_path() / "whole";
  fs::copy(folder(), whole, fs::copy_options::recursive);
  for (std::size_t i = 0; i < tamperings_wanted / 2; ++i) {
    fs::remove_all(folder());
    fs::copy(whole, folder(), fs::copy_options::recursive);
    intrude([&](Intruder& intruder) { tamper(intruder, i % 10, chance); });
    EXPECT_FALSE(findings().empty()) << "kind " << i % 10 << ", number " << i;
  }
}

// An older copy of everything, HEAD included, and one that went on otherwise from there.
TEST_F(ManyTamperings, ByRollingBackOrForkingAreFound) {
  const fs::path old = folder().parent_path() / "old";
  Records records = originals();
  records.resize(100, records.front());
  write_anew(records);
  fs::copy(folder(), old, fs::copy_options::recursive);
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_THAT(report(held_).findings,
              testing::ElementsAre(Located("tail-lost", "checkpoint at 120 events")));
  Records other;
  for (std::uint64_t i = 100; i < 140; ++i) other.emplace_back(i + 20, streams);
  for (SampleRecord& record : other) record.record.event.version += 100;
  {
    const auto log = open();
    Records all = records;
    all.insert(all.end(), other.begin(), other.end());
    renumber(all);
    ASSERT_TRUE(append(*log, {all.begin() + 100, all.end()}));
  }
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_THAT(report(held_).findings,
              testing::ElementsAre(Located("checkpoint-differs", "checkpoint at 120 events")));
}

}  // namespace
}  // namespace liggare::inspect
