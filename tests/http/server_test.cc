#include "http/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include "http/client.h"
#include "tests/http/raw_client.h"

namespace liggare::http {
namespace {

const std::string get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

// Answers with what it was asked.
Response echo(const Request& request) {
  return text_response(200, request.method + " " + request.target + " " + request.body);
}

std::unique_ptr<Server> serve(Handler handler, ServerOptions options = {}) {
  options.handler = std::move(handler);
  auto server = Server::start(std::move(options));
  EXPECT_TRUE(server) << server.error().message;
  return std::move(*server);
}

std::string url_of(const Server& server, const std::string& target) {
  return "http://127.0.0.1:" + std::to_string(server.port()) + target;
}

bool says_close(const std::string& answer) {
  return answer.find("\r\nConnection: close\r\n") != std::string::npos;
}

TEST(Server, AnswersARequest) {
  const auto server = serve(echo);
  const auto answer = send(url_of(*server, "/a?b"), {"POST", "", {}, "hello"});
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "POST /a?b hello");
}

TEST(Server, HandsTheHeadersOver) {
  const auto server = serve([](const Request& request) {
    return text_response(200, std::string(find_header(request.headers, "x-word").value_or("")));
  });
  EXPECT_EQ(send(url_of(*server, "/"), {"GET", "", {{"X-Word", "well"}}, ""})->body, "well");
}

TEST(Server, KeepsTheConnection) {
  const auto server = serve(echo);
  RawClient client(server->port());
  for (int times = 0; times < 3; ++times) {
    EXPECT_EQ(body_of(client.send(get).read_message()), "GET /a ");
  }
}

TEST(Server, ClosesTheConnectionWhenAsked) {
  const auto server = serve(echo);
  for (const char* request :
       {"GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", "GET /a HTTP/1.0\r\n\r\n"}) {
    const std::string answer = RawClient(server->port()).send(request).read_all();
    EXPECT_EQ(body_of(answer), "GET /a ");
    EXPECT_TRUE(says_close(answer));
  }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  const auto server = serve(echo);
  RawClient client(server->port());
  client.send("POST /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab" + get +
              "GET /3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\nGET /never");
  EXPECT_EQ(body_of(client.read_message()), "POST /1 ab");
  EXPECT_EQ(body_of(client.read_message()), "GET /a ");
  EXPECT_EQ(body_of(client.read_all()), "GET /3 ");
}

TEST(Server, ClosesWithoutLosingTheAnswer) {
  const auto server = serve(echo);
  RawClient client(server->port());
  client.send("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" +
              std::string(300'000, 'x'));
  EXPECT_EQ(body_of(client.read_all()), "GET /a ");
  EXPECT_FALSE(client.was_reset());
}

TEST(Server, AnswersAClientThatHasFinishedSpeaking) {
  const auto server = serve(echo);
  EXPECT_EQ(body_of(RawClient(server->port()).send(get).finish().read_all()), "GET /a ");
}

TEST(Server, SendsNoBodyAfterHead) {
  const auto server = serve(echo);
  RawClient client(server->port());
  client.send("HEAD /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  const std::string answer = client.read_all();
  EXPECT_NE(answer.find("\r\nContent-Length: 8\r\n"), std::string::npos) << answer;
  EXPECT_EQ(body_of(answer), "");
}

TEST(Server, TellsAWaitingClientToGoOn) {
  const auto server = serve(echo);
  RawClient client(server->port());
  client.send(
      "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"
      "Connection: close\r\n\r\n");
  EXPECT_EQ(client.read_message(), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(body_of(client.send("ab").read_all()), "POST / ab");
}

TEST(Server, RefusesInsteadOfTellingAWaitingClientToGoOn) {
  const auto server = serve(echo);
  const std::string answer = RawClient(server->port())
                                 .send(
                                     "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
                                     "Content-Length: 99999999\r\n\r\n")
                                 .read_all();
  EXPECT_EQ(status_of(answer), "413");
}

TEST(Server, HidesWhatAHandlerThrows) {
  const auto server = serve([](const Request&) -> Response { throw std::runtime_error("secret"); });
  const auto answer = send(url_of(*server, "/"), {});
  EXPECT_EQ(answer->status, 500);
  EXPECT_EQ(answer->body.find("secret"), std::string::npos);
}

TEST(Server, DoesNotLetAHandlerSplitAnswers) {
  const auto server = serve([](const Request&) {
    return Response{200, {{"Location", "/\r\nSet-Cookie: a=b"}}, ""};
  });
  const auto answer = send(url_of(*server, "/"), {});
  EXPECT_EQ(answer->status, 500);
  EXPECT_FALSE(find_header(answer->headers, "Set-Cookie"));
}

TEST(Server, ServesManyClientsAtOnce) {
  const auto server = serve(echo);
  std::atomic<int> good = 0;
  std::vector<std::thread> clients;
  for (int client = 0; client < 8; ++client) {
    clients.emplace_back([&] {
      RawClient raw(server->port());
      for (int times = 0; times < 50; ++times) {
        good += body_of(raw.send(get).read_message()) == "GET /a ";
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(good, 400);
}

TEST(Server, OutlivesClientsThatHangUpBeforeTheAnswer) {
  const auto server =
      serve([](const Request&) { return text_response(200, std::string(8'000'000, 'x')); });
  for (int times = 0; times < 20; ++times) {
    RawClient client(server->port());
    client.send(get).reset();
  }
  EXPECT_EQ(
      send(url_of(*server, "/"), {}, {std::chrono::seconds(5), {16'384, 9'000'000}})->body.size(),
      8'000'000u);
}

TEST(Server, FinishesRunningRequestsWhenItStops) {
  std::promise<void> begun;
  std::promise<void> go_on;
  ServerOptions options;
  // So that only stop() can end the idle one in time.
  options.times.header = std::chrono::minutes(1);
  const auto server = serve(
      [&](const Request& request) {
        begun.set_value();
        go_on.get_future().wait();
        return echo(request);
      },
      options);
  RawClient idle(server->port());
  RawClient busy(server->port());
  busy.send(get);
  begun.get_future().wait();
  auto stopped = std::async(std::launch::async, [&] { server->stop(); });
  EXPECT_EQ(idle.read_all(), "");
  go_on.set_value();
  const std::string answer = busy.read_all();
  stopped.get();
  EXPECT_EQ(body_of(answer), "GET /a ");
  EXPECT_TRUE(says_close(answer));
}

TEST(Server, AnswersNobodyOnceItHasStopped) {
  const auto server = serve(echo);
  const std::string url = url_of(*server, "/");
  server->stop();
  server->stop();
  EXPECT_EQ(send(url, {}).error().code, ErrorCode::io);
}

TEST(Server, CannotListenWhereAnotherDoes) {
  const auto server = serve(echo);
  ServerOptions options;
  options.port = server->port();
  options.handler = echo;
  EXPECT_EQ(Server::start(options).error().code, ErrorCode::io);
  options.address = "example.org";
  EXPECT_EQ(Server::start(options).error().code, ErrorCode::invalid_argument);
}

TEST(Server, ListensOnIpv6) {
  ServerOptions options;
  options.address = "::1";
  options.handler = echo;
  const auto server = Server::start(options);
  if (!server) GTEST_SKIP() << "no IPv6 here";
  const std::string url = "http://[::1]:" + std::to_string((*server)->port()) + "/a";
  EXPECT_EQ(send(url, {})->body, "GET /a ");
}

}  // namespace
}  // namespace liggare::http
