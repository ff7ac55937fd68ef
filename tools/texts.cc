#include "tools/texts.h"

#include <array>
#include <cstdlib>
#include <unordered_map>

#include "base/assertion.h"

namespace liggare::tools {
namespace {

constexpr auto texts = std::to_array<Text>({
    // Reports.
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
    {"report.sql", "Answer to a question in SQL", "Svar på en fråga i SQL"},

    // Lines around tables.
    {"line.heading", "{} · as of {} · known from the first {} events",
     "{} · per {} · enligt de {} första händelserna"},
    {"line.no-rows", "No rows.", "Inga rader."},
    {"line.findings", "Findings: {}", "Iakttagelser: {}"},
    {"line.more", "… ({} in all)", "… ({} i allt)"},
    {"line.summary", "Summary", "Sammanställning"},
    {"line.checked", "Checked", "Kontrollerat"},
    {"line.not-checked", "Not checked", "Inte kontrollerat"},
    {"line.trust", "Rests on", "Bygger på"},
    {"phase.events", "events", "händelser"},
    {"phase.rules", "events judged anew", "händelser prövade på nytt"},
    {"phase.seals", "seals", "förseglingar"},
    {"phase.projections", "projections", "projektioner"},
    {"line.books-closed", "The books are closed over {} events: seal at position {}, directory {}",
     "Böckerna är stängda över {} händelser: försegling på position {}, katalog {}"},
    {"line.books-closed-before",
     "Nothing has come since the books were closed over {} events: seal at position {}, directory "
     "{}",
     "Inget har kommit sedan böckerna stängdes över {} händelser: försegling på position {}, "
     "katalog {}"},
    {"line.bundle", "{}: {}, {} events, complete for the ledger's first {} events; {} came later",
     "{}: {}, {} händelser, fullständigt för liggarens {} första händelser; {} kom senare"},
    {"line.witness", "Cosigning at {}, ledgers known: {}; verifier key {}",
     "Medsignerar på {}, kända liggare: {}; verifieringsnyckel {}"},
    {"line.created", "A ledger was made in {}, its keys in {}; origin {}",
     "En liggare är upplagd i {}, dess nycklar i {}; ursprung {}"},
    {"line.published", "Edition {}: {} as of {}, from the first {} events; digest {}, position {}",
     "Utgåva {}: {} per {}, enligt de {} första händelserna; kontrollsumma {}, position {}"},
    {"line.edition-difference", "Edition {}: published from the first {} events, compared with {}",
     "Utgåva {}: publicerad efter {} händelser, jämförd med {}"},
    {"line.no-change", "Nothing has changed.", "Inget har ändrats."},
    {"line.findings-before", "Findings that are gone", "Iakttagelser som fallit bort"},
    {"line.findings-after", "New findings", "Nya iakttagelser"},
    {"line.caused-by", "Caused by these events", "Orsakat av dessa händelser"},
    {"line.rests-on", "Rests on these events ({})", "Bygger på dessa händelser ({})"},
    {"line.refers-to", "Which refer to these ({})", "Som hänvisar till dessa ({})"},

    // Columns.
    {"column.active", "Active", "Pågående"},
    {"column.actor", "Actor", "Aktör"},
    {"column.added", "Rows added", "Rader till"},
    {"column.administration", "Administration", "Förvaltning"},
    {"column.after", "Now", "Nu"},
    {"column.agreement", "Agreement", "Avtal"},
    {"column.allowedLastDay", "Last day allowed", "Sista tillåtna dag"},
    {"column.baseline", "Baseline", "Utgångsläge"},
    {"column.basis", "Basis", "Grund"},
    {"column.before", "Then", "Då"},
    {"column.capacity", "Capacity", "Kapacitet"},
    {"column.categories", "Categories", "Kategorier"},
    {"column.category", "Category", "Kategori"},
    {"column.causationid", "Cause", "Orsakad av"},
    {"column.changed", "Rows changed", "Rader ändrade"},
    {"column.claimed", "Claimed", "Uppgivet"},
    {"column.code", "Code", "Kod"},
    {"column.column", "Column", "Kolumn"},
    {"column.completedSteps", "Steps completed", "Avklarade steg"},
    {"column.consent", "Consent", "Samtycke"},
    {"column.consents", "Consents", "Samtycken"},
    {"column.consultant", "Consultant", "Handläggare"},
    {"column.correctedBy", "Corrected by", "Rättad av"},
    {"column.correlationid", "Correlation", "Hör ihop med"},
    {"column.criteria", "Criteria", "Kriterier"},
    {"column.criterion", "Criterion", "Kriterium"},
    {"column.data", "Data", "Uppgifter"},
    {"column.day", "Day", "Dag"},
    {"column.days", "Days", "Dagar"},
    {"column.daysOver", "Days over", "Dagar över"},
    {"column.derived", "Derived", "Beräknat"},
    {"column.deviation", "Deviation", "Avvikelse"},
    {"column.difference", "Difference", "Skillnad"},
    {"column.disclosure", "Disclosure", "Utlämnande"},
    {"column.document", "Document", "Dokument"},
    {"column.effective", "True from", "Gäller från"},
    {"column.end", "End", "Slut"},
    {"column.ended", "Ended", "Avslutade"},
    {"column.enrolment", "Enrolment", "Inskrivning"},
    {"column.enrolments", "Enrolments", "Inskrivningar"},
    {"column.equal", "Equal", "Lika"},
    {"column.events", "Events", "Händelser"},
    {"column.expected", "Expected", "Väntat"},
    {"column.extendedInTime", "Extended in time", "Förlängd i tid"},
    {"column.figure", "Figure", "Uppgift"},
    {"column.form", "Form", "Form"},
    {"column.found", "Found", "Funnet"},
    {"column.free", "Free", "Lediga"},
    {"column.from", "From", "Från"},
    {"column.givenOn", "Given on", "Lämnat den"},
    {"column.green", "Green", "Gröna"},
    {"column.group", "Group", "Grupp"},
    {"column.id", "Event", "Händelse"},
    {"column.instrument", "Instrument", "Instrument"},
    {"column.kept", "Kept version", "Lagrad version"},
    {"column.keptDigest", "Digest kept", "Kontrollsumma, lagrad"},
    {"column.kind", "Kind", "Slag"},
    {"column.ladders", "Ladders", "Stegar"},
    {"column.lag", "Behind", "Efter"},
    {"column.lastAssessment", "Last assessment", "Senaste skattning"},
    {"column.lastMovement", "Last movement", "Senaste rörelse"},
    {"column.line", "Line", "Rad"},
    {"column.meaning", "Meaning", "Betydelse"},
    {"column.measure", "Measure", "Mått"},
    {"column.medianDays", "Days (median)", "Dagar (median)"},
    {"column.months", "Months", "Månader"},
    {"column.name", "Name", "Namn"},
    {"column.occupied", "Occupied", "Belagda"},
    {"column.offeredNotRealised", "Offered, not realised", "Erbjudna, ej genomförda"},
    {"column.on", "On the step", "På steget"},
    {"column.outcomes", "Outcomes", "Avslutsorsaker"},
    {"column.owner", "Owner", "Ägare"},
    {"column.participant", "Participant", "Deltagare"},
    {"column.path", "Path", "Väg"},
    {"column.paused", "Paused", "Pausad"},
    {"column.period", "Period", "Period"},
    {"column.persons", "Persons", "Personer"},
    {"column.place", "Place", "Plats"},
    {"column.placement", "Placement", "Placering"},
    {"column.placements", "Placements", "Placeringar"},
    {"column.plan", "Plan", "Plan"},
    {"column.planKind", "Kind of plan", "Planslag"},
    {"column.plannedEnd", "Planned end", "Planerat slut"},
    {"column.plans", "Plans", "Planer"},
    {"column.position", "Position", "Position"},
    {"column.previous", "Version before", "Version före"},
    {"column.programme", "Programme", "Program"},
    {"column.publication", "Publication", "Publicering"},
    {"column.purpose", "Purpose", "Ändamål"},
    {"column.realised", "Realised", "Genomförda"},
    {"column.rebuiltDigest", "Digest rebuilt", "Kontrollsumma, ombyggd"},
    {"column.recipient", "Recipient", "Mottagare"},
    {"column.recipients", "Recipients", "Mottagare"},
    {"column.recorded", "Recorded", "Registrerad"},
    {"column.red", "Red", "Röda"},
    {"column.referral", "Referral", "Anvisning"},
    {"column.referrals", "Referrals", "Anvisningar"},
    {"column.registeredDay", "Registered on", "Registrerad den"},
    {"column.removed", "Rows removed", "Rader bort"},
    {"column.replaced", "Replaced version", "Ersatt version"},
    {"column.revision", "Revision", "Version"},
    {"column.rows", "Rows", "Rader"},
    {"column.scope", "Scope", "Omfattning"},
    {"column.scores", "Scores", "Skattningar"},
    {"column.section", "Section", "Avsnitt"},
    {"column.sequence", "Sequence", "Löpnummer"},
    {"column.share", "Share", "Andel"},
    {"column.source", "Source", "Källa"},
    {"column.specversion", "Form of event", "Händelseformat"},
    {"column.stalled", "Stalled", "Stillastående"},
    {"column.start", "Start", "Start"},
    {"column.started", "Started", "Påbörjade"},
    {"column.starts", "Starts", "Starter"},
    {"column.state", "State", "Läge"},
    {"column.status", "Status", "Status"},
    {"column.step", "Step", "Steg"},
    {"column.stock", "Stock on 31 Dec", "Pågående 31 dec"},
    {"column.streamversion", "Version", "Version"},
    {"column.subject", "Subject", "Ämne"},
    {"column.submittedby", "Submitted by", "Inlämnad av"},
    {"column.target", "Target", "Mål"},
    {"column.time", "Time", "Tid"},
    {"column.title", "Title", "Rubrik"},
    {"column.to", "To", "Till"},
    {"column.type", "Type", "Typ"},
    {"column.unit", "Unit", "Enhet"},
    {"column.validTo", "Valid to", "Gäller till"},
    {"column.value", "Value", "Värde"},
    {"column.verdict", "Verdict", "Bedömning"},
    {"column.version", "Version", "Version"},
    {"column.what", "What", "Vad"},
    {"column.withdrawnOn", "Withdrawn on", "Återkallat den"},
    {"column.year", "Year", "År"},
    {"column.yellow", "Yellow", "Gula"},

    // Words of closed enumerations.
    {"word.yes", "yes", "ja"},
    {"word.no", "no", "nej"},
    {"word.red", "red", "röd"},
    {"word.yellow", "yellow", "gul"},
    {"word.green", "green", "grön"},
    {"word.received", "received", "mottagen"},
    {"word.accepted", "accepted", "antagen"},
    {"word.declined", "declined", "avböjd"},
    {"word.withdrawn", "withdrawn", "återkallad"},
    {"word.active", "active", "aktiv"},
    {"word.paused", "paused", "pausad"},
    {"word.ended", "ended", "avslutad"},
    {"word.running", "running", "pågår"},
    {"word.open", "open", "öppen"},
    {"word.closed", "closed", "stängd"},
    {"word.expired", "expired", "utgången"},
    {"word.current", "current", "gällande"},
    {"word.corrected", "corrected", "rättad"},
    {"word.voided", "voided", "struken"},
    {"word.correction", "correction", "rättelse"},
    {"word.ok", "in order", "i sin ordning"},
    {"word.ok-documented-late", "in order, documented late", "i sin ordning, sent dokumenterat"},
    {"word.shielded", "shielded", "spärrad mottagare"},
    {"word.no-basis", "no basis", "grund saknas"},
    {"word.provision-not-applicable", "provision not applicable", "bestämmelsen gäller inte"},
    {"word.withdrawn-before", "consent withdrawn before", "samtycket återkallat dessförinnan"},
    {"word.wrong-recipient", "wrong recipient", "fel mottagare"},
    {"word.category-not-covered", "category not covered", "kategorin omfattas inte"},
    {"word.purpose-not-covered", "purpose not covered", "ändamålet omfattas inte"},
    {"word.over-capacity", "over capacity", "över platstaket"},
    {"word.agreement-lapsed", "agreement lapsed", "avtalet har löpt ut"},
    {"word.all", "all", "alla"},
    {"word.category", "category", "kategori"},
    {"word.administration", "administration", "förvaltning"},
    {"word.consent", "consent", "samtycke"},
    {"word.provision", "provision", "bestämmelse"},
    {"word.realised-places", "realised places", "genomförda platser"},
    {"word.placement-starts", "placement starts", "påbörjade placeringar"},
    {"word.persons-placed", "persons placed", "placerade personer"},
    {"word.active-placements", "active placements", "pågående placeringar"},
    {"word.referrals", "referrals", "anvisningar"},
    {"word.employment", "employment", "arbete"},
    {"word.studies", "studies", "studier"},
    {"word.own-business", "own business", "eget företag"},
    {"word.arbetsformedlingen", "Arbetsförmedlingen", "Arbetsförmedlingen"},
    {"word.other-measure", "other measure", "annan insats"},
    {"word.moved", "moved", "flyttat"},
    {"word.interrupted", "interrupted", "avbrutet"},
    {"word.suppressed", "small", "litet"},
    {"word.unknown", "unknown", "okänt"},
});

using Index = std::unordered_map<std::string_view, const Text*>;

const Index& index() {
  static const Index by_key = [] {
    Index made;
    for (const Text& text : texts) made.emplace(text.key, &text);
    return made;
  }();
  return by_key;
}

}  // namespace

Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view locale = value;
    const bool swedish =
        locale.starts_with("sv") && (locale.size() == 2 || locale[2] == '_' || locale[2] == '.');
    return swedish ? Language::swedish : Language::english;
  }
  return Language::english;
}

std::optional<Language> language_named(std::string_view name) {
  if (name == "sv") return Language::swedish;
  if (name == "en") return Language::english;
  return std::nullopt;
}

std::span<const Text> catalogue() { return texts; }

std::optional<std::string_view> find_text(Language language, std::string_view key) {
  const auto found = index().find(key);
  if (found == index().end()) return std::nullopt;
  return language == Language::swedish ? found->second->swedish : found->second->english;
}

std::string_view text_of(Language language, std::string_view key) {
  const auto found = find_text(language, key);
  LIGGARE_ASSERT(found.has_value(), "a text that the catalogue lacks");
  return *found;
}

std::string_view title_of(Language language, std::string_view column) {
  return find_text(language, "column." + std::string(column)).value_or(column);
}

}  // namespace liggare::tools
