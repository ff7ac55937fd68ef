// What a verification says about itself, as data: programs put it into their user's language.
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <vector>

namespace liggare::inspect {

// Each is a phrase with as many values as stand in brackets.
enum class Statement {
  // On whose word it rests.
  key_from_file,    // [the file]
  key_given,        // []
  ledgers_own_key,  // []

  // What was checked.
  newest_checkpoint,  // [size]
  append_only_since,  // [what the checkpoint is called, size]
  stored_files,       // []
  root_at,            // [size]
  head_file_at,       // [size]
  records,            // [records]
  leaf_hashes,        // [leaves]
  tree_nodes,         // [nodes above the leaves]
  event_ids,          // [events]
  stream_versions,    // [versions, streams]
  index_entries,      // [events]
  rules,              // [events]
  seals,              // [seals]
  access_checkpoint,  // [what the checkpoint is called, year, size]
  key_changes,        // [changes]
  kept_projections,   // [projections]

  // What was not.
  no_key_folder,            // []
  no_signer_file,           // []
  signer_file_unread,       // []
  nothing_signed,           // []
  believed_events,          // [last position]
  entries_without_event,    // []
  newer_records,            // [records]
  unread_records,           // [records]
  rules_not_asked,          // []
  seals_not_asked,          // []
  projections_not_asked,    // []
  log_damaged,              // [] Where everything in full was asked for.
  log_of_newer_release,     // [] The same.
  log_not_opened,           // []
  no_kept_rows,             // []
  kept_rows_of_release,     // []
  kept_rows_of_version,     // [projection, its version as kept, and as the program has it]
  seal_of_projection,       // [projection, version]
  seal_without_projection,  // [projection]
  access_log_dropped,       // [newest year that was, by whom, on which day]
  access_log_left_behind,   // [position of the newest ledger.restored]
  key_change_unsigned,      // [position]
  rewritten_after,          // [first position that no given checkpoint covers]
  rewritten,                // []
  vault,                    // []
  events_not_sent,          // []
};
inline constexpr std::size_t statement_count =
    static_cast<std::size_t>(Statement::events_not_sent) + 1;

struct Remark {
  Statement statement;
  std::vector<std::string> values = {};
  auto operator<=>(const Remark&) const = default;
};

}  // namespace liggare::inspect
