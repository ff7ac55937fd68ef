// Bugs that a program could have, planted below it: what the simulation must find.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace liggare::simulation {

// Asked by the disk before each call. The program believes that all was done.
class PlantedBug {
 public:
  virtual ~PlantedBug() = default;
  virtual bool skips_sync(const std::string& name) const;
  virtual bool skips_write(const std::string& name) const;
  // Two appends in place of one, with a sync between them.
  virtual std::optional<std::pair<std::string, std::string>> splits(const std::string& name,
                                                                    std::string_view bytes) const;
};

// Acknowledges before the write-ahead log is synced.
std::unique_ptr<PlantedBug> early_acknowledgement();
// Writes the tree's head in a batch of its own, ahead of its events.
std::unique_ptr<PlantedBug> head_before_events();
// Never brings HEAD up to what was appended.
std::unique_ptr<PlantedBug> forgotten_head();

}  // namespace liggare::simulation
