// The trees of the access log, as seals speak of them.
//
// Internal to inspect.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "merkle/tree.h"

namespace liggare::store {
class EventLog;
}

namespace liggare::inspect {

class AccessTrees {
 public:
  // Of every year in DIR/access, beside a writer too.
  static Result<AccessTrees> open(const std::filesystem::path& ledger);
  AccessTrees(AccessTrees&&) noexcept;
  ~AccessTrees();

  enum class Standing {
    holds,    // A year's tree began so.
    differs,  // None that is there did, and none is missing that may have.
    absent    // There is no access log here, or that year has been dropped since.
  };
  // What a seal of `sealed` says of the newest year's tree. Fails as reading does.
  Result<Standing> judge(const merkle::TreeHead& claim, Instant sealed) const;

 private:
  struct Year;
  AccessTrees();
  std::vector<Year> years_;  // In order.
};

}  // namespace liggare::inspect
