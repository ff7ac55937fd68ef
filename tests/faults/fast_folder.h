// Where the tests' ledgers lie: in memory where the machine has that, since a kill loses none of
// what a process has written.
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <string>

namespace liggare::faults {

// A new folder that goes with the object.
class FastFolder {
 public:
  FastFolder() {
    const std::filesystem::path memory = "/dev/shm";
    const bool has_memory = ::access(memory.c_str(), W_OK) == 0;
    std::string name =
        ((has_memory ? memory : std::filesystem::temp_directory_path()) / "liggare-faults-XXXXXX")
            .string();
    path_ = ::mkdtemp(name.data());
  }
  ~FastFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  FastFolder(const FastFolder&) = delete;
  FastFolder& operator=(const FastFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace liggare::faults
