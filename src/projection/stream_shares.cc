#include "projection/stream_shares.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <unordered_map>
#include <utility>

#include "base/bytes.h"
#include "base/share_out.h"
#include "codec/record.h"

namespace liggare::projection {
namespace {

// Every reader fills a block of every share: together they should take a small part of the limit.
constexpr std::size_t open_blocks_share = 4;
constexpr std::size_t block_bytes_min = std::size_t{4} << 10U;
constexpr std::size_t block_bytes_max = std::size_t{256} << 10U;
// More shares than threads, so that all end at about the same time.
constexpr std::size_t shares_a_thread = 4;
// Fewer records than these are not worth a share.
constexpr std::uint64_t records_a_share_min = 512;
// So many subjects of the log tell where a share should end, give or take a tenth.
constexpr std::uint64_t samples_a_share = 96;
constexpr std::uint64_t samples_at_once = 1'024;
// What a record takes in memory beside its bytes.
constexpr std::size_t bytes_beside = 64;

// In a block: u64 position; u32 size, u32 where the subject stands in the bytes, u32 its size; the
// bytes.
constexpr std::size_t frame_bytes = 20;

void put_frame(std::string& block, std::uint64_t position, std::string_view bytes,
               std::string_view subject) {
  put_u64(block, position);
  put_u32(block, static_cast<std::uint32_t>(bytes.size()));
  put_u32(block, static_cast<std::uint32_t>(subject.data() - bytes.data()));
  put_u32(block, static_cast<std::uint32_t>(subject.size()));
  block.append(bytes);
}

bool is_wanted(const StreamShares::Wanted& wanted, std::string_view subject) {
  if (subject <= wanted.after) return false;
  const auto kind = domain::stream_kind_named(subject.substr(0, subject.find('/')));
  return kind && concerns_any(wanted.projections, *kind);
}

// Records spread over the log.
struct Sample {
  std::vector<std::string> subjects;  // Of those that are wanted, in order.
  std::size_t bytes_in_all = 0;       // What all that are wanted take in memory, about.

  static Result<Sample> draw(const store::EventLog& log, const StreamShares::Wanted& wanted,
                             std::uint64_t count) {
    count = std::min(count, wanted.size);
    Sample sample;
    std::vector<std::uint64_t> positions;
    for (std::uint64_t i = 0; i < count; ++i) {
      positions.push_back(place(i, count, wanted.size));
      if (positions.size() < samples_at_once && i + 1 < count) continue;
      LIGGARE_CHECK(sample.look_at(log, wanted, positions));
      positions.clear();
    }
    std::sort(sample.subjects.begin(), sample.subjects.end());
    if (count > 0) sample.bytes_in_all = sample.bytes_in_all * wanted.size / count;
    return sample;
  }

 private:
  // Somewhere in the i-th of `count` parts of the log, by no rule that a history could follow, and
  // always the same.
  static std::uint64_t place(std::uint64_t i, std::uint64_t count, std::uint64_t size) {
    constexpr std::uint64_t golden = 0x9e3779b97f4a7c15;
    const std::uint64_t from = i * size / count;
    const std::uint64_t width = (i + 1) * size / count - from;
    return from + ((i * golden) >> 32U) % width;
  }
  Result<void> look_at(const store::EventLog& log, const StreamShares::Wanted& wanted,
                       std::span<const std::uint64_t> positions) {
    LIGGARE_TRY(const auto records, log.records(positions));
    for (std::size_t i = 0; i < records.size(); ++i) {
      LIGGARE_TRY(const auto subject, codec::subject_of_record(records[i], positions[i]));
      if (!is_wanted(wanted, subject)) continue;
      subjects.emplace_back(subject);
      bytes_in_all += records[i].size() + bytes_beside;
    }
    return {};
  }
};

// Puts the streams of a share together from its blocks.
class Joining {
 public:
  explicit Joining(std::vector<std::string> blocks) { share_.blocks = std::move(blocks); }

  Share join() && {
    for (const std::string& block : share_.blocks) read(block);
    std::vector<std::pair<std::string_view, std::size_t>> order(numbers_.begin(), numbers_.end());
    std::sort(order.begin(), order.end());
    share_.streams.reserve(order.size());
    for (const auto& [subject, number] : order) {
      share_.streams.push_back(std::move(streams_[number]));
    }
    if (!order.empty()) share_.last_subject = order.back().first;
    return std::move(share_);
  }

 private:
  void read(std::string_view block) {
    while (!block.empty()) {
      const std::uint64_t position = get_u64(block);
      const std::size_t size = get_u32(block.substr(8));
      const std::string_view bytes = block.substr(frame_bytes, size);
      const auto subject = bytes.substr(get_u32(block.substr(12)), get_u32(block.substr(16)));
      const auto [found, is_new] = numbers_.try_emplace(subject, streams_.size());
      if (is_new) streams_.emplace_back();
      streams_[found->second].push_back({position, bytes});
      ++share_.records;
      block.remove_prefix(frame_bytes + size);
    }
  }

  Share share_;
  std::unordered_map<std::string_view, std::size_t> numbers_;
  std::vector<std::vector<StoredRecord>> streams_;
};

}  // namespace

// Reads a part of the log into the blocks of each share.
class StreamShares::Sorter {
 public:
  using OnRecord = std::function<void()>;
  Sorter(const StreamShares& shares, std::vector<Blocks>& blocks, ScratchFile* aside)
      : shares_(shares), blocks_(blocks), aside_(aside), open_(shares.count()) {
    blocks_.resize(shares.count());
  }

  Result<void> read(const store::EventLog& log, store::PositionRange range, const Wanted& wanted,
                    const OnRecord& on_record) {
    const auto take = [&](std::uint64_t position, std::string_view bytes) -> Result<void> {
      on_record();
      LIGGARE_TRY(const auto subject, codec::subject_of_record(bytes, position));
      if (!is_wanted(wanted, subject)) return {};
      const std::size_t share = shares_.share_of(subject);
      std::string& block = open_[share];
      if (block.size() + frame_bytes + bytes.size() > shares_.block_bytes_) {
        LIGGARE_CHECK(close(share));
      }
      if (block.capacity() < shares_.block_bytes_) block.reserve(shares_.block_bytes_);
      put_frame(block, position, bytes, subject);
      return {};
    };
    LIGGARE_CHECK(log.scan(range, take));
    for (std::size_t share = 0; share < open_.size(); ++share) {
      LIGGARE_CHECK(close(share));
    }
    return {};
  }

 private:
  Result<void> close(std::size_t share) {
    std::string& block = open_[share];
    if (block.empty()) return {};
    Block closed;
    if (aside_ == nullptr) {
      closed.bytes = std::exchange(block, {});
    } else {
      LIGGARE_TRY(closed.aside, aside_->append(block));
      block.clear();
    }
    blocks_[share].push_back(std::move(closed));
    return {};
  }

  const StreamShares& shares_;
  std::vector<Blocks>& blocks_;
  ScratchFile* aside_;
  std::vector<std::string> open_;  // The block of each share that is being filled.
};

Result<StreamShares> StreamShares::gather(const store::EventLog& log, const Wanted& wanted,
                                          const ShareLimits& limits, const Progress& progress) {
  StreamShares shares;
  LIGGARE_TRY(const Fit fit, shares.draw_bounds(log, wanted, limits));
  if (fit == Fit::in_rounds) {
    LIGGARE_TRY(shares.aside_, ScratchFile::open(limits.folder));
  }
  shares.blocks_.resize(limits.threads);
  std::atomic<std::uint64_t> done = 0;
  const auto this_thread = std::this_thread::get_id();
  const auto read_part = [&](std::uint64_t part) {
    const store::PositionRange range{wanted.size * part / limits.threads,
                                     wanted.size * (part + 1) / limits.threads};
    constexpr std::uint64_t records_between = 4'096;
    std::uint64_t untold = 0;
    const auto count = [&] {
      if (++untold < records_between) return;
      const std::uint64_t now = done += std::exchange(untold, 0);
      if (progress && std::this_thread::get_id() == this_thread) progress(now, wanted.size);
    };
    return Sorter(shares, shares.blocks_[part], shares.aside_.get())
        .read(log, range, wanted, count);
  };
  LIGGARE_CHECK(share_out({limits.threads, limits.threads}, read_part));
  return shares;
}

Result<Share> StreamShares::take(std::size_t index) {
  std::vector<std::string> blocks;
  for (std::vector<Blocks>& reader : blocks_) {
    for (Block& block : std::exchange(reader[index], {})) {
      if (aside_ != nullptr) {
        LIGGARE_TRY(block.bytes, aside_->read(block.aside));
      }
      blocks.push_back(std::move(block.bytes));
    }
  }
  return Joining(std::move(blocks)).join();
}

// As many shares as keep to the limit, by what some of the records look like.
Result<StreamShares::Fit> StreamShares::draw_bounds(const store::EventLog& log,
                                                    const Wanted& wanted,
                                                    const ShareLimits& limits) {
  together_ = std::clamp<std::uint64_t>(wanted.size / records_a_share_min, 1,
                                        std::uint64_t{limits.threads} * shares_a_thread);
  LIGGARE_TRY(Sample sample, Sample::draw(log, wanted, together_ * samples_a_share));
  const std::size_t rounds = sample.bytes_in_all / limits.bytes_max + 1;
  const std::size_t shares = together_ * rounds;
  if (rounds > 1) {
    LIGGARE_TRY(sample, Sample::draw(log, wanted, shares * samples_a_share));
  }
  block_bytes_ = std::clamp(std::min(sample.bytes_in_all, limits.bytes_max) /
                                (open_blocks_share * limits.threads * shares),
                            block_bytes_min, block_bytes_max);
  const std::vector<std::string>& subjects = sample.subjects;
  for (std::size_t i = 1; i < shares && !subjects.empty(); ++i) {
    const std::string& bound = subjects[i * subjects.size() / shares];
    // A stream is in one share, however much of the log it is.
    if (bounds_.empty() || bounds_.back() < bound) bounds_.push_back(bound);
  }
  return rounds > 1 ? Fit::in_rounds : Fit::at_once;
}

std::size_t StreamShares::share_of(std::string_view subject) const {
  return static_cast<std::size_t>(std::upper_bound(bounds_.begin(), bounds_.end(), subject) -
                                  bounds_.begin());
}

}  // namespace liggare::projection
