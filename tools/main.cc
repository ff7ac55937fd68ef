#include "tools/commands.h"
#include "tools/run_program.h"

int main(int argument_count, char** arguments) {
  return liggare::tools::run_program(liggare::tools::program(), LIGGARE_VERSION, argument_count,
                                     arguments);
}
