// The tables that a story leaves (story.h), asked in SQL.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sql/loader.h"
#include "sql/question.h"
#include "tests/support/events.h"

namespace liggare::sql {

// What was true on a day, as known from so many events.
struct Seen {
  std::string as_of = "2024-12-31";
  std::optional<std::uint64_t> at;  // All of them when absent.
};

// The town's streams (events.h) and participant P1's.
std::vector<std::string> subjects();

// Everything there is, from the streams of `story`.
Database tables_of(const test::Story& story, const Seen& seen = {});

// The answer's rows as JSON text, or the error's message.
std::string answer(Database& database, const std::string& question);
inline std::string answer(const test::Story& story, const std::string& question,
                          const Seen& seen = {}) {
  Database database = tables_of(story, seen);
  return answer(database, question);
}

}  // namespace liggare::sql
