#include "http/parser.h"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "base/assertion.h"
#include "http/characters.h"
#include "http/header_block.h"

namespace liggare::http {
namespace {

namespace beast = boost::beast::http;

constexpr std::array<std::string_view, 7> known_methods = {"GET",   "HEAD",   "POST",   "PUT",
                                                           "PATCH", "DELETE", "OPTIONS"};

// "0 CR LF CR LF". Given less of the last chunk twice, Beast fails an assertion of its own; no
// chunked body ends with less, so nothing is lost by waiting.
constexpr std::size_t last_chunk_bytes = 5;

// Beast counts in 32 bits and takes the lines' ends apart from the lines; HeaderBlock has checked
// the size already.
std::uint32_t beast_header_limit(const MessageLimits& limits) {
  constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(std::min(limits.header_bytes_max + 4, most));
}

// Both kinds of message: the header in one piece once it is whole, then the body as it comes.
template <bool is_request>
class MessageReader {
 public:
  explicit MessageReader(const MessageLimits& limits)
      : header_block_(limits.header_bytes_max), unread_max_(limits.header_bytes_max) {
    parser.header_limit(beast_header_limit(limits));
    parser.body_limit(limits.body_bytes_max);
    parser.eager(true);
  }

  // What `bytes` makes of the header; Reading::body once it is whole.
  Reading read_header(std::string& bytes) {
    switch (header_block_.scan(bytes)) {
      case HeaderEnd::missing:
        return Reading::header;
      case HeaderEnd::malformed:
        return refuse(400);
      case HeaderEnd::too_large:
        return refuse(431);
      case HeaderEnd::found:
        break;
    }
    boost::system::error_code error;
    const std::size_t count =
        parser.put(boost::asio::buffer(bytes.data(), header_block_.size()), error);
    if (error) return refuse(status_of(error));
    if (count != header_block_.size() || !parser.is_header_done()) return refuse(400);
    bytes.erase(0, count);
    // Now: Beast puts trailers among the headers, where they could pass for them.
    for (const auto& field : parser.get()) {
      headers.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    return Reading::body;
  }

  Reading read_body(std::string& bytes) {
    if (parser.is_done()) return Reading::complete;
    if (bytes.size() < (parser.chunked() ? last_chunk_bytes : 1)) return Reading::body;
    boost::system::error_code error;
    bytes.erase(0, parser.put(boost::asio::buffer(bytes), error));
    if (error && error != beast::error::need_more) return refuse(status_of(error));
    if (parser.is_done()) return Reading::complete;
    // The head of a chunk, or the trailers, that do not end.
    if (bytes.size() > unread_max_) return refuse(431);
    return Reading::body;
  }

  Reading refuse(int status) {
    refusal = status;
    return Reading::refused;
  }

  std::size_t count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(
        headers.begin(), headers.end(),
        [name](const Header& header) { return equals_ignoring_case(header.name, name); }));
  }

  // 0, or the status that refuses a body whose end could be seen in two places.
  int framing_objection() const {
    const std::size_t lengths = count("Content-Length");
    const std::size_t encodings = count("Transfer-Encoding");
    if (lengths > 1 || (lengths > 0 && encodings > 0)) return 400;
    const std::string_view length = find_header(headers, "Content-Length").value_or("0");
    if (!std::all_of(length.begin(), length.end(), is_digit)) return 400;
    if (encodings == 0) return 0;
    // Only HTTP/1.1 knows it: an older peer on the way has read another message.
    if (parser.get().version() != 11) return 400;
    const bool is_chunked =
        equals_ignoring_case(*find_header(headers, "Transfer-Encoding"), "chunked");
    return encodings == 1 && is_chunked ? 0 : 501;
  }

  beast::parser<is_request, beast::string_body> parser;
  std::vector<Header> headers;
  int refusal = 0;

 private:
  static int status_of(const boost::system::error_code& error) {
    // Also met in the header, which may announce more than the limit.
    if (error == beast::error::body_limit || error == beast::error::buffer_overflow) return 413;
    if (error == beast::error::header_limit) return 431;
    return 400;
  }

  HeaderBlock header_block_;
  std::size_t unread_max_;
};

bool is_host(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char character) {
    return is_token(std::string_view(&character, 1)) ||
           std::string_view(":[]").find(character) != std::string_view::npos;
  });
}

bool is_target(std::string_view target, std::string_view method) {
  if (target == "*") return method == "OPTIONS";
  return target.starts_with('/') && std::all_of(target.begin(), target.end(), [](char character) {
           return character > ' ' && character < '\x7f';
         });
}

// 0, or the status that refuses a request for what its header says.
int objection_to(const MessageReader<true>& reader) {
  const auto& message = reader.parser.get();
  const std::string method(message.method_string());
  const std::size_t hosts = reader.count("Host");
  if (hosts > 1 || (hosts == 0 && message.version() == 11)) return 400;
  if (!is_host(find_header(reader.headers, "Host").value_or(""))) return 400;
  if (const int status = reader.framing_objection(); status != 0) return status;
  if (std::count(known_methods.begin(), known_methods.end(), method) == 0) return 501;
  if (!is_target(std::string(message.target()), method)) return 400;
  // What is packed small can unpack to anything.
  if (reader.count("Content-Encoding") > 0) return 415;
  const auto expectation = find_header(reader.headers, "Expect");
  return !expectation || equals_ignoring_case(*expectation, "100-continue") ? 0 : 417;
}

}  // namespace

struct RequestParser::State {
  explicit State(const MessageLimits& limits) : reader(limits) {}
  MessageReader<true> reader;
};

RequestParser::RequestParser(const MessageLimits& limits)
    : state_(std::make_unique<State>(limits)) {}
RequestParser::~RequestParser() = default;

Reading RequestParser::read(std::string& bytes) {
  MessageReader<true>& reader = state_->reader;
  if (!reader.parser.is_header_done()) {
    const Reading header = reader.read_header(bytes);
    if (header != Reading::body) return header;
    if (const int status = objection_to(reader); status != 0) return reader.refuse(status);
  }
  return reader.read_body(bytes);
}

int RequestParser::refusal() const { return state_->reader.refusal; }

bool RequestParser::expects_continue() const {
  const MessageReader<true>& reader = state_->reader;
  return reader.parser.get().version() == 11 && reader.count("Expect") > 0;
}

// HTTP/1.0 keeps connections by a custom that old proxies pass on blindly.
bool RequestParser::keeps_alive() const {
  const auto& parser = state_->reader.parser;
  return parser.get().version() == 11 && parser.keep_alive();
}

Request RequestParser::take() {
  LIGGARE_ASSERT(state_->reader.parser.is_done(), "the request is complete");
  auto message = state_->reader.parser.release();
  return {std::string(message.method_string()), std::string(message.target()),
          std::move(state_->reader.headers), std::move(message.body())};
}

struct ResponseParser::State {
  explicit State(const MessageLimits& limits) : reader(limits) {}

  Reading refuse(std::string why) {
    refusal = std::move(why);
    return Reading::refused;
  }
  Reading explain(Reading reading) {
    if (reading != Reading::refused) return reading;
    switch (reader.refusal) {
      case 413:
        return refuse("its body is larger than the limit");
      case 431:
        return refuse("its header is larger than the limit");
      default:
        return refuse("it is no HTTP/1.1 answer");
    }
  }

  MessageReader<false> reader;
  std::string refusal;
};

ResponseParser::ResponseParser(const MessageLimits& limits, std::string_view method)
    : state_(std::make_unique<State>(limits)) {
  state_->reader.parser.skip(method == "HEAD");
}
ResponseParser::~ResponseParser() = default;

Reading ResponseParser::read(std::string& bytes) {
  MessageReader<false>& reader = state_->reader;
  if (!reader.parser.is_header_done()) {
    const Reading header = reader.read_header(bytes);
    if (header != Reading::body) return state_->explain(header);
    if (reader.framing_objection() != 0) return state_->refuse("its body has no certain end");
    if (reader.parser.get().result_int() == 101) return state_->refuse("it changes the protocol");
  }
  return state_->explain(reader.read_body(bytes));
}

Reading ResponseParser::end() {
  auto& parser = state_->reader.parser;
  boost::system::error_code error = beast::error::partial_message;
  if (parser.is_header_done()) parser.put_eof(error);
  return error ? state_->refuse("it breaks off") : Reading::complete;
}

const std::string& ResponseParser::refusal() const { return state_->refusal; }

Response ResponseParser::take() {
  LIGGARE_ASSERT(state_->reader.parser.is_done(), "the answer is complete");
  auto message = state_->reader.parser.release();
  return {static_cast<int>(message.result_int()), std::move(state_->reader.headers),
          std::move(message.body())};
}

}  // namespace liggare::http
