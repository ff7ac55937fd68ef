// One piece of work in a process of its own, where its memory and its calls can be told apart.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace liggare::bench {

struct ChildResult {
  double peak_mebibytes = 0;  // The most anonymous memory it held.
  std::uint64_t events = 0;   // What it did, in events.
};

// What the process does that was started with these arguments.
int run_child(const std::vector<std::string>& arguments);

// Starts this program with `arguments`, after the words of `wrapper`, and waits for it.
ChildResult start_child(const std::vector<std::string>& arguments,
                        const std::vector<std::string>& wrapper = {});

}  // namespace liggare::bench
