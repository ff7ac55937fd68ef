#include "tests/simulation/run.h"

#include <fmt/format.h>

#include <filesystem>

#include "codec/record.h"
#include "ledger/sealer.h"
#include "ledger/sequencer.h"
#include "projection/folded_rows.h"
#include "projection/projector.h"
#include "projections/all.h"
#include "store/event_log.h"
#include "store/head_file.h"
#include "tests/simulation/env.h"
#include "tests/simulation/model.h"
#include "tests/simulation/script.h"
#include "tests/support/fixed_clock.h"

namespace liggare::simulation {
namespace {

using store::EventLog;

constexpr const char* folder = "ledger";
constexpr const char* head_file = "ledger/HEAD";
constexpr const char* kept_folder = "ledger/projections";

// Every choice that holds for a whole run.
struct Options {
  std::size_t sessions = 0;
  std::size_t requests_max = 0;  // In a session.
  std::size_t fault_percent = 0;
  std::size_t work_percent = 0;  // How often background work is done after a request.
  bool keeps_projections = false;
  bool rots = false;
  store::HeadMode head = store::HeadMode::strict;
  std::size_t head_percent = 0;  // How often an append writes a floor HEAD.

  static Options pick(Chance& chance) {
    Options options;
    options.sessions = 1 + chance.below(3);
    options.requests_max = chance.pick<std::size_t>({2, 5, 12});
    options.fault_percent = chance.pick<std::size_t>({30, 70, 100});
    options.work_percent = chance.pick<std::size_t>({0, 30, 100});
    options.keeps_projections = chance.percent(12);
    options.rots = chance.percent(35);
    if (chance.percent(50)) options.head = store::HeadMode::floor;
    options.head_percent = chance.pick<std::size_t>({0, 20, 60});
    return options;
  }
  std::string text() const {
    return fmt::format(
        "sessions {}, requests to {}, faults {} %, work {} %, projections {}, rot {}, HEAD {}",
        sessions, requests_max, fault_percent, work_percent, keeps_projections, rots,
        head == store::HeadMode::floor ? fmt::format("at {} %", head_percent) : "strict");
  }
};

enum class End { process, power, reboot };

// What is to go wrong in a session, and how it ends.
struct Plan {
  std::string name = "calm";
  Faults faults;
  bool strikes_in_service = false;  // Else from the beginning on.
  End end = End::process;

  static Plan pick(Chance& chance, const Options& options) {
    Plan plan;
    if (chance.percent(50)) plan.end = End::power;
    if (!chance.percent(options.fault_percent)) return plan;
    plan.strikes_in_service = chance.percent(70);
    const std::size_t calls_max = plan.strikes_in_service ? 40 : 120;
    const std::uint64_t at = 1 + chance.below(chance.pick<std::size_t>({8, calls_max}));
    const std::size_t kind = chance.below(100);
    if (kind < 35) {
      plan.name = "power lost";
      plan.faults.power_lost_at = at;
      plan.end = End::power;
    } else if (kind < 55) {
      plan.name = "killed";
      plan.faults.killed_at = at;
      plan.end = End::process;
    } else if (kind < 75) {
      plan.name = "fails";
      plan.faults.fails_at = at;
    } else if (kind < 90) {
      plan.name = "full";
      plan.faults.full_from = at;
      plan.faults.room_bytes = chance.below(chance.pick<std::size_t>({1, 1'000, 8'000}));
    } else {
      plan.name = "astray";
      plan.faults.astray_at = at;
      plan.end = End::reboot;
    }
    return plan;
  }
};

class Run {
 public:
  Run(std::uint64_t seed, const PrintLine& print, PlantedBug* bug)
      : chance_(seed),
        trace_(print),
        options_(Options::pick(chance_)),
        disk_(std::filesystem::current_path().string(), chance_, trace_, bug),
        env_(disk_, [this] { return chance_.percent(options_.head_percent); }),
        script_(chance_) {
    trace_.add(fmt::format("seed {}: {}", seed, options_.text()));
  }

  RunResult result() {
    Finding found;
    for (std::size_t i = 0; !found && !is_damaged_ && i < options_.sessions; ++i) {
      found = session(Plan::pick(chance_, options_));
    }
    if (!found && !is_damaged_) found = last_look();
    if (found) trace_.add("VIOLATION " + *found);
    return {found.value_or(""), trace_.hash(), tally_};
  }

 private:
  Finding session(const Plan& plan) {
    trace_.add(fmt::format("session: {}", plan.name));
    Finding found = serve(plan);
    const bool has_struck = disk_.has_struck();
    if (has_struck) ++tally_.faults;
    end(plan.end);
    if (!found && has_struck && plan.end == End::reboot) found = look_at_damage(floor());
    return found;
  }

  void end(End how) {
    trace_.add(how == End::power ? "power lost" : how == End::reboot ? "reboot" : "process ends");
    if (how == End::power) disk_.lose_power();
    if (how == End::process) disk_.end_process();
    if (how == End::reboot) disk_.reboot();
  }

  // A process: opens, checks, serves, closes. Whatever fails must have a fault for its cause.
  Finding serve(const Plan& plan) {
    disk_.start(plan.strikes_in_service ? Faults{} : plan.faults);
    if (const auto made = make(); !made) return excused("the ledger can't be made", made.error());
    auto log = open();
    if (!log) return excused("the ledger can't be opened", log.error());
    if (auto found = check(**log)) return found;
    if (plan.strikes_in_service) disk_.start(plan.faults);
    if (auto found = append(**log)) return found;
    log->reset();
    return check_closed();
  }

  // Whoever closes in peace leaves no event that HEAD doesn't know of.
  Finding check_closed() {
    if (disk_.has_struck() || is_damaged_) return std::nullopt;
    const auto head = store::HeadFile::read(head_file, &env_);
    if (!head) return excused("HEAD can't be read", head.error());
    if (head->newest && head->newest->head.tree_size == model_.size()) return std::nullopt;
    return "HEAD overlooked the newest events";
  }

  // From where on damage may take events unseen.
  std::uint64_t floor() {
    if (options_.head == store::HeadMode::strict) return UINT64_MAX;
    disk_.start({});
    const auto head = store::HeadFile::read(head_file, &env_);
    return head && head->newest ? head->newest->head.tree_size : UINT64_MAX;
  }

  // What a making that failed has left is no ledger yet.
  Result<void> make() {
    if (is_made_) return {};
    disk_.wipe(folder);
    const auto made =
        EventLog::create({folder, {"ledger.example.org/simulation", options_.head}, &env_});
    trace_.add(made ? "made" : "not made: " + made.error().message);
    is_made_ = made.has_value();
    return made;
  }

  Result<std::unique_ptr<EventLog>> open() {
    ++tally_.openings;
    auto log = EventLog::open({folder, store::Access::write, &env_});
    trace_.add(log ? fmt::format("opened at {}", (*log)->head().tree_size)
                   : "not opened: " + log.error().message);
    return log;
  }

  Finding excused(const char* what, const Error& error) const {
    if (disk_.has_struck() || is_damaged_) return std::nullopt;
    return fmt::format("{} without a cause: {}", what, error.message);
  }

  Finding check(const EventLog& log) {
    const auto open = model_.open();
    const std::uint64_t before = model_.size();
    const auto found = model_.compare(log);
    if (!found) return excused("the log can't be read", found.error());
    if (*found) return *found;
    if (open && !open->fresh().empty()) {
      ++(model_.size() > before ? tally_.unknown_kept : tally_.unknown_lost);
    }
    return std::nullopt;
  }

  Finding append(EventLog& log) {
    const auto recorded = last_recorded(log);
    if (!recorded) return excused("the newest event can't be read", recorded.error());
    ledger::Sequencer sequencer({log, nullptr, clock_, "system/simulation", *recorded});
    if (const auto unsettled = std::exchange(unsettled_, std::nullopt)) {
      if (auto found = send(sequencer, script_.again(*unsettled, model_))) return found;
    }
    const std::size_t requests = chance_.below(options_.requests_max + 1);
    for (std::size_t i = 0; i < requests && !unsettled_; ++i) {
      if (auto found = send(sequencer, script_.next(model_))) return found;
      if (chance_.percent(options_.work_percent)) env_.work();
    }
    if (options_.keeps_projections && !unsettled_) return check_kept(log);
    return std::nullopt;
  }

  // The newest stored event's, as the ledger reads it when it opens.
  static Result<Instant> last_recorded(const EventLog& log) {
    const std::uint64_t size = log.head().tree_size;
    if (size == 0) return Instant{};
    LIGGARE_TRY(const std::string bytes, log.record(size - 1));
    LIGGARE_TRY(const codec::Record record, codec::decode_record(bytes, size - 1));
    return record.event.recorded;
  }

  Finding send(ledger::Sequencer& sequencer, const Request& request) {
    move_clock();
    model_.expect(request);
    const auto answer = sequencer.append(candidates(request), request.atomicity);
    trace_.add(answer
                   ? fmt::format("answered {} of {}", request.fresh().size(), request.wishes.size())
                   : "not answered: " + answer.error().message);
    if (answer) {
      const std::uint64_t before = model_.size();
      auto found = model_.answered(request, *answer);
      tally_.events += model_.size() - before;
      return found;
    }
    if (auto found = excused("an append failed", answer.error())) return found;
    model_.unknown(request);
    unsettled_ = request;
    // Whoever failed once takes nothing more.
    const auto later = sequencer.submit(candidates(script_.next(model_)), request.atomicity).get();
    if (later) return "an append was answered after one that failed";
    return std::nullopt;
  }

  std::vector<ledger::Candidate> candidates(const Request& request) {
    std::vector<ledger::Candidate> candidates;
    for (const Wish& wish : request.wishes) {
      auto candidate = ledger::read_candidate(wish.line);
      candidate.expected_version = wish.expected_version;
      for (std::size_t i = 0; i < codec::record_salt_bytes; ++i) {
        candidate.salt.push_back(static_cast<char>(chance_.below(256)));
      }
      candidates.push_back(std::move(candidate));
    }
    return candidates;
  }

  // Mostly forward, now and then back.
  void move_clock() {
    constexpr std::int64_t hour = 3'600'000'000;
    const auto step = static_cast<std::int64_t>(chance_.below(10)) - 2;
    clock_.set(Instant{clock_.now().microseconds + step * hour});
  }

  // As the ledger keeps them: what is damaged is made anew.
  Finding check_kept(const EventLog& log) {
    ++tally_.projections;
    for (int attempt = 0;; ++attempt) {
      const auto found = compare_kept(log);
      if (found) return *found;
      if (found.error().code != ErrorCode::corrupt || attempt > 0) {
        return excused("kept rows can't be used", found.error());
      }
      ++tally_.projections_anew;
      disk_.wipe(kept_folder);
    }
  }

  Result<Finding> compare_kept(const EventLog& log) {
    const auto& all = projections::all_projections();
    const std::uint64_t size = log.head().tree_size;
    LIGGARE_TRY(const auto kept,
                projection::KeptRows::open(kept_folder, store::Access::write, &env_));
    LIGGARE_CHECK(projection::catch_up(log, all, *kept, size));
    LIGGARE_TRY(const auto folded, projection::FoldedRows::fold(log, all, size));
    projection::Rows rows;
    for (const auto& projection : all) {
      LIGGARE_TRY(const auto state, kept->state(projection));
      if (!state || state->position != size) {
        return Finding(fmt::format("projection {} is at {}, not at {}", projection.name,
                                   state ? state->position : 0, size));
      }
      LIGGARE_TRY(auto some, kept->read(projection, *state));
      rows.merge(some);
    }
    if (rows == folded.rows()) return Finding();
    return Finding("kept rows are not what the log folds to");
  }

  // With a good disk from here on, all is there, or what rotted is found.
  Finding last_look() {
    if (is_made_ && options_.rots) {
      const std::uint64_t lost_from = floor();
      const auto rot = disk_.rot(folder);
      trace_.add("rot: " + rot.what);
      auto found = look_at_damage(lost_from);
      if (found || !rot.can_pass) return found;
      end(End::process);
      disk_.make_readable();
      is_damaged_ = false;
    }
    trace_.add("last look");
    return serve({});
  }

  // Refused, found by an audit, or harmless: the same events and the same root. Under a floor HEAD
  // what came after it may be gone.
  Finding look_at_damage(std::uint64_t lost_from) {
    is_damaged_ = true;
    disk_.start({});
    const auto log = open();
    const auto audited = log ? audit(**log) : Result<Finding>(Unexpected{log.error()});
    const bool is_found = !audited || *audited;
    trace_.add(fmt::format("damage {}", is_found ? "found" : "not found"));
    ++(is_found ? tally_.rot_found : tally_.rot_harmless);
    if (!is_found) {
      const std::uint64_t before = model_.size();
      const auto compared = model_.compare(**log, lost_from);
      if (model_.size() < before) ++tally_.tails_lost;
      if (!compared) return "damage was overlooked: " + compared.error().message;
      if (*compared) return "damage was overlooked: " + **compared;
      return options_.keeps_projections ? check_kept(**log) : std::nullopt;
    }
    return std::nullopt;
  }

  Chance chance_;
  Trace trace_;
  const Options options_;
  Disk disk_;
  SimulatedEnv env_;
  Script script_;
  Model model_;
  test::FixedClock clock_{*Day::from_date(2026, 1, 1)};
  bool is_made_ = false;
  bool is_damaged_ = false;
  std::optional<Request> unsettled_;
  Tally tally_;
};

}  // namespace

void Tally::add(const Tally& other) {
  openings += other.openings;
  events += other.events;
  faults += other.faults;
  unknown_kept += other.unknown_kept;
  unknown_lost += other.unknown_lost;
  rot_found += other.rot_found;
  rot_harmless += other.rot_harmless;
  tails_lost += other.tails_lost;
  projections += other.projections;
  projections_anew += other.projections_anew;
}

std::string Tally::text() const {
  return fmt::format(
      "{} openings, {} events, {} faults; unknown outcomes: {} stored, {} not; damage: {} found, "
      "{} harmless, {} took a tail past HEAD; kept rows: {} compared, "
      "{} made anew",
      openings, events, faults, unknown_kept, unknown_lost, rot_found, rot_harmless, tails_lost,
      projections, projections_anew);
}

RunResult run(std::uint64_t seed, const PrintLine& print, PlantedBug* bug) {
  return Run(seed, print, bug).result();
}

}  // namespace liggare::simulation
