#include "inspect/tree_check.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "inspect/event_place.h"
#include "inspect/tile_check.h"
#include "store/rocks/database.h"

namespace liggare::inspect {
namespace {

constexpr unsigned level_max = 63;

std::string hex_of(const std::optional<Hash>& hash) { return hash ? to_hex(hash->view()) : ""; }

// One level's part of a span.
class LevelCheck {
 public:
  LevelCheck(const Examination& examination, const LeafSpan& span, unsigned level)
      : examination_(examination),
        level_(level),
        from_(span.first >> level),
        to_(span.end >> level),
        reaches_end_(span.reaches_end) {}

  std::uint64_t width() const { return to_ - from_; }

  Result<void> read_stored(Level& slots) const {
    const auto take = [&](std::string_view key, std::string_view value) -> Result<void> {
      take_entry(key, value, slots);
      return {};
    };
    const auto read = examination_.database.for_each(keys(), take);
    if (read) return {};
    LIGGARE_CHECK(examination_.findings.take(read.error()));
    // What could not be read is not missing.
    for (auto& slot : slots) slot.is_reported |= !slot.stored;
    return {};
  }

  void report(std::uint64_t offset, std::string code, const NodeSlot& slot) const {
    add(from_ + offset, {std::move(code), place(from_ + offset), hex_of(slot.computed),
                         slot.stored ? hex_of(slot.stored) : "nothing"});
  }

 private:
  // The ranges of all spans and levels together leave no key out, whatever its bytes.
  store::KeyRange keys() const {
    const bool is_first = from_ == 0;
    const auto level_start = [](unsigned level) {
      return std::string(1, static_cast<char>(level));
    };
    std::string from = store::node_key({level_, from_});
    if (is_first) from = level_ == 0 ? "" : level_start(level_);
    std::string to = store::node_key({level_, to_});
    if (reaches_end_) to = is_last_in_family() ? "" : level_start(level_ + 1);
    return {store::Family::tree, std::move(from), std::move(to)};
  }

  // After the highest level stand the tiles, where there are any.
  bool is_last_in_family() const {
    return level_ == level_max && examination_.layout == store::TreeLayout::every_node;
  }

  void take_entry(std::string_view key, std::string_view value, Level& slots) const {
    const auto id = store::read_node_key(key);
    if (!id) {
      add(from_, {"node-key", fmt::format("tree key {}", printable(key)), "no entry", "an entry"});
    } else if (id->index < from_ || id->index >= to_) {
      add(id->index, {"node-extra", node_place(*id), "no entry", to_hex(value)});
    } else if (value.size() != hash_bytes) {
      slots[id->index - from_].is_reported = true;
      add(id->index, {"node-differs", place(id->index), hex_of(slots[id->index - from_].computed),
                      fmt::format("{} bytes", value.size())});
    } else {
      slots[id->index - from_].stored = Hash::from(value);
    }
  }

  std::string place(std::uint64_t index) const {
    return level_ == 0 ? event_place(examination_.database, index) : node_place({level_, index});
  }

  void add(std::uint64_t index, Finding finding) const {
    const bool is_event = level_ == 0 && index < examination_.size;
    examination_.findings.add({is_event ? Part::events : Part::tree, index, leaf_step},
                              std::move(finding));
  }

  const Examination& examination_;
  const unsigned level_;
  const std::uint64_t from_;
  const std::uint64_t to_;
  const bool reaches_end_;
};

const std::optional<Hash>& best_of(const NodeSlot& slot) {
  return slot.computed ? slot.computed : slot.stored;
}

// Whether the stored parent follows from its children in any of their two forms.
bool follows(const NodeSlot& parent, const NodeSlot& left, const NodeSlot& right) {
  for (const auto& a : {left.computed, left.stored}) {
    for (const auto& b : {right.computed, right.stored}) {
      if (a && b && merkle::node_hash(*a, *b) == *parent.stored) return true;
    }
  }
  return false;
}

// Fills in what the node has to be; gives the finding's code where it is not that.
const char* judge(NodeSlot& slot, const NodeSlot& left, const NodeSlot& right) {
  if (best_of(left) && best_of(right)) {
    slot.computed = merkle::node_hash(*best_of(left), *best_of(right));
  }
  if (slot.is_reported) return nullptr;
  if (!slot.stored) return "node-missing";
  if (!slot.computed || slot.stored == slot.computed) return nullptr;
  if (!follows(slot, left, right)) return "node-differs";
  slot.computed = slot.stored;
  return nullptr;
}

// A node of which nothing is stored: as it follows from what its children should be, and from what
// is stored of them.
NodeSlot between(const NodeSlot& left, const NodeSlot& right) {
  const auto stored_of = [](const NodeSlot& slot) {
    return slot.stored ? slot.stored : slot.computed;
  };
  NodeSlot slot;
  if (best_of(left) && best_of(right)) {
    slot.computed = merkle::node_hash(*best_of(left), *best_of(right));
  }
  const bool is_as_stored = left.computed == left.stored && right.computed == right.stored;
  slot.stored = is_as_stored || !slot.computed
                    ? slot.computed
                    : merkle::node_hash(*stored_of(left), *stored_of(right));
  return slot;
}

}  // namespace

std::string node_place(merkle::NodeId id) {
  return fmt::format("node ({}, {})", id.level, id.index);
}

Result<void> compare_leaves(const Examination& examination, const LeafSpan& span, Level& leaves,
                            Tally& tally) {
  const LevelCheck check(examination, span, 0);
  LIGGARE_CHECK(examination.layout == store::TreeLayout::leaf_tiles
                    ? read_tiles(examination, span, leaves)
                    : check.read_stored(leaves));
  for (std::uint64_t i = 0; i < leaves.size(); ++i) {
    const NodeSlot& leaf = leaves[i];
    if (leaf.is_reported) continue;
    if (!leaf.stored) {
      check.report(i, "leaf-missing", leaf);
    } else if (leaf.computed && leaf.computed != leaf.stored) {
      check.report(i, "leaf-differs", leaf);
    } else if (leaf.computed) {
      ++tally.leaf_hashes;
    }
  }
  return {};
}

Result<Level> climb(const Examination& examination, const LeafSpan& span, Climb levels, Level below,
                    Tally& tally) {
  for (unsigned level = levels.from; level <= levels.to; ++level) {
    const LevelCheck check(examination, span, level);
    Level slots(check.width());
    if (!store::has_nodes(examination.layout, level)) {
      for (std::uint64_t i = 0; i < slots.size(); ++i) {
        slots[i] = between(below[2 * i], below[2 * i + 1]);
      }
      below = std::move(slots);
      continue;
    }
    LIGGARE_CHECK(check.read_stored(slots));
    for (std::uint64_t i = 0; i < slots.size(); ++i) {
      const char* code = judge(slots[i], below[2 * i], below[2 * i + 1]);
      if (code != nullptr) check.report(i, code, slots[i]);
      if (slots[i].computed && slots[i].computed == slots[i].stored) ++tally.nodes;
    }
    below = std::move(slots);
  }
  return below;
}

}  // namespace liggare::inspect
