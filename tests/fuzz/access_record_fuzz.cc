#include "codec/access_record.h"
#include "tests/fuzz/framed.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {
namespace {

void judge(std::string_view bytes) {
  const auto read = codec::decode_access_record(bytes, "here");
  if (!read) return;
  LIGGARE_ASSERT(codec::encode_access_record(*read) == bytes, "an access of two records");
  codec::access_json(*read).text();
  read->recorded.ledger_day();
}

}  // namespace

void access_record(std::string_view input) {
  judge(input);
  judge(framed(input));
}

}  // namespace liggare::fuzz
