// Where libFuzzer enters: one program for each target, which the build names.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  liggare::fuzz::LIGGARE_FUZZ_TARGET({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
