// The oracle: what a ledger must hold after all that it has answered.
//
// It knows no rules. The script says of each event whether it is to be accepted; the model holds
// the ledger to it, and to what was acknowledged: nothing is lost, doubled, moved or half there.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/draft.h"
#include "store/event_log.h"

namespace liggare::simulation {

enum class Expected { accepted, duplicate, refused };

struct Wish {
  std::string id;
  std::string subject;
  std::string line;
  std::optional<std::uint64_t> expected_version;
  Expected expected = Expected::accepted;
};

struct Request {
  std::vector<Wish> wishes;
  ledger::Atomicity atomicity = ledger::Atomicity::each_alone;
  // What is stored when it is accepted: all that is new, or nothing.
  std::vector<const Wish*> fresh() const;
};

// What is wrong; nothing where all is well.
using Finding = std::optional<std::string>;

class Model {
 public:
  // Before the request is sent.
  void expect(const Request& request);
  // Its answer.
  Finding answered(const Request& request, const std::vector<ledger::Verdict>& verdicts);
  // The outcome is unknown until the log is read after the next opening.
  void unknown(const Request& request) { open_ = request; }

  // Reads all of the log in every way. An error where it could not be read. The log's tail may be
  // lost from `floor` on: what is gone is forgotten.
  Result<Finding> compare(const store::EventLog& log, std::uint64_t floor = UINT64_MAX);

  std::uint64_t size() const { return stored_.size(); }
  bool holds(const std::string& id) const { return lines_.contains(id); }
  // Subjects with the number of their events.
  const std::map<std::string, std::vector<std::uint64_t>>& streams() const { return streams_; }
  // By id, of all that is stored.
  const std::map<std::string, std::string>& lines() const { return lines_; }
  // Sent in vain, or never answered; empty once all of it was settled.
  const std::optional<Request>& open() const { return open_; }

 private:
  struct Stored {
    std::string id;
    std::string subject;
    std::uint64_t version = 0;
    std::optional<Hash> leaf;  // As it was acknowledged.
  };
  void store(const Wish& wish, std::optional<Hash> leaf);
  void forget_from(std::uint64_t size);
  Finding compare_record(std::uint64_t position, std::string_view bytes, const Wish* open) const;
  Result<Finding> compare_indexes(const store::EventLog& log) const;

  std::vector<Stored> stored_;
  std::map<std::string, std::vector<std::uint64_t>> streams_;
  std::map<std::string, std::string> lines_;
  std::map<std::string, bool> sent_;  // Every id that ever was.
  std::optional<Request> open_;
};

// What an auditor who has nothing but the log would find: records that are not what was hashed, or
// files that are not what was written.
Result<Finding> audit(const store::EventLog& log);

}  // namespace liggare::simulation
