// Checks every change of the ledger's key.
#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "inspect/full_check.h"
#include "merkle/key_rotation.h"

namespace liggare::inspect {
namespace {

using domain::LedgerKeyRotated;

struct Rotation {
  std::uint64_t position = 0;
  const LedgerKeyRotated* rotated = nullptr;  // In the organisation's streams.
};

std::vector<Rotation> rotations_in(const Organisation& organisation) {
  std::vector<Rotation> rotations;
  for (const auto& [subject, stream] : organisation.streams()) {
    for (const domain::RecordedEventPtr& event : stream) {
      const auto* rotated = std::get_if<LedgerKeyRotated>(&event->event.data);
      if (rotated != nullptr) rotations.push_back({event->position, rotated});
    }
  }
  std::sort(rotations.begin(), rotations.end(), [](const Rotation& left, const Rotation& right) {
    return left.position < right.position;
  });
  return rotations;
}

class RotationCheck {
 public:
  RotationCheck(const FullExamination& examination, const Rotation& rotation)
      : examination_(examination), rotation_(rotation), rotated_(*rotation.rotated) {}

  // `key_before` is the new key of the change before; empty for the first.
  Result<void> run(const std::string& key_before) {
    if (!key_before.empty() && rotated_.old_vkey != key_before) {
      report("oldVkey", key_before, rotated_.old_vkey);
    }
    LIGGARE_TRY(const bool head_holds, check_head());
    const auto old_key = read_key("oldVkey", rotated_.old_vkey);
    const auto new_key = read_key("newVkey", rotated_.new_vkey);
    if (!head_holds || !old_key || !new_key) return {};
    const std::string message = merkle::rotation_message(*old_key, *new_key, head_);
    check_signature("newSignature", *new_key, message, rotated_.new_signature);
    if (rotated_.old_signature) {
      check_signature("oldSignature", *old_key, message, *rotated_.old_signature);
    } else {
      examination_.report.not_checked.push_back(
          {Statement::key_change_unsigned, {std::to_string(rotation_.position)}});
    }
    return {};
  }

 private:
  Result<bool> check_head() {
    const auto size = static_cast<std::uint64_t>(rotated_.size);
    if (size > rotation_.position) {
      report("size", fmt::format("at most {}", rotation_.position),
             fmt::format("{}", rotated_.size));
      return false;
    }
    const store::EventLog& log = examination_.log;
    LIGGARE_TRY(const Hash root,
                merkle::root_at(size, [&](merkle::NodeId id) { return log.node(id); }));
    head_ = {size, root};
    if (to_hex(root.view()) == rotated_.root) return true;
    report("root", to_hex(root.view()), rotated_.root);
    return false;
  }

  std::optional<merkle::VerifierKey> read_key(const char* field, const std::string& text) {
    const auto key = merkle::VerifierKey::parse(text);
    const std::string& origin = examination_.report.origin;
    if (key && key->name == origin && key->type == merkle::KeyType::ed25519) return *key;
    report(field, "a key of " + printable(origin), text);
    return std::nullopt;
  }

  void check_signature(const char* field, const merkle::VerifierKey& key,
                       const std::string& message, const std::string& text) {
    const auto signature = from_base64(text);
    if (signature && key.holds(message, *signature)) return;
    report(field, "a signature of " + key.text(), text);
  }

  void report(const std::string& what, std::string expected, const std::string& found) {
    examination_.findings.add(
        {Part::rotations, rotation_.position},
        {"rotation-differs",
         fmt::format("change of the key at position {}: {}", rotation_.position, what),
         std::move(expected), printable(found)});
  }

  const FullExamination& examination_;
  const Rotation& rotation_;
  const LedgerKeyRotated& rotated_;
  merkle::TreeHead head_;
};

// Changes that lead from a key of nobody's to another one prove nothing: those who hold a key of
// the ledger must find it among them. The signer turns to the new key when it signs next, which may
// be after several changes.
void check_key_is_among(const FullExamination& examination, const std::string& named,
                        const merkle::VerifierKey& key, const std::vector<Rotation>& rotations) {
  const std::string text = key.text();
  const bool is_known =
      std::any_of(rotations.begin(), rotations.end(), [&](const Rotation& rotation) {
        return text == rotation.rotated->old_vkey || text == rotation.rotated->new_vkey;
      });
  if (is_known || rotations.empty()) return;
  examination.findings.add(
      {Part::rotations, UINT64_MAX},
      {"rotation-differs", named, printable(rotations.back().rotated->new_vkey), printable(text)});
}

}  // namespace

Result<void> check_rotations(const FullExamination& examination, const SignerState& signer) {
  const std::vector<Rotation> rotations = rotations_in(examination.organisation);
  std::string key_before;
  for (const Rotation& rotation : rotations) {
    LIGGARE_CHECK(RotationCheck(examination, rotation).run(key_before));
    key_before = rotation.rotated->new_vkey;
  }
  if (signer.key) check_key_is_among(examination, "the key in SIGNED", *signer.key, rotations);
  if (const auto& given = examination.options.key) {
    check_key_is_among(examination, "the key given", given->key, rotations);
  }
  examination.report.checked.push_back(
      {Statement::key_changes, {std::to_string(rotations.size())}});
  return {};
}

}  // namespace liggare::inspect
