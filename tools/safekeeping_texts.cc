#include "tools/safekeeping_texts.h"

#include <algorithm>
#include <array>

#include "base/assertion.h"
#include "tools/text_catalogues.h"

namespace liggare::tools {
namespace {

constexpr auto symptoms = std::to_array<Advice>({
    {"log-missing",
     {"the log's first file is not there", "loggens första fil saknas"},
     {"keep a copy of the folder, and restore a backup: liggare restore",
      "behåll en kopia av mappen och återställ en säkerhetskopia: liggare restore"}},
    {"log-damaged",
     {"the log is not whole, and is not served", "loggen är inte hel och visas inte"},
     {"run liggare verify to see what; keep a copy, and restore a backup",
      "kör liggare verify för att se vad; behåll en kopia och återställ en säkerhetskopia"}},
    {"log-unreadable",
     {"the log could not be opened", "loggen kunde inte öppnas"},
     {"see to the disk and to who may read the folder; nothing is said about the log itself",
      "se över disken och vem som får läsa mappen; om loggen själv är inget sagt"}},
    {"log-newer",
     {"a newer release wrote it", "en nyare utgåva har skrivit den"},
     {"use that release", "använd den utgåvan"}},
    {"head-missing",
     {"nothing shows whether the log has lost its end", "inget visar om loggen har tappat slutet"},
     {"put HEAD back, or restore a backup",
      "lägg tillbaka HEAD eller återställ en säkerhetskopia"}},
    {"head-damaged",
     {"both halves of HEAD are unreadable", "båda halvorna av HEAD är oläsliga"},
     {"keep a copy, and restore a backup", "behåll en kopia och återställ en säkerhetskopia"}},
    {"head-slot",
     {"one half of HEAD is unreadable; the other one holds",
      "den ena halvan av HEAD är oläslig; den andra gäller"},
     {"nothing: the next writer mends it; if it comes back, see to the disk",
      "inget: nästa skrivare lagar den; kommer det tillbaka, se över disken"}},
    {"rolled-back",
     {"the ledger is shorter than what was signed", "liggaren är kortare än det som signerats"},
     {"write nothing; find the newest copy or restore the newest backup",
      "skriv inget; sök den nyaste kopian eller återställ den nyaste säkerhetskopian"}},
    {"diverged",
     {"the ledger is not the one that was signed", "liggaren är inte den som signerats"},
     {"write nothing; run liggare verify, and find out which copy is the true one",
      "skriv inget; kör liggare verify och ta reda på vilken kopia som är den rätta"}},
    {"key-to-change",
     {"the ledger was rolled back on purpose, behind what its key signed; that key signs nothing "
      "more",
      "liggaren är tillbakarullad med avsikt, bakom det som nyckeln signerat; den nyckeln signerar "
      "inget mer"},
     {"run liggare keys rotate --old-key-lost rolled-back, and give the new key to those who hold "
      "the old one",
      "kör liggare keys rotate --old-key-lost rolled-back och ge den nya nyckeln till dem som har "
      "den gamla"}},
    {"signed-missing",
     {"nothing shows what was signed last, so nothing is signed",
      "inget visar vad som signerats senast, så inget signeras"},
     {"put SIGNED back, or run liggare checkpoint --signed FILE with the newest checkpoint that "
      "left",
      "lägg tillbaka SIGNED eller kör liggare checkpoint --signed FILE med den senaste "
      "kontrollpunkt som lämnat maskinen"}},
    {"signed-damaged",
     {"SIGNED can't be read, so nothing is signed", "SIGNED är oläslig, så inget signeras"},
     {"move it away, and run liggare checkpoint --signed FILE with the newest checkpoint that left",
      "flytta undan den och kör liggare checkpoint --signed FILE med den senaste kontrollpunkt som "
      "lämnat maskinen"}},
    {"keys-of-another",
     {"the keys are another ledger's", "nycklarna är en annan liggares"},
     {"say where this ledger's lie with --keys", "ange var den här liggarens ligger med --keys"}},
    {"keys-missing",
     {"there is no folder of keys", "det finns ingen nyckelmapp"},
     {"say where it is with --keys, or put it back",
      "ange var den är med --keys eller lägg tillbaka "
      "den"}},
    {"key-missing",
     {"a key is not there", "en nyckel saknas"},
     {"put it back: without it nothing is signed, or no personal data can be read or added",
      "lägg tillbaka den: utan den signeras inget, eller kan inga personuppgifter läsas eller "
      "läggas till"}},
    {"key-damaged",
     {"a key's file holds no key, so nothing is signed",
      "en nyckelfil innehåller ingen nyckel, så inget signeras"},
     {"put the file back from where keys are kept; where signing.key is lost, run liggare keys "
      "rotate --old-key-lost lost (access.key has no successor)",
      "lägg tillbaka filen från där nycklar förvaras; är signing.key borta, kör liggare keys "
      "rotate --old-key-lost lost (access.key har ingen efterföljare)"}},
    {"may-not-read",
     {"it is there and may not be read, so nothing is said of it",
      "det finns men får inte läsas, så inget är sagt om det"},
     {"run it as the one who owns the ledger, or see to who may read it; restore nothing for this",
      "kör som den som äger liggaren eller se över vem som får läsa; återställ inget för detta"}},
    {"access-diverged",
     {"the access log is shorter than what was signed of it, or another one",
      "åtkomstloggen är kortare än det som signerats av den, eller en annan"},
     {"find the newest copy of the folder access, or restore the newest backup; run liggare access "
      "verify",
      "sök den nyaste kopian av mappen access eller återställ den nyaste säkerhetskopian; kör "
      "liggare access verify"}},
    {"keys-open",
     {"others than the owner may use the keys", "andra än ägaren får använda nycklarna"},
     {"chmod 700 the folder and 600 its files; change keys that may have been seen",
      "chmod 700 på mappen och 600 på filerna; byt nycklar som kan ha blivit sedda"}},
    {"keys-inside",
     {"the keys lie in the ledger's folder", "nycklarna ligger i liggarens mapp"},
     {"move them away: whoever copies the ledger copies them",
      "flytta dem: den som kopierar liggaren kopierar dem"}},
    {"vault-missing",
     {"there is no vault, so no personal data can be read or added",
      "det finns inget valv, så inga personuppgifter kan läsas eller läggas till"},
     {"put it back, or run liggare vault restore",
      "lägg tillbaka det eller kör liggare vault "
      "restore"}},
    {"vault-unavailable",
     {"the vault can't be opened", "valvet kan inte öppnas"},
     {"see that the key is the right one, and that no process has the vault; else run liggare "
      "vault restore",
      "se till att nyckeln är den rätta och att ingen process har valvet; kör annars liggare vault "
      "restore"}},
    {"vault-damaged",
     {"bytes of the vault are not what was written", "byte i valvet är inte vad som skrevs"},
     {"run liggare vault verify to see what is lost; restore a backup of the vault",
      "kör liggare vault verify för att se vad som är borta; återställ en kopia av valvet"}},
    {"erasure-unfinished",
     {"an erasure has begun and is not done", "en radering har börjat och är inte klar"},
     {"run liggare erase resume", "kör liggare erase resume"}},
    {"erasure-undone",
     {"keys are back that the ledger says were destroyed",
      "nycklar är tillbaka som liggaren säger är förstörda"},
     {"run liggare erase resume; find out who put an older vault in place",
      "kör liggare erase resume; ta reda på vem som lade in ett äldre valv"}},
    {"vault-backup-expired",
     {"a backup of the vault is past its last day", "en säkerhetskopia av valvet har gått ut"},
     {"destroy it, and run liggare vault backup --deleted ID",
      "förstör den och kör liggare vault backup --deleted ID"}},
    {"access-damaged",
     {"a year of the access log can't be opened", "ett år av åtkomstloggen kan inte öppnas"},
     {"run liggare access verify; restore a backup",
      "kör liggare access verify; återställ en "
      "säkerhetskopia"}},
    {"projections-damaged",
     {"kept rows can't be read; answers are right, only slower",
      "sparade rader är oläsliga; svaren är rätta, bara långsammare"},
     {"run liggare projections rebuild", "kör liggare projections rebuild"}},
    {"projections-behind",
     {"kept rows are older than the ledger; answers are right, only slower",
      "sparade rader är äldre än liggaren; svaren är rätta, bara långsammare"},
     {"nothing: the next writer keeps them up; or run liggare projections rebuild",
      "inget: nästa skrivare hämtar in dem; eller kör liggare projections rebuild"}},
    {"checkpoint-old",
     {"events have waited long for a signature", "händelser har väntat länge på en signatur"},
     {"run liggare checkpoint --publish DIR every few minutes",
      "kör liggare checkpoint --publish DIR med några minuters mellanrum"}},
    {"seal-old",
     {"the books have been open for long", "böckerna har stått öppna länge"},
     {"run liggare seal, every night", "kör liggare seal, varje natt"}},
    {"clock-behind",
     {"the clock is earlier than the newest event", "klockan är tidigare än den senaste händelsen"},
     {"set the clock; events keep their order meanwhile",
      "ställ klockan; händelserna behåller sin ordning under tiden"}},
    {"disk-low",
     {"the disk is nearly full", "disken är nästan full"},
     {"make room: a write that fails ends the writer",
      "gör plats: en skrivning som misslyckas "
      "stoppar skrivaren"}},
    {"folder-open",
     {"others than the owner may change the ledger's folder",
      "andra än ägaren får ändra liggarens mapp"},
     {"chmod go-w the folder; run liggare verify", "chmod go-w på mappen; kör liggare verify"}},
    {"foreign-files",
     {"files in the folder that liggare did not make", "filer i mappen som liggare inte har gjort"},
     {"move them away", "flytta undan dem"}},
    {"writer-died",
     {"the last writer ended without closing", "den senaste skrivaren slutade utan att stänga"},
     {"nothing: the end of the log was checked when it was opened; find out why it died",
      "inget: loggens slut kontrollerades när den öppnades; ta reda på varför den dog"}},
    {"restore-unfinished",
     {"a restore was stopped half-way", "en återställning stoppades på halva vägen"},
     {"run the same liggare restore again", "kör samma liggare restore igen"}},
    {"ledger-aside",
     {"a ledger that was replaced by a restore lies beside this one",
      "en liggare som ersatts vid en återställning ligger bredvid"},
     {"delete it once you are sure", "ta bort den när du är säker"}},
});

constexpr auto findings = std::to_array<Advice>({
    {"manifest",
     {"the manifest is not what was written", "manifestet är inte vad som skrevs"},
     {"use another backup", "använd en annan säkerhetskopia"}},
    {"file-missing",
     {"a file is not there", "en fil saknas"},
     {"use another backup; running liggare backup again writes the file anew",
      "använd en annan säkerhetskopia; en ny liggare backup skriver filen igen"}},
    {"file-differs",
     {"a file is not what was written", "en fil är inte vad som skrevs"},
     {"use another backup; delete the file and run liggare backup to have it written anew",
      "använd en annan säkerhetskopia; ta bort filen och kör liggare backup så skrivs den igen"}},
    {"leaf",
     {"an event or a record can't be read", "en händelse eller en post är oläslig"},
     {"use another backup", "använd en annan säkerhetskopia"}},
    {"root",
     {"the leaves make another root", "löven ger en annan rot"},
     {"use another backup, and find out who made this one",
      "använd en annan säkerhetskopia och ta reda på vem som gjort den här"}},
    {"signature",
     {"the manifest is not signed by the key", "manifestet är inte signerat med nyckeln"},
     {"use another backup, and find out who made this one",
      "använd en annan säkerhetskopia och ta reda på vem som gjort den här"}},
    {"checkpoint",
     {"the events are not those that a checkpoint was signed of",
      "händelserna är inte de som en kontrollpunkt signerades för"},
     {"use another backup, and find out who made this one",
      "använd en annan säkerhetskopia och ta reda på vem som gjort den här"}},
    {"older-than-checkpoint",
     {"the backup is older than the checkpoint", "säkerhetskopian är äldre än kontrollpunkten"},
     {"find a newer one, or make one: liggare backup",
      "sök en nyare eller gör en: liggare backup"}},
});

constexpr auto lines = std::to_array<Text>({
    {"line.ledger-backed-up", "{} holds {} events: {} files written, {} kept",
     "{} har {} händelser: {} filer skrivna, {} behållna"},
    {"line.backup-without-keys",
     "It holds no keys and no vault: liggare vault backup copies the vault",
     "Den har inga nycklar och inget valv: liggare vault backup kopierar valvet"},
    {"line.backup-intact", "INTACT: {} events, made {}; {} leaves hashed",
     "HEL: {} händelser, gjord {}; {} löv räknade"},
    {"line.backup-damaged", "DAMAGED: {} events, made {}; {} leaves hashed; findings: {}",
     "SKADAD: {} händelser, gjord {}; {} löv räknade; fynd: {}"},
    {"line.backup-signature-not-checked",
     "Not checked: who made it. --vkey KEY checks the manifest's signature",
     "Inte kontrollerat: vem som gjort den. --vkey KEY kontrollerar manifestets signatur"},
    {"line.restored", "Restored: {} events of the backup made {}, root {}",
     "Återställt: {} händelser ur säkerhetskopian från {}, rot {}"},
    {"line.rolled-back",
     "ROLLED BACK from {} events: the ledger says so, and no checkpoint beyond the backup holds",
     "TILLBAKARULLAD från {} händelser: liggaren säger det, och ingen kontrollpunkt efter kopian "
     "gäller"},
    {"line.key-to-change",
     "The key has signed what is gone, and signs nothing more. Next: liggare keys rotate "
     "--old-key-lost rolled-back",
     "Nyckeln har signerat det som är borta och signerar inget mer. Sedan: liggare keys rotate "
     "--old-key-lost rolled-back"},
    {"line.restored-unanchored",
     "UNANCHORED: nothing outside the backup shows that it is the newest; --checkpoint FILE would",
     "OFÖRANKRAD: inget utanför kopian visar att den är den nyaste; --checkpoint FILE gör det"},
    {"line.restored-unsigned",
     "NOT SIGNED by this ledger's key: whoever could write the backup's folder may have made it",
     "INTE SIGNERAD med liggarens nyckel: den som kunde skriva i kopians mapp kan ha gjort den"},
    {"line.ledger-aside", "The ledger that was there lies in {}", "Liggaren som fanns ligger i {}"},
    {"line.restored-with-vault", "Its vault is in its place. Next: liggare verify --full",
     "Valvet är på sin plats. Sedan: liggare verify --full"},
    {"line.restored-without-vault",
     "There is no vault: liggare vault restore brings one. Next: liggare verify --full",
     "Det finns inget valv: liggare vault restore hämtar ett. Sedan: liggare verify --full"},
    {"line.healthy", "{}: {} events, nothing is wrong", "{}: {} händelser, inget är fel"},
    {"line.symptoms", "{}: {} events; symptoms: {}", "{}: {} händelser; symtom: {}"},
    {"line.not-looked-at", "Not looked at: {}", "Inte undersökt: {}"},
    {"word.note", "note", "notering"},
    {"word.warning", "WARNING", "VARNING"},
    {"word.error", "ERROR", "FEL"},
    {"line.backup-made", "Backup {} is made in {}; it expires after {}",
     "Säkerhetskopian {} är gjord i {}; den gäller till och med {}"},
    {"line.backup-deleted", "Backup {} is noted as deleted",
     "Säkerhetskopian {} är noterad som borttagen"},
});

std::size_t index_of(Language language) { return language == Language::swedish ? 1 : 0; }

}  // namespace

std::string_view Advice::meaning_in(Language language) const { return means[index_of(language)]; }
std::string_view Advice::todo_in(Language language) const { return todo[index_of(language)]; }

std::span<const Text> safekeeping_texts() { return lines; }
std::span<const Advice> symptom_advice() { return symptoms; }
std::span<const Advice> backup_advice() { return findings; }

const Advice& advice_for(std::span<const Advice> all, std::string_view code) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [code](const Advice& each) { return each.code == code; });
  LIGGARE_ASSERT(found != all.end(), "a code that nothing is said of");
  return *found;
}

}  // namespace liggare::tools
