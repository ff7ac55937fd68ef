#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <regex>
#include <set>

#include "tests/support/temporary_folder.h"
#include "tools/verifier/message_texts.h"
#include "tools/verifier/render_outcome.h"

namespace liggare::tools {
namespace {

using audit::Circumstance;
using audit::Outcome;
using audit::Reason;
using audit::Statement;
using audit::Verdict;
using testing::HasSubstr;
using testing::Not;

constexpr auto evidences = std::to_array({Evidence::bundle, Evidence::tiles, Evidence::files});

template <class Enum>
std::vector<Enum> all(std::size_t count) {
  std::vector<Enum> values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(static_cast<Enum>(i));
  return values;
}
std::vector<Statement> all_statements() { return all<Statement>(audit::statement_count); }
std::vector<Circumstance> all_circumstances() {
  return all<Circumstance>(audit::circumstance_count);
}
std::vector<Reason> all_reasons() { return all<Reason>(audit::reason_count); }

// Every statement and every detail, with `value` for all that they take.
std::vector<std::string> all_phrases(Language language, const std::string& value) {
  std::vector<std::string> texts;
  const auto add = [&](const Phrase& phrase) {
    // What counts and has no form for none is never said of none.
    const bool counts = phrase.counted != counts_nothing;
    if (value == "0" && counts && phrase.english.none.empty()) return;
    texts.push_back(filled(language, phrase, std::vector<std::string>(value_count(phrase), value)));
  };
  for (const Statement statement : all_statements()) add(phrase_of(statement));
  for (const Circumstance circumstance : all_circumstances()) add(phrase_of(circumstance));
  return texts;
}

std::vector<std::string> everything_said(Language language) {
  std::vector<std::string> texts = all_phrases(language, "1");
  for (const char* value : {"0", "2"}) {
    for (std::string& text : all_phrases(language, value)) texts.push_back(std::move(text));
  }
  for (const Reason reason : all_reasons()) {
    texts.emplace_back(text_of(language, reason));
    for (const Evidence evidence : evidences) {
      texts.push_back(next_step(language, reason, evidence));
    }
  }
  return texts;
}

std::string holes(std::string_view text) {
  std::set<std::string> found;
  const std::string copy(text);
  const std::regex hole(R"(\{[0-9]\*?\})");
  for (std::sregex_iterator at(copy.begin(), copy.end(), hole), end; at != end; ++at) {
    found.insert(at->str());
  }
  std::string all_of_them;
  for (const std::string& each : found) all_of_them += each;
  return all_of_them;
}

void expect_pair(const Phrase& phrase, std::size_t number) {
  EXPECT_EQ(holes(phrase.english.many), holes(phrase.swedish.many)) << number;
  EXPECT_EQ(phrase.english.many.empty(), phrase.swedish.many.empty()) << number;
  EXPECT_EQ(phrase.english.one.empty(), phrase.swedish.one.empty()) << number;
  EXPECT_EQ(phrase.english.none.empty(), phrase.swedish.none.empty()) << number;
  EXPECT_EQ(phrase.counted == counts_nothing, phrase.english.one.empty()) << number;
}

TEST(VerdictTexts, AreThereInBothLanguages) {
  for (const Language language : {Language::english, Language::swedish}) {
    for (const Reason reason : all_reasons()) EXPECT_FALSE(text_of(language, reason).empty());
    for (const Statement statement : all_statements()) {
      EXPECT_FALSE(phrase_of(statement).in(language).many.empty());
    }
    for (const Circumstance circumstance : all_circumstances()) {
      EXPECT_EQ(phrase_of(circumstance).in(language).many.empty(),
                circumstance == Circumstance::none);
    }
  }
}

TEST(VerdictTexts, TakeTheSameValuesInBothLanguages) {
  for (const Statement each : all_statements()) {
    expect_pair(phrase_of(each), static_cast<std::size_t>(each));
  }
  for (const Circumstance each : all_circumstances()) {
    expect_pair(phrase_of(each), static_cast<std::size_t>(each));
  }
}

TEST(VerdictTexts, LeaveNoEnglishInSwedish) {
  const std::regex english(
      R"(\b(the|of|and|is|are|not|from|to|by|at|that|which|with|was|were|has|other|only|line)"
      R"(|size|key|keys|file|files|bundle|leaf|leaves|seal|event|events|ledger|checkpoint)\b)",
      std::regex::icase);
  // Names of files and programs are the same everywhere.
  const std::regex names(
      R"(\b((events|disclosed)\.ndjson|answer\.json|README\.txt|--format json)\b)");
  for (const std::string& text : everything_said(Language::swedish)) {
    EXPECT_FALSE(std::regex_search(std::regex_replace(text, names, ""), english)) << text;
  }
}

TEST(VerdictTexts, SayOneThingInTheSingularAndNoneAtAll) {
  const std::regex wrong(
      R"(\b([01] (events|leaves|files|tiles|entries|händelser|löv|löven|filer|brickor|poster))"
      R"(|versions 1 to 1|versionerna 1 till 1)\b)");
  for (const Language language : {Language::english, Language::swedish}) {
    for (const std::string& text : everything_said(language)) {
      EXPECT_FALSE(std::regex_search(text, wrong)) << text;
    }
  }
}

TEST(VerdictTexts, UseOneWordForAThing) {
  for (const std::string& text : everything_said(Language::swedish)) {
    for (const char* word : {"förseglade", "avsnitt", "bevispaket", "paketet", "vilar", "utökad"}) {
      EXPECT_THAT(text, Not(HasSubstr(word)));
    }
  }
}

TEST(VerdictTexts, ShowValuesWithoutHarm) {
  EXPECT_EQ(sentence(Language::english, {Statement::key_from, {"a\x1b[2J", "b{0}"}}),
            "the key of a\\u{1b}[2J, from the file b{0}");
}

TEST(VerdictTexts, NameAllOfAList) {
  EXPECT_EQ(sentence(Language::swedish, {Statement::other_signatures, {"a+1", "b+2"}}),
            "signaturer med nycklar som inte angavs: a+1, b+2");
  EXPECT_EQ(text_of(Language::english, {Circumstance::cosigned_by_few, {"all", "w1", "w2"}}),
            "the quorum is all, and these alone cosigned: w1, w2");
}

TEST(VerdictTexts, NameAPlaceInTheReadersLanguage) {
  EXPECT_EQ(text_of(Language::english, audit::Place("events.ndjson", 3)), "events.ndjson line 3");
  EXPECT_EQ(text_of(Language::swedish, audit::Place("events.ndjson", 3)), "events.ndjson rad 3");
  EXPECT_EQ(text_of(Language::swedish, audit::Place()), "kommandoraden");
}

TEST(NextStep, IsThereForEveryReasonAndKindOfEvidence) {
  for (const Reason reason : all_reasons()) {
    for (const Evidence evidence : evidences) {
      EXPECT_FALSE(next_step(Language::english, reason, evidence).empty());
      EXPECT_FALSE(next_step(Language::swedish, reason, evidence).empty());
    }
  }
}

TEST(NextStep, KeepsWhatWasTamperedWith) {
  EXPECT_EQ(next_step(Language::english, Reason::file_differs, Evidence::bundle),
            "Keep the folder as it is, note the time, get the bundle again by another way, and "
            "tell the ledger's owner.");
  EXPECT_EQ(next_step(Language::swedish, Reason::file_differs, Evidence::bundle),
            "Behåll mappen orörd, notera tiden, hämta utdraget på nytt på annan väg och kontakta "
            "liggarens ägare.");
  EXPECT_THAT(next_step(Language::english, Reason::file_unlisted, Evidence::bundle),
              HasSubstr("put here afterwards, perhaps by your computer"));
  EXPECT_THAT(next_step(Language::english, Reason::not_signed, Evidence::files),
              HasSubstr("If the ledger has changed its key, get the new one from its owner."));
}

// --- messages of the layers below ----------------------------------------------------------

// The texts that the files of the checks refuse with, where they are one literal.
std::set<std::string> refusals_in_sources() {
  std::set<std::string> found;
  const std::filesystem::path source = std::filesystem::path(LIGGARE_SOURCE_DIR) / "src";
  const std::regex literal(
      R"re((?:refuse\((?:number(?: \+ 1)?, )?|damaged\(|too_new\(|UnreadableRecord\{\w+, )re"
      R"re(|fail\(ErrorCode::\w+,\s*)"((?:[^"\\]|\\.)*)"\s*[;)}])re");
  const auto files = std::to_array(
      {"audit/bundle_format.cc", "audit/completeness.cc", "base/bytes.cc", "codec/parsed_json.cc",
       "codec/record.cc", "codec/record_fields.cc", "merkle/checkpoint.cc", "merkle/cosignature.cc",
       "merkle/plain_text.cc", "merkle/policy.cc", "merkle/proof.cc", "merkle/proof_file.cc",
       "merkle/signed_note.cc", "merkle/stream_directory.cc", "merkle/tile.cc",
       "merkle/verifier_key.cc"});
  for (const char* file : files) {
    const std::string text = test::read_bytes(source / file);
    for (std::sregex_iterator at(text.begin(), text.end(), literal), end; at != end; ++at) {
      found.insert(std::regex_replace(at->str(1), std::regex(R"(\\")"), "\""));
    }
  }
  return found;
}

TEST(Messages, OfTheLayersBelowAreKnownInSwedish) {
  const auto refusals = refusals_in_sources();
  EXPECT_GT(refusals.size(), 80U);
  for (const std::string& refusal : refusals) EXPECT_TRUE(find_swedish_message(refusal)) << refusal;
}

TEST(Messages, AreTakenApart) {
  EXPECT_EQ(swedish_message("policy: line 3: a second quorum"), "policyn, rad 3: ett andra kvorum");
  EXPECT_EQ(swedish_message("tlog-proof: index: not a decimal below 2^63 without leading zeros"),
            "beviset: index: inget heltal under 2^63 utan inledande nollor");
  EXPECT_EQ(swedish_message("inclusion of leaf 7 in 9: a path of 3 hashes, not 4"),
            "löv 7 i storlek 9: antal kontrollsummor: 3, inte 4");
  EXPECT_EQ(swedish_message("inclusion of leaf 7 in 9: the root is ab, expected cd"),
            "löv 7 i storlek 9: roten är ab, väntad cd");
  EXPECT_EQ(swedish_message("event 5: an unknown word: written by a newer liggare"),
            "händelse 5: ett okänt ord: skriven av en nyare liggare");
  EXPECT_EQ(swedish_message("cannot open a: No such file or directory"),
            "kan inte öppna a: filen finns inte");
  EXPECT_EQ(swedish_message("seal is no number"), "seal är inget tal");
}

TEST(Messages, ThatNobodyKnowsAreToBeHadInEnglish) {
  EXPECT_FALSE(find_swedish_message("the moon is blue"));
  EXPECT_EQ(swedish_message("the moon is blue"),
            "den tekniska orsaken finns på engelska med --format json");
}

// --- outcomes ------------------------------------------------------------------------------

Outcome tampered() {
  Outcome outcome;
  outcome.refusal = audit::Refusal{
      Reason::incomplete, "leaves/4.leaf", {Circumstance::version_differs, {"3\xff", "2"}}};
  outcome.has_checked(Statement::leaves_included, {"3"});
  return outcome;
}

Outcome verified() {
  Outcome outcome;
  outcome.shows(Statement::shows_stream, {"participant/P0050", "82", "2026-11-24 13:52 UTC"});
  outcome.facts.add("origin", "example.org/town")
      .add("rootHash", "ab")
      .add("event", Json::object().add("type", "case.opened"))
      .add("leaves", Json::array());
  return outcome;
}

std::string rendered(const Outcome& outcome, Language language) {
  return text_of(outcome, Evidence::bundle, {language, Colour::off});
}

TEST(RenderedOutcome, NamesVerdictPlaceReasonAndWhatToDo) {
  const std::string english = rendered(tampered(), Language::english);
  EXPECT_TRUE(
      english.starts_with("TAMPERED: leaves/4.leaf: incomplete: events are left out (version "
                          "3\\xff where 2 should stand)\nKeep the folder as it is, "))
      << english;
  const std::string swedish = rendered(tampered(), Language::swedish);
  EXPECT_TRUE(
      swedish.starts_with("MANIPULERAT: leaves/4.leaf: ofullständigt: händelser saknas "
                          "(version 3\\xff där 2 skulle stå)\nBehåll mappen orörd, "))
      << swedish;
}

TEST(RenderedOutcome, SaysFirstWhatIsShown) {
  EXPECT_EQ(rendered(verified(), Language::english),
            "VERIFIED\nThe bundle shows all 82 events of participant/P0050 up to "
            "2026-11-24 13:52 UTC.\n  ledger: example.org/town\n  root: ab\n"
            "  type: case.opened\n");
  EXPECT_EQ(rendered(verified(), Language::swedish),
            "VERIFIERAT\nUtdraget visar alla 82 händelser om participant/P0050 fram till "
            "2026-11-24 13:52 UTC.\n  liggare: example.org/town\n  rot: ab\n"
            "  typ: case.opened\n");
}

TEST(RenderedOutcome, IsInJsonWithCodes) {
  EXPECT_EQ(json_of(tampered()).text(),
            R"({"verdict":"tampered","reason":"incomplete","place":"leaves/4.leaf",)"
            R"("detail":"version 3\\xff where 2 should stand","shown":[],"trust":[],)"
            R"("checked":[{"code":"leaves-included",)"
            R"("text":"each of the 3 leaves stands at its position of the ledger",)"
            R"("values":["3"]}],"notChecked":[],"facts":{}})");
}

TEST(RenderedOutcome, EndsWithAnExitCodeForEachVerdict) {
  EXPECT_EQ(exit_of(Verdict::verified), Exit::done);
  EXPECT_EQ(exit_of(Verdict::tampered), Exit::finding);
  EXPECT_EQ(exit_of(Verdict::cannot_tell), Exit::incomplete);
}

}  // namespace
}  // namespace liggare::tools
