#include "http/client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "tests/http/raw_client.h"

namespace liggare::http {
namespace {

using std::chrono::milliseconds;

// Takes one connection, hears one request and says what it was told to, whatever that is.
class OneAnswer {
 public:
  explicit OneAnswer(std::string answer) : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* any = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(listener_, any, size), 0);
    EXPECT_EQ(::listen(listener_, 1), 0);
    EXPECT_EQ(::getsockname(listener_, any, &size), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, answer = std::move(answer)] { speak(answer); });
  }
  ~OneAnswer() {
    thread_.join();
    ::close(listener_);
  }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/a"; }
  const std::string& heard() {
    if (thread_.joinable()) thread_.join();
    thread_ = std::thread([] {});
    return heard_;
  }

 private:
  void speak(const std::string& answer) {
    RawClient peer = RawClient::adopt(::accept(listener_, nullptr, nullptr));
    heard_ = peer.read_message();
    peer.send(answer).finish().read_all();
  }

  int listener_;
  std::uint16_t port_ = 0;
  std::string heard_;
  std::thread thread_;
};

std::string why(const Result<Response>& answer) {
  if (answer) return "answered";
  EXPECT_EQ(answer.error().code, ErrorCode::io);
  const std::size_t name = answer.error().message.find("cannot get an answer from 127.0.0.1:");
  EXPECT_EQ(name, 0u) << answer.error().message;
  return answer.error().message.substr(answer.error().message.find(": ") + 2);
}

std::string refusal_of(const std::string& answer, const ClientOptions& options = {}) {
  OneAnswer server(answer);
  return why(send(server.url(), {}, options));
}

TEST(Client, SendsARequest) {
  OneAnswer server("HTTP/1.1 201 Created\r\nX: y\r\nContent-Length: 2\r\n\r\nok");
  const auto answer = send(server.url(), {"POST", "", {{"X", "y"}}, "hello"});
  EXPECT_EQ(*answer, (Response{201, {{"X", "y"}, {"Content-Length", "2"}}, "ok"}));
  EXPECT_TRUE(server.heard().starts_with("POST /a HTTP/1.1\r\nHost: 127.0.0.1:"));
  EXPECT_TRUE(server.heard().ends_with("\r\nX: y\r\nContent-Length: 5\r\n\r\nhello"));
}

TEST(Client, ReadsEveryKindOfBody) {
  for (const char* answer :
       {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nok", "HTTP/1.0 200 \r\n\r\nok"}) {
    OneAnswer server(answer);
    EXPECT_EQ(send(server.url(), {})->body, "ok") << answer;
  }
}

TEST(Client, PassesOverInterimAnswers) {
  OneAnswer server("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
  EXPECT_EQ(send(server.url(), {})->status, 204);
  std::string endless;
  for (int count = 0; count < 20; ++count) endless += "HTTP/1.1 100 Continue\r\n\r\n";
  EXPECT_EQ(refusal_of(endless), "the answer was refused: it never gets to the point");
}

TEST(Client, RefusesWhatIsNoAnswer) {
  for (const char* answer :
       {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 200 OK\n\n",
        "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"}) {
    EXPECT_EQ(refusal_of(answer), "the answer was refused: it is no HTTP/1.1 answer") << answer;
  }
  EXPECT_EQ(refusal_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"),
            "the answer was refused: its body has no certain end");
  EXPECT_EQ(refusal_of("HTTP/1.1 101 Switching Protocols\r\n\r\n"),
            "the answer was refused: it changes the protocol");
}

TEST(Client, RefusesWhatBreaksOff) {
  for (const char* answer : {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
                             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n"}) {
    EXPECT_EQ(refusal_of(answer), "the answer was refused: it breaks off") << answer;
  }
}

TEST(Client, HoldsTheAnswerToItsLimits) {
  ClientOptions options;
  options.limits = {500, 100};
  const std::string body(101, 'x');
  for (const std::string& answer :
       {"HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n" + body, "HTTP/1.1 200 OK\r\n\r\n" + body,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + body}) {
    EXPECT_EQ(refusal_of(answer, options),
              "the answer was refused: its body is larger than the limit");
  }
  EXPECT_EQ(refusal_of("HTTP/1.1 200 OK\r\nX: " + std::string(500, 'x') + "\r\n\r\n", options),
            "the answer was refused: its header is larger than the limit");
}

TEST(Client, GivesUpInTime) {
  // Somebody listens, and never accepts.
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(listener, 1), 0);
  ASSERT_EQ(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
  const std::string url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  EXPECT_EQ(why(send(url, {}, {milliseconds(30), {}})), "no answer in time");
  ::close(listener);
}

TEST(Client, SaysWhereNobodyListens) {
  std::string url;
  {
    OneAnswer server("");
    url = server.url();
    RawClient(static_cast<std::uint16_t>(std::stoul(url.substr(17)))).finish().read_all();
  }
  EXPECT_EQ(why(send(url, {})), "Connection refused");
}

TEST(Client, RefusesBadRequests) {
  EXPECT_EQ(send("https://a/", {}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(send("http://127.0.0.1/", {"GET", "", {{"X", "a\r\nb"}}, ""}).error().code,
            ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace liggare::http
