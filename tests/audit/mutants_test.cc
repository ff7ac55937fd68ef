// Every flipped bit of proofs and bundles is refused, or changes nothing that a verdict says.
//
// A run takes a fixed part of all mutants; LIGGARE_ALL_MUTANTS=1 takes all of them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>

#include "audit/bundle_check.h"
#include "audit/proof_check.h"
#include "tests/audit/outcome_expectation.h"
#include "tests/audit/sample_evidence.h"

namespace liggare::audit {
namespace {

constexpr unsigned samples = 20;
constexpr std::size_t mutants_min = 20'000;

bool takes_all() {
  const char* wanted = std::getenv("LIGGARE_ALL_MUTANTS");
  return wanted != nullptr && std::string_view(wanted) == "1";
}

// Under a stride that is odd every bit of a byte has its turn.
std::size_t stride(std::size_t part) { return takes_all() ? 1 : part; }

struct Count {
  std::size_t mutants = 0;
  std::size_t tampered = 0;
  std::size_t cannot_tell = 0;
  std::size_t unchanged = 0;  // Verified, and saying the same.

  void take(const Outcome& outcome) {
    ++mutants;
    tampered += outcome.verdict() == Verdict::tampered ? 1U : 0U;
    cannot_tell += outcome.verdict() == Verdict::cannot_tell ? 1U : 0U;
    unchanged += outcome.verdict() == Verdict::verified ? 1U : 0U;
  }
  void tell(const char* of) const {
    fmt::print("[ mutants  ] {}: {} mutants, {} tampered, {} cannot tell, {} unchanged\n", of,
               mutants, tampered, cannot_tell, unchanged);
  }
};

// Calls `use` with bits of `bytes` flipped, one at a time; counts on from `turn`.
void for_flips(std::string& bytes, std::size_t step, std::size_t& turn,
               const std::function<void()>& use) {
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    if (turn++ % step != 0) continue;
    const auto flip = [&] { bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8)); };
    flip();
    use();
    flip();
  }
}

bool says_the_same(const Outcome& outcome, const Outcome& original) {
  return outcome.facts == original.facts && outcome.trust == original.trust &&
         outcome.checked == original.checked;
}

SampleEvidence small_ledger(unsigned seed) {
  SampleEvidence evidence(seed);
  for (unsigned i = 0; i < 2 + seed % 3; ++i) {
    evidence.add("participant/P1");
    if (i < seed % 4) evidence.add("participant/P2");
  }
  evidence.seal();
  if (seed % 2 == 0) evidence.add("participant/P1");
  return evidence;
}

TEST(Mutants, OfBareProofsAreAllRefused) {
  Count count;
  std::size_t turn = 0;
  for (unsigned seed = 1; seed <= samples; ++seed) {
    const SampleEvidence evidence = small_ledger(seed);
    const std::uint64_t position = seed % evidence.size();
    std::string proof = evidence.proof(position);
    std::string leaf = evidence.leaf(position);
    const auto check = [&] { return check_proof({proof, leaf}, evidence.trust()); };
    ASSERT_EQ(summary(check()), "verified");
    const auto use = [&] {
      count.take(check());
      EXPECT_EQ(count.unchanged, 0U) << proof;
    };
    for_flips(proof, stride(5), turn, use);
    for_flips(leaf, stride(5), turn, use);
  }
  count.tell("bare proofs");
  EXPECT_GE(count.mutants, mutants_min);
}

TEST(Mutants, OfCosignedProofsUnderAPolicyAreAllRefused) {
  Count count;
  std::size_t turn = 0;
  const SampleEvidence evidence = small_ledger(3);
  auto file = evidence.proof(1);
  file = file.substr(0, file.find("\n\n") + 2) + evidence.cosigned_checkpoint();
  const std::string leaf = evidence.leaf(1);
  const Trust trust = evidence.trust_with_policy("W1");
  ASSERT_EQ(summary(check_proof({file, leaf}, trust)), "verified");
  for_flips(file, 1, turn, [&] { count.take(check_proof({file, leaf}, trust)); });
  count.tell("a cosigned proof");
  EXPECT_EQ(count.unchanged, 0U);
}

class BundleMutants : public testing::Test {
 protected:
  // Flips bits of every file that `takes` names; `prepare` is what the attacker does then.
  void flip_all(std::size_t part, const std::function<bool(const std::string&)>& takes,
                const std::function<void(BundleFiles&)>& prepare) {
    for (unsigned seed = 1; seed <= samples; ++seed) {
      const SampleEvidence evidence = small_ledger(seed);
      const Trust trust = evidence.trust();
      BundleFiles files = evidence.bundle(seed % 5 == 0 ? "participant/P9" : "participant/P1");
      const auto sections = evidence.sections("participant/P1");
      // Of the rest all sections stay sealed.
      if (seed % 5 != 0 && seed % 2 == 0) {
        disclose(files, std::span(sections).first(seed % 4 == 0 ? 1 : sections.size()));
        disclosing += 1;
      }
      const Outcome original = check_bundle(files, trust);
      ASSERT_EQ(summary(original), "verified");
      for (auto& [path, bytes] : files) {
        if (!takes(path)) continue;
        for_flips(bytes, stride(part), turn_, [&, &path = path] {
          prepare(files);
          const Outcome outcome = check_bundle(files, trust);
          count.take(outcome);
          if (outcome.refusal) return;
          if (is_true_absence(outcome, evidence)) {
            ++true_absences;
            return;
          }
          EXPECT_TRUE(is_informative(path)) << path;
          EXPECT_TRUE(says_the_same(outcome, original)) << path;
        });
      }
    }
  }

  Count count;
  std::size_t true_absences = 0;
  unsigned disclosing = 0;

 private:
  // A bundle without events says that a stream is not there. With another name in it, it may say so
  // of another stream, and be right: the proof is the same where both buckets are empty.
  static bool is_true_absence(const Outcome& outcome, const SampleEvidence& evidence) {
    const std::string& subject = *outcome.facts.find("subject")->as_text();
    const DirectoryEntries entries = evidence.entries();
    return subject != "participant/P9" && outcome.facts.find("leaves")->as_array()->empty() &&
           says(outcome.checked, Statement::absence_proven, {subject}) &&
           std::none_of(entries.begin(), entries.end(),
                        [&](const auto& entry) { return entry.subject == subject; });
  }

  std::size_t turn_ = 0;
};

TEST_F(BundleMutants, AreAllRefused) {
  flip_all(
      29, [](const std::string&) { return true; }, [](BundleFiles&) {});
  count.tell("bundles");
  EXPECT_GE(count.mutants, mutants_min);
  EXPECT_EQ(count.unchanged, 0U);
}

TEST_F(BundleMutants, WithNewSumsAreAllRefused) {
  flip_all(
      29, [](const std::string& path) { return path != sums_name && !is_informative(path); },
      write_sums);
  count.tell("bundles with SHA256SUMS written anew");
  EXPECT_GE(count.mutants, mutants_min);
  EXPECT_EQ(count.unchanged, true_absences);
}

TEST_F(BundleMutants, OfDisclosedSectionsWithNewSumsAreAllRefused) {
  flip_all(
      1, [](const std::string& path) { return path == disclosed_name; }, write_sums);
  count.tell("disclosed.ndjson with SHA256SUMS written anew");
  EXPECT_EQ(disclosing, 8U);
  EXPECT_GE(count.mutants, 10'000U);
  EXPECT_EQ(count.tampered, count.mutants);
}

TEST_F(BundleMutants, OfInformativeFilesWithNewSumsChangeNothingThatIsSaid) {
  flip_all(1, is_informative, write_sums);
  count.tell("README and schema with SHA256SUMS written anew");
  EXPECT_EQ(count.unchanged, count.mutants);
}

}  // namespace
}  // namespace liggare::audit
