#include "tests/http/raw_client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace liggare::http {
namespace {

void limit_waits(int number) {
  const timeval five_seconds{5, 0};
  ::setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &five_seconds, sizeof five_seconds);
  ::setsockopt(number, SOL_SOCKET, SO_SNDTIMEO, &five_seconds, sizeof five_seconds);
}

}  // namespace

RawClient::RawClient(std::uint16_t port) : number_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  limit_waits(number_);
  EXPECT_EQ(::connect(number_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
}

RawClient RawClient::adopt(int number) {
  RawClient client;
  client.number_ = number;
  limit_waits(number);
  return client;
}

RawClient::RawClient(RawClient&& other) noexcept
    : number_(std::exchange(other.number_, -1)), input_(std::move(other.input_)) {}

RawClient::~RawClient() {
  if (number_ >= 0) ::close(number_);
}

RawClient& RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(number_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    // A server that has refused need not hear the rest.
    if (count <= 0) break;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return *this;
}

RawClient& RawClient::finish() {
  ::shutdown(number_, SHUT_WR);
  return *this;
}

void RawClient::reset() {
  const linger at_once{1, 0};
  ::setsockopt(number_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(number_, -1));
}

bool RawClient::receive() {
  std::array<char, 65'536> buffer;
  const ssize_t count = ::recv(number_, buffer.data(), buffer.size(), 0);
  EXPECT_FALSE(count < 0 && errno == EAGAIN) << "nothing came in five seconds";
  was_reset_ = was_reset_ || (count < 0 && errno == ECONNRESET);
  if (count <= 0) return false;
  input_.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

bool RawClient::has_heard() {
  pollfd descriptor{number_, POLLIN, 0};
  return ::poll(&descriptor, 1, 1) > 0;
}

std::string RawClient::read_message() {
  std::size_t end = std::string::npos;
  while ((end = input_.find("\r\n\r\n")) == std::string::npos) {
    if (!receive()) return std::exchange(input_, "");
  }
  end += 4;
  const std::size_t field = input_.substr(0, end).find("\r\nContent-Length: ");
  const std::size_t body = field == std::string::npos ? 0 : std::stoul(input_.substr(field + 18));
  while (input_.size() < end + body) {
    if (!receive()) break;
  }
  std::string message = input_.substr(0, end + body);
  input_.erase(0, end + body);
  return message;
}

std::string RawClient::read_all() {
  bool received = true;
  while (received) received = receive();
  return std::exchange(input_, "");
}

std::string status_of(const std::string& answer) {
  return answer.starts_with("HTTP/1.1 ") ? answer.substr(9, 3) : "";
}

std::string body_of(const std::string& answer) {
  const std::size_t end = answer.find("\r\n\r\n");
  return end == std::string::npos ? "" : answer.substr(end + 4);
}

}  // namespace liggare::http
