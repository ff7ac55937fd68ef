// The streams of a log in shares, gathered by one pass over its records.
//
// A stream's records lie scattered over the log, and to look up each costs far more than to read
// all in order. So they are sorted as they come, by ranges of subjects, and each range is then put
// together on its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/scratch_file.h"
#include "projection/projection.h"
#include "store/event_log.h"

namespace liggare::projection {

// Events done so far, and in all.
using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

struct StoredRecord {
  std::uint64_t position;
  std::string_view bytes;
};

struct Share {
  // In byte order of their subjects; their records in the order of the log, at least one each.
  std::vector<std::vector<StoredRecord>> streams;
  std::string last_subject;  // Empty where there are no streams.
  std::uint64_t records = 0;
  std::vector<std::string> blocks;  // The bytes that the records are views of.
};

struct ShareLimits {
  unsigned threads = 1;  // That read the log, and that take shares.
  // What shares that are taken together have in memory at the most, about; not 0. Where the log
  // takes more, all records wait in a file in `folder`.
  std::size_t bytes_max = std::numeric_limits<std::size_t>::max();
  std::filesystem::path folder = {};
};

class StreamShares {
 public:
  struct Wanted {
    std::span<const Projection> projections;  // Streams that concern one of them.
    std::uint64_t size = 0;                   // Their events at positions < size.
    std::string_view after = {};              // Subjects beyond this one alone.
  };
  // Fails as EventLog::scan(), as codec::subject_of_record(), and as ScratchFile where records
  // can't be put aside. `progress` gets records read, on this thread.
  static Result<StreamShares> gather(const store::EventLog& log, const Wanted& wanted,
                                     const ShareLimits& limits, const Progress& progress = {});

  // Each share's subjects lie before those of the next.
  std::size_t count() const { return bounds_.size() + 1; }
  // How many that follow on one another keep to the limit together.
  std::size_t together() const { return together_; }
  // Gives each share once. Thread-safe for different ones. Fails as ScratchFile::read().
  Result<Share> take(std::size_t index);

 private:
  // A piece of a share: in memory, or put aside.
  struct Block {
    std::string bytes;
    ScratchFile::Piece aside;
  };
  using Blocks = std::vector<Block>;
  class Sorter;

  enum class Fit { at_once, in_rounds };  // Into memory.

  StreamShares() = default;
  Result<Fit> draw_bounds(const store::EventLog& log, const Wanted& wanted,
                          const ShareLimits& limits);
  std::size_t share_of(std::string_view subject) const;

  std::vector<std::string> bounds_;  // The first subject of each share but the first, about.
  std::size_t together_ = 1;
  std::size_t block_bytes_ = 0;
  std::unique_ptr<ScratchFile> aside_;       // Where all fits into memory there is none.
  std::vector<std::vector<Blocks>> blocks_;  // Of each reader, in the order of the log, by share.
};

}  // namespace liggare::projection
