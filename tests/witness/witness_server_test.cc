// Over HTTP, as the world sees it.
#include "witness/witness_server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "http/client.h"
#include "http/server.h"
#include "tests/witness/sample_log.h"

namespace liggare::witness {
namespace {

class WitnessServer : public ::testing::Test {
 protected:
  WitnessServer() {
    http::ServerOptions options;
    options.threads = 4;
    options.handler = [this](const http::Request& request) {
      return answer(scene_.witness(), request);
    };
    server_ = std::move(*http::Server::start(std::move(options)));
  }

  std::string url(const std::string& target) const {
    return "http://127.0.0.1:" + std::to_string(server_->port()) + target;
  }
  http::Response post(const std::string& target, const std::string& body) const {
    return *http::send(url(target), {"POST", "", {}, body});
  }

  WitnessScene scene_;
  std::unique_ptr<http::Server> server_;
};

TEST_F(WitnessServer, CosignsACheckpoint) {
  const http::Response answer = post("/add-checkpoint", scene_.log().submission(0, 5));
  EXPECT_TRUE(is_cosigned({answer.status, "", answer.body}, scene_.log().checkpoint(5)));
}

TEST_F(WitnessServer, TellsTheSizeThatItHolds) {
  scene_.given(5);
  const http::Response answer = post("/add-checkpoint", scene_.log().submission(4, 13));
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(http::find_header(answer.headers, "content-type"), "text/x.tlog.size");
  EXPECT_EQ(answer.body, "5\n");
}

TEST_F(WitnessServer, KnowsOneThingOnly) {
  EXPECT_EQ(post("/", "").status, 404);
  EXPECT_EQ(post("/add-checkpoint/x", "").status, 404);
  EXPECT_EQ(post("/add-checkpoint", "").status, 400);
  const auto get = http::send(url("/add-checkpoint"), {});
  EXPECT_EQ(get->status, 405);
  EXPECT_EQ(http::find_header(get->headers, "Allow"), "POST");
}

TEST_F(WitnessServer, CosignsOneOfManyThatComeAtOnce) {
  scene_.given(5);
  std::atomic<int> cosigned = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> logs;
  for (std::uint64_t size = 6; size < 14; ++size) {
    logs.emplace_back([&, body = scene_.log().submission(5, size)] {
      const http::Response answer = post("/add-checkpoint", body);
      cosigned += answer.status == 200;
      refused += answer.status == 409;
    });
  }
  for (std::thread& log : logs) log.join();
  EXPECT_EQ(cosigned, 1);
  EXPECT_EQ(refused, 7);
}

}  // namespace
}  // namespace liggare::witness
