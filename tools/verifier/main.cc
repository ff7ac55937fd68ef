#include "tools/run_program.h"
#include "tools/verifier/verifier.h"

int main(int argument_count, char** arguments) {
  return liggare::tools::run_program(liggare::tools::verifier(), LIGGARE_VERSION, argument_count,
                                     arguments);
}
