#include "tests/sql/facts.h"

#include "codec/event_json.h"

namespace liggare::sql {

std::vector<std::string> subjects() {
  return {"agreement/A1", "basis/B1",      "ladder/L", "notice/N1",      "place/PL1",
          "place/PL2",    "policy/ledger", "staff/S1", "staff/S2",       "target/T1",
          "unit/U1",      "unit/U2",       "unit/U3",  "participant/P1", "participant/P2"};
}

Database tables_of(const test::Story& story, const Seen& seen) {
  auto database = Database::in_memory();
  EXPECT_TRUE(database && make_tables(*database));
  TableNames all;
  for (const Table& table : all_tables()) all.emplace(table.name);
  const std::uint64_t at = seen.at.value_or(story.size());
  auto loader = Loader::begin(*database, all,
                              {"example.org/town", test::day(seen.as_of), at, "00ff", "1.2.3"},
                              [](const domain::RecordedEvent& event) {
                                return codec::event_json(event, codec::sealed_view);
                              });
  EXPECT_TRUE(loader);
  for (const std::string& subject : subjects()) {
    const auto known = domain::known_at(story.stream(subject), at);
    const auto taken = loader->take({known.begin(), known.end()});
    EXPECT_TRUE(taken) << (taken ? "" : taken.error().message);
  }
  const auto finished = loader->finish();
  EXPECT_TRUE(finished) << (finished ? "" : finished.error().message);
  return *std::move(database);
}

std::string answer(Database& database, const std::string& question) {
  const auto reply = ask(database, question, {});
  return reply ? reply->rows.text() : reply.error().message;
}

}  // namespace liggare::sql
