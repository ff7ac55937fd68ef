// A small HTTP/1.1 server.
//
// Strict in what it reads (parser.h says how), and every wait of it ends: a client that is slow,
// silent or gone costs a connection for a time that the options set, and no thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "http/message.h"

namespace liggare::http {

// Answers a request. Called from several threads at once; may take its time. Where it throws, or
// its answer can't be sent as it is, the client gets a plain 500. An answer to HEAD loses its body
// on the way: answer it as GET.
using Handler = std::function<Response(const Request&)>;

struct ServerTimes {
  std::chrono::milliseconds header{5'000};  // From the first byte to the last, and to the first
                                            // byte of a new connection.
  std::chrono::milliseconds body{10'000};   // The whole of it.
  std::chrono::milliseconds write{10'000};  // An answer, until the system has taken all of it.
  std::chrono::milliseconds idle{60'000};   // Between two requests.
  std::chrono::milliseconds drain{10'000};  // What stop() leaves to clients.
};

struct ServerOptions {
  std::string address = "127.0.0.1";    // IPv4 or IPv6, no names.
  std::uint16_t port = 0;               // 0: any that is free.
  unsigned threads = 2;                 // That run the handler; the network has its own.
  std::size_t connections_max = 1'024;  // Beyond them clients get 503.
  MessageLimits limits;
  ServerTimes times;
  Handler handler;
};

class Server {
 public:
  // Listens once it returns. invalid_argument for a bad address, io where it can't be listened on.
  static Result<std::unique_ptr<Server>> start(ServerOptions options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;

  // Takes no new connection, finishes the requests that have come, and returns when all is over:
  // once every handler has returned, and `drain` later at most. Again, or from another thread, it
  // waits for the same end; never call it from a handler.
  void stop();

 private:
  class Network;
  explicit Server(std::unique_ptr<Network> network);
  std::unique_ptr<Network> network_;
};

}  // namespace liggare::http
