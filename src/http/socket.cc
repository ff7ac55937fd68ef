#include "http/socket.h"

#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <memory>
#include <system_error>

namespace liggare::http {
namespace {

Unexpected<Error> failure(int error) {
  return fail(ErrorCode::io, std::system_category().message(error));
}

using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

Result<Addresses> look_up(const Url& url) {
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int error =
      ::getaddrinfo(url.host.c_str(), std::to_string(url.port).c_str(), &wanted, &found);
  if (error != 0) return fail(ErrorCode::io, ::gai_strerror(error));
  return Addresses(found, &::freeaddrinfo);
}

// 0 once the connection that was begun stands.
int pending_error(int number) {
  int error = 0;
  socklen_t size = sizeof error;
  return ::getsockopt(number, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

}  // namespace

Result<Socket> Socket::connect(const Url& url, Deadline deadline) {
  LIGGARE_TRY(const Addresses addresses, look_up(url));
  Unexpected<Error> last = fail(ErrorCode::io, "the host has no address");
  for (const addrinfo* at = addresses.get(); at != nullptr; at = at->ai_next) {
    const int kind = at->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC;
    const int number = ::socket(at->ai_family, kind, at->ai_protocol);
    if (number < 0) return failure(errno);
    Socket socket(number, deadline);
    const bool begun = ::connect(number, at->ai_addr, at->ai_addrlen) == 0 || errno == EINPROGRESS;
    if (!begun) {
      last = failure(errno);
      continue;
    }
    const auto waited = socket.wait_for(POLLOUT);
    if (!waited) return Unexpected{waited.error()};
    const int error = pending_error(number);
    if (error == 0) return socket;
    last = failure(error);
  }
  return last;
}

Socket::~Socket() {
  if (number_ >= 0) ::close(number_);
}

Result<void> Socket::wait_for(short events) {
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now());
    if (left.count() <= 0) return fail(ErrorCode::io, "no answer in time");
    constexpr auto most = std::chrono::milliseconds::rep{std::numeric_limits<int>::max()};
    pollfd descriptor{number_, events, 0};
    const int ready = ::poll(&descriptor, 1, static_cast<int>(std::min(left.count(), most)));
    if (ready > 0) return {};
    if (ready < 0 && errno != EINTR) return failure(errno);
  }
}

Result<void> Socket::send(std::string_view bytes) {
  while (!bytes.empty()) {
    LIGGARE_CHECK(wait_for(POLLOUT));
    const ssize_t count = ::send(number_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR && errno != EAGAIN) {
      return failure(errno);
    }
  }
  return {};
}

Result<std::string> Socket::receive() {
  std::array<char, 16 * 1024> buffer;
  for (;;) {
    LIGGARE_CHECK(wait_for(POLLIN));
    const ssize_t count = ::recv(number_, buffer.data(), buffer.size(), 0);
    if (count >= 0) return std::string(buffer.data(), static_cast<std::size_t>(count));
    if (errno != EINTR && errno != EAGAIN) return failure(errno);
  }
}

}  // namespace liggare::http
