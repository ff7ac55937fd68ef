// liggare_make_golden FOLDER: makes the golden ledger of this release's format (README.md). To be
// run once for each format, and its folder committed; it is never made anew.
#include <fmt/format.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>

#include "base/assertion.h"
#include "base/file.h"
#include "codec/text_input.h"
#include "ledger/bundle.h"
#include "ledger/checkpoints.h"
#include "ledger/erasure.h"
#include "ledger/key_rotation.h"
#include "ledger/proofs.h"
#include "ledger/reading.h"
#include "ledger/seal.h"
#include "tests/support/fixed_clock.h"
#include "tests/upgrade/description.h"

namespace liggare::upgrade {
namespace {

namespace fs = std::filesystem;
using ledger::Ledger;

constexpr std::size_t random_events = 150;
constexpr std::uint64_t proven_position = 7;

// Whoever makes it is there to see where it stops.
template <class Value>
Value must(Result<Value> value, const char* what) {
  if (!value) std::fputs(fmt::format("{}: {}\n", what, value.error().message).c_str(), stderr);
  LIGGARE_ASSERT(value.has_value(), "the golden ledger can't be made");
  if constexpr (!std::is_void_v<Value>) return *std::move(value);
}

std::string line(const std::string& id, const std::string& type, const std::string& subject,
                 const std::string& data) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"/golden","type":"{}","subject":"{}",)"
      R"("effective":"2020-01-01","actor":"system/golden","data":{{{}}}}})",
      id, type, subject, data);
}

class Maker {
 public:
  explicit Maker(fs::path folder) : folder_(std::move(folder)) {
    LIGGARE_ASSERT(!fs::exists(folder_), "the folder is there");
    fs::create_directories(folder_);
    must(Ledger::create({folders_, "example.org/golden-test", ledger::HeadPolicy::floor}),
         "create");
  }

  // Opened again between the steps, so that some of it lies in tables and some in the log.
  void make() {
    open();
    append_random_events();
    append_own_people();
    keep("town.vkey", must(ledger::verifier_keys(*ledger_), "keys").front().text() + "\n");
    sign("early");
    open();
    const auto newest = must(ledger::newest_checkpoint(*ledger_), "checkpoint");
    const auto proof = must(ledger::prove(*ledger_, proven_position, newest.note), "prove");
    keep("early.tlog-proof", proof.print());
    keep("early.leaf", must(ledger_->leaf(proven_position), "leaf"));
    read_something();
    ledger::Bookkeeper bookkeeper;
    LIGGARE_ASSERT(must(bookkeeper.seal(*ledger_, "system/golden"), "seal").has_value(), "a seal");
    open();
    write_bundle();
    erase_something();
    LIGGARE_ASSERT(
        must(ledger_->publish(
                 {"places", {{"from", "2016"}, {"to", "2021"}}, Day::from_date(2021, 12, 31), {}},
                 {"places-2021", "staff/G1", {}}),
             "publish")
            .has_value(),
        "an edition");
    open();
    LIGGARE_ASSERT(
        must(ledger::rotate_key(*ledger_, {"system/golden", {}, {}}), "rotate").has_value(),
        "a rotation");
    sign("late");
    open();
    append(line("g-last", "note.recorded", "participant/G1",
                R"("personal":{"ordinary":{"text":"after the last checkpoint"}})"));
    ledger_.reset();
    const auto reading = must(Ledger::open({folders_, ledger::Mode::read, &clock_}), "read");
    keep("description.txt", describe(*reading));
  }

 private:
  void open() {
    ledger_.reset();
    clock_.set({clock_.now().microseconds + 3'600'000'000});
    ledger_ = must(Ledger::open({folders_, ledger::Mode::write, &clock_}), "open");
  }

  void keep(const std::string& name, const std::string& bytes) {
    must(write_new_file(folder_ / name, bytes, Readers::everyone), "write");
  }

  bool append(const std::string& text) {
    clock_.set({clock_.now().microseconds + 1'000'001});
    return must(ledger_->append({{text, std::nullopt}}), "append").front().has_value();
  }

  void append_random_events() {
    const std::string path =
        std::string(LIGGARE_SOURCE_DIR) + "/tests/conformance/random-7/events.ndjson.gz";
    const auto input = must(codec::TextInput::open(path), "events");
    for (std::size_t i = 0; i < random_events; ++i) append(must(input->next(), "events")->text);
  }

  void append_own_people() {
    const auto add = [this](const std::string& text) {
      LIGGARE_ASSERT(append(text), "an event was refused");
    };
    add(line("g-unit", "unit.registered", "unit/G", R"("name":"Golden","kind":"team")"));
    for (const std::string staff : {"G1", "G2"}) {
      add(line("g-staff-" + staff, "staff.registered", "staff/" + staff, R"("unit":"G")"));
      add(line("g-role-" + staff, "role.granted", "staff/" + staff, R"("role":"dpo","unit":"G")"));
    }
    add(line("g-reg", "participant.registered", "participant/G1",
             R"("personal":{"identity":{"name":"Testperson Golden"}})"));
    add(line("g-note", "note.recorded", "participant/G1",
             R"("personal":{"health":{"text":"is erased"},"ordinary":{"text":"stays"}})"));
  }

  void sign(const std::string& name) {
    const auto newest = must(ledger::newest_checkpoint(*ledger_), "checkpoint");
    keep(name + ".checkpoint", newest.note.print());
  }

  void read_something() {
    const auto reading = must(ledger::Reading::open(*ledger_), "reading");
    must(reading->history({.who = "staff/G1", .purpose = access::Purpose::access_request},
                          {domain::StreamKind::participant, "G1"}, ledger_->head().tree_size),
         "history");
  }

  void write_bundle() {
    const auto newest = must(ledger::newest_checkpoint(*ledger_), "checkpoint");
    const auto bundle = must(
        ledger::make_bundle(*ledger_, newest, {{domain::StreamKind::participant, "G1"}}), "bundle");
    must(ledger::write_bundle(bundle.files, folder_ / "bundle"), "bundle");
  }

  void erase_something() {
    const auto decided = must(
        ledger::decide_erasure(*ledger_, {"G1", std::vector{PersonalClass::health}, std::nullopt,
                                          domain::ErasureReason::art17, "KS-1", "staff/G1"}),
        "decide");
    LIGGARE_ASSERT(decided.has_value(), "a decision");
    const auto done = must(ledger::execute_erasure(*ledger_, {decided->id, "staff/G2"}), "erase");
    LIGGARE_ASSERT(done.has_value(), "an erasure");
  }

  const fs::path folder_;
  const ledger::Folders folders_ = ledger::Folders::of(folder_ / "town");
  test::FixedClock clock_{*Day::from_date(2026, 11, 29)};
  std::unique_ptr<Ledger> ledger_;
};

}  // namespace
}  // namespace liggare::upgrade

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: liggare_make_golden FOLDER\n", stderr);
    return 2;
  }
  liggare::upgrade::Maker(arguments[1]).make();
  return 0;
}
