#include "sealing/puncture_tree.h"

#include <algorithm>
#include <utility>

#include "base/assertion.h"
#include "sealing/hkdf.h"

namespace liggare::sealing {
namespace {

constexpr std::string_view child_label = "liggare/puncture/v1";

// The way from the root to the leaf at `index`: one byte a nibble.
std::string path_to(std::string_view index) {
  LIGGARE_ASSERT(index.size() == index_bytes, "a section's index has 4 bytes");
  std::string path;
  for (const char byte : index) {
    const auto value = static_cast<unsigned char>(byte);
    path.push_back(static_cast<char>(value >> 4));
    path.push_back(static_cast<char>(value & 15));
  }
  return path;
}

unsigned nibble_at(std::string_view path, std::size_t depth) {
  return static_cast<unsigned char>(path[depth]);
}

// From a node at `depth` down to the leaf that `path` leads to.
SecretKey descend(const SecretKey& node_key, std::string_view path, std::size_t depth) {
  SecretKey key = node_key.clone();
  for (; depth < path.size(); ++depth) key = child_key(key, nibble_at(path, depth));
  return key;
}

auto covers(std::string_view path) {
  return [path](const KeyNode& node) { return path.starts_with(node.path); };
}

Unexpected<Error> punctured() {
  return fail(ErrorCode::not_found, "the key of this section was destroyed");
}

}  // namespace

SecretKey child_key(const SecretKey& node_key, unsigned nibble) {
  LIGGARE_ASSERT(nibble < tree_arity, "a nibble is less than 16");
  const char step = static_cast<char>(nibble);
  return hkdf_expand(node_key, {child_label, {&step, 1}});
}

SecretKey base_key(const SecretKey& class_key, std::string_view index) {
  return descend(class_key, path_to(index), 0);
}

KeyNodes whole_tree(const SecretKey& class_key) {
  KeyNodes nodes;
  nodes.push_back({"", class_key.clone()});
  return nodes;
}

Result<KeyNodes> puncture(KeyNodes nodes, std::string_view index) {
  const std::string path = path_to(index);
  const auto covering = std::find_if(nodes.begin(), nodes.end(), covers(path));
  if (covering == nodes.end()) return punctured();
  KeyNode node = std::move(*covering);
  nodes.erase(covering);
  for (std::size_t depth = node.path.size(); depth < tree_depth; ++depth) {
    for (unsigned nibble = 0; nibble < tree_arity; ++nibble) {
      if (nibble == nibble_at(path, depth)) continue;
      const std::string sibling = path.substr(0, depth) + static_cast<char>(nibble);
      nodes.push_back({sibling, child_key(node.key, nibble)});
    }
    node.key = child_key(node.key, nibble_at(path, depth));
  }
  return nodes;
}

const KeyNode* node_over(const KeyNodes& nodes, std::string_view index) {
  const std::string path = path_to(index);
  const auto covering = std::find_if(nodes.begin(), nodes.end(), covers(path));
  return covering == nodes.end() ? nullptr : &*covering;
}

SecretKey base_key(const KeyNode& node, std::string_view index) {
  const std::string path = path_to(index);
  LIGGARE_ASSERT(path.starts_with(node.path), "a node that does not lie over the index");
  return descend(node.key, path, node.path.size());
}

Result<SecretKey> base_key(const KeyNodes& nodes, std::string_view index) {
  const KeyNode* node = node_over(nodes, index);
  if (node == nullptr) return punctured();
  return base_key(*node, index);
}

}  // namespace liggare::sealing
