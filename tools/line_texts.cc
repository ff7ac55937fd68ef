// Lines around tables, and what commands say they have done.
#include <array>

#include "tools/text_catalogues.h"

namespace liggare::tools {
namespace {

constexpr auto texts = std::to_array<Text>({
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
    {"line.disclosed", "Disclosed in the clear, with their keys: {} sections; access record {}",
     "Utlämnade i klartext, med sina nycklar: {} delar; post {} i åtkomstloggen"},
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
    {"line.disclosure-allowed",
     "{} to {} on {}: allowed, by what is known from the first {} events ({})",
     "{} till {} den {}: får lämnas ut, enligt de {} första händelserna ({})"},
    {"line.disclosure-not-allowed",
     "{} to {} on {}: not allowed, by what is known from the first {} events ({})",
     "{} till {} den {}: får inte lämnas ut, enligt de {} första händelserna ({})"},
    {"line.disclosure-shield", "Forbidden by the shield {}", "Hindras av spärren {}"},
    {"line.disclosure-caution", "Note: {}", "Observera: {}"},
    {"line.disclosure-recorded", "Recorded: {}, position {}", "Registrerat: {}, position {}"},
    {"line.review", "Review {}, {} to {}: {} entries, {} drawn",
     "Loggkontroll {}, {} till {}: {} poster, {} uttagna"},
    {"line.review-recorded", "Review {}: recorded at position {}",
     "Loggkontroll {}: registrerat på position {}"},
    {"line.extract", "Extract of {}: {} events, written to {}; access record {}",
     "Registerutdrag för {}: {} händelser, skrivet till {}; loggpost {}"},
    {"line.hold-placed", "Hold {} is placed, position {}", "Spärren {} är satt, position {}"},
    {"line.hold-released", "Hold {} is released, position {}", "Spärren {} är hävd, position {}"},
    {"line.retention-adopted", "Rule {} is adopted, position {}",
     "Regel {} är antagen, position {}"},
    {"line.erasure-decided", "Decided: {}, position {}; another person executes it",
     "Beslutat: {}, position {}; en annan person verkställer"},
    {"line.erasure-executed", "{} is executed: {} sections are gone; certificate erasures/{}",
     "{} är verkställt: {} avsnitt är borta; intyg erasures/{}"},
    {"line.erasure-destroyed-again",
     "{} is destroyed again, as the vault had its keys back: {} sections are gone; certificate "
     "erasures/{}",
     "{} är förstört på nytt, eftersom valvet hade fått tillbaka nycklarna: {} avsnitt är borta; "
     "intyg erasures/{}"},
    {"line.erasure-undone",
     "{} was executed, and this older vault, put back, has its keys: run liggare erase resume",
     "{} är verkställt, men detta äldre valv har lagts tillbaka och har nycklarna: kör liggare "
     "erase resume"},
    {"line.vault-not-compared", "No ledger could be read: not compared with its erasures",
     "Ingen liggare kunde läsas: inte jämfört med dess raderingar"},
    {"line.erasure-done-before", "{} was executed before", "{} var redan verkställt"},
    {"line.vault-status",
     "Key {}; {} class keys, {} destroyed, {} sections punctured; {} erasures under way",
     "Nyckel {}; {} klassnycklar, {} förstörda, {} avsnitt uttagna; {} raderingar pågår"},
    {"line.vault-restored",
     "The vault is restored from backup {} of {}; {} keys and {} sections erased since are gone",
     "Valvet är återställt från kopian {} av den {}; {} nycklar och {} avsnitt raderade därefter "
     "är "
     "borta"},
    {"line.backups-unknown",
     "Backups made after it are not known any more; {0} stands for them. Erasures are not complete "
     "until their key is gone (liggare vault rotate), or until you know that there are none "
     "(liggare vault backup --deleted {0})",
     "Kopior som gjordes efter den är inte kända längre; {0} står för dem. Raderingar är inte "
     "fullständiga förrän deras nyckel är borta (liggare vault rotate), eller tills du vet att det "
     "inte finns några (liggare vault backup --deleted {0})"},
    {"line.vault-rotated", "The vault's key was {} and is {}; backups that nothing opens: {}",
     "Valvets nyckel var {} och är {}; kopior som inget öppnar: {}"},
    {"line.vault-verified", "{} sections: {} opened, {} erased, {} fenced; findings: {}",
     "{} avsnitt: {} öppnade, {} raderade, {} avspärrade; iakttagelser: {}"},
    {"line.rests-on", "Rests on these events ({})", "Bygger på dessa händelser ({})"},
    {"line.refers-to", "Which refer to these ({})", "Som hänvisar till dessa ({})"},
    {"place.vault", "vault", "valvet"},
    {"place.ledger", "ledger", "liggaren"},
    {"place.projections", "projections", "projektioner"},
    {"place.seals", "seals", "förseglingar"},
    {"place.access-log", "access log", "åtkomstloggen"},
    {"place.backup", "backup", "säkerhetskopia"},
    {"place.disclosed", "disclosed", "utlämnat"},
});

}  // namespace

std::span<const Text> line_texts() { return texts; }

}  // namespace liggare::tools
