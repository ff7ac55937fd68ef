// Damages a whole ledger's files at random, one thing at a time, and asks: does verify find it, or
// is every record still as it was (reliability, T5)? A program of its own, so that an abort is seen
// for what it is.
//
// Arguments: the ledger's folder, an older copy of it, the seed, how many bits to flip, how many
// other damages. Prints each that passed unnoticed, then how many were found, how many harmless and
// how many unnoticed; exit 1 on any of these.
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

#include "tests/inspect/served.h"
#include "tests/support/chance.h"
#include "tests/support/temporary_folder.h"

namespace liggare::inspect {
namespace {

namespace fs = std::filesystem;

using test::Chance;
using test::read_bytes;
using test::write_bytes;

// A broken invariant ends the process: then the case must still be told.
std::array<char, 128> told_at_abort{};
void tell_case(int) {
  const std::size_t length = std::strlen(told_at_abort.data());
  if (::write(STDOUT_FILENO, told_at_abort.data(), length) < 0) ::_exit(1);
}

struct Damage {
  const char* name;
  // What becomes of the file's bytes; nothing where it goes. `old` is its older copy.
  std::optional<std::string> (*apply)(std::string bytes, const std::string& old, Chance& chance);
};

std::size_t sector_of(const std::string& bytes, std::size_t size, Chance& chance) {
  return chance.below(bytes.size() / size + 1) * size;
}
std::string zeroed(std::string bytes, std::size_t size, Chance& chance) {
  const std::size_t begin = sector_of(bytes, size, chance);
  for (std::size_t i = begin; i < std::min(begin + size, bytes.size()); ++i) bytes[i] = '\0';
  return bytes;
}

using Bytes = std::optional<std::string>;
Bytes flip_bit(std::string bytes, const std::string&, Chance& chance) {
  char& byte = bytes[chance.below(bytes.size())];
  byte = static_cast<char>(byte ^ (1 << chance.below(8)));
  return bytes;
}
Bytes truncate(std::string bytes, const std::string&, Chance& chance) {
  bytes.resize(chance.below(bytes.size()));
  return bytes;
}
Bytes zero_sector(std::string bytes, const std::string&, Chance& chance) {
  return zeroed(std::move(bytes), 512, chance);
}
Bytes zero_page(std::string bytes, const std::string&, Chance& chance) {
  return zeroed(std::move(bytes), 4096, chance);
}
Bytes swap_sectors(std::string bytes, const std::string&, Chance& chance) {
  const std::size_t sectors = bytes.size() / 512;
  if (sectors < 2) return bytes.substr(bytes.size() / 2) + bytes.substr(0, bytes.size() / 2);
  const std::size_t first = chance.below(sectors - 1);
  const std::size_t second = first + 1 + chance.below(sectors - first - 1);
  std::swap_ranges(bytes.begin() + static_cast<std::ptrdiff_t>(first * 512),
                   bytes.begin() + static_cast<std::ptrdiff_t>(first * 512 + 512),
                   bytes.begin() + static_cast<std::ptrdiff_t>(second * 512));
  return bytes;
}
Bytes take_away(std::string, const std::string&, Chance&) { return std::nullopt; }
Bytes put_old(std::string bytes, const std::string& old, Chance& chance) {
  return old.empty() ? zeroed(std::move(bytes), 512, chance) : old;
}

constexpr auto others = std::to_array<Damage>({{"truncated", truncate},
                                               {"a zeroed sector", zero_sector},
                                               {"a zeroed page", zero_page},
                                               {"swapped sectors", swap_sectors},
                                               {"removed", take_away},
                                               {"an old copy", put_old}});

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.file_size() > 0) {
      files.push_back(entry.path().lexically_relative(folder));
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

class Run {
 public:
  Run(fs::path folder, fs::path old, std::uint64_t seed)
      : folder_(std::move(folder)), old_(std::move(old)), chance_(seed), seed_(seed) {}

  bool begins_whole() {
    whole_ = served(folder_).value_or(merkle::TreeHead{});
    return whole_.tree_size > 0 && judge(folder_, whole_) == Verdict::harmless;
  }

  // By turns in every file, whatever its size.
  void damage(const Damage& damage) {
    const std::vector<fs::path> files = files_in(folder_);
    const fs::path& file = files[number_ % files.size()];
    fmt::format_to_n(told_at_abort.data(), told_at_abort.size() - 1, "seed {} case {}: {} {}\n",
                     seed_, number_, damage.name, file.string());
    const std::string bytes = read_bytes(folder_ / file);
    const std::string old = fs::exists(old_ / file) ? read_bytes(old_ / file) : "";
    const auto damaged = damage.apply(bytes, old, chance_);
    if (damaged) {
      write_bytes(folder_ / file, *damaged);
    } else {
      fs::remove(folder_ / file);
    }
    const Verdict verdict = judge(folder_, whole_);
    write_bytes(folder_ / file, bytes);
    ++verdicts_[static_cast<std::size_t>(verdict)];
    if (verdict == Verdict::unnoticed) fmt::print("unnoticed: {}", told_at_abort.data());
    told_at_abort.fill('\0');
    ++number_;
  }

  int finish() const {
    fmt::print("{} {} {}\n", verdicts_[0], verdicts_[1], verdicts_[2]);
    return verdicts_[2] == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
  }

 private:
  const fs::path folder_;
  const fs::path old_;
  Chance chance_;
  const std::uint64_t seed_;
  merkle::TreeHead whole_;
  std::size_t number_ = 0;
  std::array<std::uint64_t, 3> verdicts_{};
};

int run(char** arguments) {
  Run run(arguments[1], arguments[2], std::strtoull(arguments[3], nullptr, 10));
  if (!run.begins_whole()) return EXIT_FAILURE;
  ::signal(SIGABRT, tell_case);
  ::signal(SIGSEGV, tell_case);
  for (auto left = std::strtoull(arguments[4], nullptr, 10); left > 0; --left) {
    run.damage({"a flipped bit", flip_bit});
  }
  const auto count = std::strtoull(arguments[5], nullptr, 10);
  for (std::uint64_t i = 0; i < count; ++i) run.damage(others[i % others.size()]);
  return run.finish();
}

}  // namespace
}  // namespace liggare::inspect

int main(int count, char** arguments) {
  if (count != 6) return EXIT_FAILURE;
  return liggare::inspect::run(arguments);
}
