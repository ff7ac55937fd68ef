// A client that sends any bytes, and hears what the server answers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace liggare::http {

// Every wait ends after five seconds, and the test fails then.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  // Takes a connection that a test's server has accepted.
  static RawClient adopt(int number);
  RawClient(RawClient&& other) noexcept;
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient();

  RawClient& send(std::string_view bytes);
  // Says that nothing more comes, and stays to listen.
  RawClient& finish();
  // Goes without a word: the server's next byte is met by a reset.
  void reset();

  // Whether the server has said or ended something, after a millisecond at most.
  bool has_heard();
  // One answer, or one request: its header, and the body that its Content-Length announces.
  std::string read_message();
  // All there is until the server closes.
  std::string read_all();
  // Whether the server has ended it with a reset, which can cost the client an answer.
  bool was_reset() const { return was_reset_; }

 private:
  RawClient() = default;
  bool receive();

  int number_ = -1;
  std::string input_;
  bool was_reset_ = false;
};

// "200" of "HTTP/1.1 200 OK…"; empty where there is no answer.
std::string status_of(const std::string& answer);
std::string body_of(const std::string& answer);

}  // namespace liggare::http
