// What docs/sql.md holds: its questions and its list of tables.
#pragma once

#include <map>
#include <string>

namespace liggare::sql {

std::string documentation();

// The statements of the SQL blocks, by the heading above each.
std::map<std::string, std::string> documented_questions();

// The list as docs/sql.md must end with.
std::string tables_as_markdown();

}  // namespace liggare::sql
