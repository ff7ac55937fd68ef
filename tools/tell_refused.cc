#include "tools/tell_refused.h"

#include "tools/refusals.h"

namespace liggare::tools {

Exit tell_refused(const std::vector<ledger::Refusal>& refused, Console& console) {
  for (const ledger::Refusal& each : refused) {
    Problem problem = refusal(domain::name_of(each.rejection.code),
                              phrase_of("", each) + "; nothing was written");
    if (!each.id.empty()) problem.more.add("event", each.id);
    console.complain(problem);
  }
  return Exit::refused;
}

}  // namespace liggare::tools
