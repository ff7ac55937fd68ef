// Whose signatures a checkpoint needs (C2SP tlog-policy).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "merkle/verifier_key.h"

namespace liggare::merkle {

struct Witness {
  std::string name;  // In the policy; its key may be named otherwise.
  VerifierKey key;
  std::optional<std::string> url;
  bool operator==(const Witness&) const = default;
};

class Policy {
 public:
  // Lines `log <vkey> [<url>]`, `witness <name> <vkey> [<url>]`,
  // `group <name> all|any|<k> <member>…` and `quorum <name>|none`, each ended by LF; "#" begins a
  // comment line. invalid_argument, with the line's number, where a line is anything else, a name
  // is used before it is defined, defined twice, a member twice or defined as "none", a key stands
  // twice in its part or is of the wrong type, k is not within 1 … members, or there is not
  // exactly one quorum. Names are bytes, in whatever encoding.
  static Result<Policy> parse(std::string_view text);

  const std::vector<VerifierKey>& logs() const { return logs_; }
  const std::vector<Witness>& witnesses() const { return witnesses_; }
  // "none" demands no cosignature.
  const std::string& quorum() const { return quorum_; }

  // Whether the witnesses named here, once they have cosigned, make the quorum.
  bool is_met_by(const std::set<std::string, std::less<>>& cosigned) const;

 private:
  class Reader;
  struct Group {
    std::string name;
    std::size_t needed = 0;
    std::vector<std::string> members;
  };
  std::vector<VerifierKey> logs_;
  std::vector<Witness> witnesses_;
  std::vector<Group> groups_;  // Members stand before the groups that hold them.
  std::string quorum_;
};

}  // namespace liggare::merkle
