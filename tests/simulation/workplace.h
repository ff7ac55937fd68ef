// An empty current folder of one's own, and silence: refusals are what a simulation is about.
#pragma once

#include <stdlib.h>

#include <filesystem>

#include "tests/support/temporary_folder.h"

namespace liggare::simulation {

class Workplace {
 public:
  Workplace() : before_(std::filesystem::current_path()) {
    ::setenv("LIGGARE_LOG", "off", 1);
    std::filesystem::current_path(folder_.path());
  }
  ~Workplace() { std::filesystem::current_path(before_); }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;

 private:
  test::TemporaryFolder folder_;
  std::filesystem::path before_;
};

}  // namespace liggare::simulation
