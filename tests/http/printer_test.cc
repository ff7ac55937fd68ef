#include "http/printer.h"

#include <gtest/gtest.h>

namespace liggare::http {
namespace {

constexpr Instant morning{1'795'335'300'000'000};

std::string printed(const Response& response) {
  return print_head(response, AfterAnswer::keep, morning).value();
}

TEST(ResponseHead, SaysLengthAndDate) {
  EXPECT_EQ(printed({404, {{"X-Why", "gone"}}, "abc"}),
            "HTTP/1.1 404 Not Found\r\nDate: Sun, 22 Nov 2026 08:15:00 GMT\r\nX-Why: gone\r\n"
            "Content-Length: 3\r\n\r\n");
}

TEST(ResponseHead, HasNoLengthWhereThereIsNoBody) {
  EXPECT_EQ(printed({304, {}, ""}).find("Content-Length"), std::string::npos);
  EXPECT_FALSE(sends_body("GET", 204));
  EXPECT_FALSE(sends_body("HEAD", 200));
  EXPECT_TRUE(sends_body("GET", 200));
}

TEST(ResponseHead, SaysThatTheConnectionCloses) {
  const auto head = print_head(Response{}, AfterAnswer::close, morning);
  EXPECT_NE(head->find("\r\nConnection: close\r\n"), std::string::npos);
}

TEST(ResponseHead, IsRefusedWhereItCouldBeSplit) {
  const std::string nul(1, '\0');
  for (const Header& header :
       {Header{"X", "a\r\nSet-Cookie: b"}, Header{"X", "a\nb"}, Header{"X", "a\rb"},
        Header{"X", nul}, Header{"X", "\x1b[2J"}, Header{"X: a\r\nY", "b"}, Header{"", "a"},
        Header{"X Y", "a"}, Header{"\xc3\xa5", "a"}}) {
    const auto head = print_head(Response{200, {header}, ""}, AfterAnswer::keep, morning);
    ASSERT_FALSE(head) << header.name << header.value;
    EXPECT_EQ(head.error().code, ErrorCode::invalid_argument);
  }
}

TEST(ResponseHead, LeavesFramingToTheServer) {
  for (const char* name :
       {"Content-Length", "content-length", "Transfer-Encoding", "Connection", "Date"}) {
    EXPECT_FALSE(print_head(Response{200, {{name, "1"}}, ""}, AfterAnswer::keep, morning)) << name;
  }
  EXPECT_FALSE(print_head(Response{100, {}, ""}, AfterAnswer::keep, morning));
  EXPECT_FALSE(print_head(Response{600, {}, ""}, AfterAnswer::keep, morning));
}

TEST(RequestHead, NamesTheHostAndCloses) {
  EXPECT_EQ(
      print_head(Request{"POST", "", {{"X", "y"}}, "abc"}, *parse_url("http://a:81/b?c")).value(),
      "POST /b?c HTTP/1.1\r\nHost: a:81\r\nConnection: close\r\nX: y\r\n"
      "Content-Length: 3\r\n\r\n");
}

TEST(RequestHead, IsRefusedWhereItCouldBeSplit) {
  const Url url = *parse_url("http://a/");
  EXPECT_FALSE(print_head(Request{"GET / HTTP/1.1\r\nX: ", "", {}, ""}, url));
  EXPECT_FALSE(print_head(Request{"GET", "", {{"Host", "b"}}, ""}, url));
  EXPECT_FALSE(print_head(Request{"GET", "", {{"X", "a\r\nY: b"}}, ""}, url));
}

}  // namespace
}  // namespace liggare::http
