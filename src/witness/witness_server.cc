#include "witness/witness_server.h"

#include "http/url.h"

namespace liggare::witness {

http::Response answer(Witness& witness, const http::Request& request) {
  const auto target = http::parse_target(request.target);
  if (!target || target->path != "/add-checkpoint") {
    return http::text_response(404, "A witness: POST /add-checkpoint\n");
  }
  if (request.method != "POST") {
    http::Response refusal = http::text_response(405, "Only POST\n");
    refusal.headers.push_back({"Allow", "POST"});
    return refusal;
  }
  Reply reply = witness.add_checkpoint(request.body);
  return {reply.status, {{"Content-Type", std::move(reply.content_type)}}, std::move(reply.body)};
}

}  // namespace liggare::witness
