#include "http/parser.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/chance.h"

namespace liggare::http {
namespace {

constexpr MessageLimits small{1'000, 100};

// What is understood of the first request in `bytes` that come in pieces of a size: "GET /a body",
// "refused 400", or "unfinished".
std::string understood(const std::string& bytes, std::size_t piece_bytes) {
  RequestParser parser(small);
  std::string input;
  Reading reading = Reading::header;
  for (std::size_t at = 0; at < bytes.size(); at += piece_bytes) {
    input += bytes.substr(at, piece_bytes);
    reading = parser.read(input);
    if (reading == Reading::refused) return fmt::format("refused {}", parser.refusal());
    if (reading != Reading::complete) continue;
    const Request request = parser.take();
    return fmt::format("{} {} {}", request.method, request.target, request.body);
  }
  return "unfinished";
}

std::string understood(const std::string& bytes) {
  const std::string whole = understood(bytes, bytes.size());
  EXPECT_EQ(understood(bytes, 1), whole) << "byte by byte: " << bytes;
  return whole;
}

std::string post(const std::string& headers, const std::string& body) {
  return "POST /a HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n" + body;
}

std::string chunked(const std::string& body) {
  return post("Transfer-Encoding: chunked\r\n", body);
}

TEST(RequestParser, ReadsARequestWithoutABody) {
  EXPECT_EQ(understood("GET /a?b HTTP/1.1\r\nHost: h\r\n\r\n"), "GET /a?b ");
  EXPECT_EQ(understood("OPTIONS * HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"), "OPTIONS * ");
  EXPECT_EQ(understood("GET / HTTP/1.0\r\n\r\n"), "GET / ");
}

TEST(RequestParser, ReadsABodyOfALength) {
  EXPECT_EQ(understood(post("Content-Length: 5\r\n", "hello")), "POST /a hello");
  EXPECT_EQ(understood(post("Content-Length: 0\r\n", "")), "POST /a ");
  EXPECT_EQ(understood(post("Content-Length: 5\r\n", "hell")), "unfinished");
}

TEST(RequestParser, ReadsABodyInChunks) {
  EXPECT_EQ(understood(chunked("5\r\nhello\r\n0\r\n\r\n")), "POST /a hello");
  EXPECT_EQ(understood(chunked("2;a=b\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")), "POST /a hello");
  EXPECT_EQ(understood(chunked("0\r\n\r\n")), "POST /a ");
  EXPECT_EQ(understood(chunked("5\r\nhello\r\n0\r\n")), "unfinished");
}

TEST(RequestParser, LeavesTheNextRequestAlone) {
  RequestParser parser(small);
  std::string bytes = post("Content-Length: 5\r\n", "hello") + "GET /next";
  EXPECT_EQ(parser.read(bytes), Reading::complete);
  EXPECT_EQ(bytes, "GET /next");
}

TEST(RequestParser, DropsTrailers) {
  RequestParser parser(small);
  std::string bytes = chunked("1\r\na\r\n0\r\nAuthorization: stolen\r\n\r\n");
  ASSERT_EQ(parser.read(bytes), Reading::complete);
  const Request request = parser.take();
  EXPECT_FALSE(find_header(request.headers, "authorization"));
  EXPECT_EQ(find_header(request.headers, "HOST"), "h");
}

TEST(RequestParser, TellsWhetherTheConnectionStays) {
  const auto stays = [](std::string bytes) {
    RequestParser parser(small);
    EXPECT_EQ(parser.read(bytes), Reading::complete);
    return parser.keeps_alive();
  };
  EXPECT_TRUE(stays("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
  EXPECT_FALSE(stays("GET / HTTP/1.1\r\nHost: h\r\nConnection: Close\r\n\r\n"));
  EXPECT_FALSE(stays("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

TEST(RequestParser, HoldsTheHeaderToItsLimit) {
  const auto with_header_of = [](std::size_t size) {
    const std::string start = "GET / HTTP/1.1\r\nHost: h\r\nX: ";
    return start + std::string(size - start.size() - 4, 'x') + "\r\n\r\n";
  };
  EXPECT_EQ(understood(with_header_of(1'000)), "GET / ");
  EXPECT_EQ(understood(with_header_of(1'001)), "refused 431");
}

// Beast's own limit starts anew with every line that arrives alone.
TEST(RequestParser, HoldsTheHeaderToItsLimitLineByLine) {
  RequestParser parser(small);
  std::string input = "GET / HTTP/1.1\r\n";
  Reading reading = parser.read(input);
  for (int line = 0; line < 100 && reading == Reading::header; ++line) {
    input += "X: 0123456789\r\n";
    reading = parser.read(input);
  }
  EXPECT_EQ(reading, Reading::refused);
  EXPECT_EQ(parser.refusal(), 431);
}

TEST(RequestParser, HoldsTheBodyToItsLimit) {
  EXPECT_EQ(understood(post("Content-Length: 100\r\n", std::string(100, 'x'))),
            "POST /a " + std::string(100, 'x'));
  EXPECT_EQ(understood(post("Content-Length: 101\r\n", "")), "refused 413");
  EXPECT_EQ(understood(chunked("65\r\nx")), "refused 413");
  EXPECT_EQ(understood(chunked("32\r\n" + std::string(50, 'x') + "\r\n33\r\n")), "refused 413");
}

TEST(RequestParser, HoldsChunkHeadsAndTrailersToALimit) {
  EXPECT_EQ(understood(chunked("1;" + std::string(2'000, 'x'))), "refused 431");
  EXPECT_EQ(understood(chunked("0\r\nX: " + std::string(2'000, 'x'))), "refused 431");
}

TEST(ResponseParser, ReadsABodyUntilTheConnectionCloses) {
  ResponseParser parser(small, "GET");
  std::string bytes = "HTTP/1.1 200 OK\r\n\r\nhello";
  EXPECT_EQ(parser.read(bytes), Reading::body);
  EXPECT_EQ(parser.end(), Reading::complete);
  EXPECT_EQ(parser.take().body, "hello");
}

TEST(ResponseParser, HasNoBodyToWaitForAfterHead) {
  ResponseParser parser(small, "HEAD");
  std::string bytes = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
  EXPECT_EQ(parser.read(bytes), Reading::complete);
  EXPECT_EQ(parser.take().body, "");
}

std::string mutated(std::string bytes, test::Chance& chance) {
  static const std::vector<std::string> pieces = {"\r\n",
                                                  "\n",
                                                  "\r",
                                                  std::string(1, '\0'),
                                                  ":",
                                                  " ",
                                                  "\t",
                                                  "0",
                                                  "-1",
                                                  ",",
                                                  ";",
                                                  "\r\n\r\n",
                                                  "Content-Length: 3\r\n",
                                                  "Transfer-Encoding: chunked\r\n",
                                                  "ffffffffffffffff",
                                                  "chunked"};
  for (std::size_t times = 1 + chance.below(4); times > 0; --times) {
    const std::size_t at = chance.below(bytes.size() + 1);
    switch (chance.below(3)) {
      case 0:
        bytes.insert(at, chance.pick(pieces));
        break;
      case 1:
        bytes.erase(at, 1 + chance.below(8));
        break;
      default:
        if (at < bytes.size()) bytes[at] = static_cast<char>(chance.below(256));
    }
    if (bytes.empty()) bytes = "x";
  }
  return bytes;
}

// The request, or nothing: what is refused as a whole may wait for more when it comes in pieces.
std::string request_in(const std::string& bytes, std::size_t piece_bytes) {
  const std::string text = understood(bytes, piece_bytes);
  return text.starts_with("refused") || text == "unfinished" ? "" : text;
}

TEST(RequestParser, UnderstandsTheSameHoweverTheBytesArrive) {
  test::Chance chance(20'261'122);
  const std::vector<std::string> sound = {"GET /a?b HTTP/1.1\r\nHost: h\r\nAccept: */*\r\n\r\n",
                                          post("Content-Length: 5\r\nX: y\r\n", "hello"),
                                          chunked("2;a=b\r\nhe\r\n3\r\nllo\r\n0\r\nX: y\r\n\r\n")};
  for (int count = 0; count < 10'000; ++count) {
    const std::string bytes = mutated(chance.pick(sound), chance);
    EXPECT_EQ(request_in(bytes, 1 + chance.below(7)), request_in(bytes, bytes.size())) << bytes;
  }
}

}  // namespace
}  // namespace liggare::http
