#include "vault/class_key.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/bytes.h"
#include "vault/wrapping.h"

namespace liggare::vault {
namespace {

constexpr std::string_view associated_label = "liggare/vault/v1";
// What follows: the root alone, or the nodes in the order of their paths.
constexpr char whole_key = '\x01';
constexpr char punctured_key = '\x02';

// Unambiguous though joined without lengths: the key id's length is fixed and no class's name ends
// another's.
std::string associated_data(std::string_view key_id, const ClassKeyName& name) {
  std::string bytes(associated_label);
  bytes += key_id;
  bytes += name.subject;
  bytes += name_of(name.personal_class);
  return bytes;
}

bool is_whole(const sealing::KeyNodes& nodes) {
  return nodes.size() == 1 && nodes.front().path.empty();
}

SecretText encode(const sealing::KeyNodes& nodes) {
  std::vector<const sealing::KeyNode*> ordered;
  for (const sealing::KeyNode& node : nodes) ordered.push_back(&node);
  std::sort(ordered.begin(), ordered.end(),
            [](const auto* left, const auto* right) { return left->path < right->path; });
  std::string bytes;
  // All at once: a string that grew would leave its earlier bytes behind.
  bytes.reserve(1 + nodes.size() * (1 + sealing::tree_depth + key_bytes));
  bytes.push_back(is_whole(nodes) ? whole_key : punctured_key);
  for (const sealing::KeyNode* node : ordered) {
    if (!is_whole(nodes)) {
      bytes.push_back(static_cast<char>(node->path.size()));
      bytes += node->path;
    }
    bytes += node->key.view();
  }
  return SecretText(std::move(bytes));
}

bool is_path(std::string_view path) {
  return path.size() <= sealing::tree_depth && std::all_of(path.begin(), path.end(), [](char step) {
           return static_cast<unsigned char>(step) < sealing::tree_arity;
         });
}

// Takes the next node from the front of `bytes`.
std::optional<sealing::KeyNode> take_node(std::string_view& bytes) {
  const std::size_t depth = static_cast<unsigned char>(bytes.front());
  if (bytes.size() < 1 + depth + key_bytes) return std::nullopt;
  const std::string_view path = bytes.substr(1, depth);
  if (!is_path(path)) return std::nullopt;
  sealing::KeyNode node{std::string(path), SecretKey(bytes.substr(1 + depth, key_bytes))};
  bytes.remove_prefix(1 + depth + key_bytes);
  return node;
}

std::optional<sealing::KeyNodes> decode_nodes(std::string_view bytes) {
  sealing::KeyNodes nodes;
  while (!bytes.empty()) {
    auto node = take_node(bytes);
    if (!node || node->path.empty()) return std::nullopt;
    // In order, a path that another one starts with stands right before one of those.
    if (!nodes.empty() &&
        (node->path <= nodes.back().path || node->path.starts_with(nodes.back().path))) {
      return std::nullopt;
    }
    nodes.push_back(std::move(*node));
  }
  if (nodes.empty()) return std::nullopt;
  return nodes;
}

std::optional<sealing::KeyNodes> decode(std::string_view bytes) {
  if (bytes.starts_with(whole_key) && bytes.size() == 1 + key_bytes) {
    return sealing::whole_tree(SecretKey(bytes.substr(1)));
  }
  if (bytes.starts_with(punctured_key)) return decode_nodes(bytes.substr(1));
  return std::nullopt;
}

}  // namespace

std::string wrap_class_key(const SecretKey& epoch_key, const ClassKey& key) {
  return wrap(epoch_key, associated_data(key.key_id, key.name), encode(key.nodes).view());
}

Result<ClassKey> unwrap_class_key(const SecretKey& epoch_key, std::string_view key_id,
                                  const ClassKeyName& name, std::string_view wrapped) {
  const auto plaintext = unwrap(epoch_key, associated_data(key_id, name), wrapped);
  if (!plaintext) {
    return fail(ErrorCode::corrupt, words_for_key(key_id) + " does not open in its place");
  }
  auto nodes = decode(plaintext->view());
  if (!nodes) return fail(ErrorCode::corrupt, words_for_key(key_id) + " has an unknown form");
  return ClassKey{std::string(key_id), name, *std::move(nodes)};
}

std::string words_for_key(std::string_view key_id) { return "vault key " + to_hex(key_id); }

}  // namespace liggare::vault
