// Inclusion proofs of events all over the ledger, beside reading the same nodes from RocksDB one by
// one, and the checking of each.
#include "merkle/proof.h"

#include <algorithm>

#include "store/event_log.h"
#include "tests/bench/setting.h"

namespace liggare::bench {
namespace {

constexpr std::uint64_t proofs_max = 10'000;
constexpr std::uint64_t stride = 2'654'435'761;

}  // namespace

void proof_rows(const Setting& setting) {
  Figure proving{.name = "inclusion proof, p50", .unit = "µs", .targets = {at_most(30)}};
  Figure slow{.name = "inclusion proof, p99", .unit = "µs"};
  Figure checking{.name = "checking one, p50", .unit = "µs", .targets = {at_most(8)}};
  const auto ledger = open_ledger(setting.town(), ledger::Mode::read);
  const merkle::TreeHead head = ledger->head();
  const std::uint64_t proofs = std::min(proofs_max, head.tree_size);
  // The first pass warms what the others measure.
  for (int round = -1; round < setting.rounds; ++round) {
    std::vector<double> made;
    std::vector<double> read;
    std::vector<double> checked;
    Result<merkle::InclusionProof> proof = merkle::InclusionProof();
    const auto time_proof = [&](std::uint64_t position, const auto& nodes) {
      return 1e6 * seconds_of([&] {
               proof = merkle::prove_inclusion(position, head.tree_size, nodes());
               LIGGARE_ASSERT(proof, "proof");
             });
    };
    for (std::uint64_t i = 0; i < proofs; ++i) {
      // Another event, so that neither finds what the other has just read.
      const std::uint64_t other = (i + proofs) * stride % head.tree_size;
      const std::uint64_t position = i * stride % head.tree_size;
      read.push_back(time_proof(other, [&]() -> merkle::NodeReader {
        return [&](merkle::NodeId id) { return ledger->log().node(id); };
      }));
      made.push_back(time_proof(position, [&] { return ledger->log().proof_nodes(); }));
      const auto leaf = ledger->log().node({0, position});
      LIGGARE_ASSERT(leaf, "leaf");
      checked.push_back(1e6 * seconds_of([&] {
                          LIGGARE_ASSERT(merkle::verify_inclusion(*proof, *leaf, head.root_hash),
                                         "check");
                        }));
    }
    if (round < 0) continue;
    proving.ours.push_back(percentile(made, 0.5));
    proving.raw.push_back(percentile(read, 0.5));
    slow.ours.push_back(percentile(made, 0.99));
    slow.raw.push_back(percentile(read, 0.99));
    checking.ours.push_back(percentile(checked, 0.5));
  }
  for (const Figure* figure : {&proving, &slow, &checking}) setting.tell(*figure);
}

}  // namespace liggare::bench
