// A random history as a log on disk, with a seal after every tenth event.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "codec/record.h"
#include "tests/store/sample_ledger.h"
#include "tests/support/plain_sections.h"
#include "tests/support/random_history.h"

namespace liggare::projection {

class WrittenHistory : public store::SampleLedger {
 protected:
  void write(std::uint64_t seed) {
    log_.reset();
    std::filesystem::remove_all(folder());
    create();
    log_ = open();
    std::map<std::string, std::uint64_t> versions;
    const test::RandomHistory history = test::random_history(seed);
    for (const domain::RecordedEventPtr& event : history.ledger.events()) {
      add(event->event, event->recorded, ++versions[event->event.subject.text()]);
      if (size() % 10 != 0) continue;
      domain::Event seal = event->event;
      seal.id = "seal-" + std::to_string(size());
      seal.subject = {domain::StreamKind::ledger, "main"};
      seal.data = domain::LedgerSealed{0, std::string(64, '0'), {}, 0, std::string(64, '0')};
      seal.personal.reset();
      add(seal, event->recorded, ++versions["ledger/main"]);
    }
  }
  void add(const domain::Event& event, Instant recorded, std::uint64_t version) {
    collect(event, recorded, version);
    add_collected();
  }
  // The same for many at once, with one sync.
  void collect(const domain::Event& event, Instant recorded, std::uint64_t version) {
    collected_.push_back({event.id, event.subject.text(), version,
                          codec::encode_record({event, 0, version, recorded, "local/0"},
                                               std::string(16, 's'), test::sections_of(event))});
  }
  void add_collected() {
    std::vector<store::NewRecord> records;
    for (const auto& [id, subject, version, bytes] : collected_) {
      records.push_back({id, subject, version, bytes});
    }
    ASSERT_TRUE(log_->append(records));
    collected_.clear();
  }

  std::uint64_t size() const { return log_->head().tree_size; }
  const store::EventLog& log() const { return *log_; }

 private:
  struct Collected {
    std::string id;
    std::string subject;
    std::uint64_t version;
    std::string bytes;
  };

  std::unique_ptr<store::EventLog> log_;
  std::vector<Collected> collected_;
};

}  // namespace liggare::projection
