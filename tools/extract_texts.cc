#include "tools/extract_texts.h"

#include <algorithm>
#include <array>

namespace liggare::tools {
namespace {

constexpr auto texts = std::to_array<Text>({
    {"title", "Register extract for {}", "Registerutdrag för {}"},
    {"skip", "To the content", "Till innehållet"},
    {"intro",
     "What is held about you in this register, as of {}. You get it under article 15 of the GDPR. "
     "Your pseudonym in the register is {}.",
     "Det här finns om dig i registret den {}. Du får det enligt artikel 15 i "
     "dataskyddsförordningen. Din pseudonym i registret är {}."},
    {"data", "Your data, by category", "Dina uppgifter, efter kategori"},
    {"data-note", "Corrections stand beside what they correct: nothing is written over.",
     "Rättelser står bredvid det som de rättar: inget skrivs över."},
    {"nothing", "Nothing is held.", "Inga uppgifter finns."},
    {"erased", "Erased on {}.", "Gallrat den {}."},
    {"closed", "Held, and not shown in this extract.", "Finns, och visas inte i detta utdrag."},
    {"events", "What has happened", "Vad som har hänt"},
    {"events-caption", "Everything recorded about you, in the order it was recorded",
     "Allt som har registrerats om dig, i den ordning det registrerades"},
    {"purposes", "What the data are used for", "Vad uppgifterna används till"},
    {"sources", "Where the data come from", "Varifrån uppgifterna kommer"},
    {"systems", "Systems: {}", "System: {}"},
    {"referrers", "Referred by: {}", "Anvisad av: {}"},
    {"consents", "Your consents", "Dina samtycken"},
    {"disclosures", "To whom data have been told", "Till vilka uppgifter har lämnats ut"},
    {"retention", "How long the data are kept", "Hur länge uppgifterna bevaras"},
    {"retention-none", "No rule of retention has been adopted for these data.",
     "Ingen gallringsregel har antagits för uppgifterna."},
    {"rights", "Your rights", "Dina rättigheter"},
    {"authority", "You may complain to {}.", "Du kan klaga hos {}."},
    {"readers", "Who has read", "Vilka som har läst"},
    {"readers-note",
     "Days, purposes and roles. Names of staff are left out unless you need them for your rights.",
     "Dagar, ändamål och roller. Personalens namn utelämnas om du inte behöver dem för att ta "
     "till vara dina rättigheter."},
    {"completeness", "That this is all", "Att detta är allt"},
    {"proven",
     "The folder proof shows that nothing of the register's first {} events is left out; events "
     "that came later and are in this extract: {}. Anyone can check it with liggare-verify.",
     "Mappen proof visar att inget av registrets {} första händelser är utelämnat; händelser som "
     "kom senare och finns i utdraget: {}. Vem som helst kan kontrollera det med "
     "liggare-verify."},
    {"not-proven", "There is no proof that this is all: {}.",
     "Det finns inget bevis för att detta är allt: {}."},
    {"nobody", "None.", "Inga."},

    {"class.identity", "Who you are and how to reach you", "Vem du är och hur du nås"},
    {"class.ordinary", "Goals, notes and plans", "Mål, anteckningar och planer"},
    {"class.social", "Social circumstances", "Sociala förhållanden"},
    {"class.health", "Health", "Hälsa"},
    {"class.offence", "Offences", "Lagöverträdelser"},

    {"right.rectification", "to have wrong data corrected (article 16)",
     "att få felaktiga uppgifter rättade (artikel 16)"},
    {"right.erasure", "to have data erased, in some cases (article 17)",
     "att i vissa fall få uppgifter raderade (artikel 17)"},
    {"right.restriction", "to have their use restricted (article 18)",
     "att få användningen begränsad (artikel 18)"},
    {"right.objection", "to object (article 21)", "att göra invändningar (artikel 21)"},
    {"right.portability", "to take along what you gave on consent (article 20)",
     "att få med dig det du lämnat med samtycke (artikel 20)"},
    {"right.withdrawal-of-consent", "to withdraw a consent at any time, in any form",
     "att när som helst och i vilken form som helst återkalla ett samtycke"},
    {"right.complaint", "to complain to the supervisory authority (article 77)",
     "att klaga hos tillsynsmyndigheten (artikel 77)"},

    {"type.participant.registered", "Registered", "Registrerad"},
    {"type.referral.received", "Referral received", "Anvisning mottagen"},
    {"type.referral.accepted", "Referral accepted", "Anvisning antagen"},
    {"type.referral.declined", "Referral declined", "Anvisning avböjd"},
    {"type.referral.withdrawn", "Referral withdrawn", "Anvisning återkallad"},
    {"type.enrolment.started", "Enrolled", "Inskriven"},
    {"type.enrolment.paused", "Enrolment paused", "Inskrivning pausad"},
    {"type.enrolment.resumed", "Enrolment resumed", "Inskrivning återupptagen"},
    {"type.enrolment.transferred", "Enrolment transferred", "Inskrivning flyttad"},
    {"type.enrolment.ended", "Enrolment ended", "Inskrivning avslutad"},
    {"type.consultant.assigned", "Consultant assigned", "Handläggare utsedd"},
    {"type.consultant.released", "Consultant released", "Handläggare entledigad"},
    {"type.mapping.recorded", "Mapping", "Kartläggning"},
    {"type.assessment.recorded", "Assessment", "Skattning"},
    {"type.plan.created", "Plan made", "Plan upprättad"},
    {"type.plan.revised", "Plan revised", "Plan reviderad"},
    {"type.plan.transferred", "Plan transferred", "Plan överlämnad"},
    {"type.plan.closed", "Plan closed", "Plan avslutad"},
    {"type.path.chosen", "Path chosen", "Väg vald"},
    {"type.criterion.assessed", "Criterion assessed", "Kriterium bedömt"},
    {"type.step.completed", "Step completed", "Steg avklarat"},
    {"type.step.reopened", "Step reopened", "Steg återöppnat"},
    {"type.meeting.held", "Meeting", "Möte"},
    {"type.information.given", "Information given", "Information lämnad"},
    {"type.consent.given", "Consent given", "Samtycke lämnat"},
    {"type.consent.refused", "Consent refused", "Samtycke nekat"},
    {"type.consent.withdrawn", "Consent withdrawn", "Samtycke återkallat"},
    {"type.request.received", "Request received", "Begäran mottagen"},
    {"type.request.answered", "Request answered", "Begäran besvarad"},
    {"type.shield.set", "Shield set", "Spärr satt"},
    {"type.shield.lifted", "Shield lifted", "Spärr hävd"},
    {"type.disclosure.made", "Data told", "Uppgifter utlämnade"},
    {"type.disclosure.refused", "Telling refused", "Utlämnande nekat"},
    {"type.placement.started", "Placement started", "Placering påbörjad"},
    {"type.placement.extended", "Placement extended", "Placering förlängd"},
    {"type.placement.ended", "Placement ended", "Placering avslutad"},
    {"type.outcome.recorded", "Outcome", "Resultat"},
    {"type.note.recorded", "Note", "Anteckning"},
    {"type.protection.set", "Protection set", "Skydd infört"},
    {"type.protection.lifted", "Protection lifted", "Skydd hävt"},
    {"type.event.corrected", "Correction", "Rättelse"},
    {"type.event.voided", "Struck out", "Struken"},
    {"type.hold.placed", "Erasure held back", "Gallring spärrad"},
    {"type.hold.released", "Erasure no longer held back", "Gallringsspärr hävd"},
    {"type.erasure.decided", "Erasure decided", "Gallring beslutad"},
    {"type.erasure.executed", "Erased", "Gallrad"},
});

}  // namespace

std::span<const Text> extract_catalogue() { return texts; }

std::string_view extract_text(Language language, std::string_view key) {
  const auto found =
      std::find_if(texts.begin(), texts.end(), [&](const Text& text) { return text.key == key; });
  if (found == texts.end()) return key;
  return language == Language::swedish ? found->swedish : found->english;
}

}  // namespace liggare::tools
