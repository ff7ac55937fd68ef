#include "tests/bench/outline_replay.h"

#include <optional>
#include <thread>

namespace liggare::bench {

Result<void> read_outlines(const store::EventLog& log, std::uint64_t size,
                           std::span<const OutlineReader> readers) {
  const auto read_part = [&](std::size_t part) -> Result<void> {
    const store::PositionRange range{size * part / readers.size(),
                                     size * (part + 1) / readers.size()};
    return log.scan(range, [&](std::uint64_t position, std::string_view bytes) -> Result<void> {
      LIGGARE_TRY(const codec::RecordOutline outline, codec::outline_record(bytes, position));
      readers[part](position, outline);
      return {};
    });
  };
  std::vector<std::optional<Error>> failures(readers.size());
  {
    std::vector<std::jthread> threads;
    for (std::size_t part = 0; part < readers.size(); ++part) {
      threads.emplace_back([&, part] {
        const auto read = read_part(part);
        if (!read) failures[part] = read.error();
      });
    }
  }
  for (std::optional<Error>& failure : failures) {
    if (failure) return Unexpected{*std::move(failure)};
  }
  return {};
}

}  // namespace liggare::bench
