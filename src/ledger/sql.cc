#include "ledger/sql.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "ledger/erased_view.h"
#include "ledger/knowledge.h"
#include "ledger/parts.h"
#include "projection/folded_rows.h"
#include "sql/loader.h"
#include "sql/question.h"

namespace liggare::ledger {
namespace {

Result<SqlAnswer> coordinates_of(const store::EventLog& log, const SqlRequest& request, Day today) {
  LIGGARE_TRY(const std::uint64_t at, size_at(log, request.at));
  LIGGARE_TRY(const Hash root,
              merkle::root_at(at, [&](merkle::NodeId id) { return log.node(id); }));
  return SqlAnswer{request.as_of.value_or(today), at, to_hex(root.view()), {}, Json::array()};
}

sql::TableNames every_table() {
  sql::TableNames names;
  for (const sql::Table& table : sql::all_tables()) names.emplace(table.name);
  return names;
}

// Reads one stream at a time, and only of the kinds that the wanted tables are made from.
Result<void> load(const store::EventLog& log, const SqlAnswer& coordinates,
                  const SqlRequest& request, const sql::TableNames& wanted,
                  sql::Database& database) {
  LIGGARE_CHECK(database.run("BEGIN"));
  LIGGARE_TRY(sql::Loader loader,
              sql::Loader::begin(database, wanted,
                                 {log.identity().origin, coordinates.as_of, coordinates.at,
                                  coordinates.root_hash, request.version},
                                 erased_event_json(log)));
  LIGGARE_CHECK(log.subjects([&](std::string_view subject, std::uint64_t) -> Result<void> {
    if (request.stop && request.stop()) {
      return fail(ErrorCode::io, "stopped while the tables were filled");
    }
    const auto kind = domain::stream_kind_named(subject.substr(0, subject.find('/')));
    if (kind && !loader.wants(*kind)) return {};
    LIGGARE_TRY(const domain::Stream stream, projection::read_stream(log, subject, coordinates.at));
    return loader.take(stream);
  }));
  LIGGARE_CHECK(loader.finish());
  return database.run("COMMIT");
}

Unexpected<Error> system_failure(const std::filesystem::path& file) {
  return fail(ErrorCode::io, file.string() + ": " + std::strerror(errno));
}

// A file that is removed again unless it gets its name.
class PartialFile {
 public:
  explicit PartialFile(std::filesystem::path path) : path_(std::move(path)) {}
  ~PartialFile() {
    if (!kept_) ::unlink(path_.c_str());
  }
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  // Durable once it returns. Never replaces a file that has come to lie there meanwhile.
  Result<void> keep_as(const std::filesystem::path& name) {
    const int file = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    if (file == -1) return system_failure(path_);
    const bool synced = ::fsync(file) == 0;
    ::close(file);
    if (!synced) return system_failure(path_);
    const bool renamed =
        ::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, name.c_str(), RENAME_NOREPLACE) == 0 ||
        // File systems that can't promise it.
        (errno == EINVAL && std::rename(path_.c_str(), name.c_str()) == 0);
    if (!renamed) return system_failure(name);
    kept_ = true;
    return {};
  }

 private:
  std::filesystem::path path_;
  bool kept_ = false;
};

}  // namespace

Result<SqlAnswer> Ledger::sql(const std::string& question, const SqlRequest& request) const {
  const store::EventLog& log = *parts_->log;
  LIGGARE_TRY(SqlAnswer answer, coordinates_of(log, request, today()));
  LIGGARE_TRY(sql::Database database, sql::Database::in_memory());
  LIGGARE_CHECK(sql::make_tables(database));
  // Asked before anything is read: a slip of the pen is told at once, and only what the question
  // reads is filled.
  LIGGARE_CHECK(sql::check(database, question));
  LIGGARE_CHECK(load(log, answer, request, sql::tables_named_in(question), database));
  LIGGARE_TRY(sql::Reply reply, sql::ask(database, question, request.stop));
  answer.columns = std::move(reply.columns);
  answer.rows = std::move(reply.rows);
  return answer;
}

Result<SqlAnswer> Ledger::export_sql(const std::filesystem::path& file,
                                     const SqlRequest& request) const {
  const store::EventLog& log = *parts_->log;
  LIGGARE_TRY(SqlAnswer answer, coordinates_of(log, request, today()));
  std::error_code ignored;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, ignored))) {
    return fail(ErrorCode::invalid_argument, file.string() + " exists; nothing was changed");
  }
  const std::filesystem::path partial = file.string() + ".partial";
  {
    auto made = sql::Database::create(partial);
    if (!made && made.error().code == ErrorCode::invalid_argument) {
      return fail(ErrorCode::invalid_argument,
                  partial.string() +
                      " is in the way: another export writes it, or one was stopped; "
                      "nothing was changed");
    }
    if (!made) return Unexpected{made.error()};
    PartialFile guard(partial);
    {
      // Nobody sees it before it has its name, and that comes after a sync: no journal is needed.
      sql::Database database = *std::move(made);
      LIGGARE_CHECK(database.run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF"));
      LIGGARE_CHECK(sql::make_tables(database));
      LIGGARE_CHECK(load(log, answer, request, every_table(), database));
    }
    LIGGARE_CHECK(guard.keep_as(file));
  }
  return answer;
}

}  // namespace liggare::ledger
