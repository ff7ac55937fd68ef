// What an insider changes through RocksDB passes all of RocksDB's own checks; verify finds it, and
// says where.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "store/head_file.h"
#include "tests/inspect/inspected_ledger.h"

namespace liggare::inspect {
namespace {

using store::Family;
using store::node_key;
using store::position_bytes;
using store::stream_key;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::StartsWith;
using testing::UnorderedElementsAre;

// In a log of either format.
class Tampering : public InspectedLedger, public testing::WithParamInterface<store::TreeLayout> {
 protected:
  void SetUp() override {
    layout_ = GetParam();
    write();
  }
};

INSTANTIATE_TEST_SUITE_P(Layouts, Tampering,
                         testing::Values(store::TreeLayout::every_node,
                                         store::TreeLayout::leaf_tiles),
                         [](const auto& layout) {
                           return layout.param == store::TreeLayout::every_node ? "EveryNode"
                                                                                : "LeafTiles";
                         });

std::string id_of(std::uint64_t position) {
  return SampleRecord(position, 20).record.event.event.id;
}

// A hash that is no node of the tree.
Hash other() { return liggare::sha256({"other"}); }
std::string other_hash() { return std::string(other().view()); }

// The record with a byte of its salt changed: still canonical.
std::string edited(std::uint64_t position) {
  SampleRecord sample(position, 20);
  sample.record.salt[0] ^= 1;
  sample.encode();
  return sample.bytes;
}

TEST_P(Tampering, IsNotWhatARewriteOfTheSameBytesIs) {
  intrude([](Intruder& intruder) {
    intruder.put(Family::events, position_bytes(45), SampleRecord(45, 20).bytes);
  });
  EXPECT_THAT(findings(), ElementsAre());
}

TEST_P(Tampering, WithARecordIsFoundAtItsLeaf) {
  intrude([](Intruder& intruder) { intruder.put(Family::events, position_bytes(45), edited(45)); });
  EXPECT_THAT(findings(), ElementsAre(Located("leaf-differs", "event 45 of participant/P5")));
}

TEST_P(Tampering, WithEachByteOfARecordIsFound) {
  const std::string bytes = SampleRecord(46, 20).bytes;
  for (std::size_t i = 0; i < bytes.size(); i += 37) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 0x41);
    intrude([&](Intruder& intruder) { intruder.put(Family::events, position_bytes(46), changed); });
    const auto found = findings();
    EXPECT_THAT(found, Contains(AllOf(Field(&Finding::code, "leaf-differs"),
                                      Field(&Finding::place, StartsWith("event 46")))))
        << i;
  }
}

TEST_P(Tampering, ByDeletingAnEventIsFound) {
  intrude([](Intruder& intruder) { intruder.remove(Family::events, position_bytes(45)); });
  EXPECT_THAT(findings(), Contains(Located("event-missing", "event 45")));
}

TEST_P(Tampering, ByDeletingAnEventWithAllItsEntriesIsFound) {
  intrude([](Intruder& intruder) {
    intruder.remove(Family::events, position_bytes(299));
    intruder.remove(Family::ids, id_of(299));
    intruder.remove(Family::streams, stream_key("participant/P19", 15));
    intruder.remove_leaf(299);
  });
  EXPECT_THAT(findings(), Contains(Located("event-missing", "event 299")));
}

TEST_P(Tampering, BySwappingTwoRecordsIsFoundAtBoth) {
  intrude([](Intruder& intruder) {
    intruder.put(Family::events, position_bytes(45), SampleRecord(46, 20).bytes);
    intruder.put(Family::events, position_bytes(46), SampleRecord(45, 20).bytes);
  });
  const auto found = findings();
  EXPECT_THAT(found, Contains(Located("leaf-differs", "event 45 of participant/P6")));
  EXPECT_THAT(found, Contains(Located("id-index", "event 45 of participant/P6")));
  EXPECT_THAT(found, Contains(Located("stream-index", "event 46 of participant/P5")));
  EXPECT_THAT(found, Contains(Located("recorded-goes-back", "event 46 of participant/P5")));
}

TEST_P(Tampering, WithAForgedIdIsFound) {
  intrude([](Intruder& intruder) { intruder.put(Family::ids, "forged", position_bytes(45)); });
  EXPECT_THAT(findings(), Contains(Located("id-index", "id forged")));
}

TEST_P(Tampering, WithAForgedIdInPlaceOfAnotherIsFoundBothWays) {
  intrude([](Intruder& intruder) {
    intruder.remove(Family::ids, id_of(45));
    intruder.put(Family::ids, "forged", position_bytes(45));
  });
  EXPECT_THAT(findings(), UnorderedElementsAre(Located("id-index", "event 45 of participant/P5"),
                                               Located("id-index", "id forged")));
}

TEST_P(Tampering, WithAnIdThatPointsNowhereIsFound) {
  intrude([](Intruder& intruder) {
    intruder.put(Family::ids, "forged", position_bytes(4500));
    intruder.put(Family::ids, "short \x1b", "abc");
  });
  const auto found = findings();
  EXPECT_THAT(found, Contains(Located("id-index", "id forged")));
  EXPECT_THAT(found, Contains(Located("id-index", "id 0x73686f7274201b")));
}

TEST_P(Tampering, ByDroppingAnIdIsFound) {
  intrude([](Intruder& intruder) { intruder.remove(Family::ids, id_of(45)); });
  EXPECT_THAT(findings(), Contains(Located("id-index", "event 45 of participant/P5")));
}

TEST_P(Tampering, WithAnIdsPositionIsFound) {
  intrude([](Intruder& intruder) { intruder.put(Family::ids, id_of(45), position_bytes(46)); });
  EXPECT_THAT(findings(), UnorderedElementsAre(Located("id-index", "event 45 of participant/P5"),
                                               Located("id-index", "id " + id_of(45))));
}

TEST_P(Tampering, WithAStreamsPositionIsFound) {
  intrude([](Intruder& intruder) {
    intruder.put(Family::streams, stream_key("participant/P5", 3), position_bytes(46));
  });
  EXPECT_THAT(findings(),
              UnorderedElementsAre(Located("stream-index", "event 45 of participant/P5"),
                                   Located("stream-index", "version 3 of participant/P5")));
}

TEST_P(Tampering, ByExchangingTwoVersionsIsFound) {
  intrude([](Intruder& intruder) {
    intruder.put(Family::streams, stream_key("participant/P5", 3), position_bytes(65));
    intruder.put(Family::streams, stream_key("participant/P5", 4), position_bytes(45));
  });
  const auto found = findings();
  EXPECT_THAT(found, Contains(Located("stream-order", "version 4 of participant/P5")));
  EXPECT_THAT(found, Contains(Located("stream-index", "event 45 of participant/P5")));
}

TEST_P(Tampering, ByDroppingAVersionIsFound) {
  intrude([](Intruder& intruder) {
    intruder.remove(Family::streams, stream_key("participant/P5", 3));
  });
  const auto found = findings();
  EXPECT_THAT(found, Contains(Located("stream-gap", "version 3 of participant/P5")));
  EXPECT_THAT(found, Contains(Located("stream-index", "event 45 of participant/P5")));
}

// As many entries as before, the same keys and the same positions: only who points where differs.
TEST_P(Tampering, ByExchangingThePositionsOfTwoIdsIsFound) {
  intrude([](Intruder& intruder) {
    intruder.put(Family::ids, id_of(45), position_bytes(46));
    intruder.put(Family::ids, id_of(46), position_bytes(45));
  });
  EXPECT_THAT(findings(), ElementsAre(Located("id-index", "event 45 of participant/P5"),
                                      Located("id-index", "event 46 of participant/P6"),
                                      Located("id-index", "id " + id_of(46)),
                                      Located("id-index", "id " + id_of(45))));
}

// The positions of both streams rise as before.
TEST_P(Tampering, ByExchangingThePositionsOfTwoStreamsIsFound) {
  intrude([](Intruder& intruder) {
    intruder.put(Family::streams, stream_key("participant/P5", 3), position_bytes(46));
    intruder.put(Family::streams, stream_key("participant/P6", 3), position_bytes(45));
  });
  EXPECT_THAT(findings(), ElementsAre(Located("stream-index", "event 45 of participant/P5"),
                                      Located("stream-index", "event 46 of participant/P6"),
                                      Located("stream-index", "version 3 of participant/P6"),
                                      Located("stream-index", "version 3 of participant/P5")));
}

// No gap, no fall, as many entries as before.
TEST_P(Tampering, ByMovingAnEventToTheEndOfAnotherStreamIsFound) {
  intrude([](Intruder& intruder) {
    intruder.remove(Family::streams, stream_key("participant/P5", 15));
    intruder.put(Family::streams, stream_key("participant/P4", 16), position_bytes(285));
  });
  EXPECT_THAT(findings(), ElementsAre(Located("stream-index", "event 285 of participant/P5"),
                                      Located("stream-index", "version 16 of participant/P4")));
}

TEST_P(Tampering, ByRepeatingAnEventInItsStreamIsFound) {
  intrude([](Intruder& intruder) {
    intruder.put(Family::streams, stream_key("participant/P5", 16), position_bytes(285));
  });
  EXPECT_THAT(findings(), ElementsAre(Located("refused", "log"),
                                      Located("stream-order", "version 16 of participant/P5"),
                                      Located("stream-index", "version 16 of participant/P5")));
}

// What is said of one event comes in one order: its record, its entries, its leaf.
TEST_P(Tampering, OfOneEventInAllItsPartsIsToldInOrder) {
  intrude([](Intruder& intruder) {
    SampleRecord other(45, 20);
    other.record.event.event.id = "another";
    other.record.event.recorded = Instant{0};
    other.encode();
    intruder.put(Family::events, position_bytes(45), other.bytes);
  });
  EXPECT_THAT(findings(), ElementsAre(Located("recorded-goes-back", "event 45 of participant/P5"),
                                      Located("id-index", "event 45 of participant/P5"),
                                      Located("leaf-differs", "event 45 of participant/P5"),
                                      Located("id-index", "id " + id_of(45))));
}

TEST_P(Tampering, WithAForgedStreamIsFound) {
  intrude([](Intruder& intruder) {
    intruder.put(Family::streams, stream_key("participant/forged", 1), position_bytes(45));
    intruder.put(Family::streams, "odd", position_bytes(45));
  });
  const auto found = findings();
  EXPECT_THAT(found, Contains(Located("stream-index", "version 1 of participant/forged")));
  EXPECT_THAT(found, Contains(Located("stream-key", "stream key odd")));
}

TEST_P(Tampering, WithALeafHashIsFoundThereAlone) {
  intrude([](Intruder& intruder) { intruder.put_leaf(45, other()); });
  EXPECT_THAT(findings(), ElementsAre(Located("leaf-differs", "event 45 of participant/P5")));
}

// After the last whole tile.
TEST_P(Tampering, WithALeafHashOfTheEdgeIsFoundThere) {
  intrude([](Intruder& intruder) { intruder.put_leaf(298, other()); });
  EXPECT_THAT(findings(), Contains(Located("leaf-differs", "event 298 of participant/P18")));
}

TEST_P(Tampering, WithANodeIsFoundThereAlone) {
  intrude([](Intruder& intruder) { intruder.put(Family::tree, node_key({5, 7}), other_hash()); });
  EXPECT_THAT(findings(), ElementsAre(Located("node-differs", "node (5, 7)")));
}

TEST_P(Tampering, WithEveryNodeIsFound) {
  for (unsigned level = 1; (size >> level) != 0; ++level) {
    if (!store::has_nodes(layout_, level)) continue;
    const merkle::NodeId id{level, (size >> level) - 1};
    std::string stored;
    intrude([&](Intruder& intruder) {
      stored = intruder.get(Family::tree, node_key(id));
      intruder.put(Family::tree, node_key(id), other_hash());
    });
    EXPECT_THAT(findings(),
                Contains(Located("node-differs", fmt::format("node ({}, {})", level, id.index))));
    intrude([&](Intruder& intruder) { intruder.put(Family::tree, node_key(id), stored); });
  }
  EXPECT_THAT(findings(), ElementsAre());
}

TEST_P(Tampering, ByDroppingOrAddingNodesIsFound) {
  intrude([](Intruder& intruder) {
    intruder.remove(Family::tree, node_key({5, 7}));
    intruder.remove_leaf(45);
    intruder.put(Family::tree, node_key({4, 18}), other_hash());
    intruder.put(Family::tree, node_key({30, 0}), other_hash());
    intruder.put(Family::tree, "odd", other_hash());
    intruder.put(Family::tree, node_key({6, 2}), "short");
  });
  const auto found = findings();
  EXPECT_THAT(found, Contains(Located("node-missing", "node (5, 7)")));
  EXPECT_THAT(found, Contains(Located("leaf-missing", "event 45 of participant/P5")));
  EXPECT_THAT(found, Contains(Located("node-extra", "node (4, 18)")));
  EXPECT_THAT(found, Contains(Located("node-extra", "node (30, 0)")));
  EXPECT_THAT(found, Contains(Located("node-key", "tree key odd")));
  EXPECT_THAT(found, Contains(Located("node-differs", "node (6, 2)")));
}

// In a log of tiles: what the other format would hold, a tile and hashes too many, none at all.
class TileTampering : public InspectedLedger {
 protected:
  void SetUp() override { write(); }

  void put_edge(const store::TreeEdge& edge) {
    intrude([&](Intruder& intruder) {
      intruder.put(Family::heads, std::string(store::edge_key), store::edge_bytes(edge));
    });
  }
  store::TreeEdge edge() {
    store::TreeEdge edge;
    intrude([&](Intruder& intruder) {
      edge = *store::read_edge(intruder.get(Family::heads, std::string(store::edge_key)));
    });
    return edge;
  }
};

TEST_F(TileTampering, ByAddingNodesThatTilesStandForIsFound) {
  intrude([](Intruder& intruder) {
    intruder.put(Family::tree, node_key({1, 3}), other_hash());
    intruder.put(Family::tree, store::tile_key(18), other_hash());
    intruder.put(Family::tree, "\x01odd", other_hash());
    intruder.put(Family::tree, "odd", other_hash());
  });
  const auto found = findings();
  EXPECT_THAT(found, Contains(Located("node-extra", "node (1, 3)")));
  EXPECT_THAT(found, Contains(Located("node-extra", "tile 18")));
  EXPECT_THAT(found, Contains(Located("node-key", "tree key 0x016f6464")));
  EXPECT_THAT(found, Contains(Located("node-key", "tree key odd")));
}

TEST_F(TileTampering, ByShorteningATileIsFoundOnce) {
  intrude([](Intruder& intruder) { intruder.put(Family::tree, store::tile_key(2), "short"); });
  EXPECT_THAT(findings(), ElementsAre(Located("node-differs", "tile 2")));
}

TEST_F(TileTampering, ByDroppingATileIsFoundAtItsEvents) {
  intrude([](Intruder& intruder) { intruder.remove(Family::tree, store::tile_key(2)); });
  const auto found = findings();
  EXPECT_THAT(found, Contains(Located("refused", "log")));
  EXPECT_THAT(found, Contains(Located("leaf-missing", "event 32 of participant/P12")));
  EXPECT_THAT(found, Contains(Located("leaf-missing", "event 47 of participant/P7")));
  EXPECT_EQ(found.size(), 1 + store::tile_leaves);
}

TEST_F(TileTampering, WithTheEdgeIsFoundThere) {
  const auto whole = edge();
  ASSERT_EQ(whole.tile, 18);
  ASSERT_EQ(whole.leaves.size(), 12);
  auto other_edge = whole;
  other_edge.leaves.push_back(other());
  put_edge(other_edge);
  EXPECT_THAT(findings(), Contains(Located("node-differs", "edge of the tree")));
  put_edge({17, whole.leaves});
  EXPECT_THAT(findings(), Contains(Located("node-differs", "edge of the tree")));
  intrude([](Intruder& intruder) {
    intruder.put(Family::heads, std::string(store::edge_key), "short");
  });
  EXPECT_THAT(findings(), Contains(Located("node-differs", "edge of the tree")));
  intrude([](Intruder& intruder) { intruder.remove(Family::heads, std::string(store::edge_key)); });
  EXPECT_THAT(findings(), Contains(Located("node-differs", "edge of the tree")));
  put_edge(whole);
  EXPECT_THAT(findings(), ElementsAre());
}

// Carried upwards in both forms, so that one bad leaf is one finding, and so are two.
TEST_F(TileTampering, WithARecordAndALeafHashOfOneTileIsFoundAtBothAlone) {
  intrude([](Intruder& intruder) {
    intruder.put(Family::events, position_bytes(45), edited(45));
    intruder.put(Family::events, position_bytes(46), edited(46));
    intruder.put_leaf(70, other());
  });
  EXPECT_THAT(findings(), ElementsAre(Located("leaf-differs", "event 45 of participant/P5"),
                                      Located("leaf-differs", "event 46 of participant/P6"),
                                      Located("leaf-differs", "event 70 of participant/P10")));
}

TEST_P(Tampering, WithTheHeadIsFound) {
  intrude([](Intruder& intruder) {
    intruder.put(Family::heads, "head", store::head_bytes({size, liggare::sha256({"other"})}));
    intruder.put(Family::heads, "more", "value");
  });
  const auto found = findings();
  EXPECT_THAT(found, Contains(Located("root-differs", "head at 300 events")));
  EXPECT_THAT(found, Contains(Located("head-key", "head key more")));
}

TEST_P(Tampering, WithAHeadThatClaimsALifetimeOfEventsIsFoundAtOnce) {
  intrude([](Intruder& intruder) {
    const std::uint64_t huge = std::uint64_t{1} << 60;
    intruder.put(Family::heads, "head", store::head_bytes({huge, {}}));
    intruder.put(Family::events, position_bytes(huge), "far");
  });
  EXPECT_THAT(findings(), Contains(Field(&Finding::code, "event-missing")));
}

TEST_P(Tampering, ByRemovingTheHeadOrTheIdentityIsFound) {
  intrude([](Intruder& intruder) { intruder.remove(Family::heads, "ledger"); });
  EXPECT_THAT(findings(), ElementsAre(Located("identity", "identity of the ledger")));
  intrude([](Intruder& intruder) { intruder.remove(Family::heads, "head"); });
  EXPECT_THAT(findings(), Contains(Located("refused", "log")));
  EXPECT_THAT(findings(), Contains(Located("identity", "identity of the ledger")));
}

// With everything made to fit, only HEAD remembers.
TEST_P(Tampering, ByCuttingTheTailIsFoundAtHead) {
  intrude([layout = layout_](Intruder& intruder) {
    merkle::Frontier frontier;
    std::vector<merkle::Node> nodes;
    const auto records = sample_records(size, stream_count);
    for (std::uint64_t i = 0; i < size - 1; ++i) {
      frontier.append(merkle::leaf_hash(records[i].bytes), nodes);
    }
    intruder.put(Family::heads, "head", store::head_bytes(frontier.head()));
    intruder.remove(Family::events, position_bytes(299));
    intruder.remove(Family::ids, id_of(299));
    intruder.remove(Family::streams, stream_key("participant/P19", 15));
    intruder.remove_leaf(299);
    if (layout == store::TreeLayout::leaf_tiles) return;
    for (const auto& node : {merkle::NodeId{1, 149}, {2, 74}}) {
      intruder.remove(Family::tree, node_key(node));
    }
  });
  const auto found = findings();
  EXPECT_THAT(found,
              UnorderedElementsAre(Located("refused", "HEAD"), Located("tail-lost", "HEAD")));
}

TEST_P(Tampering, ByAddingAnEventBeyondTheHeadIsFound) {
  intrude([](Intruder& intruder) {
    intruder.put(Family::events, position_bytes(300), SampleRecord(300, 20).bytes);
    intruder.put(Family::events, "odd", "odd");
  });
  const auto found = findings();
  EXPECT_THAT(found, Contains(Located("event-beyond-head", "event 300 of unit/U1")));
  EXPECT_THAT(found, Contains(Located("event-key", "event key odd")));
}

// From here on the records are written by the store itself, so that all hashes fit.
class Miswriting : public InspectedLedger {
 protected:
  void write_with(const std::function<void(std::vector<SampleRecord>&)>& change) {
    auto records = sample_records(size, stream_count);
    change(records);
    write(records);
  }
};

TEST_F(Miswriting, OfATimeThatGoesBackIsFound) {
  write_with([](std::vector<SampleRecord>& records) {
    records[45].record.event.recorded = records[43].record.event.recorded;
    records[45].encode();
  });
  EXPECT_THAT(findings(), ElementsAre(Located("recorded-goes-back", "event 45 of participant/P5")));
}

TEST_F(Miswriting, OfATimeThatGoesBackAcrossRangesIsFound) {
  auto records = sample_records(4200, stream_count);
  records[4096].record.event.recorded = records[4094].record.event.recorded;
  records[4096].encode();
  write(records);
  EXPECT_THAT(findings(),
              ElementsAre(Located("recorded-goes-back", "event 4096 of participant/P16")));
}

TEST_F(Miswriting, OfTheSameTimeTwiceIsNone) {
  write_with([](std::vector<SampleRecord>& records) {
    records[45].record.event.recorded = records[44].record.event.recorded;
    records[45].encode();
  });
  EXPECT_THAT(findings(), ElementsAre());
}

// A word that the canonical form does not have, with a frame that counts it.
TEST_F(Miswriting, OfANonCanonicalRecordIsFound) {
  write_with([](std::vector<SampleRecord>& records) {
    auto& bytes = records[45].bytes;
    bytes.append(8, '\0');
    bytes[4] = static_cast<char>((bytes.size() - 8) / 8);
    ASSERT_LT((bytes.size() - 8) / 8, 256U);
  });
  EXPECT_THAT(findings(), Contains(Located("record-unreadable", "event 45")));
}

TEST_F(Miswriting, OfAVersionGapIsFound) {
  write_with([](std::vector<SampleRecord>& records) {
    auto& record = records[285];
    record.record.event.version = 16;
    record.encode();
  });
  EXPECT_THAT(findings(), ElementsAre(Located("stream-gap", "version 15 of participant/P5")));
}

TEST_F(Miswriting, OfAnotherVersionInTheRecordIsFound) {
  write_with([](std::vector<SampleRecord>& records) {
    SampleRecord other = records[285];
    other.record.event.version = 16;
    other.encode();
    records[285].bytes = other.bytes;
  });
  EXPECT_THAT(findings(),
              UnorderedElementsAre(Located("stream-index", "event 285 of participant/P5"),
                                   Located("stream-index", "version 15 of participant/P5")));
}

TEST_F(Miswriting, OfOneIdTwiceIsFound) {
  write_with([](std::vector<SampleRecord>& records) {
    records[45].record.event.event.id = records[44].record.event.event.id;
    records[45].encode();
  });
  EXPECT_THAT(findings(), Contains(Located("id-index", "event 44 of participant/P4")));
}

}  // namespace
}  // namespace liggare::inspect
