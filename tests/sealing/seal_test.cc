#include "sealing/seal.h"

#include <gtest/gtest.h>

#include <functional>

#include "sealing/aead.h"
#include "sealing/hkdf.h"
#include "sealing/padding.h"
#include "sealing/puncture_tree.h"
#include "vectors.h"

namespace liggare::sealing {
namespace {

const std::string json = R"({"text":"Syntetisk anteckning."})";

const SecretKey& class_key() {
  static const SecretKey key(std::string(key_bytes, '\x29'));
  return key;
}

const EventContext event{.event_id = "e-1",
                         .subject = "participant/P1",
                         .type = "note.recorded",
                         .effective = "2024-05-06"};

Section sealed(std::string text = json) {
  const std::string index = unhex("00a1b2ff");
  return seal(base_key(class_key(), index), event,
              {.personal_class = PersonalClass::health,
               .key_id = std::string(key_id_bytes, 'k'),
               .index = index,
               .salt = std::string(salt_bytes, 's'),
               .json = std::move(text)});
}

Result<std::string> opened(const Section& section, const EventContext& in = event) {
  return open(section_key(base_key(class_key(), section.index), in, section), in, section);
}

void expect_refused(const Section& section, const EventContext& in = event) {
  const auto text = opened(section, in);
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::corrupt);
}

// Calls `use` with the section once for every bit of one field, that bit flipped.
void for_every_flip(std::string Section::*field, const std::function<void(const Section&)>& use) {
  Section section = sealed();
  for (char& byte : section.*field) {
    for (int bit = 0; bit < 8; ++bit) {
      byte = static_cast<char>(byte ^ (1 << bit));
      use(section);
      byte = static_cast<char>(byte ^ (1 << bit));
    }
  }
}

TEST(Seal, OpensToTheSameText) { EXPECT_EQ(opened(sealed()).value(), json); }

TEST(Seal, OpensTextsOfEveryLength) {
  for (const std::size_t size : {0U, 63U, 64U, 1023U, 1024U, 40'000U}) {
    const std::string text(size, 'x');
    EXPECT_EQ(opened(sealed(text)).value(), text);
    EXPECT_EQ(sealed(text).ciphertext.size(), padded_bytes(size) + tag_bytes);
  }
}

TEST(Seal, RefusesEveryFlippedBit) {
  for (const auto field :
       {&Section::index, &Section::salt, &Section::commitment, &Section::ciphertext}) {
    for_every_flip(field, [](const Section& section) { expect_refused(section); });
  }
}

TEST(Seal, RefusesAFlippedBitUnderTheDisclosedKey) {
  const SecretKey disclosed = section_key(base_key(class_key(), sealed().index), event, sealed());
  ASSERT_TRUE(open(disclosed, event, sealed()));
  for (const auto field : {&Section::commitment, &Section::ciphertext}) {
    for_every_flip(field,
                   [&](const Section& section) { EXPECT_FALSE(open(disclosed, event, section)); });
  }
}

TEST(Seal, RefusesAnotherEvent) {
  const auto with = [](std::string EventContext::*field, const char* text) {
    EventContext other = event;
    other.*field = text;
    return other;
  };
  expect_refused(sealed(), with(&EventContext::event_id, "e-2"));
  expect_refused(sealed(), with(&EventContext::subject, "participant/P2"));
  expect_refused(sealed(), with(&EventContext::type, "plan.created"));
  expect_refused(sealed(), with(&EventContext::effective, "2024-05-07"));
}

TEST(Seal, RefusesBytesMovedBetweenTheContextsFields) {
  EventContext other = event;
  other.event_id = "e-1p";
  other.subject = "articipant/P1";
  expect_refused(sealed(), other);
}

TEST(Seal, RefusesAnotherClass) {
  Section section = sealed();
  section.personal_class = PersonalClass::social;
  expect_refused(section);
}

TEST(Seal, RefusesEveryWrongLength) {
  for (const auto field : {&Section::key_id, &Section::salt, &Section::commitment}) {
    Section section = sealed();
    (section.*field).pop_back();
    expect_refused(section);
  }
  const SecretKey disclosed = section_key(base_key(class_key(), sealed().index), event, sealed());
  Section section = sealed();
  section.index.push_back('\0');
  EXPECT_FALSE(open(disclosed, event, section));
}

TEST(Seal, RefusesACiphertextOfAnyShorterLength) {
  Section section = sealed();
  while (!section.ciphertext.empty()) {
    section.ciphertext.pop_back();
    expect_refused(section);
  }
}

TEST(Seal, RefusesAuthenticBytesWithBadPadding) {
  Section section = sealed();
  const SecretKey key = section_key(base_key(class_key(), section.index), event, section);
  const std::string bound =
      std::string("liggare/section/v1\0", 19) + context_bytes(event, PersonalClass::health);
  const auto encrypted = [&](std::string_view plaintext) {
    return encrypt(hkdf_expand(key, {"liggare/aead/v1"}), {std::string(nonce_bytes, '\0'), bound},
                   plaintext);
  };
  section.ciphertext = encrypted(pad(json));
  EXPECT_EQ(section, sealed());
  section.ciphertext = encrypted(json);
  expect_refused(section);
}

TEST(Seal, SectionKeyOpensNoOtherSection) {
  const SecretKey disclosed = section_key(base_key(class_key(), sealed().index), event, sealed());
  EventContext other = event;
  other.event_id = "e-2";
  const Section section = seal(base_key(class_key(), sealed().index), other,
                               {.personal_class = PersonalClass::health,
                                .key_id = sealed().key_id,
                                .index = sealed().index,
                                .salt = sealed().salt,
                                .json = json});
  EXPECT_FALSE(open(disclosed, other, section));
}

TEST(Seal, ErrorsHoldNothingOfTheText) {
  Section section = sealed();
  section.ciphertext.back() = static_cast<char>(section.ciphertext.back() ^ 1);
  EXPECT_EQ(opened(section).error().message.find("Syntetisk"), std::string::npos);
}

}  // namespace
}  // namespace liggare::sealing
