// No command says anything personal but those that are meant to, whatever state the ledger is in:
// not in answers, errors or diagnostics, nor in files and their names.
//
// Every command that --help lists is run on ledgers that hold canaries: a text of its own in each
// class of a participant, and numbers.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <memory>
#include <set>
#include <sstream>

#include "tests/tools/program_help.h"

namespace liggare::tools {
namespace {

namespace fs = std::filesystem;
using Canaries = std::vector<std::string>;

const Canaries canaries = {"qKanarieIdentity", "qKanarieOrdinary", "qKanarieSocial",
                           "qKanarieHealth",   "qKanarieOffence",  "qKanarieReason",
                           "198501012382",     "850101-2382",      "198901012388"};

std::string read(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

void write(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

Canaries in(const std::string& text) {
  Canaries found;
  for (const std::string& each : canaries) {
    if (text.find(each) != std::string::npos) found.push_back(each);
  }
  return found;
}

std::string event(const std::string& id, const std::string& type, const std::string& subject,
                  const std::string& data) {
  return R"({"specversion":"1.0","id":")" + id + R"(","source":"/t","type":")" + type +
         R"(","subject":")" + subject +
         R"(","effective":"2020-01-02","actor":"staff/S1","data":{)" + data + "}}\n";
}

const std::string every_class =
    R"("personal":{"identity":{"name":"qKanarieIdentity","personnummer":"198501012382"},)"
    R"("ordinary":{"t":"qKanarieOrdinary"},"social":{"t":"qKanarieSocial"},)"
    R"("health":{"t":"qKanarieHealth"},"offence":{"t":"qKanarieOffence"}})";

std::string history() {
  std::string lines =
      event("u1", "unit.registered", "unit/U1", R"("name":"Enheten","kind":"team")");
  const std::map<std::string, std::string> roles = {{"S1", R"("role":"consultant","unit":"U1")"},
                                                    {"S2", R"("role":"lead","unit":"U1")"},
                                                    {"D1", R"("role":"dpo")"},
                                                    {"D2", R"("role":"dpo")"},
                                                    {"R1", R"("role":"registrar")"},
                                                    {"S9", R"("role":"statistician")"}};
  for (const auto& [id, role] : roles) {
    lines += event("s-" + id, "staff.registered", "staff/" + id, R"("unit":"U1")");
    lines += event("g-" + id, "role.granted", "staff/" + id, role);
  }
  for (const std::string id : {"P1", "P2", "P3"}) {
    const std::string subject = "participant/" + id;
    lines += event("r-" + id, "participant.registered", subject, every_class);
    lines += event("e-" + id, "enrolment.started", subject,
                   R"("enrolment":"E1","programme":"ias","unit":"U1")");
    lines += event("a-" + id, "consultant.assigned", subject, R"("staff":"S1")");
    lines += event("n-" + id, "note.recorded", subject, every_class);
    lines += event("c-" + id, "consent.given", subject,
                   R"("consent":"C1","nature":"secrecy","purpose":"case-work","categories":[)"
                   R"("health"],"recipients":["U1"],"form":"written")");
  }
  lines += event("x-P1", "event.corrected", "participant/P1",
                 R"("target":"n-P1","reason":"wrong","data":{},"personal":{"health":{"t":)"
                 R"("qKanarieHealth"}})");
  lines += event("p-P3", "protection.set", "participant/P3",
                 R"("mark":"confidentiality","staff":["S1"])");
  return lines;
}

// Lines that are refused, with canaries wherever they might be repeated from. A name of one word in
// ASCII is repeated in a path like any other; choices.md says which are not.
std::string refused_lines() {
  const std::string person = "participant/P1";
  return event("b1", "note.recorded", person,
               R"("personal":{"health":{"qKanarieHealth i ord":1}})") +
         event("b2", "note.recorded", person, R"("personal":{"qKanarieHealth i ord":{"t":"x"}})") +
         event("b3", "note.recorded", person,
               R"("qKanarieOrdinary och annat":"x",)" + every_class) +
         event("b4", "note.recorded", person,
               R"("personal":{"identity":{"personnummer":"19850101-2382"}})") +
         event("b5", "note.recorded", "participant/198501012382", every_class) +
         event("198501012382", "note.recorded", person, every_class) +
         event("n-P1", "note.recorded", person,
               R"("personal":{"health":{"t":"qKanarieOffence"}})") +
         event("b6", "path.chosen", person,
               R"("path":"198501012382","chosenBy":"participant",)" + every_class) +
         event("b7", "participant.registered", person, every_class) +
         event("b8", "note.recorded", "participant/P9", every_class) +
         event("b9", "note.recorded", person, every_class + R"(,"qKanarieSocial 198501012382":1)") +
         R"({"specversion":"1.0","id":"b10","data":{"personal":{"health":{"t":"qKanarieHealth)"
         "\n" +
         "qKanarieHealth\n" + "{\"id\":\"b11\",\"data\":\"" + std::string(50'000, 'x') +
         "qKanarieHealth\"}\n";
}

constexpr int cannot_run = 125;  // As timeout, env and sh say it.

struct Answer {
  int exit = 0;
  std::string output;
  std::string errors;
};

// In memory where there is such a folder: hundreds of runs, and none has to be durable.
fs::path folder_for_tests() {
  const fs::path in_memory = "/dev/shm";
  return ::access(in_memory.c_str(), W_OK) == 0 ? in_memory : fs::temp_directory_path();
}

// A folder with a ledger that the program is run in; no setting of ours leaks in.
class Sandbox {
 public:
  Sandbox() {
    std::string name = (folder_for_tests() / "liggare-canary-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    fs::create_directory(work());
  }
  ~Sandbox() { fs::remove_all(folder_); }
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  fs::path work() const { return folder_ / "work"; }
  fs::path ledger() const { return work() / "ledger"; }

  // `input` comes on standard input.
  Answer run(const std::string& words, const std::string& input = {}) {
    write(folder_ / "input", input);
    const std::string line =
        "cd " + work().string() +
        " && env -i LIGGARE_LEDGER=ledger LIGGARE_LOG=trace timeout 5 " LIGGARE_PROGRAM " " +
        words + " > ../output 2> ../errors < ../input";
    const int status = std::system(line.c_str());
    const int exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    EXPECT_TRUE(exit >= 0 && exit < cannot_run) << "liggare " << words << ": " << exit;
    return {exit, read(folder_ / "output"), read(folder_ / "errors")};
  }
  // Runs it, and fails where it says anything personal.
  Answer run_silent(const std::string& words, const std::string& input = {}) {
    Answer answer = run(words, input);
    EXPECT_EQ(in(answer.output), Canaries()) << "liggare " << words;
    EXPECT_EQ(in(answer.errors), Canaries()) << "liggare " << words << "\n" << answer.errors;
    return answer;
  }
  // What lies in files, under their names and in the names themselves.
  void expect_silent_files() const {
    for (const auto& each : fs::recursive_directory_iterator(work())) {
      const std::string name = fs::relative(each.path(), work()).string();
      if (handed_out(name)) continue;
      EXPECT_EQ(in(name), Canaries()) << name;
      if (!each.is_regular_file()) continue;
      EXPECT_EQ(in(read(each.path())), Canaries()) << name;
    }
  }
  void hand_out(const std::string& name) { handed_out_.insert(name); }

 private:
  bool handed_out(const std::string& name) const {
    return handed_out_.contains(name.substr(0, name.find('/')));
  }

  fs::path folder_;
  std::set<std::string> handed_out_;
};

// Every one with what it needs to be called, by help pages that are silent, too.
const std::vector<HelpedCommand>& all_commands() {
  static const auto commands = [] {
    Sandbox sandbox;
    return commands_by_help(
        [&](const std::string& words) { return sandbox.run_silent(words + " --help").output; });
  }();
  return commands;
}

std::string value_of(const std::string& name, const std::string& wants) {
  static const std::map<std::string, std::string> known = {{"--participant", "P1"},
                                                           {"--as", "staff/D1"},
                                                           {"--recipient", "U1"},
                                                           {"--consent", "C1"},
                                                           {"--from", "2020-01-01"},
                                                           {"--to", "2020-12-31"},
                                                           {"--purpose", "access-request"},
                                                           {"--subject", "participant/P1"},
                                                           {"--type", "note.recorded"},
                                                           {"--stream", "participant/P1"},
                                                           {"EVENT", "n-P1"},
                                                           {"--ladder", "L1"},
                                                           {"YEAR", "2020"},
                                                           {"DAY", "2026-01-01"},
                                                           {"FILE", "file"},
                                                           {"DIR", "folder"},
                                                           {"N", "12"},
                                                           {"SIZE", "3"},
                                                           {"NAME", "places"},
                                                           {"VERDICT", "ok"},
                                                           {"ITEM", "1"},
                                                           {"--categories", "health"}};
  for (const std::string& each : {wants == "YEAR" ? wants : name, wants}) {
    if (const auto found = known.find(each); found != known.end()) return found->second;
  }
  const std::size_t bar = wants.find('|');
  return bar == std::string::npos ? "x1" : wants.substr(0, bar);
}

// A ledger that holds canaries: made once, and copied.
void fill(Sandbox& sandbox) {
  static const auto original = [] {
    auto made = std::make_unique<Sandbox>();
    EXPECT_EQ(made->run_silent("init").exit, 0);
    EXPECT_EQ(made->run_silent("import -", history()).exit, 0);
    EXPECT_EQ(made->run_silent("seal").exit, 0);
    return made;
  }();
  fs::copy(original->work(), sandbox.work(), fs::copy_options::recursive);
}

// Every command with what it requires, as data and as text for people.
// Gives how many were done, with or without findings.
std::size_t run_all(Sandbox& sandbox, const std::vector<HelpedCommand>& commands,
                    const std::string& format) {
  std::size_t done = 0;
  for (const HelpedCommand& command : commands) {
    if (command.words == "init") continue;
    // Reports answer by one way of writing, and are asked why by another.
    if (format.ends_with("table") && command.words.starts_with("report ")) continue;
    if (!format.ends_with("json") && command.words.starts_with("why ")) continue;
    // Its answer goes into a folder, for the person.
    if (command.words == "extract") {
      sandbox.hand_out("folder");
      sandbox.hand_out("folder.part");
    }
    if (sandbox.run_silent(filled(command, value_of) + format, "nothing").exit <= 1) ++done;
  }
  return done;
}

const std::vector<std::string> refused_reads = {
    "show n-P1 --as staff/S9 --purpose case-work --reason 'qKanarieReason i ord'",
    "show n-P1 --as staff/S2 --purpose case-work --classes health --reason 'qKanarieReason'",
    "show n-P1 --as staff/S2 --reason qKanarieReason",
    "show n-P1 --as staff/198501012382 --purpose case-work",
    "show n-P1 --reason qKanarieReason",
    "show n-P1 --as staff/S2 --purpose case-work --reason qKanarieReason --classes nothing",
    "show n-P3 --as staff/S2 --break-glass --reason qKanarieReason",
    "report history --participant P3 --as staff/S2 --purpose case-work --format table",
    "report history --participant P1 --as staff/S9 --purpose case-work --format csv",
    "bundle --participant P1 --as staff/S9 --purpose case-work --out b1",
    "extract --participant P1 --as staff/S1 --purpose access-request --out e1",
    "disclose check --participant P3 --recipient U1 --categories health --purpose case-work",
    "consent receipt --participant P3 --consent C1 --as staff/S2",
    "find --as staff/S9 --purpose registration --number-file 198501012382",
    "find --as staff/S9 --purpose registration --number-file .",
    "append --as staff/198501012382",
    "show 198501012382",
    "find 850101-2382",
    "report history --participant 850101-2382 --as staff/S1 --purpose case-work"};

class Canary : public testing::Test {
 protected:
  Sandbox sandbox_;
};

TEST_F(Canary, IsShownByWhatIsMeantToShow) {
  fill(sandbox_);
  const Canaries classes(canaries.begin(), canaries.begin() + 5);
  const auto shows_all = [&](const std::string& words) {
    const Canaries found = in(sandbox_.run(words).output);
    return std::includes(found.begin(), found.end(), classes.begin(), classes.end());
  };
  const std::string reader = " --as staff/S1 --purpose case-work --reason qKanarieReason";
  EXPECT_TRUE(shows_all("show n-P2" + reader));
  EXPECT_TRUE(shows_all("report history --participant P1 --format json" + reader));
  EXPECT_TRUE(shows_all("report history --participant P1 --format csv" + reader));
  const std::string person = "--participant P1 --as staff/D1 --purpose access-request --out ";
  EXPECT_EQ(sandbox_.run_silent("extract " + person + "whole").exit, 0);
  EXPECT_EQ(in(read(sandbox_.work() / "whole/extract.json")).size(), 6U);
  EXPECT_EQ(in(read(sandbox_.work() / "whole/extract.html")).size(), 6U);
  sandbox_.hand_out("whole");
  // The same, and nothing else, beside what the ledger keeps of it.
  EXPECT_EQ(sandbox_.run_silent("report access --format csv").exit, 0);
  sandbox_.expect_silent_files();
}

TEST_F(Canary, IsSilentInEveryCommand) {
  fill(sandbox_);
  const auto& commands = all_commands();
  EXPECT_GT(commands.size(), 60U);
  for (const HelpedCommand& command : commands) {
    if (command.is_a_group) sandbox_.run_silent(command.words);
  }
  for (const std::string& words : refused_reads) sandbox_.run_silent(words);
  auto for_people = std::async(std::launch::async, [&] {
    Sandbox other;
    fill(other);
    run_all(other, commands, " --format table");
    other.expect_silent_files();
  });
  EXPECT_GT(run_all(sandbox_, commands, " --format json"), 30U);
  for (const char* words :
       {"export", "export --sealed", "export --sqlite facts", "tail", "sql 'SELECT * FROM events'",
        "sql --tables", "report history --participant P1 --format csv", "show n-P1 --format leaf",
        "report history --participant P1 --format table", "bundle --participant P1 --out bundle",
        "export --tiles tiles", "verify --full", "report consents --format csv", "erase status",
        "vault status"}) {
    sandbox_.run_silent(words);
  }
  for_people.get();
  sandbox_.expect_silent_files();
}

TEST_F(Canary, IsSilentWhereEventsAreRefused) {
  fill(sandbox_);
  const std::string lines = refused_lines();
  for (const char* format : {"", " --format json"}) {
    EXPECT_EQ(sandbox_.run_silent(std::string("import -") + format, lines).exit, 4);
    EXPECT_EQ(sandbox_.run_silent(std::string("import - --atomic") + format, lines).exit, 4);
    std::istringstream each(lines);
    for (std::string line; std::getline(each, line);) {
      EXPECT_EQ(sandbox_.run_silent(std::string("append") + format, line).exit, 4) << line;
    }
  }
  // Rejects are what was sent, for their owner's eyes.
  sandbox_.run_silent("import - --rejects rejects", lines);
  EXPECT_FALSE(in(read(sandbox_.work() / "rejects")).empty());
  sandbox_.hand_out("rejects");
  sandbox_.expect_silent_files();
}

TEST_F(Canary, IsSilentWherePersonsAreSoughtAndErased) {
  fill(sandbox_);
  const std::string find = "find --as staff/R1 --purpose registration";
  for (const char* number : {"198501012382", "850101-2382\n", " 19850101-2382 \r\n"}) {
    EXPECT_EQ(sandbox_.run_silent(find, number).exit, 0) << number;
  }
  for (const char* text : {"198901012388", "198501012382 qKanarieIdentity", "-850101-2382",
                           "198501012382\n198501012382\n", "1985-0101-2382", "qKanarieIdentity"}) {
    EXPECT_NE(sandbox_.run_silent(find, text).exit, 0) << text;
  }
  for (const char* words : {"erase decide --participant P2 --classes health,identity --reason "
                            "art17 --decision K-1 --as "
                            "staff/D1 --format table",
                            "erase status", "erase resume --as staff/D2",
                            "vault backup --out copy --expires 2099-01-01", "vault rotate",
                            "vault status", "report retention", "verify --full"}) {
    sandbox_.run_silent(words);
  }
  const std::string status = sandbox_.run_silent("erase status --format json").output;
  const std::size_t id = status.find("erasure-");
  ASSERT_NE(id, std::string::npos) << status;
  const std::string decision = status.substr(id, status.find('"', id) - id);
  EXPECT_EQ(sandbox_.run_silent("erase execute " + decision + " --as staff/D2").exit, 0);
  sandbox_.expect_silent_files();
}

using Damage = std::function<void(const fs::path& ledger)>;

void expect_silent_after(const Damage& damage) {
  Sandbox sandbox;
  fill(sandbox);
  damage(sandbox.ledger());
  run_all(sandbox, all_commands(), "");
  for (const std::string& words : refused_reads) sandbox.run_silent(words);
  for (const char* words : {"import -", "append", "export --sealed"}) {
    sandbox.run_silent(words, event("late", "note.recorded", "participant/P1", every_class));
  }
  // Shown to who may read it, or not at all.
  for (const char* words : {"show n-P1 --as staff/S1 --purpose case-work",
                            "report history --participant P1 --as staff/S1 --purpose case-work"}) {
    const Answer answer = sandbox.run(words);
    EXPECT_EQ(in(answer.errors), Canaries()) << "liggare " << words << "\n" << answer.errors;
    if (answer.exit != 0) {
      EXPECT_EQ(in(answer.output), Canaries()) << "liggare " << words;
    }
  }
  sandbox.expect_silent_files();
}

void damage_files_in(const fs::path& folder) {
  constexpr std::size_t stride = 97;
  for (const auto& each : fs::recursive_directory_iterator(folder)) {
    if (!each.is_regular_file() || each.file_size() < stride) continue;
    std::string bytes = read(each.path());
    for (std::size_t at = stride / 2; at < bytes.size(); at += stride) {
      bytes[at] = static_cast<char>(~bytes[at]);
    }
    write(each.path(), bytes);
  }
}

TEST(CanaryAfterLoss, IsSilentWhateverIsGoneOrBroken) {
  const std::vector<Damage> damages = {
      [](const fs::path& ledger) { fs::remove_all(ledger / "vault"); },
      [](const fs::path& ledger) { damage_files_in(ledger / "vault"); },
      [](const fs::path& ledger) { fs::remove_all(ledger.string() + ".keys"); },
      [](const fs::path& ledger) { damage_files_in(ledger / "log"); }};
  std::vector<std::future<void>> running;
  for (const Damage& damage : damages) {
    running.push_back(std::async(std::launch::async, [&damage] { expect_silent_after(damage); }));
  }
  for (auto& each : running) each.get();
}

}  // namespace
}  // namespace liggare::tools
