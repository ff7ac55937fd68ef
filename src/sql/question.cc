#include "sql/question.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace liggare::sql {
namespace {

constexpr int steps_between_stops = 10'000;
constexpr auto harmless_pragmas =
    std::to_array<std::string_view>({"table_info", "table_xinfo", "table_list"});
constexpr auto harmful_functions =
    std::to_array<std::string_view>({"load_extension", "fts3_tokenizer"});

template <std::size_t n>
bool is_among(const std::array<std::string_view, n>& names, const char* name) {
  if (name == nullptr) return false;
  return std::any_of(names.begin(), names.end(), [&](std::string_view known) {
    return sqlite3_stricmp(std::string(known).c_str(), name) == 0;
  });
}

// Judges what a statement wants to do while SQLite prepares it.
class Guard {
 public:
  explicit Guard(sqlite3* connection) : connection_(connection) {
    // SQLite makes the tables behind these functions at their first use, which would be refused as
    // writing.
    sqlite3_exec(connection_,
                 "SELECT 1 FROM json_each('[]'), json_tree('[]'), pragma_table_info('about'), "
                 "pragma_table_xinfo('about'), pragma_table_list('about') LIMIT 0",
                 nullptr, nullptr, nullptr);
    sqlite3_set_authorizer(connection_, judge, nullptr);
  }
  ~Guard() { sqlite3_set_authorizer(connection_, nullptr, nullptr); }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

 private:
  static int judge(void*, int action, const char* first, const char* second, const char*,
                   const char*) {
    switch (action) {
      case SQLITE_SELECT:
      case SQLITE_RECURSIVE:
      case SQLITE_READ:
        return SQLITE_OK;
      case SQLITE_FUNCTION:
        return is_among(harmful_functions, second) ? SQLITE_DENY : SQLITE_OK;
      case SQLITE_PRAGMA:
        return is_among(harmless_pragmas, first) ? SQLITE_OK : SQLITE_DENY;
      default:
        return SQLITE_DENY;
    }
  }

  sqlite3* connection_;
};

// Lets SQLite ask whether to go on.
class Watch {
 public:
  Watch(sqlite3* connection, const Stop& stop) : connection_(connection), stop_(stop) {
    if (stop_) {
      sqlite3_progress_handler(
          connection_, steps_between_stops,
          [](void* self) { return static_cast<Watch*>(self)->stop_() ? 1 : 0; }, this);
    }
  }
  ~Watch() { sqlite3_progress_handler(connection_, 0, nullptr, nullptr); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  sqlite3* connection_;
  const Stop& stop_;
};

struct Finalizer {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalizer>;

Unexpected<Error> wrong(const std::string& what) {
  return fail(ErrorCode::invalid_argument, "SQL: " + what);
}

Unexpected<Error> failure(sqlite3* connection, int outcome) {
  const std::string message = sqlite3_errmsg(connection);
  switch (outcome & 0xff) {  // The primary code; the rest says more, but not more to do.
    case SQLITE_INTERRUPT:
      return fail(ErrorCode::io, "the question was stopped");
    case SQLITE_AUTH:
      return wrong(message + ": a question only reads");
    case SQLITE_NOMEM:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
      return fail(ErrorCode::io, "SQL: " + message);
    default:
      return wrong(message);
  }
}

bool is_continuation(char byte) { return (byte & '\xc0') == '\x80'; }

// Whether it is UTF-8 as RFC 3629 has it: nothing overlong, no surrogates, up to U+10FFFF.
bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xc2 ? 0
                               : lead < 0xe0 ? 2
                               : lead < 0xf0 ? 3
                               : lead < 0xf5 ? 4
                                             : 0;
    if (length == 0 || i + length > text.size()) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if (!is_continuation(text[i + k])) return false;
    }
    const auto second = length > 1 ? static_cast<unsigned char>(text[i + 1]) : 0;
    if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f)) return false;
    if ((lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f)) return false;
    i += length;
  }
  return true;
}

// Prepares the statement at the beginning of `text`, which gets what follows it. Null for blanks
// and comments.
Result<Statement> prepare_first(sqlite3* connection, std::string_view& text) {
  sqlite3_stmt* prepared = nullptr;
  const char* rest = nullptr;
  const int outcome =
      sqlite3_prepare_v2(connection, text.data(), static_cast<int>(text.size()), &prepared, &rest);
  if (outcome != SQLITE_OK) return failure(connection, outcome);
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  return Statement(prepared);
}

Result<Statement> prepare(sqlite3* connection, const std::string& question) {
  constexpr std::size_t bytes_max = 1'000'000;
  if (question.size() > bytes_max) return wrong("a statement of more than 1,000,000 bytes");
  if (question.find('\0') != std::string::npos) return wrong("a NUL byte in the statement");
  if (!is_utf8(question)) return wrong("the statement is no UTF-8");
  std::string_view text = question;
  Statement statement;
  while (!text.empty()) {
    // What follows the one statement may only be blanks and comments, so that it is known as such
    // even where it could not be prepared.
    auto next = prepare_first(connection, text);
    if (statement != nullptr && (!next || *next != nullptr)) {
      return wrong("one statement at a time");
    }
    if (!next) return Unexpected{next.error()};
    if (*next != nullptr) statement = *std::move(next);
  }
  if (statement == nullptr) return wrong("there is no statement");
  if (sqlite3_bind_parameter_count(statement.get()) > 0) {
    return wrong("a parameter has no value here: write it out");
  }
  if (sqlite3_stmt_readonly(statement.get()) == 0) return wrong("a question only reads");
  return statement;
}

Result<Json> value_of(sqlite3_stmt* statement, int column) {
  const auto no_value = [&](std::string_view what) {
    return wrong(fmt::format("column {}: {}", sqlite3_column_name(statement, column), what));
  };
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
      return Json();
    case SQLITE_INTEGER:
      return Json(std::int64_t{sqlite3_column_int64(statement, column)});
    case SQLITE_FLOAT: {
      const double number = sqlite3_column_double(statement, column);
      if (!std::isfinite(number)) return no_value("an infinite number");
      return Json(number);
    }
    case SQLITE_TEXT: {
      const void* bytes = sqlite3_column_blob(statement, column);
      const int size = sqlite3_column_bytes(statement, column);
      std::string text(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
      if (!is_utf8(text)) return no_value("bytes that are no text: ask for hex()");
      return Json(std::move(text));
    }
    default:
      return no_value("bytes that are no text: ask for hex()");
  }
}

Result<Reply> run(sqlite3* connection, sqlite3_stmt* statement) {
  Reply reply;
  const int columns = sqlite3_column_count(statement);
  for (int i = 0; i < columns; ++i) reply.columns.emplace_back(sqlite3_column_name(statement, i));
  int outcome = sqlite3_step(statement);
  for (; outcome == SQLITE_ROW; outcome = sqlite3_step(statement)) {
    Json row = Json::array();
    for (int i = 0; i < columns; ++i) {
      LIGGARE_TRY(Json value, value_of(statement, i));
      row.push(std::move(value));
    }
    reply.rows.push(std::move(row));
  }
  if (outcome != SQLITE_DONE) return failure(connection, outcome);
  return reply;
}

}  // namespace

Result<void> check(Database& database, const std::string& question) {
  const Guard guard(database.connection());
  LIGGARE_TRY(const Statement statement, prepare(database.connection(), question));
  return {};
}

TableNames tables_named_in(std::string_view question) {
  // SQLite's own notes of what a statement reads leave some out, and an identifier can't be spelt
  // in any other way, letters' case aside.
  std::string text(question);
  for (char& byte : text) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
  }
  TableNames names;
  for (const Table& table : all_tables()) {
    if (text.find(table.name) != std::string::npos) names.emplace(table.name);
  }
  return names;
}

Result<Reply> ask(Database& database, const std::string& question, const Stop& stop) {
  sqlite3* connection = database.connection();
  LIGGARE_CHECK(database.run("PRAGMA query_only = 1; PRAGMA trusted_schema = 0"));
  sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0);
  const Guard guard(connection);  // Some statements are judged while they run.
  const Watch watch(connection, stop);
  LIGGARE_TRY(const Statement statement, prepare(connection, question));
  return run(connection, statement.get());
}

}  // namespace liggare::sql
