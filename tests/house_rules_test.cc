// The house's rules, read off the source tree: who may include whom, and what a file looks like.
//
// The tables come first. To let a layer use another one, change them here and say why.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using Names = std::vector<std::string_view>;

// Bottom to top. A room may include itself and the rooms named, nothing else of ours.
struct Room {
  std::string_view folder;
  Names may_include;
};
const std::vector<Room> rooms = {
    {"src/base", {}},
    {"src/merkle", {"base"}},
    {"src/sealing", {"base"}},
    {"src/vault", {"base", "sealing"}},
    {"src/domain", {"base"}},
    {"src/access", {"base", "domain"}},
    {"src/codec", {"base", "domain", "access"}},
    {"src/audit", {"base", "merkle", "sealing", "codec", "domain"}},
    {"src/store", {"base", "merkle", "codec"}},
    {"src/projection", {"base", "merkle", "domain", "codec", "store"}},
    {"src/sql", {"base", "domain", "projection", "projections"}},
    {"src/http", {"base"}},
    {"src/witness", {"base", "merkle", "http"}},
    {"src/inspect", {"base", "merkle", "domain", "access", "codec", "store", "projection"}},
    {"src/ledger",
     {"base", "merkle", "sealing", "vault", "domain", "access", "codec", "audit", "store",
      "projection", "witness", "inspect", "projections", "sql"}},
    {"projections", {"base", "domain", "projection"}},
    {"tools",
     {"base", "access", "audit", "codec", "domain", "merkle", "projection", "sql", "inspect",
      "http", "witness", "ledger"}},
};

// Headers of others, and the only folders whose files may include them.
struct Foreign {
  std::string_view header;
  Names allowed_under;
};
const std::vector<Foreign> foreign_headers = {
    {R"(rocksdb/.*)", {"src/store", "tests"}},
    {R"(.*\.capnp\.h)", {"src/codec", "tests/codec"}},
    {R"((capnp|kj)/.*)", {"src/codec", "tests/codec"}},
    {R"(simdjson\.h)", {"src/codec", "tests"}},
    {R"(utf8proc\.h)", {"src/codec", "tools", "tests"}},  // tools: columns of a terminal.
    {R"(zlib\.h|zstd\.h)", {"src/codec", "tests"}},
    {R"(openssl/.*)", {"src/base", "src/sealing", "tests"}},
    {R"(sodium\.h)", {"src/base", "src/merkle", "src/sealing", "src/vault", "tests"}},
    {R"(sqlite3\.h)", {"src/vault", "src/sql", "tests/vault", "tests/sql"}},
    {R"(spdlog/.*)", {"src/base"}},
    {R"(CLI/.*)", {"tools"}},
    {R"(boost/.*)", {"src/http", "tests/http", "tests/witness"}},
};

// What must give the same answer for ever has no disk, no clock, no chance and no threads.
const Names pure_folders = {"src/merkle", "src/sealing", "src/domain", "src/access", "projections"};
constexpr std::string_view impure_headers =
    R"(fstream|iostream|filesystem|random|thread|ctime|(time|unistd|fcntl)\.h|sys/.*)";

constexpr std::size_t columns_max = 100;
constexpr std::size_t header_lines_max = 200;

// Spelt so that they do not find themselves.
const std::string leftover_words = R"(\b(TO(?:DO)|FIX(?:ME)|X(?:XX)|HA(?:CK))\b)";
const std::string machine_paths = R"((^|[^\w./~-])/(work|home|root)/\w)";
const std::string dead_code =
    R"(^\s*//\s*(#\s*(include|define|if|endif)\b.*|[{}]\s*;?|return\b.*;)$|^\s*#\s*if\s+0\b)";
const std::string debug_output = R"(\bstd::(cout|cerr|clog|printf|puts)\b|\bfmt::print\()";

struct Source {
  std::string path;
  std::string text;
};
using Violations = std::vector<std::string>;

void report(Violations& out, const Source& source, std::size_t line, std::string_view what) {
  out.push_back(fmt::format("{}:{}: {}", source.path, line, what));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

bool lies_under(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

bool lies_under_any(std::string_view path, const Names& folders) {
  return std::any_of(folders.begin(), folders.end(),
                     [path](std::string_view folder) { return lies_under(path, folder); });
}

std::string extension_of(const std::string& path) {
  return std::filesystem::path(path).extension().string();
}

bool is_code(const Source& source) {
  const std::string extension = extension_of(source.path);
  return extension == ".h" || extension == ".cc" || extension == ".capnp";
}

bool is_in_the_house(const Source& source) {
  return is_code(source) && lies_under_any(source.path, {"src", "projections", "tools"});
}

// What people of the house write by hand, other than test data.
bool is_written_by_hand(const Source& source) {
  const std::string extension = extension_of(source.path);
  return is_code(source) || source.path.ends_with("CMakeLists.txt") || extension == ".cmake" ||
         extension == ".md" || source.text.starts_with("#!");
}

// "base" for "src/base/day.h" and for an include of "base/day.h"; nothing outside the rooms.
std::string_view room_name(const Room& room) {
  return room.folder.substr(room.folder.find('/') + 1);
}
const Room* room_around(std::string_view path) {
  const auto found = std::find_if(rooms.begin(), rooms.end(), [path](const Room& room) {
    return lies_under(path, room.folder);
  });
  return found == rooms.end() ? nullptr : &*found;
}
bool is_room(std::string_view name) {
  return std::any_of(rooms.begin(), rooms.end(),
                     [name](const Room& room) { return room_name(room) == name; });
}

struct Include {
  std::size_t line;
  std::string header;
  bool quoted;
};

std::vector<Include> includes_of(const Source& source) {
  static const std::regex directive(R"re(\s*#\s*include\s*(["<])([^">]+)[">].*)re");
  std::vector<Include> includes;
  std::size_t number = 0;
  for (const std::string& line : lines_of(source.text)) {
    ++number;
    std::smatch match;
    if (line.find("include") != std::string::npos && std::regex_match(line, match, directive)) {
      includes.push_back({number, match[2], match[1] == "\""});
    }
  }
  return includes;
}

bool matches(const std::string& text, std::string_view pattern) {
  return std::regex_match(text, std::regex(pattern.begin(), pattern.end()));
}

// Whether `header` is someone else's; reports it where it may not be.
bool check_foreign(const Source& source, const Include& include, Violations& out) {
  for (const Foreign& foreign : foreign_headers) {
    if (!matches(include.header, foreign.header)) continue;
    if (!lies_under_any(source.path, foreign.allowed_under)) {
      report(out, source, include.line,
             fmt::format("{} belongs to {} alone", include.header,
                         fmt::join(foreign.allowed_under, ", ")));
    }
    return true;
  }
  if (!include.quoted && lies_under_any(source.path, pure_folders) &&
      matches(include.header, impure_headers)) {
    report(out, source, include.line, fmt::format("{} in a pure layer", include.header));
  }
  return !include.quoted;
}

Violations check_includes(const Source& source) {
  Violations out;
  if (!is_code(source)) return out;
  const Room* room = room_around(source.path);
  if (room == nullptr && is_in_the_house(source)) {
    report(out, source, 1, "lies in no room of the table");
  }
  for (const Include& include : includes_of(source)) {
    if (check_foreign(source, include, out) || room == nullptr) continue;
    const std::string target = include.header.substr(0, include.header.find('/'));
    if (target == room_name(*room)) continue;
    if (!is_room(target)) {
      report(out, source, include.line,
             fmt::format("\"{}\" does not start with a room's name", include.header));
    } else if (std::count(room->may_include.begin(), room->may_include.end(), target) == 0) {
      report(out, source, include.line,
             fmt::format("{} may not include {}", room_name(*room), target));
    }
  }
  return out;
}

std::size_t columns_of(const std::string& line) {
  return static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char byte) { return (byte & '\xc0') != '\x80'; }));
}

Violations check_layout(const Source& source) {
  Violations out;
  if (!is_written_by_hand(source)) return out;
  std::size_t number = 0;
  for (const std::string& line : lines_of(source.text)) {
    ++number;
    if (is_code(source) && columns_of(line) > columns_max) {
      report(out, source, number, fmt::format("{} columns", columns_of(line)));
    }
    if (line.find('\t') != std::string::npos) report(out, source, number, "a tab");
    if (line.ends_with(' ') || line.ends_with('\r')) {
      report(out, source, number, "a trailing blank");
    }
  }
  if (!source.text.empty() && !source.text.ends_with('\n')) {
    report(out, source, number, "no newline at the end");
  }
  return out;
}

Violations check_header(const Source& source) {
  Violations out;
  if (extension_of(source.path) != ".h") return out;
  const auto lines = lines_of(source.text);
  if (lines.size() > header_lines_max) {
    report(out, source, lines.size(), fmt::format("a header of {} lines", lines.size()));
  }
  if (!source.text.starts_with("// ")) report(out, source, 1, "no file comment");
  if (std::count(lines.begin(), lines.end(), "#pragma once") != 1) {
    report(out, source, 1, "no #pragma once");
  }
  return out;
}

void check_pattern(const Source& source, const std::string& pattern, std::string_view what,
                   Violations& out) {
  const std::regex expression(pattern);
  std::size_t number = 0;
  for (const std::string& line : lines_of(source.text)) {
    ++number;
    if (std::regex_search(line, expression)) report(out, source, number, what);
  }
}

Violations check_leftovers(const Source& source) {
  Violations out;
  if (!is_written_by_hand(source)) return out;
  check_pattern(source, leftover_words, "a leftover word", out);
  if (is_code(source)) check_pattern(source, dead_code, "commented-out code", out);
  if (is_code(source) && lies_under_any(source.path, {"src", "projections"})) {
    check_pattern(source, debug_output, "output past the diagnostics", out);
  }
  return out;
}

Violations check_paths(const Source& source) {
  Violations out;
  const bool is_text = source.text.find('\0') == std::string::npos;
  if (is_text) check_pattern(source, machine_paths, "a path of somebody's machine", out);
  return out;
}

// The files that CMakeLists name, from the root, and the headers that anything includes.
std::set<std::string> named_files(const std::vector<Source>& tree) {
  static const std::regex file_name(R"([\w./-]+\.(cc|h)\b)");
  std::set<std::string> named;
  for (const Source& source : tree) {
    const auto includes = is_code(source) ? includes_of(source) : std::vector<Include>{};
    for (const Include& include : includes) {
      named.insert(include.header);
      named.insert("src/" + include.header);
    }
    if (!source.path.ends_with("CMakeLists.txt")) continue;
    const auto folder = std::filesystem::path(source.path).parent_path();
    for (std::sregex_iterator at(source.text.begin(), source.text.end(), file_name), end; at != end;
         ++at) {
      named.insert((folder / at->str()).lexically_normal().string());
    }
  }
  return named;
}

Violations check_dead_files(const std::vector<Source>& tree) {
  Violations out;
  const auto named = named_files(tree);
  for (const Source& source : tree) {
    const bool is_program = extension_of(source.path) == ".cc";
    if (!is_program && !(is_in_the_house(source) && extension_of(source.path) == ".h")) continue;
    if (!named.contains(source.path)) {
      report(out, source, 1,
             is_program ? "no CMakeLists.txt names this file" : "nothing includes this file");
    }
  }
  return out;
}

std::vector<Source> read_tree() {
  const std::filesystem::path root(LIGGARE_SOURCE_DIR);
  std::vector<Source> tree;
  for (auto at = std::filesystem::recursive_directory_iterator(root); at != end(at); ++at) {
    const std::string path = at->path().lexically_relative(root).string();
    // What .gitignore names, and git's own.
    if (path == ".git" || path == "build" || path == "compile_commands.json") {
      at.disable_recursion_pending();
    } else if (at->is_regular_file()) {
      std::ifstream in(at->path(), std::ios::binary);
      tree.push_back({path, std::string(std::istreambuf_iterator<char>(in), {})});
    }
  }
  std::sort(tree.begin(), tree.end(),
            [](const Source& left, const Source& right) { return left.path < right.path; });
  return tree;
}

const std::vector<Source>& the_tree() {
  static const std::vector<Source> tree = read_tree();
  return tree;
}

// Lines of their own, so that an editor finds file:line.
std::string text_of(const Violations& violations) {
  return fmt::format("{}", fmt::join(violations, "\n"));
}

std::string in_the_tree(Violations (*check)(const Source&)) {
  Violations all;
  for (const Source& source : the_tree()) {
    const Violations found = check(source);
    all.insert(all.end(), found.begin(), found.end());
  }
  return text_of(all);
}

TEST(House, IsReadFromItsRoot) {
  const auto has = [](std::string_view path) {
    return std::any_of(the_tree().begin(), the_tree().end(),
                       [path](const Source& source) { return source.path == path; });
  };
  EXPECT_TRUE(has("src/base/result.h"));
  EXPECT_TRUE(has("tests/house_rules_test.cc"));
  EXPECT_TRUE(has(".ci/run"));
}

TEST(House, IncludesOnlyDownwards) { EXPECT_EQ(in_the_tree(check_includes), ""); }
TEST(House, KeepsItsLinesTidy) { EXPECT_EQ(in_the_tree(check_layout), ""); }
TEST(House, KeepsItsHeadersShortAndExplained) { EXPECT_EQ(in_the_tree(check_header), ""); }
TEST(House, HasNoLeftovers) { EXPECT_EQ(in_the_tree(check_leftovers), ""); }
TEST(House, NamesNoMachine) { EXPECT_EQ(in_the_tree(check_paths), ""); }
TEST(House, HasNoDeadFiles) { EXPECT_EQ(text_of(check_dead_files(the_tree())), ""); }

// From here on: each rule sees a made-up file that breaks it.

std::string includes(const std::string& path, const std::string& text) {
  return text_of(check_includes({path, text}));
}
std::string layout(const std::string& path, const std::string& text) {
  return text_of(check_layout({path, text}));
}
std::string header(const std::string& text) { return text_of(check_header({"src/a.h", text})); }
std::string leftovers(const std::string& path, const std::string& text) {
  return text_of(check_leftovers({path, text}));
}
std::string paths(const std::string& text) { return text_of(check_paths({"docs/a.md", text})); }

TEST(IncludeRule, RefusesAnIncludeUpwards) {
  EXPECT_EQ(includes("src/domain/a.cc", "#include \"base/day.h\"\n#include \"store/log.h\"\n"),
            "src/domain/a.cc:2: domain may not include store");
  EXPECT_EQ(includes("projections/a.h", "#include \"store/log.h\"\n"),
            "projections/a.h:1: projections may not include store");
  EXPECT_EQ(includes("tools/a.cc", "#include \"store/event_log.h\"\n"),
            "tools/a.cc:1: tools may not include store");
}

TEST(IncludeRule, AllowsWhatTheTableNamesAndTheRoomItself) {
  EXPECT_EQ(includes("src/store/a.cc", "#include \"store/a.h\"\n#include \"codec/record.h\"\n"),
            "");
  EXPECT_EQ(includes("tools/a.cc", "#include \"ledger/ledger.h\"\n#include <vector>\n"), "");
  EXPECT_EQ(includes("src/ledger/a.cc", "#include \"projections/all.h\"\n"), "");
}

TEST(IncludeRule, RefusesPathsThatHideTheRoom) {
  EXPECT_EQ(includes("src/base/a.cc", "#include \"../store/log.h\"\n"),
            "src/base/a.cc:1: \"../store/log.h\" does not start with a room's name");
  EXPECT_EQ(includes("src/base/a.cc", "#include \"day.h\"\n"),
            "src/base/a.cc:1: \"day.h\" does not start with a room's name");
}

TEST(IncludeRule, RefusesARoomThatTheTableDoesNotKnow) {
  EXPECT_EQ(includes("src/common/a.h", ""), "src/common/a.h:1: lies in no room of the table");
  EXPECT_EQ(includes("src/a.h", ""), "src/a.h:1: lies in no room of the table");
}

TEST(IncludeRule, KeepsForeignHeadersInTheirRoom) {
  EXPECT_EQ(includes("src/ledger/a.cc", "\n#include <rocksdb/db.h>\n"),
            "src/ledger/a.cc:2: rocksdb/db.h belongs to src/store, tests alone");
  EXPECT_EQ(includes("src/store/a.cc", "#include \"schema/event.capnp.h\"\n"),
            "src/store/a.cc:1: schema/event.capnp.h belongs to src/codec, tests/codec alone");
  EXPECT_EQ(includes("tests/store/a.cc", "#include <CLI/CLI.hpp>\n"),
            "tests/store/a.cc:1: CLI/CLI.hpp belongs to tools alone");
  EXPECT_EQ(includes("src/codec/a.cc", "#include <simdjson.h>\n#include \"event.capnp.h\"\n"), "");
  EXPECT_EQ(includes("tests/store/a.cc", "#include <rocksdb/env.h>\n"), "");
}

TEST(IncludeRule, KeepsTheWorldOutOfPureLayers) {
  EXPECT_EQ(includes("src/domain/a.cc", "#include <random>\n"),
            "src/domain/a.cc:1: random in a pure layer");
  EXPECT_EQ(includes("projections/a.cc", "#include <sys/stat.h>\n"),
            "projections/a.cc:1: sys/stat.h in a pure layer");
  EXPECT_EQ(includes("src/store/a.cc", "#include <filesystem>\n"), "");
}

TEST(LayoutRule, CountsColumnsAsCharacters) {
  const std::string fits = "// " + std::string(97, 'x');
  std::string wide = "// ";
  for (int i = 0; i < 97; ++i) wide += "å";
  EXPECT_EQ(layout("src/base/a.cc", fits + "\n" + wide + "\n"), "");
  EXPECT_EQ(layout("schema/a.capnp", "\n" + wide + "x\n"), "schema/a.capnp:2: 101 columns");
  EXPECT_EQ(layout("docs/a.md", fits + "x\n"), "");
}

TEST(LayoutRule, RefusesBlanksThatNobodySees) {
  EXPECT_EQ(layout("src/a.h", "a\n\tb\n"), "src/a.h:2: a tab");
  EXPECT_EQ(layout("docs/a.md", "a \n"), "docs/a.md:1: a trailing blank");
  EXPECT_EQ(layout("src/CMakeLists.txt", "a\r\n"), "src/CMakeLists.txt:1: a trailing blank");
  EXPECT_EQ(layout("tools/a", "#!/bin/sh\nb"), "tools/a:2: no newline at the end");
  EXPECT_EQ(layout("tests/golden/a.txt", "a \tb "), "");
}

TEST(HeaderRule, WantsACommentAndAGuard) {
  EXPECT_EQ(header("// A day.\n#pragma once\n"), "");
  EXPECT_EQ(header("#pragma once\n"), "src/a.h:1: no file comment");
  EXPECT_EQ(header("// A day.\n"), "src/a.h:1: no #pragma once");
}

TEST(HeaderRule, EndsAtTwoHundredLines) {
  const std::string start = "// A day.\n#pragma once\n";
  EXPECT_EQ(header(start + std::string(198, '\n')), "");
  EXPECT_EQ(header(start + std::string(199, '\n')), "src/a.h:201: a header of 201 lines");
}

TEST(LeftoverRule, FindsWordsOfUnfinishedWork) {
  const std::pair<const char*, const char*> words[] = {
      {"TO", "DO"}, {"FIX", "ME"}, {"X", "XX"}, {"HA", "CK"}};
  for (const auto& [start, end] : words) {
    EXPECT_EQ(leftovers("src/a.cc", fmt::format("\n// {}{}: later\n", start, end)),
              "src/a.cc:2: a leftover word");
  }
  EXPECT_EQ(leftovers("src/a.cc", "mkstemp(\"aXXXXXX\");  // A hack saw.\n"), "");
}

TEST(LeftoverRule, FindsCodeInComments) {
  for (const char* line : {"// #include <map>", "  // }", "//  return value;", "#if 0"}) {
    EXPECT_EQ(leftovers("src/a.cc", line), "src/a.cc:1: commented-out code") << line;
  }
  EXPECT_EQ(leftovers("src/a.cc", "}  // namespace\n// Returns; then waits.\n"), "");
}

TEST(LeftoverRule, FindsOutputInTheLibrary) {
  EXPECT_EQ(leftovers("src/a.cc", "std::cout << 1;"), "src/a.cc:1: output past the diagnostics");
  EXPECT_EQ(leftovers("projections/a.cc", "fmt::print(\"1\");"),
            "projections/a.cc:1: output past the diagnostics");
  EXPECT_EQ(leftovers("tools/a.cc", "std::cout << 1;"), "");
}

TEST(PathRule, FindsPathsOfMachines) {
  for (const char* folder : {"work", "home", "root"}) {
    EXPECT_EQ(paths(fmt::format("see\n`/{}/a`\n", folder)),
              "docs/a.md:2: a path of somebody's machine");
  }
  EXPECT_EQ(paths("docs/work/a, https://example.org/home/a, tree/root/hash, /srv/ledger\n"), "");
}

TEST(PathRule, ReadsTextOnly) { EXPECT_EQ(paths(fmt::format("{} /{}/a", '\0', "home")), ""); }

TEST(DeadFileRule, FindsProgramsThatNobodyBuilds) {
  const Source lists{"src/base/CMakeLists.txt", "SOURCES day.cc ../x/far.cc"};
  EXPECT_EQ(text_of(check_dead_files({lists, {"src/base/day.cc", ""}, {"src/x/far.cc", ""}})), "");
  EXPECT_EQ(text_of(check_dead_files({lists, {"src/base/today.cc", ""}, {"src/x/day.cc", ""}})),
            "src/base/today.cc:1: no CMakeLists.txt names this file\n"
            "src/x/day.cc:1: no CMakeLists.txt names this file");
}

TEST(DeadFileRule, FindsHeadersThatNobodyIncludes) {
  const Source user{"tools/CMakeLists.txt", "main.cc"};
  const Source main{"tools/main.cc", "#include \"base/day.h\"\n#include \"tools/shell.h\"\n"};
  EXPECT_EQ(text_of(check_dead_files(
                {user, main, {"src/base/day.h", ""}, {"tools/shell.h", ""}, {"src/b/c.h", ""}})),
            "src/b/c.h:1: nothing includes this file");
}

}  // namespace
