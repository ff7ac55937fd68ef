// A TCP connection of the client: every call of it ends by its deadline. Internal to http.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "http/url.h"

namespace liggare::http {

// Every failure is io, with the system's reason and without the peer's name.
class Socket {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  // Tries the addresses of the host one after another. Looking them up has no deadline.
  static Result<Socket> connect(const Url& url, Deadline deadline);

  Socket(Socket&& other) noexcept
      : number_(std::exchange(other.number_, -1)), deadline_(other.deadline_) {}
  Socket& operator=(Socket&&) = delete;
  ~Socket();

  Result<void> send(std::string_view bytes);
  // Some bytes; none once the peer has closed.
  Result<std::string> receive();

 private:
  Socket(int number, Deadline deadline) : number_(number), deadline_(deadline) {}
  // `events` as poll(2) takes them.
  Result<void> wait_for(short events);

  int number_;
  Deadline deadline_;
};

}  // namespace liggare::http
