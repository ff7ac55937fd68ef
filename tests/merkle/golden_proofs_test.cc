// The project's own vectors: tests/golden/proofs, one case a file.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "base/bytes.h"
#include "merkle/proof.h"
#include "tests/merkle/hash_text.h"

namespace liggare::merkle {
namespace {

// A vector's lines, by key; `path` has many.
class Vector {
 public:
  explicit Vector(const std::filesystem::path& file) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
      const auto colon = line.find(": ");
      if (colon == std::string::npos) {
        lines_[line.substr(0, line.find(':'))].emplace_back();
      } else {
        lines_[line.substr(0, colon)].push_back(line.substr(colon + 2));
      }
    }
  }

  const std::string& text(const std::string& key) const { return lines_.at(key).at(0); }
  std::uint64_t number(const std::string& key) const { return get_u64(*from_hex(text(key))); }
  Result<Hash> hash(const std::string& key) const { return hash_from_hex(text(key)); }
  Result<std::vector<Hash>> path() const {
    std::vector<Hash> path;
    if (lines_.count("path") == 0) return path;
    for (const std::string& line : lines_.at("path")) {
      LIGGARE_TRY(Hash hash, hash_from_hex(line));
      path.push_back(hash);
    }
    return path;
  }

 private:
  std::map<std::string, std::vector<std::string>> lines_;
};

Result<void> inclusion(const Vector& vector) {
  LIGGARE_TRY(const Hash leaf, vector.hash("leaf_hash"));
  LIGGARE_TRY(const Hash root, vector.hash("root_hash"));
  LIGGARE_TRY(std::vector<Hash> path, vector.path());
  return verify_inclusion({vector.number("leaf_index"), vector.number("tree_size"), path}, leaf,
                          root);
}

Result<void> consistency(const Vector& vector) {
  LIGGARE_TRY(const Hash old_root, vector.hash("old_root"));
  LIGGARE_TRY(const Hash new_root, vector.hash("new_root"));
  LIGGARE_TRY(std::vector<Hash> path, vector.path());
  return verify_consistency({vector.number("old_size"), vector.number("new_size"), path}, old_root,
                            new_root);
}

template <class Verify>
void check_every_vector_in(const std::string& folder, Verify verify) {
  std::map<std::string, int> seen;
  for (const auto& file : std::filesystem::directory_iterator(
           std::filesystem::path(LIGGARE_SOURCE_DIR) / "tests/golden/proofs" / folder)) {
    SCOPED_TRACE(file.path().filename().string());
    const Vector vector(file.path());
    const Result<void> result = verify(vector);
    EXPECT_EQ(result ? "verified" : name_of(result.error().code), vector.text("expect"));
    ++seen[vector.text("expect")];
  }
  EXPECT_GE(seen["verified"], 4);
  EXPECT_GE(seen["invalid-argument"], 8);
  EXPECT_GE(seen["corrupt"], 8);
}

TEST(GoldenProofs, OfInclusionAreJudgedAsTheirFilesSay) {
  check_every_vector_in("inclusion", inclusion);
}

TEST(GoldenProofs, OfConsistencyAreJudgedAsTheirFilesSay) {
  check_every_vector_in("consistency", consistency);
}

}  // namespace
}  // namespace liggare::merkle
