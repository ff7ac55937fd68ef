#include "tools/verifier/message_texts.h"

#include <array>
#include <vector>

namespace liggare::tools {
namespace {

// "{}" stands for a part that is kept, or that is itself a message.
struct Message {
  std::string_view english;
  std::string_view swedish;
};

// The first that fits counts, so those with the most words of their own stand first.
constexpr auto messages = std::to_array<Message>({
    // What comes before.
    {"checkpoint: {}", "kontrollpunkten: {}"},
    {"tlog-proof: {}", "beviset: {}"},
    {"policy: line {}: {}", "policyn, rad {}: {}"},
    {"policy: {}", "policyn: {}"},
    {"directory: {}", "katalogen: {}"},
    {"line {}: {}", "rad {}: {}"},
    {"extra: {}", "extra data: {}"},
    {"index: {}", "index: {}"},
    {"event {}: {}: written by a newer liggare", "händelse {}: {}: skriven av en nyare liggare"},
    {"event {}: {}", "händelse {}: {}"},

    // Files.
    {"cannot open {}: {}", "kan inte öppna {}: {}"},
    {"cannot read {}: {}", "kan inte läsa {}: {}"},
    {"No such file or directory", "filen finns inte"},
    {"Permission denied", "behörighet saknas"},
    {"Is a directory", "det är en mapp"},
    {"Not a directory", "det är ingen mapp"},
    {"Too many levels of symbolic links", "det är en länk"},
    {"Input/output error", "läsfel"},
    {"File name too long", "för långt filnamn"},
    {"No such device or address", "enheten finns inte"},

    // Keys and policies.
    {"a key of a type that is not known here", "en nyckel av okänd typ"},
    {"a key that is not 32 bytes", "en nyckel som inte är 32 byte"},
    {"a key without name and id", "en nyckel utan namn och id"},
    {"a key whose id is not eight digits", "en nyckel vars id inte är åtta siffror"},
    {"a key whose name is none", "en nyckel utan giltigt namn"},
    {"a key whose id is not lower-case hex", "en nyckel vars id inte är hexadecimalt"},
    {"a key whose id is another key's", "en nyckel vars id hör till en annan nyckel"},
    {"a file in UTF-16: save it as UTF-8", "en fil i UTF-16: spara den som UTF-8"},
    {"a file of more than one line", "en fil med mer än en rad"},
    {"a file without a key", "en fil utan nyckel"},
    {"not a signing key", "ingen signeringsnyckel"},
    {"a signing key whose id is another key's",
     "en signeringsnyckel vars id hör till en annan nyckel"},
    {"{}: not a witness's key", "{}: inte ett vittnes nyckel"},
    {"a byte order mark: save it without one", "ett BOM-tecken: spara utan det"},
    {"a line end of Windows: save it with those of Unix",
     "en radbrytning från Windows: spara med Unix radbrytningar"},
    {"control bytes", "styrtecken"},
    {"its last line does not end in a line feed", "sista raden slutar inte med radbrytning"},
    {"no quorum", "inget kvorum"},
    {"a key of the wrong type", "en nyckel av fel typ"},
    {"a group needs all, any, or a number of its members",
     "en grupp kräver all, any eller ett antal av sina medlemmar"},
    {"begins with none of log, witness, group, quorum",
     "börjar inte med log, witness, group eller quorum"},
    {"not: log <vkey> [<url>]", "inte: log <vkey> [<url>]"},
    {"not: witness <name> <vkey> [<url>]", "inte: witness <namn> <vkey> [<url>]"},
    {"not: group <name> all|any|<k> <member>…", "inte: group <namn> all|any|<k> <medlem>…"},
    {"not: quorum <name>|none", "inte: quorum <namn>|none"},
    {"a log's key for the second time", "en liggares nyckel för andra gången"},
    {"a witness's key for the second time", "ett vittnes nyckel för andra gången"},
    {"a member that is not defined above", "en medlem som inte är definierad ovanför"},
    {"a member for the second time", "en medlem för andra gången"},
    {"a second quorum", "ett andra kvorum"},
    {"a quorum that is not defined above", "ett kvorum som inte är definierat ovanför"},
    {"the name none stands for no quorum", "namnet none betyder inget kvorum"},
    {"a name for the second time", "ett namn för andra gången"},

    // Checkpoints.
    {"control bytes, or not UTF-8", "styrtecken, eller inte UTF-8"},
    {"not of three lines", "inte av tre rader"},
    {"no origin", "inget ursprung"},
    {"the size is {}", "storleken är {}"},
    {"not a decimal below 2^63 without leading zeros",
     "inget heltal under 2^63 utan inledande nollor"},
    {"the root is not 32 bytes in base64", "roten är inte 32 byte i base64"},
    {"a signature line that is none", "en signaturrad som inte är någon"},
    {"a signature line without a key's name", "en signaturrad utan nyckelns namn"},
    {"a signature line without a signature in base64", "en signaturrad utan signatur i base64"},
    {"a note of more than a million bytes", "en text på mer än en miljon byte"},
    {"a note with control bytes, or not in UTF-8", "en text med styrtecken, eller inte i UTF-8"},
    {"a note without signatures", "en text utan signaturer"},
    {"a note with more than 100 signatures", "en text med mer än 100 signaturer"},
    {"a key that signs no notes", "en nyckel som inte signerar kontrollpunkter"},
    {"the signature of {} is not over this text", "signaturen av {} gäller inte denna text"},
    {"the cosignature of {} is not over this checkpoint",
     "medsignaturen av {} gäller inte denna kontrollpunkt"},

    // Proofs and tiles.
    {"it ends too early", "det slutar för tidigt"},
    {"no index", "inget index"},
    {"no empty line before the checkpoint", "ingen tom rad före kontrollpunkten"},
    {"more than 64 hashes", "mer än 64 kontrollsummor"},
    {"another first line than that of its format", "en annan första rad än formatets"},
    {"a hash without a line feed", "en kontrollsumma utan radbrytning"},
    {"a line that is not 32 bytes in base64", "en rad som inte är 32 byte i base64"},
    {"inclusion of leaf {} in {}: {}", "löv {} i storlek {}: {}"},
    {"consistency of {} with {}: {}", "från storlek {} till {}: {}"},
    {"no such leaf", "det lövet finns inte"},
    {"the old tree is the larger", "det äldre trädet är större"},
    {"a path of {} hashes, not {}", "antal kontrollsummor: {}, inte {}"},
    {"the root is {}, expected {}", "roten är {}, väntad {}"},
    {"the old root is {}, expected {}", "den äldre roten är {}, väntad {}"},
    {"the new root is {}, expected {}", "den nya roten är {}, väntad {}"},
    {"{}: not as long as it must be", "{}: har fel längd"},
    {"not the path of a tile", "ingen brickas namn"},

    // The directory and completeness.json.
    {"a subject of more than 65,535 bytes", "ett strömnamn på mer än 65 535 byte"},
    {"a neighbour of another bucket", "en granne i ett annat fack"},
    {"neighbours that enclose another subject", "grannar som omger en annan ström"},
    {"the entry before is not in its bucket", "posten före finns inte i sitt fack"},
    {"a neighbour is missing, or one too many", "en granne saknas, eller är en för mycket"},
    {"the entry after does not stand there", "posten efter står inte där"},
    {"this is no JSON", "det är inte JSON"},
    {"no \"{}\"", "saknar \"{}\""},
    {"{} is no number", "{} är inget tal"},
    {"subject is no stream's name", "subject är inget strömnamn"},
    {"a hash is no text", "en kontrollsumma är ingen text"},
    {"a hash is not 32 bytes long", "en kontrollsumma är inte 32 byte"},
    {"{} is no list", "{} är ingen lista"},
    {"entryPath is too long", "entryPath är för lång"},
    {"entryPath: not one side", "entryPath: inte en sida"},
    {"a stream of no events", "en ström utan händelser"},
    {"not of the format {}", "inte i formatet {}"},
    {"not in its canonical form", "inte i kanonisk form"},
    {"not standard base64", "inte base64"},
    {"hex of odd length", "hexadecimalt tal av udda längd"},
    {"not lower-case hex", "inte hexadecimalt med små bokstäver"},

    // SHA256SUMS.
    {"not \"<hash>  <path>\"", "inte \"<kontrollsumma>  <fil>\""},
    {"no hash in lower-case hex", "ingen kontrollsumma i hexadecimal form"},
    {"no path of a bundle", "inget filnamn i ett utdrag"},
    {"not in byte order of the paths", "inte i filnamnens ordning"},
    {"no line feed at its end", "ingen radbrytning i slutet"},

    // Records.
    {"not one whole segment", "inte ett helt segment"},
    {"not in canonical form", "inte i kanonisk form"},
    {"no readable record", "ingen läsbar post"},
    {"an attribute is missing", "ett attribut saknas"},
    {"an unknown subject", "ett okänt strömnamn"},
    {"a section without a class", "en försluten del utan klass"},
    {"an unknown class", "en okänd klass"},
    {"no schema version", "ingen schemaversion"},
    {"a later schema version", "en senare schemaversion"},
    {"data is missing", "data saknas"},
    {"no whole salt", "inget helt salt"},
    {"no time", "ingen tid"},
    {"no version", "ingen version"},
    {"a word is unset", "ett ord saknas"},
    {"an unknown word", "ett okänt ord"},
    {"a text is missing", "en text saknas"},
    {"a part is missing", "en del saknas"},
    {"a list is missing", "en lista saknas"},
    {"a correction without data", "en rättelse utan data"},
    {"an unknown choice", "ett okänt val"},
    {"an unknown event type", "en okänd händelsetyp"},
    {"a day is no day", "en dag som inte är någon dag"},
});

constexpr std::string_view hole = "{}";
using Parts = std::vector<std::string_view>;

// What stands in the holes of `pattern`; nothing where `text` is none of it.
std::optional<Parts> parts_of(std::string_view text, std::string_view pattern) {
  Parts parts;
  for (;;) {
    const std::size_t end = pattern.find(hole);
    if (!text.starts_with(pattern.substr(0, end))) return std::nullopt;
    if (end == std::string_view::npos) {
      return text.size() == pattern.size() ? std::optional(parts) : std::nullopt;
    }
    text.remove_prefix(end);
    pattern.remove_prefix(end + hole.size());
    const std::string_view next = pattern.substr(0, pattern.find(hole));
    const std::size_t stop = next.empty() ? text.size() : text.find(next);
    if (stop == std::string_view::npos) return std::nullopt;
    parts.push_back(text.substr(0, stop));
    text.remove_prefix(stop);
  }
}

std::string filled_in(std::string_view text, const Parts& parts) {
  std::string result;
  for (const std::string_view part : parts) {
    const std::size_t at = text.find(hole);
    result += std::string(text.substr(0, at));
    result += find_swedish_message(part).value_or(std::string(part));
    text.remove_prefix(at + hole.size());
  }
  return result + std::string(text);
}

}  // namespace

std::optional<std::string> find_swedish_message(std::string_view message) {
  for (const Message& known : messages) {
    if (const auto parts = parts_of(message, known.english)) {
      return filled_in(known.swedish, *parts);
    }
  }
  return std::nullopt;
}

std::string swedish_message(std::string_view message) {
  return find_swedish_message(message).value_or(
      "den tekniska orsaken finns på engelska med --format json");
}

}  // namespace liggare::tools
