#include "tests/soak/load.h"

#include <fmt/format.h>

#include <mutex>
#include <sstream>
#include <thread>

#include "base/assertion.h"
#include "inspect/verify.h"
#include "ledger/checkpoints.h"
#include "ledger/proofs.h"
#include "ledger/seal.h"
#include "tests/faults/story.h"
#include "tests/support/chance.h"

namespace liggare::soak {
namespace {

using ledger::Ledger;
using ledger::Mode;
using std::chrono::steady_clock;

constexpr std::size_t writers = 4;
constexpr std::chrono::milliseconds writers_pause{20};
constexpr std::chrono::milliseconds readers_pause{50};
constexpr std::chrono::milliseconds keepers_pause{500};

std::unique_ptr<Ledger> open(const ledger::Folders& folders, Mode mode) {
  auto opened = Ledger::open({folders, mode});
  LIGGARE_ASSERT(opened.has_value(), "the ledger can't be opened");
  return *std::move(opened);
}

class Office {
 public:
  Office(const ledger::Folders& folders, Load load)
      : folders_(folders),
        load_(std::move(load)),
        ends_(steady_clock::now() + load_.lasts),
        writing_(open(folders, Mode::write)) {}

  Done work() {
    {
      std::vector<std::jthread> threads;
      for (std::size_t i = 0; i < writers; ++i) threads.emplace_back([this, i] { write(i); });
      threads.emplace_back([this] { read(); });
      threads.emplace_back([this] { keep(); });
    }
    writing_.reset();
    return std::move(done_);
  }

 private:
  bool is_over() const { return steady_clock::now() >= ends_; }

  void fail(const std::string& what) {
    const std::lock_guard lock(mutex_);
    if (done_.failures.size() < 20) done_.failures.push_back(what);
  }
  // Whatever gives a Result.
  template <class Answer>
  bool check(const Answer& answer, const char* what) {
    if (!answer) fail(fmt::format("{}: {}", what, answer.error().message));
    const std::lock_guard lock(mutex_);
    ++done_.others;
    return answer.has_value();
  }

  // New events, some in batches, some sent again, some that must be refused.
  void write(std::size_t number) {
    test::Chance chance(number + 1);
    for (std::uint64_t i = 0; !is_over(); ++i) {
      std::vector<ledger::Proposal> proposals;
      const std::size_t count = chance.percent(10) ? 10 : 1;
      for (std::size_t each = 0; each < count; ++each) {
        const std::string id = fmt::format("{}-w{}-{}-{}", load_.name, number, i, each);
        proposals.push_back(
            {faults::note_line(id, chance.pick<std::size_t>({20, 200, 2'000})), {}});
      }
      const bool must_fail = chance.percent(10);
      if (must_fail) proposals.front().expected_version = UINT64_MAX / 2;
      append(proposals, must_fail ? "version-conflict" : "accepted");
      if (!must_fail && chance.percent(10)) append(proposals, "duplicate");
      std::this_thread::sleep_for(writers_pause);
    }
  }

  void append(const std::vector<ledger::Proposal>& proposals, std::string_view wanted) {
    const auto began = steady_clock::now();
    const auto verdicts = writing_->append(proposals);
    const auto took = steady_clock::now() - began;
    if (!verdicts) return fail("append: " + verdicts.error().message);
    const ledger::Verdict& first = verdicts->front();
    const std::string_view word =
        !first ? domain::name_of(first.error().rejection.code)
               : (first->duplicate ? std::string_view("duplicate") : std::string_view("accepted"));
    if (word != wanted) fail(fmt::format("append: {} where {} was due", word, wanted));
    const std::lock_guard lock(mutex_);
    ++done_.appends;
    done_.microseconds.push_back(took / std::chrono::microseconds(1));
  }

  // Another process would do the same: it has an opening of its own.
  void read() {
    const auto reading = open(folders_, Mode::read);
    test::Chance chance(99);
    while (!is_over()) {
      check(reading->refresh(), "refresh");
      const std::uint64_t size = reading->head().tree_size;
      const std::uint64_t position = chance.below(size);
      const std::string person = fmt::format("P{}", chance.below(faults::participants));
      check(reading->history_entry(position), "show");
      check(reading->stream({domain::StreamKind::participant, person}, position + 1), "stream");
      check(reading->report({"places", {{"from", "2019"}, {"to", "2021"}}, {}, {}}), "places");
      check(reading->report({"reconcile", {}, {}, ledger::At(position)}), "reconcile");
      if (const auto newest = signed_now()) {
        const auto at = chance.below(newest->checkpoint.head.tree_size);
        check(ledger::prove(*writing_, at, newest->note), "prove");
      }
      std::this_thread::sleep_for(readers_pause);
    }
  }

  std::optional<ledger::NewestCheckpoint> signed_now() {
    auto newest = ledger::newest_checkpoint(*writing_);
    if (!check(newest, "checkpoint")) return std::nullopt;
    return *std::move(newest);
  }

  void keep() {
    ledger::Bookkeeper bookkeeper;
    do {
      const auto sealed = bookkeeper.seal(*writing_, "system/liggare");
      if (check(sealed, "seal") && !*sealed) fail("seal: refused");
      check(writing_->rebuild_projections("", {}), "rebuild");
      inspect::VerifyOptions options;
      options.ledger = folders_.ledger;
      options.threads = 1;
      const auto report = inspect::verify(options);
      if (check(report, "verify") && !report->findings.empty()) {
        fail("verify: " + report->findings.front().code);
      }
      std::this_thread::sleep_for(keepers_pause);
    } while (!is_over());
  }

  const ledger::Folders& folders_;
  const Load load_;
  const steady_clock::time_point ends_;
  std::unique_ptr<Ledger> writing_;
  std::mutex mutex_;
  Done done_;
};

}  // namespace

void make_ledger(const ledger::Folders& folders) {
  const auto made = Ledger::create({folders, "example.org/soak", ledger::HeadPolicy::floor});
  LIGGARE_ASSERT(made.has_value(), "no ledger was made");
  std::vector<ledger::Proposal> opening;
  std::istringstream lines(faults::opening_lines());
  for (std::string line; std::getline(lines, line);) opening.push_back({line, std::nullopt});
  const auto verdicts = open(folders, Mode::write)->append(opening);
  LIGGARE_ASSERT(verdicts && verdicts->front(), "the ledger was not filled");
}

Done work(const ledger::Folders& folders, const Load& load) { return Office(folders, load).work(); }

}  // namespace liggare::soak
