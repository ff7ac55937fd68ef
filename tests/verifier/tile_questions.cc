// Paths of tiles, what is in them, and which of them a tree has.
#include "base/bytes.h"
#include "merkle/tile.h"
#include "tests/verifier/mutation.h"
#include "tests/verifier/question.h"

namespace liggare::test {
namespace {

using merkle::TileId;
using merkle::TileKind;

TileId random_tile(Chance& chance) {
  TileId tile;
  tile.kind = chance.percent(40) ? TileKind::entries : TileKind::hashes;
  if (tile.kind == TileKind::hashes) tile.level = static_cast<unsigned>(chance.below(8));
  tile.index = random_size(chance);
  if (chance.percent(50)) tile.width = static_cast<unsigned>(chance.below(256)) + 1;
  return tile;
}

std::string text_of(const TileId& tile) {
  return (tile.kind == TileKind::entries ? "entries" : std::to_string(tile.level)) + " " +
         std::to_string(tile.index) + " " + std::to_string(tile.width);
}

Question ask_path(Chance& chance) {
  std::string path = random_tile(chance).path();
  if (chance.percent(60)) path = mutated(std::move(path), chance);
  if (chance.percent(5)) path.insert(path.find('/', 5) + 1, "x000/");
  Question question{"tilePath"};
  question.given.add("path", bytes_json(path));
  const auto tile = TileId::parse(path);
  question.answer = tile ? Result<std::string>(text_of(*tile)) : Unexpected{tile.error()};
  return question;
}

Question ask_tiles_of(Chance& chance) {
  const std::uint64_t size = chance.below(chance.percent(50) ? 600 : 200'000);
  std::string paths;
  for (const TileId& tile : merkle::tiles_between(0, size)) paths += tile.path() + "\n";
  Question question{"tilesOf"};
  question.given.add("size", number_json(size));
  question.answer = to_hex(sha256({paths}).view());
  return question;
}

std::string random_entries(unsigned count, Chance& chance) {
  std::string bytes;
  for (unsigned i = 0; i < count; ++i) {
    std::string record(random_hash(chance).view().substr(0, chance.below(33)));
    if (chance.percent(1)) record.assign(65'535 - chance.below(2), 'x');
    merkle::put_entry(bytes, record);
  }
  return bytes;
}

Question ask_entries(Chance& chance) {
  TileId tile{TileKind::entries, 0, 0, static_cast<unsigned>(chance.below(6)) + 1};
  std::string bytes = random_entries(tile.width, chance);
  if (chance.percent(40)) bytes = mutated(std::move(bytes), chance);
  if (chance.percent(20)) tile.width = static_cast<unsigned>(chance.below(6)) + 1;
  Question question{"entries"};
  question.given.add("bytes", bytes_json(bytes)).add("width", number_json(tile.width));
  const auto records = merkle::read_entries(tile, bytes);
  if (!records) {
    question.answer = Unexpected{records.error()};
    return question;
  }
  std::string all;
  for (const std::string& record : *records) all += to_hex(sha256({record}).view());
  question.answer = to_hex(sha256({all}).view());
  return question;
}

Question ask_hashes(Chance& chance) {
  TileId tile{TileKind::hashes, 0, 0, static_cast<unsigned>(chance.below(6)) + 1};
  std::string bytes;
  for (unsigned i = 0; i < tile.width; ++i) bytes += random_hash(chance).view();
  if (chance.percent(60)) bytes = mutated(std::move(bytes), chance);
  Question question{"hashTile"};
  question.given.add("bytes", bytes_json(bytes)).add("width", number_json(tile.width));
  const auto hashes = merkle::read_hash_tile(tile, bytes);
  question.answer =
      hashes ? Result<std::string>(to_hex(hashes->back().view())) : Unexpected{hashes.error()};
  return question;
}

}  // namespace

Question ask_about_tiles(Chance& chance) {
  const std::size_t kind = chance.below(100);
  if (kind < 60) return ask_path(chance);
  if (kind < 65) return ask_tiles_of(chance);
  if (kind < 85) return ask_entries(chance);
  return ask_hashes(chance);
}

}  // namespace liggare::test
