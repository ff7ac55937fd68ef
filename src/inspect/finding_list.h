// The discrepancies found so far: the first hundred kept, the others counted.
//
// Internal to inspect.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "inspect/verify.h"

namespace liggare::inspect {

// Where a finding stands in the report, so that the report is the same whichever thread was first.
enum class Part {
  opening,
  files,
  head,
  checkpoints,
  events,
  tree,
  ids,
  streams,
  rules,
  seals,
  rotations,
  projections
};
struct FindingOrder {
  Part part;
  std::uint64_t number = 0;  // A position, an index: what orders the findings of that part.
  unsigned step = 0;         // Of what is said of one event: its record, its entries, its leaf.
  auto operator<=>(const FindingOrder&) const = default;
};
inline constexpr unsigned entry_step = 1;
inline constexpr unsigned leaf_step = 2;

// What is found in a file whose bytes are not those that were written.
inline constexpr const char* other_checksum = "its checksum is another one";

// Thread-safe.
class FindingList {
 public:
  explicit FindingList(std::size_t kept_max) : kept_max_(kept_max) {}

  void add(FindingOrder order, Finding finding);
  // A file is one finding, however often it is run into; of several things found in it, one is
  // told: that its checksum is another one before all else.
  void add_damaged_file(const std::string& place, const std::string& found);

  // Makes an error that speaks of the stored bytes a finding; gives any other one back.
  Result<void> take(const Error& error);

  // In order.
  std::vector<Finding> kept() const;
  std::uint64_t not_kept() const;
  // Whether there is one that is not a checkpoint's: then the log itself is not whole.
  bool has_damage() const;

 private:
  void tell_instead(const std::string& place, const std::string& found);

  mutable std::mutex mutex_;
  const std::size_t kept_max_;
  std::multimap<FindingOrder, Finding> kept_;
  std::uint64_t not_kept_ = 0;
  bool has_damage_ = false;
  std::set<std::string> damaged_files_;
};

// What an error of the store is about: a file such as "log/000012.sst", "HEAD", or "log".
std::string place_named_in(const std::string& message);

// Stored bytes as they may stand in a report: as they are where they are plain, else as hex.
std::string printable(std::string_view bytes);

}  // namespace liggare::inspect
