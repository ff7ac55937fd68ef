#include "tests/faults/work.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "tests/faults/story.h"

namespace liggare::faults {
namespace {

constexpr std::int32_t appending_microseconds_max = 50'000;
constexpr std::int32_t other_microseconds_max = 80'000;
constexpr std::uint64_t clients = 4;

std::string lines_to_import(std::uint64_t number) {
  std::string lines;
  for (int i = 0; i < 40; ++i) lines += note_line(fmt::format("i{}-{}", number, i)) + "\n";
  return lines;
}

Work command(const Town& town, const std::string& name, std::vector<std::string> arguments,
             std::string input = {}) {
  return {name, town.liggare(arguments, std::move(input)), false, {}};
}

}  // namespace

Work next_work(Town& town, std::uint64_t number, test::Chance& chance) {
  switch (chance.below(12)) {
    case 0:
      return command(town, "seal", {"seal"});
    case 1:
      return command(town, "rebuild", {"projections", "rebuild"});
    case 2: {
      const std::vector<std::string> rotate = {"vault", "rotate"};
      Work work = command(town, "rotate", rotate);
      work.after = {rotate};  // Until it is finished nothing opens the vault.
      return work;
    }
    case 3:
      return command(town, "import", {"import", "-"}, lines_to_import(number));
    case 4:
      return command(town, "checkpoint", {"checkpoint"});
    case 5:
    case 6:
      if (const std::string decision = town.decide_erasure(); !decision.empty()) {
        const std::vector<std::string> execute = {"erase", "execute", decision, "--as", "staff/B"};
        Work work = command(town, "erase", execute);
        work.after = {{"erase", "resume", "--as", "staff/B"}, execute};
        return work;
      }
      break;
    default:
      break;
  }
  return {"append", town.writer(clients, 0), true, {}};
}

void wait_into(Process& process, const Work& work, test::Chance& chance) {
  // The others are stopped while they open, with compaction under way as it may be. Half of those
  // that open have appended something, however busy the machine is.
  if (work.appends && chance.percent(60)) process.says(chance.percent(50) ? "ack" : "open");
  const std::int32_t longest = work.appends ? appending_microseconds_max : other_microseconds_max;
  std::this_thread::sleep_for(std::chrono::microseconds(chance.between(0, longest)));
}

}  // namespace liggare::faults
