#include "merkle/policy.h"

#include <algorithm>
#include <array>

#include "merkle/plain_text.h"

namespace liggare::merkle {
namespace {

constexpr std::string_view no_quorum = "none";
constexpr std::string_view blanks = " \t";

using Items = std::vector<std::string_view>;
using NameSet = std::set<std::string, std::less<>>;

Unexpected<Error> refuse(const std::string& why) { return fail(ErrorCode::invalid_argument, why); }

bool is_allowed(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

// C2SP tlog-policy, "Character set"; what editors of Windows add is named.
Result<void> check_bytes(std::string_view line) {
  if (line.starts_with("\xef\xbb\xbf")) return refuse("a byte order mark: save it without one");
  if (line.ends_with('\r')) return refuse("a line end of Windows: save it with those of Unix");
  if (!std::all_of(line.begin(), line.end(), is_allowed)) return refuse("control bytes");
  return {};
}

Items items_of(std::string_view line) {
  Items items;
  for (std::size_t start = line.find_first_not_of(blanks); start != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(blanks, start), line.size());
    items.push_back(line.substr(start, end - start));
    start = line.find_first_not_of(blanks, end);
  }
  return items;
}

Result<VerifierKey> key_of(std::string_view text, KeyType type) {
  LIGGARE_TRY(VerifierKey key, VerifierKey::parse(text));
  if (key.type != type) return refuse("a key of the wrong type");
  return key;
}

// How many members a group needs: "all", "any" or a number within 1 … members.
Result<std::size_t> threshold(std::string_view word, std::size_t members) {
  if (word == "all") return members;
  if (word == "any") return std::size_t{1};
  const auto needed = parse_decimal(word);
  if (!needed || *needed < 1 || *needed > members) {
    return refuse("a group needs all, any, or a number of its members");
  }
  return static_cast<std::size_t>(*needed);
}

}  // namespace

// Takes a policy in line by line, and keeps in mind which names and keys have been used.
class Policy::Reader {
 public:
  Result<void> read(std::string_view line) {
    LIGGARE_CHECK(check_bytes(line));
    const Items items = items_of(line);
    if (items.empty() || items.front().starts_with('#')) return {};
    const Items rest(items.begin() + 1, items.end());
    if (items.front() == "log") return read_log(rest);
    if (items.front() == "witness") return read_witness(rest);
    if (items.front() == "group") return read_group(rest);
    if (items.front() == "quorum") return read_quorum(rest);
    return refuse("begins with none of log, witness, group, quorum");
  }

  Result<Policy> finish() && {
    if (policy_.quorum_.empty()) return refuse("policy: no quorum");
    return std::move(policy_);
  }

 private:
  Result<void> read_log(const Items& items) {
    if (items.empty() || items.size() > 2) return refuse("not: log <vkey> [<url>]");
    LIGGARE_TRY(VerifierKey key, key_of(items[0], KeyType::ed25519));
    if (!log_keys_.insert(key.public_key).second) return refuse("a log's key for the second time");
    policy_.logs_.push_back(std::move(key));
    return {};
  }

  Result<void> read_witness(const Items& items) {
    if (items.size() < 2 || items.size() > 3) return refuse("not: witness <name> <vkey> [<url>]");
    LIGGARE_CHECK(define(items[0]));
    LIGGARE_TRY(VerifierKey key, key_of(items[1], KeyType::cosignature_v1));
    if (!witness_keys_.insert(key.public_key).second) {
      return refuse("a witness's key for the second time");
    }
    Witness witness{std::string(items[0]), std::move(key), std::nullopt};
    if (items.size() == 3) witness.url = items[2];
    policy_.witnesses_.push_back(std::move(witness));
    return {};
  }

  Result<void> read_group(const Items& items) {
    if (items.size() < 3) return refuse("not: group <name> all|any|<k> <member>…");
    Group group{std::string(items[0]), 0, {items.begin() + 2, items.end()}};
    LIGGARE_TRY(group.needed, threshold(items[1], group.members.size()));
    for (const std::string& member : group.members) {
      if (!defined_.contains(member)) return refuse("a member that is not defined above");
      // So that each witness counts in one way only (C2SP tlog-policy).
      if (!grouped_.insert(member).second) return refuse("a member for the second time");
    }
    // Last, for a group is no member of itself.
    LIGGARE_CHECK(define(items[0]));
    policy_.groups_.push_back(std::move(group));
    return {};
  }

  Result<void> read_quorum(const Items& items) {
    if (items.size() != 1) return refuse("not: quorum <name>|none");
    if (!policy_.quorum_.empty()) return refuse("a second quorum");
    if (items[0] != no_quorum && !defined_.contains(items[0])) {
      return refuse("a quorum that is not defined above");
    }
    policy_.quorum_ = items[0];
    return {};
  }

  Result<void> define(std::string_view name) {
    if (name == no_quorum) return refuse("the name none stands for no quorum");
    if (!defined_.emplace(name).second) return refuse("a name for the second time");
    return {};
  }

  Policy policy_;
  NameSet defined_;
  NameSet grouped_;
  std::set<std::array<unsigned char, 32>> log_keys_;
  std::set<std::array<unsigned char, 32>> witness_keys_;
};

Result<Policy> Policy::parse(std::string_view text) {
  if (!text.ends_with('\n')) return refuse("policy: its last line does not end in a line feed");
  Reader reader;
  std::size_t number = 0;
  while (const auto line = take_line(text)) {
    ++number;
    const auto outcome = reader.read(*line);
    if (!outcome) {
      return refuse("policy: line " + std::to_string(number) + ": " + outcome.error().message);
    }
  }
  return std::move(reader).finish();
}

bool Policy::is_met_by(const NameSet& cosigned) const {
  if (quorum_ == no_quorum) return true;
  NameSet met;
  for (const Witness& witness : witnesses_) {
    if (cosigned.contains(witness.name)) met.insert(witness.name);
  }
  for (const Group& group : groups_) {
    const auto count =
        std::count_if(group.members.begin(), group.members.end(),
                      [&met](const std::string& name) { return met.contains(name); });
    if (static_cast<std::size_t>(count) >= group.needed) met.insert(group.name);
  }
  return met.contains(quorum_);
}

}  // namespace liggare::merkle
