#include "witness/witness_client.h"

#include <gtest/gtest.h>

#include "http/server.h"
#include "merkle/cosignature.h"
#include "tests/witness/sample_log.h"
#include "witness/witness_server.h"

namespace liggare::witness {
namespace {

const std::string find_the_true_one =
    "; write nothing to this ledger, and find out which copy is the true one";

// A witness that answers as a test wants it to, or truly.
class WitnessClient : public ::testing::Test {
 protected:
  WitnessClient() {
    http::ServerOptions options;
    options.handler = [this](const http::Request& request) {
      asked_.push_back(request.body.substr(0, request.body.find('\n')));
      if (forged_.status != 0) return forged_;
      return answer(scene_.witness(), request);
    };
    server_ = std::move(*http::Server::start(std::move(options)));
    witness_ = {"w1", witness_key().verifier(),
                "http://127.0.0.1:" + std::to_string(server_->port())};
  }

  Result<std::vector<merkle::NoteSignature>> ask(std::uint64_t old_size, std::uint64_t size) {
    return request_cosignature(witness_, scene_.log().request(old_size, size));
  }
  // The error of asking a witness that answers so.
  Error forge(int status, const std::string& content_type, const std::string& body) {
    forged_ = {status, {{"Content-Type", content_type}}, body};
    const auto asked = ask(5, 13);
    if (asked) return {ErrorCode::unsupported, "believed"};
    EXPECT_TRUE(asked.error().message.starts_with("witness w1: ")) << asked.error().message;
    return asked.error();
  }
  ErrorCode forged_size(const std::string& body) {
    return forge(409, "text/x.tlog.size", body).code;
  }
  std::string line_of(char key_seed, std::uint64_t size) const {
    return merkle::cosign(scene_.log().checkpoint(size).text, witness_key(key_seed), 1).line();
  }

  WitnessScene scene_;
  http::Response forged_{0, {}, ""};
  std::vector<std::string> asked_;  // The old sizes.
  std::unique_ptr<http::Server> server_;
  merkle::Witness witness_;
};

using Sizes = std::vector<std::string>;

TEST_F(WitnessClient, BringsTheCosignature) {
  const auto cosignatures = ask(0, 5);
  ASSERT_TRUE(cosignatures) << cosignatures.error().message;
  merkle::SignedNote note = scene_.log().checkpoint(5);
  note.signatures.insert(note.signatures.end(), cosignatures->begin(), cosignatures->end());
  EXPECT_TRUE(merkle::cosigned_at(note, witness_key().verifier())->has_value());
}

TEST_F(WitnessClient, AsksAgainWithTheSizeThatIsHeld) {
  scene_.given(5);
  EXPECT_EQ(ask(0, 13)->size(), 1u);
  EXPECT_EQ(asked_, (Sizes{"old 0", "old 5"}));
}

TEST_F(WitnessClient, FindsThatTheLogWasRolledBack) {
  scene_.given(13);
  const auto asked = ask(5, 9);
  EXPECT_EQ(asked.error(),
            (Error{ErrorCode::diverged,
                   "witness w1: it has cosigned 13 events, and this checkpoint has only 9" +
                       find_the_true_one}));
  EXPECT_EQ(asked_, (Sizes{"old 5"}));
}

TEST_F(WitnessClient, FindsThatTheLogWasForked) {
  scene_.given(9);
  const SampleLog fork(log_key(), merkle::ReferenceTree::with_one_odd_leaf(4));
  for (const std::uint64_t old_size : {0u, 9u}) {
    EXPECT_EQ(request_cosignature(witness_, fork.request(old_size, 9)).error(),
              (Error{ErrorCode::diverged,
                     "witness w1: it has cosigned another root at 9 events" + find_the_true_one}));
    EXPECT_EQ(request_cosignature(witness_, fork.request(old_size, 13)).error().code,
              ErrorCode::diverged);
  }
}

TEST_F(WitnessClient, StopsAskingAWitnessThatChangesItsMind) {
  EXPECT_EQ(forged_size("7\n"), ErrorCode::io);
  EXPECT_EQ(asked_, (Sizes{"old 5", "old 7"}));
  EXPECT_EQ(forged_size("5\n"), ErrorCode::io);
  EXPECT_EQ(forged_size("14\n"), ErrorCode::diverged);
}

TEST_F(WitnessClient, BelievesNoSizeThatIsNone) {
  for (const char* body : {"", "7", "07\n", "-7\n", "7\n\n", "99999999999999999999\n"}) {
    EXPECT_EQ(forged_size(body), ErrorCode::io) << body;
  }
  EXPECT_EQ(forge(409, "text/plain", "7\n").code, ErrorCode::io);
}

TEST_F(WitnessClient, BelievesNoSignatureThatItHasNotVerified) {
  const std::string good = line_of('w', 13);
  for (const std::string& body : {std::string(), line_of('w', 12), line_of('x', 13), "x\n" + good,
                                  good.substr(0, good.size() - 1), good + line_of('w', 12)}) {
    EXPECT_EQ(forge(200, "text/plain", body).code, ErrorCode::io) << body;
  }
  EXPECT_EQ(forge(200, "text/plain", line_of('x', 13) + good).message, "believed");
  EXPECT_EQ(ask(5, 13)->size(), 1u);
}

TEST_F(WitnessClient, TellsOneRefusalFromAnother) {
  EXPECT_EQ(forge(400, "", "").code, ErrorCode::invalid_argument);
  EXPECT_EQ(forge(403, "", "").code, ErrorCode::invalid_argument);
  EXPECT_EQ(forge(404, "", "").code, ErrorCode::not_found);
  EXPECT_EQ(forge(422, "", "").code, ErrorCode::diverged);
  EXPECT_EQ(forge(500, "", "").code, ErrorCode::io);
  EXPECT_EQ(forge(301, "", "").code, ErrorCode::io);
}

TEST_F(WitnessClient, SaysWhichWitnessIsNotThere) {
  server_->stop();
  const auto asked = ask(0, 5);
  EXPECT_EQ(asked.error().code, ErrorCode::io);
  EXPECT_TRUE(asked.error().message.starts_with("witness w1: cannot get an answer from "));
  witness_.url.reset();
  EXPECT_EQ(ask(0, 5).error().code, ErrorCode::invalid_argument);
}

TEST_F(WitnessClient, FailsAsTheProofDoes) {
  CosignatureRequest request = scene_.log().request(0, 5);
  request.prove = [](std::uint64_t) -> Result<merkle::ConsistencyProof> {
    return fail(ErrorCode::corrupt, "no such node");
  };
  EXPECT_EQ(request_cosignature(witness_, request).error().message, "no such node");
}

TEST_F(WitnessClient, AcceptsAUrlWithAPathAndASlash) {
  *witness_.url += "/";
  EXPECT_TRUE(ask(0, 5));
  *witness_.url += "elsewhere/";
  EXPECT_EQ(ask(0, 5).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace liggare::witness
