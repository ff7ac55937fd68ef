// What a check says about itself, as data: programs put it into their user's language.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liggare::audit {

// Each is a sentence with as many values as stand in brackets; "…": with any number of them.
enum class Statement {
  // What is shown, first of all.
  shows_stream,      // [subject, events by the seal, when it was recorded]
  shows_no_stream,   // [subject, when the seal was recorded]
  shows_later,       // [events after the seal's count]
  shows_disclosed,   // [sections]
  shows_event,       // [type, subject, when it was recorded, position, ledger]
  shows_leaf,        // [position, ledger]
  shows_ledger,      // [events, ledger]
  shows_growth,      // [ledger, old size, new size]
  shows_same_tree,   // [ledger, size]
  shows_checkpoint,  // [ledger, size]

  // Under which trust.
  key_from,           // [key's name, the file]
  key_given,          // [key's name]
  policy_from,        // [the file]
  cosigned_by,        // [witness, when]
  append_only_since,  // [size, the file of that checkpoint]
  complete_by_seal,   // [size, the seal's position, when it was recorded]
  absent_by_seal,     // [subject, size, the seal's position, when it was recorded]

  // What was checked.
  files_as_listed,      // [files]
  checkpoint_signed,    // [origin, size]
  quorum_met,           // [quorum]
  leaf_included,        // [position]
  leaves_included,      // [leaves]
  seal_included,        // [position]
  directory_proven,     // [subject, version]
  absence_proven,       // [subject]
  versions_whole,       // [subject, first version, last version]
  text_as_leaves,       // [events]
  answer_as_published,  // [position]
  sections_opened,      // [sections]
  consistent,           // [old size, new size]
  tiles_whole,          // [entries tiles, hash tiles, size]
  further_tiles_agree,  // [partial tiles of other widths]
  only_seal_after,      // []

  // What was not.
  witnesses_not_asked,  // []
  other_signatures,     // [name+id of each key …]
  older_cosignatures,   // []
  older_not_asked,      // []
  extra_unsigned,       // [bytes]
  leaf_not_decoded,     // []
  leaf_of_newer,        // []
  only_this_event,      // []
  rules_not_checked,    // []
  sections_sealed,      // []
  others_sealed,        // [sections beside those that were opened]
  right_to_disclose,    // []
  seal_is_claim,        // []
  after_seal,           // [first position, last position]
  shown_after_seal,     // [events]
  informative_files,    // []
  answer_not_shown,     // []
  beyond_checkpoint,    // [tiles]
  other_files,          // [files]
  events_not_shown,     // [] By a checkpoint alone.
};
inline constexpr std::size_t statement_count =
    static_cast<std::size_t>(Statement::events_not_shown) + 1;

// "key-from": the same in every language.
std::string_view name_of(Statement statement);

struct Remark {
  Statement statement;
  std::vector<std::string> values;
  bool operator==(const Remark&) const = default;
};

// A date and time for people, "2026-11-24 12:53:28 UTC".
std::string time_text(std::uint64_t posix_seconds);
// The same without its seconds, "2026-11-24 12:53 UTC".
std::string minute_text(std::uint64_t posix_seconds);

}  // namespace liggare::audit
