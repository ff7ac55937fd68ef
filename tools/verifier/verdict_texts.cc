#include "tools/verifier/verdict_texts.h"

#include <algorithm>
#include <array>

#include "tools/display_text.h"
#include "tools/verifier/message_texts.h"

namespace liggare::tools {
namespace {

struct Pair {
  std::string_view english;
  std::string_view swedish;

  std::string_view in(Language language) const {
    return language == Language::swedish ? swedish : english;
  }
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
    {"no bundle has such a file", "en sådan fil finns inte i något utdrag"},
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
    {"rests on another checkpoint", "bygger på en annan kontrollpunkt"},
    {"of another position", "gäller en annan position"},
    {"of another stream", "hör till en annan ström"},
    {"incomplete: events are left out", "ofullständigt: händelser saknas"},
    {"not what the seal says", "inte vad förseglingen säger"},
    {"no seal of this bundle", "ingen försegling för detta utdrag"},
    {"says something else than the leaves", "säger något annat än löven"},
    {"not what the edition published", "inte vad utgåvan publicerade"},
    {"not what its keys open in the leaves", "inte vad nycklarna öppnar i löven"},
    {"not the hashes of the entries", "inte posternas kontrollsummor"},
    {"another root than the entries lead to", "en annan rot än posterna leder till"},
    {"forked: one size, two trees", "grenad: en storlek, två träd"},
    {"rewritten: the newer tree does not begin with the older",
     "omskriven: det nyare trädet börjar inte med det äldre"},
});
static_assert(reasons.size() == audit::reason_count);

struct NamedPair {
  std::string_view name;
  Pair title;
};
constexpr auto facts = std::to_array<NamedPair>({
    {"origin", {"ledger", "liggare"}},
    {"size", {"size", "storlek"}},
    {"rootHash", {"root", "rot"}},
    {"oldSize", {"older size", "äldre storlek"}},
    {"oldRootHash", {"older root", "äldre rot"}},
    {"subject", {"stream", "ström"}},
    {"seal", {"seal at position", "försegling på position"}},
    {"sealedSize", {"size that the seal covers", "storlek som förseglingen omfattar"}},
    {"sectionsOpened", {"sections opened", "öppnade delar"}},
    {"sectionsSealed", {"sections still sealed", "delar som fortfarande är förslutna"}},
    {"position", {"position", "position"}},
    {"leafHash", {"leaf hash", "lövets kontrollsumma"}},
    {"event.id", {"event", "händelse"}},
    {"event.type", {"type", "typ"}},
    {"event.subject", {"stream", "ström"}},
    {"event.streamversion", {"version", "version"}},
    {"event.effective", {"effective", "gäller från"}},
    {"event.recorded", {"recorded", "registrerad"}},
});

// --- what to do next -----------------------------------------------------------------------

// In the order of Evidence.
constexpr auto keep = std::to_array<Pair>({
    {"Keep the folder as it is, note the time, get the bundle again by another way, and tell the "
     "ledger's owner.",
     "Behåll mappen orörd, notera tiden, hämta utdraget på nytt på annan väg och kontakta "
     "liggarens ägare."},
    {"Keep the folder as it is, note the time, get the tiles again by another way, and tell the "
     "ledger's owner.",
     "Behåll mappen orörd, notera tiden, hämta brickorna på nytt på annan väg och kontakta "
     "liggarens ägare."},
    {"Keep the files as they are, note the time, get them again by another way, and tell the "
     "ledger's owner.",
     "Behåll filerna orörda, notera tiden, hämta dem på nytt på annan väg och kontakta "
     "liggarens ägare."},
});

constexpr Pair see_names = {
    "This is no evidence for or against the ledger. See that you named the right files.",
    "Detta säger inget för eller emot liggaren. Se efter att du har angett rätt filer."};
constexpr Pair added_later = {
    "It is a file that was put here afterwards, perhaps by your computer.",
    "Det är en fil som har lagts hit i efterhand, kanske av din dator."};
constexpr Pair newer_program = {"Check again with a newer liggare-verify.",
                                "Kontrollera på nytt med en nyare liggare-verify."};
constexpr Pair new_key = {"If the ledger has changed its key, get the new one from its owner.",
                          "Om liggaren har bytt nyckel, hämta den nya från liggarens ägare."};
constexpr Pair more_cosignatures = {
    "Ask the ledger's owner for a checkpoint that more witnesses have cosigned.",
    "Be liggarens ägare om en kontrollpunkt som fler vittnen har medsignerat."};
constexpr Pair key_from_elsewhere = {
    "Get the key and the policy by another way, as from where the ledger's owner publishes them.",
    "Hämta nyckeln och policyn på annan väg, till exempel där liggarens ägare publicerar dem."};
constexpr Pair right_order = {
    "See that both checkpoints are of one ledger and that the older one comes first.",
    "Se efter att båda kontrollpunkterna är från samma liggare och att den äldre kommer först."};

// What goes before the general advice; nothing for most.
const Pair* advice_for(audit::Reason reason) {
  switch (reason) {
    case audit::Reason::malformed:
    case audit::Reason::missing:
    case audit::Reason::unreadable:
      return &see_names;
    case audit::Reason::unsupported:
    case audit::Reason::unknown_file:
      return &newer_program;
    case audit::Reason::not_signed:
      return &new_key;
    case audit::Reason::not_cosigned:
      return &more_cosignatures;
    case audit::Reason::key_from_inside:
      return &key_from_elsewhere;
    case audit::Reason::not_comparable:
      return &right_order;
    case audit::Reason::file_unlisted:
      return &added_later;
    default:
      return nullptr;
  }
}

// Where it is for the user to bring something else, nobody need be told.
bool is_settled_by_user(audit::Reason reason) {
  return reason == audit::Reason::unsupported || reason == audit::Reason::key_from_inside;
}

}  // namespace

std::string_view text_of(Language language, audit::Verdict verdict) {
  return verdicts[static_cast<std::size_t>(verdict)].in(language);
}
std::string_view text_of(Language language, audit::Reason reason) {
  return reasons[static_cast<std::size_t>(reason)].in(language);
}

std::string next_step(Language language, audit::Reason reason, Evidence evidence) {
  const Pair* advice = advice_for(reason);
  std::string text(advice != nullptr ? advice->in(language) : std::string_view());
  if (is_settled_by_user(reason)) return text;
  if (!text.empty()) text += " ";
  return text + std::string(keep[static_cast<std::size_t>(evidence)].in(language));
}

std::string sentence(Language language, const audit::Remark& remark) {
  return filled(language, phrase_of(remark.statement), remark.values);
}

std::string text_of(Language language, const audit::Detail& detail) {
  if (detail.circumstance == audit::Circumstance::message && language == Language::swedish) {
    return visible(swedish_message(detail.values.front()));
  }
  return filled(language, phrase_of(detail.circumstance), detail.values);
}

std::string text_of(Language language, const audit::Place& place) {
  if (language == Language::english) return visible(place.text());
  if (place.file.empty()) return "kommandoraden";
  return visible(place.file) + (place.line == 0 ? "" : " rad " + std::to_string(place.line));
}

std::string_view fact_title(Language language, std::string_view fact) {
  const auto found = std::find_if(facts.begin(), facts.end(),
                                  [fact](const NamedPair& named) { return named.name == fact; });
  return found == facts.end() ? std::string_view() : found->title.in(language);
}

}  // namespace liggare::tools
