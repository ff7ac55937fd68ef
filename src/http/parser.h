// HTTP/1.1 messages read as their bytes arrive: Beast's parser, and what it leaves to its user.
// Internal to http.
//
// It knows no sockets. Where a message could be understood in two ways it is refused, so that
// nobody on the way here can have understood it otherwise (request smuggling): one framing, one
// Host, CR LF and nothing else at the end of a line, no folded lines. Trailers are dropped.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "http/message.h"

namespace liggare::http {

// What a message still lacks; `refused` is for good.
enum class Reading { header, body, complete, refused };

class RequestParser {
 public:
  explicit RequestParser(const MessageLimits& limits);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  // Reads on and removes from `bytes` what it has understood. What is left when the request is
  // complete belongs to the next one. Not to be called after complete or refused.
  Reading read(std::string& bytes);

  // Once refused: the status to answer with.
  int refusal() const;
  // Once the header is read: whether the client waits for "100 Continue" before it sends the body.
  bool expects_continue() const;
  // Once complete: whether another request may follow.
  bool keeps_alive() const;
  Request take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class ResponseParser {
 public:
  // `method` is that of the request: an answer to HEAD has no body.
  ResponseParser(const MessageLimits& limits, std::string_view method);
  ~ResponseParser();
  ResponseParser(const ResponseParser&) = delete;
  ResponseParser& operator=(const ResponseParser&) = delete;

  // As above. Of an interim answer (1xx) the rest in `bytes` is the next answer.
  Reading read(std::string& bytes);
  // The peer has closed: complete where the body ends with the connection, else refused.
  Reading end();

  // Once refused: what is wrong with it.
  const std::string& refusal() const;
  Response take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace liggare::http
