#include "tests/sql/documented_questions.h"

#include <fmt/format.h>

#include <sstream>

#include "sql/table.h"
#include "tests/support/temporary_folder.h"

namespace liggare::sql {

std::string documentation() {
  return test::read_bytes(std::string(LIGGARE_SOURCE_DIR) + "/docs/sql.md");
}

std::map<std::string, std::string> documented_questions() {
  std::map<std::string, std::string> questions;
  std::istringstream text(documentation());
  std::string heading;
  std::string* question = nullptr;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("### ")) heading = line.substr(4);
    if (line == "```sql") {
      question = &questions[heading];
    } else if (line == "```") {
      question = nullptr;
    } else if (question != nullptr) {
      *question += line + "\n";
    }
  }
  return questions;
}

std::string tables_as_markdown() {
  std::string text;
  for (const Table& table : all_tables()) {
    text += fmt::format("\n### {}\n\nHolds {}: {}.\n\n| column | type | meaning |\n|---|---|---|\n",
                        table.name, table.meaning, meaning_of(table.days));
    for (const Column& column : table.columns) {
      text +=
          fmt::format("| `{}` | {} | {} |\n", column.name, name_of(column.type), column.meaning);
    }
  }
  return text;
}

}  // namespace liggare::sql
