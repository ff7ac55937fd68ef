#include "vault/erasure_table.h"

#include <algorithm>
#include <array>
#include <utility>

namespace liggare::vault {
namespace {

constexpr std::array<std::string_view, 4> step_names = {"fenced", "rewrapped", "destroyed",
                                                        "finished"};

std::string_view name_of_step(StoredStep step) {
  return step_names[static_cast<std::size_t>(step)];
}

Result<StoredStep> step_named(std::string_view name) {
  for (std::size_t i = 0; i < step_names.size(); ++i) {
    if (step_names[i] == name) return static_cast<StoredStep>(i);
  }
  return fail(ErrorCode::corrupt, "keys.sqlite: an erasure has an unknown step");
}

template <class T>
void sort_and_drop_twins(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// A whole class is stored as a target without key id and index.
Result<void> insert_target(Database& database, std::string_view decision,
                           const SectionName& target) {
  LIGGARE_TRY(Statement insert, database.prepare("INSERT INTO erasure_target VALUES (?,?,?,?)"));
  return insert.bind_text(1, decision)
      .bind_text(2, name_of(target.name.personal_class))
      .bind_blob(3, target.key_id)
      .bind_blob(4, target.index)
      .run();
}

Result<void> read_targets(Database& database, Erasure& erasure) {
  LIGGARE_TRY(Statement select, database.prepare("SELECT class, key_id, section_index "
                                                 "FROM erasure_target WHERE decision = ?"));
  return select.bind_text(1, erasure.decision).for_each([&]() -> Result<void> {
    const auto personal_class = personal_class_named(select.bytes(0));
    if (!personal_class) {
      return fail(ErrorCode::corrupt, "keys.sqlite: an erasure has an unknown class");
    }
    SectionName target{select.bytes(1), {erasure.subject, *personal_class}, select.bytes(2)};
    if (target.key_id.empty()) {
      erasure.classes.push_back(*personal_class);
    } else {
      erasure.sections.push_back(std::move(target));
    }
    return {};
  });
}

Result<std::vector<std::string>> read_keys(Database& database, std::string_view decision) {
  LIGGARE_TRY(Statement select, database.prepare("SELECT key_id FROM erasure_key "
                                                 "WHERE decision = ? ORDER BY key_id"));
  std::vector<std::string> keys;
  LIGGARE_CHECK(select.bind_text(1, decision).for_each([&]() -> Result<void> {
    keys.push_back(select.bytes(0));
    return {};
  }));
  return keys;
}

Result<StoredErasure> complete(Database& database, StoredErasure stored) {
  LIGGARE_CHECK(read_targets(database, stored.erasure));
  stored.erasure = in_order(std::move(stored.erasure));
  LIGGARE_TRY(stored.destroyed.key_ids, read_keys(database, stored.erasure.decision));
  if (stored.number > 0) stored.destroyed.punctured = stored.erasure.sections.size();
  return stored;
}

// `rest` follows the table's name.
Result<std::vector<StoredErasure>> select_erasures(Database& database, std::string_view rest,
                                                   std::optional<std::string_view> decision) {
  LIGGARE_TRY(Statement select,
              database.prepare("SELECT decision, subject, step, epoch, number, decision IN "
                               "(SELECT decision FROM erasure_again) FROM erasure " +
                               std::string(rest)));
  if (decision) select.bind_text(1, *decision);
  std::vector<StoredErasure> rows;
  LIGGARE_CHECK(select.for_each([&]() -> Result<void> {
    StoredErasure stored;
    stored.erasure.decision = select.bytes(0);
    stored.erasure.subject = select.bytes(1);
    LIGGARE_TRY(stored.step, step_named(select.bytes(2)));
    stored.destroyed.epoch = static_cast<std::uint64_t>(select.integer(3));
    stored.number = select.integer(4);
    stored.again = select.integer(5) != 0;
    rows.push_back(std::move(stored));
    return {};
  }));
  for (StoredErasure& row : rows) {
    LIGGARE_TRY(StoredErasure whole, complete(database, std::move(row)));
    row = std::move(whole);
  }
  return rows;
}

}  // namespace

const char* words_for(const StoredErasure& unfinished) {
  if (!unfinished.again) return " has begun and is not finished";
  return " was executed, and this older state of the vault, put back, has its keys";
}

Erasure in_order(Erasure erasure) {
  sort_and_drop_twins(erasure.classes);
  sort_and_drop_twins(erasure.sections);
  return erasure;
}

Result<void> insert_erasure(Database& database, const Erasure& erasure) {
  LIGGARE_TRY(Statement insert,
              database.prepare("INSERT INTO erasure VALUES (?, ?, 'fenced', 0, 0)"));
  LIGGARE_CHECK(insert.bind_text(1, erasure.decision).bind_text(2, erasure.subject).run());
  const Erasure ordered = in_order(erasure);
  for (const PersonalClass personal_class : ordered.classes) {
    LIGGARE_CHECK(
        insert_target(database, erasure.decision, {"", {erasure.subject, personal_class}, ""}));
  }
  for (const SectionName& section : ordered.sections) {
    LIGGARE_CHECK(insert_target(database, erasure.decision, section));
  }
  return {};
}

Result<std::optional<StoredErasure>> find_erasure(Database& database, std::string_view decision) {
  LIGGARE_TRY(auto rows, select_erasures(database, "WHERE decision = ?", decision));
  if (rows.empty()) return std::optional<StoredErasure>();
  return std::optional<StoredErasure>(std::move(rows.front()));
}

Result<std::vector<StoredErasure>> all_erasures(Database& database) {
  return select_erasures(database, "ORDER BY decision", std::nullopt);
}

Result<void> check_erasures_at(Database& database, StoredStep step) {
  LIGGARE_TRY(const auto all, all_erasures(database));
  for (const StoredErasure& stored : all) {
    if (stored.step >= step) continue;
    return fail(ErrorCode::fenced, "erasure " + stored.erasure.decision + words_for(stored));
  }
  return {};
}

Result<void> set_step(Database& database, std::string_view decision, StoredStep step) {
  LIGGARE_TRY(Statement update, database.prepare("UPDATE erasure SET step = ? WHERE decision = ?"));
  return update.bind_text(1, name_of_step(step)).bind_text(2, decision).run();
}

Result<void> set_rewrapped(Database& database, std::string_view decision,
                           const Destroyed& destroyed) {
  LIGGARE_TRY(const std::int64_t before, rewrapped_count(database));
  LIGGARE_TRY(Statement update,
              database.prepare("UPDATE erasure SET epoch = ?, number = ? WHERE decision = ?"));
  LIGGARE_CHECK(update.bind_integer(1, static_cast<std::int64_t>(destroyed.epoch))
                    .bind_integer(2, before + 1)
                    .bind_text(3, decision)
                    .run());
  for (const std::string& key_id : destroyed.key_ids) {
    LIGGARE_TRY(Statement insert, database.prepare("INSERT INTO erasure_key VALUES (?, ?)"));
    LIGGARE_CHECK(insert.bind_text(1, decision).bind_blob(2, key_id).run());
  }
  return set_step(database, decision, StoredStep::rewrapped);
}

Result<void> set_again(Database& database, std::string_view decision) {
  LIGGARE_TRY(Statement put, database.prepare("INSERT OR IGNORE INTO erasure_again VALUES (?)"));
  return put.bind_text(1, decision).run();
}

Result<std::optional<LedgerMark>> ledger_mark(Database& database) {
  LIGGARE_TRY(Statement select, database.prepare("SELECT size, leaf FROM ledger_mark"));
  std::optional<LedgerMark> mark;
  LIGGARE_CHECK(select.for_each([&]() -> Result<void> {
    const std::string leaf = select.bytes(1);
    if (leaf.size() != hash_bytes || select.integer(0) < 1) {
      return fail(ErrorCode::corrupt, "keys.sqlite: the mark of the ledger makes no sense");
    }
    mark = LedgerMark{static_cast<std::uint64_t>(select.integer(0)), Hash::from(leaf)};
    return {};
  }));
  return mark;
}

Result<void> set_ledger_mark(Database& database, const LedgerMark& mark) {
  LIGGARE_TRY(Statement put,
              database.prepare("INSERT OR REPLACE INTO ledger_mark VALUES (1, ?, ?)"));
  return put.bind_integer(1, static_cast<std::int64_t>(mark.size))
      .bind_blob(2, mark.leaf.view())
      .run();
}

Result<std::int64_t> rewrapped_count(Database& database) {
  return database.integer("SELECT coalesce(max(number), 0) FROM erasure");
}

}  // namespace liggare::vault
