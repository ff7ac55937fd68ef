// Requests that two readers could understand in two ways. Each is refused, whole or byte by byte.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "http/parser.h"

namespace liggare::http {
namespace {

int refusal_of(const std::string& bytes, std::size_t piece_bytes) {
  RequestParser parser({});
  std::string input;
  for (std::size_t at = 0; at < bytes.size(); at += piece_bytes) {
    input += bytes.substr(at, piece_bytes);
    const Reading reading = parser.read(input);
    if (reading == Reading::refused) return parser.refusal();
    if (reading == Reading::complete) return 200;
  }
  return 0;
}

struct Case {
  int status;
  std::string bytes;
};

void expect_refusals(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    EXPECT_EQ(refusal_of(one.bytes, one.bytes.size()), one.status) << one.bytes;
    EXPECT_EQ(refusal_of(one.bytes, 1), one.status) << one.bytes;
  }
}

std::string with(const std::string& headers) {
  return "POST / HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
}
std::string chunks(const std::string& body) {
  return with("Transfer-Encoding: chunked\r\n") + body;
}

TEST(Smuggling, WithTheLengthIsRefused) {
  std::vector<Case> cases;
  for (const char* length :
       {"-1", "+3", "3 3", "3,3", "3, 3", "0x3", "3;", "", " ", "a", "3.0", "1e1",
        "18446744073709551617", "99999999999999999999999999999999", "\xc2\xb3", "\t"}) {
    cases.push_back({400, with(fmt::format("Content-Length: {}\r\n", length)) + "abc"});
  }
  cases.push_back({400, with("Content-Length: 3\r\nContent-Length: 4\r\n") + "abcd"});
  cases.push_back({400, with("Content-Length: 3\r\nContent-Length: 3\r\n") + "abc"});
  cases.push_back({400, with("Content-Length: 3\r\ncontent-length: 3\r\n") + "abc"});
  cases.push_back({413, with("Content-Length: 18446744073709551615\r\n") + "abc"});
  expect_refusals(cases);
}

TEST(Smuggling, WithLengthAndEncodingIsRefused) {
  expect_refusals({
      {400, with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"},
      {400, with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n") + "0\r\n\r\n"},
      {400, with("Transfer-Encoding: gzip\r\nContent-Length: 3\r\n") + "abc"},
      {400, with("Content-Length: 3\r\nTransfer-Encoding: xchunked\r\n") + "abc"},
  });
}

TEST(Smuggling, WithTheEncodingIsRefused) {
  std::vector<Case> cases;
  for (const char* encoding :
       {"xchunked", "chunkedx", "gzip", "gzip, chunked", "chunked, gzip", "chunked, chunked",
        "identity", "\"chunked\"", "chunked;q=1", "", ",chunked", "chunked,", "chunked\x0b"}) {
    const std::string bytes =
        with(fmt::format("Transfer-Encoding: {}\r\n", encoding)) + "0\r\n\r\n";
    const int whole = refusal_of(bytes, bytes.size());
    EXPECT_TRUE(whole == 501 || whole == 400) << encoding << " " << whole;
    EXPECT_EQ(refusal_of(bytes, 1), whole) << encoding;
  }
  const std::string chunked = "Transfer-Encoding: chunked\r\n";
  cases.push_back({501, with("Transfer-Encoding: xchunked\r\n") + "0\r\n\r\n"});
  cases.push_back({400, with(chunked + chunked) + "0\r\n\r\n"});
  cases.push_back({501, with("Transfer-Encoding: x\r\n" + chunked) + "0\r\n\r\n"});
  cases.push_back({400, "POST / HTTP/1.0\r\nHost: h\r\n" + chunked + "\r\n0\r\n\r\n"});
  expect_refusals(cases);
}

TEST(Smuggling, WithChunksIsRefused) {
  std::vector<Case> cases;
  for (const char* body :
       {"-1\r\na", "+3\r\nabc\r\n", "0x3\r\nabc\r\n\r\n", "\r\n0\r\n\r\n", "g\r\nabc",
        "3\r\nabcd\r\n0\r\n\r\n", "3\nabc\r\n", "3\r\nabc\n0\r\n\r\n", "3\r\nabcX\r\n0\r\n\r\n",
        "3 \r\x01"
        "abc\r\n",
        ";a\r\nb", "3\r\rabc", "0\r\nX\r\n\r\n", "0\r\nContent-Length: 1\r\n\r\n",
        "0\r\nTransfer-Encoding: chunked\r\n\r\n", "0\r\nX : y\r\n\r\n"}) {
    cases.push_back({400, chunks(body)});
  }
  // 2^64 + 3 must not become 3.
  cases.push_back({400, chunks("10000000000000003\r\nabc\r\n0\r\n\r\n")});
  cases.push_back({413, chunks("ffffffffffffffff\r\nabc")});
  cases.push_back({413, chunks("1\r\na\r\nffffffffffffffff\r\nabc")});
  expect_refusals(cases);
}

TEST(Smuggling, WithLinesIsRefused) {
  const std::string nul(1, '\0');
  expect_refusals({
      {400, "GET / HTTP/1.1\nHost: h\n\n"},
      {400, "GET / HTTP/1.1\r\nHost: h\n\r\n"},
      {400, "GET / HTTP/1.1\r\nHost: h\r\nX: y\n\n"},
      {400, "GET / HTTP/1.1\rHost: h\r\r"},
      {400, with("X: a\rb\r\n")},
      {400, with("X: a" + nul + "b\r\n")},
      {400, with("X" + nul + ": b\r\n")},
      {400, "GET /" + nul + " HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, with("X: a\r\n b\r\n")},
      {400, with("X: a\r\n\tb\r\n")},
      {400, "GET / HTTP/1.1\r\n Host: h\r\n\r\n"},
      {400, with("X : y\r\n")},
      {400, with("X\t: y\r\n")},
      {400, with(": y\r\n")},
      {400, with("no colon\r\n")},
      {400, with("\xc3\xa5: y\r\n")},
      {400, with("X: a\x01\r\n")},
      {400, with("X: a\x7f\r\n")},
      {400, "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, " GET / HTTP/1.1\r\nHost: h\r\n\r\n"},
  });
}

TEST(Smuggling, WithTheHostIsRefused) {
  expect_refusals({
      {400, "GET / HTTP/1.1\r\n\r\n"},
      {400, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"},
      {400, "GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n"},
      {400, "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"},
      {400, "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"},
      {400, "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n"},
      {400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"},
  });
}

TEST(Smuggling, WithTheFirstLineIsRefused) {
  const std::string host = "\r\nHost: h\r\n\r\n";
  expect_refusals({
      {501, "BREW / HTTP/1.1" + host},
      {501, "get / HTTP/1.1" + host},
      {501, "CONNECT / HTTP/1.1" + host},
      {501, "TRACE / HTTP/1.1" + host},
      {400, "GET / HTTP/3.7" + host},
      {400, "GET / HTTP/2.0" + host},
      {400, "GET / HTTP/1.1 " + host},
      {400, "GET / http/1.1" + host},
      {400, "GET  / HTTP/1.1" + host},
      {400, "GET /\tHTTP/1.1" + host},
      {400, "GET /" + host},
      {400, "GET HTTP/1.1" + host},
      {400, "GET a HTTP/1.1" + host},
      {400, "GET * HTTP/1.1" + host},
      {400, "GET http://h/ HTTP/1.1" + host},
      {400, "GET /\xc3\xa5 HTTP/1.1" + host},
      {400, "GET /\x7f HTTP/1.1" + host},
  });
  // A TLS client that has mistaken the port is told at once.
  EXPECT_EQ(refusal_of("\x16\x03\x01", 1), 400);
}

TEST(Smuggling, OfWhatWeDoNotUnpackIsRefused) {
  expect_refusals({
      {415, with("Content-Encoding: gzip\r\nContent-Length: 3\r\n")},
      {417, with("Expect: tea\r\nContent-Length: 3\r\n")},
  });
}

}  // namespace
}  // namespace liggare::http
