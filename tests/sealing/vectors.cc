#include "vectors.h"

#include <simdjson.h>

#include "base/bytes.h"
#include "base/json.h"

namespace liggare::sealing {
namespace {

using simdjson::dom::element;

std::string text_of(element object, const char* field) {
  return std::string(std::string_view(object[field]));
}

std::string bytes_of(element object, const char* field) { return unhex(text_of(object, field)); }

std::string canonical_text_of(element object) {
  Json json = Json::object();
  for (const auto [key, value] : simdjson::dom::object(object)) {
    json.add(key, std::string_view(value));
  }
  return json.canonical_text();
}

std::vector<PuncturedLevel> punctured_of(element object) {
  std::vector<PuncturedLevel> levels;
  element list;
  if (object["punctured"].get(list) != simdjson::SUCCESS) return levels;
  for (const element level : simdjson::dom::array(list)) {
    PuncturedLevel read;
    read.nibble = static_cast<unsigned>(std::uint64_t(level["nibble"]));
    for (const auto [nibble, key] : simdjson::dom::object(level["siblings"])) {
      read.siblings[static_cast<unsigned>(std::stoul(std::string(nibble)))] =
          unhex(std::string_view(key));
    }
    levels.push_back(read);
  }
  return levels;
}

SectionVector vector_of(element object) {
  SectionVector vector;
  vector.name = text_of(object, "name");
  vector.class_key = bytes_of(object, "classKey");
  vector.event = {.event_id = text_of(object, "eventId"),
                  .subject = text_of(object, "subject"),
                  .type = text_of(object, "type"),
                  .effective = text_of(object, "effective")};
  vector.section = {.personal_class = personal_class_named(text_of(object, "class")).value(),
                    .key_id = bytes_of(object, "keyId"),
                    .index = bytes_of(object, "index"),
                    .salt = bytes_of(object, "salt"),
                    .commitment = bytes_of(object, "commitment"),
                    .ciphertext = bytes_of(object, "ciphertext")};
  vector.json = canonical_text_of(object["object"]);
  vector.context = bytes_of(object, "ctx");
  vector.base_key = bytes_of(object, "baseKey");
  vector.pseudorandom_key = bytes_of(object, "prk");
  vector.section_key = bytes_of(object, "sectionKey");
  vector.encryption_key = bytes_of(object, "encryptionKey");
  vector.plaintext = bytes_of(object, "plaintext");
  vector.punctured = punctured_of(object);
  return vector;
}

}  // namespace

std::string unhex(std::string_view text) { return from_hex(text).value(); }

std::vector<SectionVector> read_section_vectors() {
  simdjson::dom::parser parser;
  const element file = parser.load(LIGGARE_SOURCE_DIR "/tests/golden/sealing-vectors.json");
  std::vector<SectionVector> vectors;
  for (const element object : simdjson::dom::array(file["sections"])) {
    vectors.push_back(vector_of(object));
  }
  return vectors;
}

}  // namespace liggare::sealing
