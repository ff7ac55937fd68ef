// The titles of reports.
#include <array>

#include "tools/text_catalogues.h"

namespace liggare::tools {
namespace {

constexpr auto texts = std::to_array<Text>({
    {"report.places", "Places (the 500 assignment)", "Platser (500-uppdraget)"},
    {"report.targets", "Targets", "Mål"},
    {"report.reconcile", "Published figures against the ledger",
     "Publicerade siffror mot liggaren"},
    {"report.occupancy", "Occupancy of agreements", "Beläggning per avtal"},
    {"report.ladder", "Where participants stand on the ladder", "Läget på stegen"},
    {"report.stalled", "Enrolments without movement", "Inskrivningar utan rörelse"},
    {"report.bottlenecks", "Bottlenecks of the ladder", "Flaskhalsar på stegen"},
    {"report.duration", "Placements over their time", "Placeringar över tiden"},
    {"report.consents", "Consents", "Samtycken"},
    {"report.disclosures", "Disclosures", "Utlämnanden"},
    {"report.flow", "Flow of referrals and enrolments", "Flöde av anvisningar och inskrivningar"},
    {"report.late", "Events registered late", "Sent registrerade händelser"},
    {"report.history", "History of a participant", "En deltagares historik"},
    {"report.state", "State of a participant", "En deltagares läge"},
    {"report.retention", "Retention of personal data", "Gallring och bevarande av personuppgifter"},
    {"report.deadlines", "Deadlines of requests and incidents",
     "Tidsfrister för begäranden och incidenter"},
    {"report.access", "Who has read personal data", "Vem har läst personuppgifter"},
    {"report.sql", "Answer to a question in SQL", "Svar på en fråga i SQL"},
});

}  // namespace

std::span<const Text> report_texts() { return texts; }

}  // namespace liggare::tools
