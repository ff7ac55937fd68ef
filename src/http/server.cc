#include "http/server.h"

#include <fmt/format.h>

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "base/assertion.h"
#include "base/clock.h"
#include "base/diagnostics.h"
#include "http/parser.h"
#include "http/printer.h"

namespace liggare::http {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// How long a client may take to notice that it has been answered for the last time.
constexpr milliseconds linger_time{1'000};
// How much of an answer is sent before its time is looked at again.
constexpr std::size_t piece_bytes = 65'536;
// How many clients beyond the most are told so, before connections are just closed.
constexpr std::size_t refusals_max = 64;
// Accepting fails for a while when the process has no file descriptors left.
constexpr milliseconds accept_pause{50};

// Runs on the handlers' threads.
awaitable<Response> run_handler(const Handler& handler, Request request) {
  try {
    co_return handler(request);
  } catch (...) {
    // Without the exception's text and the target, which may name people.
    diagnostics::error("a request's handler threw an exception; answered with 500");
    co_return text_response(500, "Something went wrong here.\n");
  }
}

// One client. Everything of it runs on the network's thread.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  // What connections share with the server.
  struct House {
    const ServerOptions& options;
    asio::thread_pool& handlers;
    bool stopping = false;
  };

  Connection(tcp::socket socket, House& house)
      : socket_(std::move(socket)), timer_(socket_.get_executor()), house_(house) {}

  // Requests one after another, until either side ends it.
  awaitable<void> serve();
  awaitable<void> refuse_as_one_too_many();

  // For stop(): ends it now unless a request is on its way or being answered.
  void leave_if_idle();
  void close();

 private:
  enum class Then { next_request, last_answer_sent, gone };
  enum class Wait { request, header, body };

  awaitable<Then> serve_one();
  awaitable<Reading> read(RequestParser& parser);
  awaitable<Then> answer(RequestParser& parser);
  awaitable<Then> send(std::string_view method, Response response, AfterAnswer after);
  awaitable<Then> refuse(int status);
  awaitable<bool> receive();
  awaitable<void> linger();
  std::size_t available();
  milliseconds time_for(Wait wait) const;
  void expire_after(milliseconds time);
  void stop_the_clock();

  tcp::socket socket_;
  asio::steady_timer timer_;
  House& house_;
  std::string input_;  // Received and not yet understood.
  std::array<char, 16 * 1024> chunk_;
  bool expired_ = false;
  bool idle_ = true;
  bool first_request_ = true;
};

awaitable<void> Connection::serve() {
  Then then = Then::next_request;
  while (then == Then::next_request) then = co_await serve_one();
  if (then == Then::last_answer_sent) co_await linger();
  close();
}

awaitable<void> Connection::refuse_as_one_too_many() {
  Response response = text_response(503, "Too many connections; try again soon.\n");
  response.headers.push_back({"Retry-After", "1"});
  const Then then = co_await send("GET", std::move(response), AfterAnswer::close);
  if (then == Then::last_answer_sent) co_await linger();
  close();
}

awaitable<Connection::Then> Connection::serve_one() {
  RequestParser parser(house_.options.limits);
  const Reading reading = co_await read(parser);
  idle_ = false;
  first_request_ = false;
  if (reading == Reading::complete) co_return co_await answer(parser);
  if (reading == Reading::refused) co_return co_await refuse(parser.refusal());
  const bool has_begun = reading == Reading::body || !input_.empty();
  if (expired_ && has_begun) co_return co_await refuse(408);
  co_return Then::gone;
}

// Until the request is whole or refused, the client has gone, or its time is over.
awaitable<Reading> Connection::read(RequestParser& parser) {
  std::optional<Wait> waiting_for;
  bool told_to_go_on = false;
  for (;;) {
    const Reading reading = parser.read(input_);
    if (reading == Reading::complete || reading == Reading::refused) co_return reading;
    idle_ = reading == Reading::header && input_.empty();
    if (idle_ && house_.stopping && available() == 0) co_return reading;
    const Wait wait = idle_ ? Wait::request : reading == Reading::body ? Wait::body : Wait::header;
    if (waiting_for != wait) expire_after(time_for(wait));
    waiting_for = wait;
    if (reading == Reading::body && parser.expects_continue() && !told_to_go_on) {
      told_to_go_on = true;
      error_code error;
      co_await asio::async_write(socket_, asio::buffer("HTTP/1.1 100 Continue\r\n\r\n", 25),
                                 asio::redirect_error(asio::use_awaitable, error));
    }
    const bool received = co_await receive();
    if (!received) co_return reading;
  }
}

milliseconds Connection::time_for(Wait wait) const {
  const ServerTimes& times = house_.options.times;
  if (wait == Wait::body) return times.body;
  return wait == Wait::request && !first_request_ ? times.idle : times.header;
}

awaitable<Connection::Then> Connection::answer(RequestParser& parser) {
  stop_the_clock();
  const bool may_stay = parser.keeps_alive();
  Request request = parser.take();
  const std::string method = request.method;
  Response response = co_await asio::co_spawn(
      house_.handlers, run_handler(house_.options.handler, std::move(request)),
      asio::use_awaitable);
  const bool stays = may_stay && !house_.stopping;
  co_return co_await send(method, std::move(response),
                          stays ? AfterAnswer::keep : AfterAnswer::close);
}

awaitable<Connection::Then> Connection::send(std::string_view method, Response response,
                                             AfterAnswer after) {
  const Instant now = SystemClock().now();
  auto head = print_head(response, after, now);
  if (!head) {
    diagnostics::error("an answer could not be sent as it was: " + head.error().message);
    response = text_response(500, "Something went wrong here.\n");
    head = print_head(response, after, now);
  }
  if (!sends_body(method, response.status)) response.body.clear();
  const std::array<asio::const_buffer, 2> parts = {asio::buffer(*head),
                                                   asio::buffer(response.body)};
  expire_after(house_.options.times.write);
  // Time may be over between two pieces, where there is nothing to cancel.
  const auto next_piece = [this](const error_code& failure, std::size_t) -> std::size_t {
    return failure || expired_ ? 0 : piece_bytes;
  };
  error_code error;
  const std::size_t sent = co_await asio::async_write(
      socket_, parts, next_piece, asio::redirect_error(asio::use_awaitable, error));
  if (error || sent < asio::buffer_size(parts)) co_return Then::gone;
  co_return after == AfterAnswer::keep ? Then::next_request : Then::last_answer_sent;
}

awaitable<Connection::Then> Connection::refuse(int status) {
  const std::string text(reason_of(status));
  co_return co_await send("GET", text_response(status, text + "\n"), AfterAnswer::close);
}

// False when the client has gone or its time is over.
awaitable<bool> Connection::receive() {
  if (expired_) co_return false;
  error_code error;
  const std::size_t count = co_await socket_.async_read_some(
      asio::buffer(chunk_), asio::redirect_error(asio::use_awaitable, error));
  input_.append(chunk_.data(), count);
  co_return !error;
}

// Closing with bytes unread would make the system reset the connection, and the client could lose
// the answer.
awaitable<void> Connection::linger() {
  idle_ = true;
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  expire_after(linger_time);
  bool received = true;
  while (received) {
    input_.clear();
    received = co_await receive();
  }
}

std::size_t Connection::available() {
  error_code ignored;
  return socket_.available(ignored);
}

void Connection::leave_if_idle() {
  error_code ignored;
  if (idle_ && available() == 0) socket_.cancel(ignored);
}

void Connection::close() {
  error_code ignored;
  stop_the_clock();
  socket_.close(ignored);
}

void Connection::expire_after(milliseconds time) {
  expired_ = false;
  timer_.expires_after(time);
  timer_.async_wait([weak = weak_from_this()](error_code error) {
    const auto self = weak.lock();
    // It may have been set anew after it went off and before this ran.
    if (error || !self || self->timer_.expiry() > steady_clock::now()) return;
    self->expired_ = true;
    error_code ignored;
    self->socket_.cancel(ignored);
  });
}

void Connection::stop_the_clock() { timer_.expires_at(steady_clock::time_point::max()); }

tcp::endpoint endpoint_of(const ServerOptions& options, error_code& error) {
  return {asio::ip::make_address(options.address, error), options.port};
}

}  // namespace

class Server::Network {
 public:
  explicit Network(ServerOptions options)
      : options_(std::move(options)), handlers_(options_.threads) {}

  Result<void> listen();
  void run();
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  void stop();

 private:
  awaitable<void> accept();
  void admit(tcp::socket socket);
  void begin_to_stop();
  void end_when_empty();

  const ServerOptions options_;
  asio::thread_pool handlers_;
  asio::io_context context_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_ =
      asio::make_work_guard(context_);
  tcp::acceptor acceptor_{context_};
  asio::steady_timer patience_{context_};
  Connection::House house_{options_, handlers_};
  std::set<std::shared_ptr<Connection>> connections_;
  std::mutex stop_mutex_;
  std::thread thread_;
};

Result<void> Server::Network::listen() {
  error_code error;
  const tcp::endpoint endpoint = endpoint_of(options_, error);
  if (error) {
    return fail(ErrorCode::invalid_argument, options_.address + " is no IPv4 or IPv6 address");
  }
  acceptor_.open(endpoint.protocol(), error);
  // A port whose last connections are still being forgotten is free.
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(tcp::acceptor::max_listen_connections, error);
  if (!error) return {};
  return fail(ErrorCode::io, fmt::format("cannot listen on {} port {}: {}", options_.address,
                                         options_.port, error.message()));
}

void Server::Network::run() {
  asio::co_spawn(context_, accept(), asio::detached);
  thread_ = std::thread([this] { context_.run(); });
}

awaitable<void> Server::Network::accept() {
  while (!house_.stopping) {
    error_code error;
    tcp::socket socket =
        co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (house_.stopping) break;
    if (!error) {
      admit(std::move(socket));
      continue;
    }
    asio::steady_timer pause(context_, accept_pause);
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
  }
}

void Server::Network::admit(tcp::socket socket) {
  const std::size_t count = connections_.size();
  if (count >= options_.connections_max + refusals_max) return;
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  const auto connection = std::make_shared<Connection>(std::move(socket), house_);
  connections_.insert(connection);
  const auto forget = [this, connection](const std::exception_ptr& failure) {
    if (failure) diagnostics::error("a connection ended with an exception");
    connection->close();
    connections_.erase(connection);
    end_when_empty();
  };
  if (count < options_.connections_max) {
    asio::co_spawn(context_, connection->serve(), forget);
  } else {
    asio::co_spawn(context_, connection->refuse_as_one_too_many(), forget);
  }
}

void Server::Network::stop() {
  const std::lock_guard lock(stop_mutex_);
  if (!thread_.joinable()) return;
  asio::post(context_, [this] { begin_to_stop(); });
  thread_.join();
  handlers_.join();
}

void Server::Network::begin_to_stop() {
  house_.stopping = true;
  error_code ignored;
  acceptor_.close(ignored);
  for (const auto& connection : connections_) connection->leave_if_idle();
  patience_.expires_after(options_.times.drain);
  patience_.async_wait([this](error_code error) {
    if (error) return;
    for (const auto& connection : connections_) connection->close();
  });
  end_when_empty();
}

void Server::Network::end_when_empty() {
  if (!house_.stopping || !connections_.empty()) return;
  patience_.cancel();
  work_.reset();
}

Server::Server(std::unique_ptr<Network> network) : network_(std::move(network)) {}
Server::~Server() { stop(); }

Result<std::unique_ptr<Server>> Server::start(ServerOptions options) {
  LIGGARE_ASSERT(options.handler != nullptr && options.threads > 0, "a server can answer");
  auto network = std::make_unique<Network>(std::move(options));
  LIGGARE_CHECK(network->listen());
  network->run();
  return std::unique_ptr<Server>(new Server(std::move(network)));
}

std::uint16_t Server::port() const { return network_->port(); }
void Server::stop() { network_->stop(); }

}  // namespace liggare::http
