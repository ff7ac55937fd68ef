#include "http/url.h"

#include <gtest/gtest.h>

namespace liggare::http {
namespace {

std::string path_of(std::string_view target) {
  const auto read = parse_target(target);
  return read ? read->path : "refused";
}

bool is_refused(std::string_view url) {
  const auto read = parse_url(url);
  return !read && read.error().code == ErrorCode::invalid_argument;
}

TEST(Url, HasAHostAPortAndATarget) {
  EXPECT_EQ(*parse_url("http://example.org"), (Url{"example.org", 80, "/"}));
  EXPECT_EQ(*parse_url("http://example.org:8080/a/b?c=%20"),
            (Url{"example.org", 8080, "/a/b?c=%20"}));
  EXPECT_EQ(*parse_url("http://example.org?c"), (Url{"example.org", 80, "/?c"}));
  EXPECT_EQ(*parse_url("http://[::1]:81/"), (Url{"::1", 81, "/"}));
}

TEST(Url, GivesTheAuthorityBack) {
  EXPECT_EQ(parse_url("http://example.org:80/a")->authority(), "example.org");
  EXPECT_EQ(parse_url("http://[::1]:81/")->authority(), "[::1]:81");
}

TEST(Url, IsRefusedWhereItCannotBeSentTo) {
  for (const char* url : {"",
                          "example.org",
                          "https://example.org/",
                          "HTTP://example.org",
                          "http://",
                          "http:///a",
                          "http://:80/",
                          "http://a:/",
                          "http://a:0/",
                          "http://a:65536/",
                          "http://a:8x/",
                          "http://a:+8/",
                          "http://user@a/",
                          "http://user:secret@a/",
                          "http://a/b#c",
                          "http://a/b c",
                          "http://a/\r\nX: y",
                          "http://a/\xc3\xa5",
                          "http://[::1",
                          "http://[::1]x/",
                          "http://[g]/",
                          "http://[]/",
                          "http://a%2fb/"}) {
    EXPECT_TRUE(is_refused(url)) << url;
  }
}

TEST(Target, IsDecodedOnce) {
  EXPECT_EQ(*parse_target("/a%20b?c=%20&d?e"), (Target{"/a b", "c=%20&d?e"}));
  EXPECT_EQ(path_of("/%252e%252e/a"), "/%2e%2e/a");
  EXPECT_EQ(path_of("/%C3%A5"), "/\xc3\xa5");
}

TEST(Target, IsNormalised) {
  EXPECT_EQ(path_of("/"), "/");
  EXPECT_EQ(path_of("//a///b"), "/a/b");
  EXPECT_EQ(path_of("/a/./b/../c"), "/a/c");
  EXPECT_EQ(path_of("/a/%2e%2E/b"), "/b");
  EXPECT_EQ(path_of("/a/.."), "/");
  EXPECT_EQ(path_of("/a/b/"), "/a/b/");
}

TEST(Target, IsRefusedWhereItHidesSomething) {
  for (const char* target :
       {"", "a", "*", "http://a/", "/..", "/a/../..", "/%2e%2e/a", "/a%", "/a%4", "/a%4g", "/a%2Fb",
        "/a%5Cb", "/a\\b", "/a%00", "/a%0d%0a", "/a%7f", "/a#b"}) {
    EXPECT_EQ(path_of(target), "refused") << target;
  }
}

}  // namespace
}  // namespace liggare::http
