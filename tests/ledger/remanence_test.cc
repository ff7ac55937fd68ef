// A whole file system is looked through, below its files: journal, freed blocks and all. No text
// that was erased is there, and no key that opened it. LIGGARE_REMANENCE says of how many persons.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <bitset>
#include <cstdlib>
#include <fstream>
#include <map>

#include "base/random.h"
#include "sealing/seal.h"
#include "tests/ledger/erasure_fixture.h"
#include "tests/ledger/stored_keys.h"
#include "vault/vault.h"

namespace liggare::ledger {
namespace {

int persons() { return number_from_environment("LIGGARE_REMANENCE", 10); }

bool runs(const std::string& command) {
  return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
}

// An ext4 file system of its own in a file, where temporary folders lie while this lives.
class Mounted {
 public:
  Mounted() {
    std::string name = "/tmp/liggare-image-XXXXXX";
    outside_ = ::mkdtemp(name.data());
    fs::create_directory(mount());
    const std::string megabytes = std::to_string(256 + 2 * persons());
    if (::geteuid() != 0) {
      why_not_ = "mounting takes root";
    } else if (!runs("truncate -s " + megabytes + "M " + image().string()) ||
               !runs("mkfs.ext4 -q " + image().string())) {
      why_not_ = "there is no mkfs.ext4";
    } else if (!runs("mount -o loop " + image().string() + " " + mount().string())) {
      why_not_ = "nothing can be mounted here";
    } else {
      is_mounted_ = true;
      ::setenv("TEST_TMPDIR", mount().c_str(), 1);
    }
  }
  ~Mounted() {
    unmount();
    ::unsetenv("TEST_TMPDIR");
    std::error_code ignored;
    fs::remove_all(outside_, ignored);
  }
  Mounted(const Mounted&) = delete;
  Mounted& operator=(const Mounted&) = delete;

  fs::path image() const { return outside_ / "image"; }
  fs::path mount() const { return outside_ / "mount"; }
  const std::string& why_not() const { return why_not_; }
  // Whatever was written is in the image then.
  bool unmount() {
    if (!is_mounted_) return true;
    // Another process may have copied the table of mounts, and would keep this one from being the
    // last: what was written is to be on the medium now.
    const int folder = ::open(mount().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0 || ::syncfs(folder) != 0 || ::close(folder) != 0) return false;
    is_mounted_ = ::umount2(mount().c_str(), 0) != 0;
    return !is_mounted_;
  }

 private:
  fs::path outside_;
  std::string why_not_;
  bool is_mounted_ = false;
};

// How often each needle stands in a file of any size.
class Search {
 public:
  void add(const std::string& what, const std::string& needle) {
    ASSERT_GE(needle.size(), prefix_bytes);
    by_prefix_[needle.substr(0, prefix_bytes)].push_back({what, needle});
    first_two_.set(two(needle.data()));
    longest_ = std::max(longest_, needle.size());
    ++needles_;
  }
  std::size_t needles() const { return needles_; }

  std::map<std::string, int> run(const fs::path& file) const {
    std::map<std::string, int> found;
    std::ifstream in(file, std::ios::binary);
    const std::size_t part = std::size_t{1} << 22;
    std::string bytes;
    std::size_t kept = 0;
    for (;;) {
      bytes.resize(kept + part);
      in.read(bytes.data() + kept, static_cast<std::streamsize>(part));
      bytes.resize(kept + static_cast<std::size_t>(in.gcount()));
      const bool is_last = in.gcount() == 0;
      const std::size_t end = bytes.size() - (is_last ? 0 : std::min(bytes.size(), longest_));
      look(bytes, end, found);
      if (is_last) return found;
      bytes.erase(0, end);
      kept = bytes.size();
    }
  }

 private:
  static constexpr std::size_t prefix_bytes = 7;
  struct Needle {
    std::string what;
    std::string bytes;
  };

  static std::size_t two(const char* bytes) {
    return static_cast<unsigned char>(bytes[0]) * 256U + static_cast<unsigned char>(bytes[1]);
  }
  void look(std::string_view bytes, std::size_t end, std::map<std::string, int>& found) const {
    for (std::size_t i = 0; i < end && i + prefix_bytes <= bytes.size(); ++i) {
      if (!first_two_.test(two(bytes.data() + i))) continue;
      const auto known = by_prefix_.find(bytes.substr(i, prefix_bytes));
      if (known == by_prefix_.end()) continue;
      for (const Needle& needle : known->second) {
        if (bytes.substr(i).starts_with(needle.bytes)) ++found[needle.what];
      }
    }
  }

  std::map<std::string, std::vector<Needle>, std::less<>> by_prefix_;
  std::bitset<65536> first_two_;
  std::size_t longest_ = 0;
  std::size_t needles_ = 0;
};

class RemanenceTest : protected Mounted, public ErasureTest {};

TEST_F(RemanenceTest, LeavesNoCanaryAndNoKeyOnTheMedium) {
  if (!why_not().empty()) {
    GTEST_SKIP() << "NOT TESTED: what is left on a raw medium: " << why_not();
  }
  ASSERT_TRUE(folder_.path().string().starts_with(mount().string())) << folder_.path();
  Search search;
  search.add("canary", "canary-");
  std::set<std::string> subjects;
  const auto erase_all = [&](const std::string& id) {
    erase({identity, ordinary, social, health, offence}, id);
  };
  for (int i = 0; i < persons(); ++i) {
    const std::string id = fmt::format("R{}", i);
    subjects.insert("participant/" + id);
    accept(registered(id));
    accept(with_all_classes("r-" + id, id));
    accept(event("i-" + id, "note.recorded", "participant/" + id,
                 R"("personal":{"identity":{"personnummer":"199001012385"}})"));
    for (const std::string& each : {"r-" + id, "i-" + id}) {
      const auto position = *ledger_->position_of(each);
      const auto record = codec::decode_record(*ledger_->leaf(*position), *position);
      const auto context = context_of(record->event.event);
      for (const Section& section : record->sections) {
        const auto base = ledger_->vault()->base_key(
            section.key_id, {context.subject, section.personal_class}, section.index);
        search.add("base key", std::string(base->view()));
        search.add("section key",
                   std::string(sealing::section_key(*base, context, section).view()));
      }
    }
  }
  const auto write_export = [&](const char* name) {
    std::ofstream exported(folder_.path() / name);
    ErasedView view(ledger_->log());
    EXPECT_TRUE(ledger_->scan(0, size(), [&](const domain::RecordedEvent& each, std::string_view) {
      exported << view.event_json(each).text() << "\n";
      return true;
    }));
  };
  write_export("before.ndjson");
  close();
  const StoredKeys keys = stored_keys(folders_, subjects);
  EXPECT_EQ(keys.roots.size(), subjects.size() * 5);
  EXPECT_FALSE(keys.index_keys.empty());
  for (const std::string& each : keys.roots) search.add("class key", each);
  for (const std::string& each : keys.index_keys) search.add("index key", each);
  for (const std::string& each : keys.epoch_keys) search.add("epoch key", each);
  // Locked by the key-encryption key, which is still there: in their slots they would do.
  for (const std::string& each : keys.wrapped_epoch_keys) search.add("locked epoch key", each);
  open();
  for (int i = 0; i < persons(); ++i) erase_all(fmt::format("R{}", i));
  backed_up("after");
  EXPECT_TRUE(ledger_->rebuild_projections("", {}));
  write_export("after.ndjson");
  close();
  // That the search finds what is there.
  const std::string control = random_bytes(32);
  search.add("control", control);
  std::ofstream(folder_.path() / "control") << control;
  ASSERT_TRUE(unmount());
  EXPECT_EQ(search.run(image()), (std::map<std::string, int>{{"control", 1}}));
  RecordProperty("needles", static_cast<int>(search.needles()));
  RecordProperty("megabytes", static_cast<int>(fs::file_size(image()) >> 20));
}

}  // namespace
}  // namespace liggare::ledger
