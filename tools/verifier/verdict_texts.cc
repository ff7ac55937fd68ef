#include "tools/verifier/verdict_texts.h"

#include <array>

#include "tools/display_text.h"

namespace liggare::tools {
namespace {

struct Pair {
  std::string_view english;
  std::string_view swedish;
};

constexpr auto verdicts = std::to_array<Pair>({{"VERIFIED", "VERIFIERAT"},
                                               {"TAMPERED", "MANIPULERAT"},
                                               {"CANNOT TELL", "GÅR INTE ATT AVGÖRA"}});

// In the order of audit::Reason.
constexpr auto reasons = std::to_array<Pair>({
    {"not in its format", "följer inte sitt format"},
    {"missing", "saknas"},
    {"can't be read", "kan inte läsas"},
    {"written by a newer release", "skriven av en nyare version"},
    {"no bundle has such a file", "en sådan fil finns inte i något bevispaket"},
    {"not signed by the key that was given", "inte signerad med den angivna nyckeln"},
    {"not cosigned as the policy demands", "inte medsignerad som policyn kräver"},
    {"lies in the folder that is to be checked: keys come from elsewhere",
     "ligger i mappen som ska kontrolleras: nycklar hämtas från annat håll"},
    {"can't be compared", "går inte att jämföra"},
    {"a signature is false", "en signatur är falsk"},
    {"another file than SHA256SUMS lists", "en annan fil än SHA256SUMS anger"},
    {"not listed in SHA256SUMS", "står inte i SHA256SUMS"},
    {"listed in SHA256SUMS, and gone", "står i SHA256SUMS men är borta"},
    {"not in the tree that the checkpoint signs",
     "finns inte i trädet som kontrollpunkten signerar"},
    {"rests on another checkpoint", "vilar på en annan kontrollpunkt"},
    {"of another position", "gäller en annan position"},
    {"of another stream", "hör till en annan ström"},
    {"incomplete: events are left out", "ofullständigt: händelser saknas"},
    {"not what the seal says", "inte vad förseglingen säger"},
    {"no seal of this bundle", "ingen försegling för detta paket"},
    {"says something else than the leaves", "säger något annat än löven"},
    {"not what the edition published", "inte vad utgåvan publicerade"},
    {"not the hashes of the entries", "inte posternas kontrollsummor"},
    {"another root than the entries lead to", "en annan rot än posterna leder till"},
    {"forked: one size, two trees", "grenad: en storlek, två träd"},
    {"rewritten: the newer tree does not begin with the older",
     "omskriven: det nyare trädet börjar inte med det äldre"},
});
static_assert(reasons.size() == audit::reason_count);

// In the order of audit::Statement.
constexpr auto statements = std::to_array<Pair>({
    {"the key of {}, from {}", "nyckeln för {}, från {}"},
    {"the policy from {}", "policyn från {}"},
    {"cosigned by {} at {}", "medsignerad av {} {}"},
    {"append-only since size {} of {}", "bara utökad sedan storlek {} i {}"},
    {"complete according to the seal at {} (position {}, recorded {})",
     "fullständigt enligt förseglingen vid {} (position {}, registrerad {})"},
    {"no stream {} according to the seal at {} (position {}, recorded {})",
     "ingen ström {} enligt förseglingen vid {} (position {}, registrerad {})"},

    {"all {} files are as SHA256SUMS lists them, and there are no others",
     "alla {} filer är som SHA256SUMS anger, och inga andra finns"},
    {"the checkpoint of {} at size {} is signed with the key",
     "kontrollpunkten för {} vid storlek {} är signerad med nyckeln"},
    {"the policy's quorum {} is met", "policyns kvorum {} är uppfyllt"},
    {"the leaf stands at position {} of the ledger", "lövet står på position {} i liggaren"},
    {"each of the {} leaves stands at its position of the ledger",
     "vart och ett av de {} löven står på sin position i liggaren"},
    {"the seal stands at position {} of the ledger", "förseglingen står på position {} i liggaren"},
    {"the seal counts {} with {} events", "förseglingen räknar {} med {} händelser"},
    {"the seal counts no {}", "förseglingen räknar ingen {}"},
    {"the events of {} are its versions {} to {}, none left out between",
     "händelserna i {} är versionerna {} till {}, ingen saknas däremellan"},
    {"events.ndjson says what the {} leaves say", "events.ndjson säger det som de {} löven säger"},
    {"answer.json is what the edition at position {} published",
     "answer.json är det som utgåvan på position {} publicerade"},
    {"the tree of size {} is the beginning of that of size {}",
     "trädet av storlek {} är början på det av storlek {}"},
    {"{} tiles of entries and {} of hashes make the tree of size {}",
     "{} brickor med poster och {} med kontrollsummor ger trädet av storlek {}"},
    {"{} partial tiles of other widths agree", "{} delvisa brickor av annan bredd stämmer"},

    {"whether others were shown another ledger: only cosignatures of witnesses tell, and no "
     "policy was given",
     "om andra har fått se en annan liggare: det säger bara vittnens medsignaturer, och ingen "
     "policy angavs"},
    {"signatures with keys that were not given: {}", "signaturer med nycklar som inte angavs: {}"},
    {"whether the older checkpoint has the policy's quorum",
     "om den äldre kontrollpunkten har policyns kvorum"},
    {"whether the ledger only grew since an earlier checkpoint: none was given",
     "om liggaren bara har utökats sedan en tidigare kontrollpunkt: ingen angavs"},
    {"the proof's extra data, {} bytes: nobody signed them",
     "bevisets extra data, {} byte: ingen har signerat dem"},
    {"what the leaf says, which was not decoded: {}", "vad lövet säger, som inte avkodades: {}"},
    {"whether there are other events: a proof shows one",
     "om det finns andra händelser: ett bevis visar en"},
    {"whether the events follow the rules: liggare verify --full does that",
     "om händelserna följer reglerna: det gör liggare verify --full"},
    {"personal data: their sections are sealed and were not opened",
     "personuppgifter: deras avsnitt är förseglade och har inte öppnats"},
    {"whether the seal counts rightly: it is a signed claim, which liggare verify --full, or "
     "anyone "
     "with all tiles, can check",
     "om förseglingen räknar rätt: den är ett signerat påstående, som liggare verify --full, eller "
     "vem som helst med alla brickor, kan kontrollera"},
    {"events at the positions {} to {}: they came after the seal's count",
     "händelser på positionerna {} till {}: de kom efter förseglingens räkning"},
    {"whether the {} events here that came after the seal's count are all",
     "om de {} händelser här som kom efter förseglingens räkning är alla"},
    {"README.txt and schema: SHA256SUMS alone covers them, and nobody signed that",
     "README.txt och schema: bara SHA256SUMS täcker dem, och den har ingen signerat"},
    {"the edition's answer: the bundle holds none", "utgåvans svar: paketet innehåller inget"},
    {"{} tiles of a larger tree than the checkpoint's",
     "{} brickor av ett större träd än kontrollpunktens"},
    {"{} other files of the folder", "{} andra filer i mappen"},
});
static_assert(statements.size() == audit::statement_count);

std::string_view in(Language language, const Pair& pair) {
  return language == Language::swedish ? pair.swedish : pair.english;
}

}  // namespace

std::string_view text_of(Language language, audit::Verdict verdict) {
  return in(language, verdicts[static_cast<std::size_t>(verdict)]);
}
std::string_view text_of(Language language, audit::Reason reason) {
  return in(language, reasons[static_cast<std::size_t>(reason)]);
}
std::string_view text_of(Language language, audit::Statement statement) {
  return in(language, statements[static_cast<std::size_t>(statement)]);
}

std::string sentence(Language language, const audit::Remark& remark) {
  constexpr std::string_view hole = "{}";
  std::string_view rest = text_of(language, remark.statement);
  std::string text;
  for (const std::string& value : remark.values) {
    const std::size_t at = rest.find(hole);
    LIGGARE_ASSERT(at != std::string_view::npos, "a statement with more values than holes");
    text += std::string(rest.substr(0, at)) + visible(value);
    rest.remove_prefix(at + hole.size());
  }
  LIGGARE_ASSERT(rest.find(hole) == std::string_view::npos, "a statement that lacks a value");
  return text + std::string(rest);
}

}  // namespace liggare::tools
