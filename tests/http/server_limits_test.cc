// What a client can't make the server do: wait, remember, or serve too much.
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <vector>

#include "http/client.h"
#include "http/server.h"
#include "tests/http/raw_client.h"

namespace liggare::http {
namespace {

using std::chrono::milliseconds;

const std::string get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
constexpr milliseconds soon{30};

Response greet(const Request& request) {
  return text_response(200, "hello " + std::to_string(request.body.size()));
}

class ServerLimits : public ::testing::Test {
 protected:
  ServerLimits() { options_.handler = greet; }

  Server& server() {
    if (!server_) server_ = std::move(*Server::start(options_));
    return *server_;
  }
  // All that the server says to `bytes` until it closes.
  std::string answer_to(std::string_view bytes) {
    return RawClient(server().port()).send(bytes).read_all();
  }
  bool still_serves() {
    const auto answer = send("http://127.0.0.1:" + std::to_string(server().port()), {});
    return answer && answer->status == 200;
  }

  ServerOptions options_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerLimits, RefusesALargeHeader) {
  EXPECT_EQ(status_of(answer_to("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(100'000, 'x'))),
            "431");
  EXPECT_TRUE(still_serves());
}

TEST_F(ServerLimits, RefusesALargeBody) {
  options_.limits.body_bytes_max = 1'000;
  const std::string start = "POST / HTTP/1.1\r\nHost: h\r\n";
  const std::string body(1'001, 'x');
  EXPECT_EQ(status_of(answer_to(start + "Content-Length: 1001\r\n\r\n" + body)), "413");
  EXPECT_EQ(status_of(answer_to(start + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + body)),
            "413");
  EXPECT_TRUE(still_serves());
}

TEST_F(ServerLimits, ReadsNothingAfterARefusal) {
  const std::string answer =
      answer_to("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n" + get);
  EXPECT_EQ(status_of(answer), "501");
  EXPECT_EQ(body_of(answer), "Not Implemented\n");
  EXPECT_NE(answer.find("\r\nConnection: close\r\n"), std::string::npos);
}

TEST_F(ServerLimits, GivesUpOnASlowHeader) {
  options_.times.header = soon;
  EXPECT_EQ(status_of(answer_to("GET / HTTP/1.1\r\nHo")), "408");
}

TEST_F(ServerLimits, GivesUpOnAHeaderThatTrickles) {
  options_.times.header = soon;
  RawClient client(server().port());
  // Each byte is soon enough; all of them are not.
  int sent = 0;
  while (!client.has_heard() && sent < 5'000) {
    client.send("G");
    ++sent;
  }
  EXPECT_LT(sent, 5'000);
  EXPECT_EQ(status_of(client.read_all()), "408");
}

TEST_F(ServerLimits, GivesUpOnASlowBody) {
  options_.times.body = soon;
  EXPECT_EQ(status_of(answer_to("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhell")),
            "408");
}

TEST_F(ServerLimits, LeavesASilentClientWithoutAWord) {
  options_.times.header = soon;
  EXPECT_EQ(answer_to(""), "");
}

TEST_F(ServerLimits, LeavesAnIdleClientWithoutAWord) {
  options_.times.idle = soon;
  const std::string answer = answer_to(get);
  EXPECT_EQ(body_of(answer), "hello 0");
  EXPECT_EQ(answer.find("\r\nConnection: close\r\n"), std::string::npos);
}

TEST_F(ServerLimits, GivesUpOnAClientThatDoesNotRead) {
  options_.times.write = soon;
  std::promise<void> begun;
  options_.handler = [&](const Request&) {
    begun.set_value();
    return text_response(200, std::string(30'000'000, 'x'));
  };
  RawClient client(server().port());
  client.send(get);
  begun.get_future().wait();
  // Returns when the server has finished with the client.
  const auto start = std::chrono::steady_clock::now();
  server().stop();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(4));
  EXPECT_LT(client.read_all().size(), 30'000'000u);
}

TEST_F(ServerLimits, RefusesOneClientTooMany) {
  options_.connections_max = 1;
  RawClient first(server().port());
  EXPECT_EQ(body_of(first.send(get).read_message()), "hello 0");
  const std::string refusal = answer_to(get);
  EXPECT_EQ(status_of(refusal), "503");
  EXPECT_NE(refusal.find("\r\nRetry-After: 1\r\n"), std::string::npos);
  EXPECT_EQ(body_of(first.send(get).read_message()), "hello 0");
}

TEST_F(ServerLimits, ClosesOnMuchMoreThanThat) {
  options_.connections_max = 1;
  std::vector<RawClient> clients;
  for (int count = 0; count < 100; ++count) clients.emplace_back(server().port());
  clients[0].send(get);
  EXPECT_EQ(body_of(clients[0].read_message()), "hello 0");
  int refusals = 0;
  for (std::size_t at = 1; at < clients.size(); ++at) {
    const std::string answer = clients[at].read_all();
    EXPECT_TRUE(answer.empty() || status_of(answer) == "503");
    refusals += !answer.empty();
  }
  EXPECT_GE(refusals, 64);
  EXPECT_LT(refusals, 99);
}

TEST_F(ServerLimits, StopsThoughAClientGoesOnAndOn) {
  options_.times.drain = soon;
  RawClient client(server().port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhell");
  // Once this is answered the other request has begun.
  EXPECT_TRUE(still_serves());
  const auto start = std::chrono::steady_clock::now();
  server().stop();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(4));
  EXPECT_EQ(client.read_all(), "");
}

TEST_F(ServerLimits, ServesOthersWhileAHandlerTakesItsTime) {
  std::promise<void> go_on;
  auto permission = go_on.get_future().share();
  options_.handler = [permission](const Request& request) {
    if (request.target == "/slow") permission.wait();
    return greet(request);
  };
  RawClient slow(server().port());
  slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(still_serves());
  go_on.set_value();
  EXPECT_EQ(body_of(slow.read_message()), "hello 0");
}

}  // namespace
}  // namespace liggare::http
