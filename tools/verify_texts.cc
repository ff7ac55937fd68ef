#include "tools/verify_texts.h"

#include <algorithm>
#include <array>

#include "inspect/finding_codes.h"

namespace liggare::tools {
namespace {

using inspect::Statement;

// In the order of inspect::Statement. JSON has what stands first.
constexpr auto phrases = std::to_array<Phrase>({
    {{"key from {0}"}, {"verifieringsnyckeln från {0}"}},
    {{"key given on the command line"}, {"verifieringsnyckeln som angavs på kommandoraden"}},
    {{"the ledger's own key"}, {"liggarens egen verifieringsnyckel"}},

    {{"the newest checkpoint and its signature, at {0} events",
      "the newest checkpoint and its signature, at 1 event"},
     {"den senaste kontrollpunkten och dess signatur, vid {0} händelser",
      "den senaste kontrollpunkten och dess signatur, vid 1 händelse"},
     0},
    {{"append-only since {0}, at {1} events", "append-only since {0}, at 1 event"},
     {"har bara vuxit sedan {0}, vid {1} händelser", "har bara vuxit sedan {0}, vid 1 händelse"},
     1},
    {{"the bytes of every table file and of the write-ahead log"},
     {"varje byte i tabellfilerna och i skrivloggen"}},
    {{"the root at {0} events", "the root at 1 event"},
     {"roten vid {0} händelser", "roten vid 1 händelse"},
     0},
    {{"HEAD, at {0} events", "HEAD, at 1 event"},
     {"HEAD, vid {0} händelser", "HEAD, vid 1 händelse"},
     0},
    {{"{0} records, each in canonical form, recorded in order", "1 record, in canonical form"},
     {"{0} poster, var och en i kanonisk form och registrerade i tidsordning",
      "1 post, i kanonisk form"},
     0},
    {{"{0} leaf hashes", "1 leaf hash"}, {"{0} löv", "1 löv"}, 0},
    {{"{0} stored nodes of the tree above them", "1 stored node of the tree above them"},
     {"{0} lagrade noder i trädet ovanför dem", "1 lagrad nod i trädet ovanför dem"},
     0},
    {{"{0} event ids, both ways", "1 event id, both ways"},
     {"{0} händelse-id, åt båda hållen", "1 händelse-id, åt båda hållen"},
     0},
    {{"{0} versions of {1} streams, both ways", "1 version of 1 stream, both ways"},
     {"{0} versioner i {1} strömmar, åt båda hållen", "1 version i 1 ström, åt båda hållen"},
     0},
    {{"the index entries of {0} events", "the index entries of 1 event"},
     {"indexposterna för {0} händelser", "indexposterna för 1 händelse"},
     0},
    {{"{0} events against the rules, as known when they were recorded",
      "1 event against the rules, as known when it was recorded"},
     {"{0} händelser mot reglerna, så som läget var känt när de registrerades",
      "1 händelse mot reglerna, så som läget var känt när den registrerades"},
     0},
    {{"{0} seals", "1 seal"}, {"{0} förseglingar", "1 försegling"}, 0},
    {{"{0}: the access log of {1} began so, at size {2}"},
     {"{0}: åtkomstloggen för {1} började så, vid storleken {2}"}},
    {{"{0} changes of the key", "1 change of the key"}, {"{0} nyckelbyten", "1 nyckelbyte"}, 0},
    {{"{0} kept projections", "1 kept projection"},
     {"{0} sparade projektioner", "1 sparad projektion"},
     0},

    {{"checkpoint signatures: no key folder"}, {"kontrollpunkternas signaturer: ingen nyckelmapp"}},
    {{"checkpoint signatures: the key folder holds no SIGNED"},
     {"kontrollpunkternas signaturer: nyckelmappen saknar SIGNED"}},
    {{"checkpoint signatures: SIGNED can't be read"},
     {"kontrollpunkternas signaturer: SIGNED går inte att läsa"}},
    {{"checkpoint signatures: none was made yet"},
     {"kontrollpunkternas signaturer: ingen finns ännu"}},
    {{"events 0 to {0}, and the files they lie in: only their root was compared"},
     {"händelserna 0 till {0} och filerna de ligger i: bara deras rot jämfördes"}},
    {{"index entries that no event has: they show only where all are counted"},
     {"indexposter som ingen händelse har: de syns bara när alla räknas"}},
    {{"{0} records of a newer release, beyond their hashes",
      "1 record of a newer release, beyond its hash"},
     {"{0} poster från en nyare version, utöver deras kontrollsummor",
      "1 post från en nyare version, utöver dess kontrollsumma"},
     0},
    {{"{0} records that are missing or can't be read", "1 record that is missing or can't be read"},
     {"{0} poster som saknas eller inte går att läsa", "1 post som saknas eller inte går att läsa"},
     0},
    {{"the rules: no event was judged anew"}, {"reglerna: ingen händelse har prövats på nytt"}},
    {{"seals, and changes of the key"}, {"förseglingar och nyckelbyten"}},
    {{"projections: they are disposable, and rebuilt from the log"},
     {"projektioner: de går alltid att bygga om från loggen"}},
    {{"rules, seals, changes of the key, projections: not checked because the log is damaged"},
     {"regler, förseglingar, nyckelbyten och projektioner: inte kontrollerade, eftersom loggen är "
      "skadad"}},
    {{"rules, seals, changes of the key, projections: not checked because of a newer release's "
      "records"},
     {"regler, förseglingar, nyckelbyten och projektioner: inte kontrollerade, eftersom det finns "
      "poster från en nyare version"}},
    {{"the events and checkpoints: the log can't be opened"},
     {"händelserna och kontrollpunkterna: loggen går inte att öppna"}},
    {{"kept rows: there are no kept projections"},
     {"sparade rader: det finns inga sparade projektioner"}},
    {{"kept rows: the projections were kept by another release"},
     {"sparade rader: projektionerna är sparade av en annan version av programmet"}},
    {{"kept rows of projection {0}: of version {1}, not {2}"},
     {"sparade rader i projektionen {0}: av version {1}, inte {2}"}},
    {{"seals of projection {0} in version {1}: not this program's"},
     {"förseglingar av projektionen {0} i version {1}: programmet har en annan version"}},
    {{"seals that leave projection {0} out"}, {"förseglingar som inte omfattar projektionen {0}"}},
    {{"the access log that some seals speak of: dropped up to {0}, last by {1} on {2}"},
     {"åtkomstloggen som några förseglingar nämner: gallrad till och med {0}, senast av {1} den "
      "{2}"}},
    {{"the access log that seals before position {0} speak of: the ledger was restored without it"},
     {"åtkomstloggen som förseglingar före position {0} nämner: liggaren återställdes utan den"}},
    {{"change of the key at position {0}: the old key was lost and did not sign it"},
     {"nyckelbytet på position {0}: den gamla nyckeln var förlorad och har inte signerat det"}},
    {{"a history rewritten, with hashes that fit, from event {0} on: no checkpoint given here "
      "covers it"},
     {"en historik som skrivits om, med kontrollsummor som stämmer, från händelse {0} och framåt: "
      "ingen kontrollpunkt som angetts här täcker den"}},
    {{"a history rewritten with hashes that fit: only a checkpoint held elsewhere shows it"},
     {"en historik som skrivits om, med kontrollsummor som stämmer: bara en kontrollpunkt som "
      "förvarats på annat håll avslöjar det"}},
    {{"the vault"}, {"valvet"}},
    {{"events that nobody sent"}, {"händelser som ingen har skickat in"}},
});
static_assert(phrases.size() == inspect::statement_count);

constexpr Phrase versions_of_one_stream = {{"{0} versions of {1} stream, both ways"},
                                           {"{0} versioner i {1} ström, åt båda hållen"}};

struct CodeText {
  std::string_view code;
  std::string_view english;
  std::string_view swedish;
};

// In the order of inspect::finding_codes.
constexpr auto code_texts = std::to_array<CodeText>({
    {"access-log-missing", "a year of the access log is missing", "ett år av åtkomstloggen saknas"},
    {"checkpoint-differs", "not the history that was signed", "inte historiken som signerades"},
    {"event-beyond-head", "a record after the last event", "en post efter den sista händelsen"},
    {"event-key", "a record where none can be", "en post där ingen kan finnas"},
    {"event-missing", "record missing", "posten saknas"},
    {"file-damaged", "file damaged", "filen är skadad"},
    {"file-missing", "file missing", "filen saknas"},
    {"head-differs", "HEAD remembers another history", "HEAD minns en annan historik"},
    {"head-key", "an entry beside the stored head", "en post vid sidan av det lagrade trädhuvudet"},
    {"head-length", "HEAD of another length", "HEAD har fel längd"},
    {"head-slot", "part of HEAD damaged", "en del av HEAD är skadad"},
    {"id-index", "id leads to another event", "id leder till en annan händelse"},
    {"identity", "the ledger's name is unreadable", "liggarens namn går inte att läsa"},
    {"leaf-differs", "not the record that was hashed", "inte posten som lövet gjordes av"},
    {"leaf-missing", "leaf missing", "lövet saknas"},
    {"node-differs", "node does not fit the records", "noden stämmer inte med posterna"},
    {"node-extra", "a node too many", "en nod för mycket"},
    {"node-key", "a node where none can be", "en nod där ingen kan finnas"},
    {"node-missing", "node missing", "noden saknas"},
    {"projection-drifted", "kept rows do not fit the events",
     "sparade rader stämmer inte med händelserna"},
    {"record-too-large", "record too large", "posten är för stor"},
    {"record-unreadable", "record unreadable", "posten går inte att läsa"},
    {"recorded-goes-back", "recorded before the one before it", "registrerad före händelsen innan"},
    {"refused", "the log would not be served", "loggen kan inte användas som den är"},
    {"root-differs", "stored root does not fit the tree", "den lagrade roten stämmer inte"},
    {"rotation-differs", "change of the key does not fit", "nyckelbytet stämmer inte"},
    {"rule-broken", "against the rules", "bryter mot reglerna"},
    {"seal-differs", "the seal claims something else", "förseglingen säger något annat"},
    {"signer-damaged", "the signer's file is damaged", "signeringsfilen är skadad"},
    {"stream-gap", "version missing in the stream", "en version saknas i strömmen"},
    {"stream-index", "version leads to another event", "versionen leder till en annan händelse"},
    {"stream-key", "an index entry of no stream", "en indexpost utan ström"},
    {"stream-order", "versions out of order", "versionerna står i fel ordning"},
    {"tail-lost", "the last events are gone", "de sista händelserna är borta"},
});
static_assert(std::ranges::equal(code_texts, inspect::finding_codes, {}, &CodeText::code));

// [ledger, size, root, findings]
constexpr Phrase intact = {
    {"{0}: {1} events, no deviations, root {2}", "{0}: 1 event, no deviations, root {2}"},
    {"{0}: {1} händelser, inga avvikelser, rot {2}", "{0}: 1 händelse, inga avvikelser, rot {2}"},
    1};
constexpr Phrase damaged = {
    {"{0}: {1} events, DEVIATIONS: {3}, root {2}", "{0}: 1 event, DEVIATIONS: {3}, root {2}"},
    {"{0}: {1} händelser, AVVIKELSER: {3}, rot {2}", "{0}: 1 händelse, AVVIKELSER: {3}, rot {2}"},
    1};

// [exposed, size]
constexpr Phrase exposed_some = {
    {"Exposed: {0} of {1} events are covered by no checkpoint given here.",
     "Exposed: 1 of {1} events is covered by no checkpoint given here.",
     "Exposed: 0 of {1} events."},
    {"Exponerat: {0} av {1} händelser täcks inte av någon kontrollpunkt som angetts här.",
     "Exponerat: 1 av {1} händelser täcks inte av någon kontrollpunkt som angetts här.",
     "Exponerat: 0 av {1} händelser."},
    0};
constexpr Phrase exposed_all = {
    {"Exposed: all {0} events; no checkpoint kept elsewhere was given.",
     "Exposed: the only event; no checkpoint kept elsewhere was given."},
    {"Exponerat: alla {0} händelser; ingen kontrollpunkt som förvarats på annat håll har angetts.",
     "Exponerat: den enda händelsen; ingen kontrollpunkt som förvarats på annat håll har angetts."},
    0};

}  // namespace

// Two numbers: the phrase's own forms go by the versions, of which there are several here.
const Phrase& phrase_of(const inspect::Remark& remark) {
  const bool is_one_stream = remark.statement == Statement::stream_versions &&
                             remark.values[1] == "1" && remark.values[0] != "1";
  if (is_one_stream) return versions_of_one_stream;
  return phrases[static_cast<std::size_t>(remark.statement)];
}

std::string sentence(Language language, const inspect::Remark& remark) {
  return filled(language, phrase_of(remark), remark.values);
}

std::string json_phrase(const inspect::Remark& remark) {
  const Phrase& phrase = phrases[static_cast<std::size_t>(remark.statement)];
  return filled(Language::english, {{phrase.english.many}, {}}, remark.values);
}

std::string_view finding_text(Language language, std::string_view code) {
  const auto found = std::ranges::find(code_texts, code, &CodeText::code);
  if (found == code_texts.end()) return {};
  return language == Language::swedish ? found->swedish : found->english;
}

std::string headline_text(Language language, const Headline& headline) {
  return filled(language, headline.findings == 0 ? intact : damaged,
                {headline.ledger, std::to_string(headline.size), headline.root,
                 std::to_string(headline.findings)});
}

std::string exposure_text(Language language, const Exposure& exposure) {
  return filled(language, exposure.has_checkpoint ? exposed_some : exposed_all,
                {std::to_string(exposure.exposed), std::to_string(exposure.size)});
}

}  // namespace liggare::tools
