#include "base/random.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <set>
#include <thread>
#include <vector>

#include "base/bytes.h"

namespace liggare {
namespace {

constexpr std::size_t draw_bytes = 16;

TEST(Random, GivesAsManyBytesAsWereAskedFor) {
  for (const std::size_t size : {0U, 1U, 16U, 255U, 256U, 257U, 1'024U, 5'000U}) {
    EXPECT_EQ(random_bytes(size).size(), size);
  }
}

TEST(Random, NeverGivesTheSameTwice) {
  std::set<std::string> drawn;
  for (int i = 0; i < 10'000; ++i) {
    EXPECT_TRUE(drawn.insert(random_bytes(draw_bytes)).second);
    EXPECT_TRUE(drawn.insert(std::string(random_key().view())).second);
  }
}

TEST(Random, FillsEveryByte) {
  // That a byte is zero in all of 64 draws has a chance of 2^-512.
  for (const std::size_t size : {1U, 7U, 32U, 200U, 300U, 2'000U}) {
    std::string seen(size, '\0');
    for (int i = 0; i < 64; ++i) {
      const std::string bytes = random_bytes(size);
      for (std::size_t k = 0; k < size; ++k) seen[k] = static_cast<char>(seen[k] | bytes[k]);
    }
    EXPECT_EQ(seen.find('\0'), std::string::npos) << size;
  }
}

TEST(Random, IsAnotherInEachThread) {
  std::vector<std::string> drawn(4);
  {
    std::vector<std::jthread> threads;
    for (std::string& bytes : drawn)
      threads.emplace_back([&] { bytes = random_bytes(draw_bytes); });
  }
  EXPECT_EQ(std::set<std::string>(drawn.begin(), drawn.end()).size(), drawn.size());
}

TEST(Random, IsAnotherInACopyOfTheProcess) {
  static_cast<void>(random_bytes(draw_bytes));  // So that there is something to draw from again.
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string bytes = random_bytes(draw_bytes);
    ::_exit(::write(ends[1], bytes.data(), bytes.size()) == ssize_t{draw_bytes} ? 0 : 1);
  }
  ASSERT_GT(child, 0);
  std::string theirs(draw_bytes, '\0');
  ASSERT_EQ(::read(ends[0], theirs.data(), theirs.size()), ssize_t{draw_bytes});
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_NE(to_hex(random_bytes(draw_bytes)), to_hex(theirs));
  for (const int end : ends) ::close(end);
}

}  // namespace
}  // namespace liggare
