// What was expected and found where something was refused, as data: programs put it into their
// user's language.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace liggare::audit {

// Each is a phrase with as many values as stand in brackets.
enum class Circumstance {
  none,         // [] The reason says all.
  message,      // [in English, from the layer below]
  longer_than,  // [bytes]

  not_plain_file,       // []
  key_of_witness,       // [] Where a log's key belongs.
  policy_names_no_log,  // []
  key_not_in_policy,    // []

  of_other_log,       // [origin, the keys' names]
  signed_with,        // [name+id of each key that signed …]
  cosigned_by_none,   // [quorum]
  cosigned_by_few,    // [quorum, witness …]
  smaller_than_old,   // [size, the older size]
  two_roots,          // [size, older root, newer root]
  beginning_differs,  // [the older size]

  hash_differs,            // [its hash, the listed hash]
  extra_data,              // []
  proof_of_position,       // [position]
  impossible_number,       // [] A version or a time that no ledger gets to.
  stream_differs,          // [its stream, the bundle's stream]
  version_differs,         // [its version, the one that should stand there]
  count_differs,           // [events, events by the seal]
  last_by_seal,            // [position]
  leaf_says_other,         // [the leaf's path]
  no_leaf_says_this,       // []
  seal_of_other_type,      // [type, subject]
  seal_without_directory,  // []
  seal_covers_later,       // []
  seal_covers,             // [size]
  no_edition_has_hash,     // []
  no_edition_here,         // []
  no_disclosed_section,    // [] Not a line of disclosed.ndjson.
  section_out_of_order,    // [] Or named twice.
  no_such_section,         // [the leaf's path, class]
  key_opens_nothing,       // [the leaf's path]
  section_holds_other,     // [the leaf's path]

  entries_lead_to,    // [root]
  tile_hash_differs,  // [index in the tile, the tile's hash, the entries' hash]
  tiles_differ,       // [index in both, the other tile's path]
};
inline constexpr std::size_t circumstance_count =
    static_cast<std::size_t>(Circumstance::tiles_differ) + 1;

struct Detail {
  Circumstance circumstance = Circumstance::none;
  std::vector<std::string> values;
  bool operator==(const Detail&) const = default;
};

// Where in the evidence.
struct Place {
  Place() = default;
  // Not explicit: a file's name is a place.
  Place(std::string name) : file(std::move(name)) {}
  Place(const char* name) : file(name) {}
  Place(std::string name, std::uint64_t line_number) : file(std::move(name)), line(line_number) {}

  // "leaves/7.leaf", "events.ndjson line 3", "the command line"
  std::string text() const;
  bool operator==(const Place&) const = default;

  std::string file;        // Empty: the command line.
  std::uint64_t line = 0;  // 1-based; 0: the file as a whole.
};

}  // namespace liggare::audit
