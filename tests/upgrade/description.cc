#include "tests/upgrade/description.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "base/bytes.h"
#include "merkle/tree.h"

namespace liggare::upgrade {
namespace {

const Day as_of = *Day::from_date(2021, 12, 31);

// Every report that can be asked without knowing what the ledger holds, and two of one person.
std::vector<ledger::ReportRequest> questions(std::uint64_t at, const std::string& participant) {
  std::vector<ledger::ReportRequest> questions;
  const auto ask = [&](const std::string& name, std::map<std::string, std::string> options = {}) {
    questions.push_back({name, std::move(options), as_of, at});
  };
  ask("places", {{"from", "2016"}, {"to", "2021"}});
  for (const char* each : {"targets", "reconcile", "late", "duration", "consents", "disclosures",
                           "deadlines", "stalled", "retention"}) {
    ask(each);
  }
  ask("flow", {{"by", "year"}});
  ask("occupancy", {{"from", "2017-01-01"}, {"to", "2021-12-31"}});
  ask("state", {{"participant", participant}});
  ask("history", {{"participant", participant}});
  return questions;
}

}  // namespace

std::string describe(const ledger::Ledger& ledger) {
  const std::uint64_t size = ledger.head().tree_size;
  std::string text = "origin " + ledger.origin() + "\n";
  merkle::Frontier frontier;
  std::vector<merkle::Node> completed;
  std::set<domain::EventType> seen;
  std::string participant;
  const auto scanned =
      ledger.scan(0, size, [&](const domain::RecordedEvent& event, std::string_view leaf) {
        const Hash hash = merkle::leaf_hash(leaf);
        frontier.append(hash, completed);
        text += fmt::format("event {} leaf {} root {}\n", event.position, to_hex(hash.view()),
                            to_hex(frontier.root().view()));
        if (seen.insert(event.event.type()).second) text += "  bytes " + to_hex(leaf) + "\n";
        const domain::Subject& subject = event.event.subject;
        if (participant.empty() && subject.kind == domain::StreamKind::participant) {
          participant = subject.id;
        }
        return true;
      });
  EXPECT_TRUE(scanned) << scanned.error().message;
  EXPECT_EQ(frontier.head(), ledger.head());
  for (const std::uint64_t at : {size / 2, size}) {
    for (const auto& question : questions(at, participant)) {
      const auto answer = ledger.report(question);
      text += fmt::format("report {} at {}: {}\n", question.name, at,
                          answer ? answer->json().text() : answer.error().message);
    }
  }
  return text;
}

}  // namespace liggare::upgrade
