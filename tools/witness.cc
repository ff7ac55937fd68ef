#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "audit/given_key.h"
#include "base/clock.h"
#include "base/random.h"
#include "http/server.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/stopping.h"
#include "tools/words.h"
#include "witness/witness_folder.h"
#include "witness/witness_server.h"

namespace liggare::tools {
namespace {

constexpr std::string_view default_address = "127.0.0.1:8089";
constexpr std::chrono::milliseconds look_every{100};

struct Address {
  std::string host;
  std::uint16_t port = 0;
};

// "127.0.0.1:8089", "[::1]:8089"; port 0 takes any that is free.
Result<Address> parse_address(const std::string& text) {
  const std::size_t colon = text.find_last_of(':');
  const auto port = colon == std::string::npos ? std::optional<std::uint64_t>()
                                               : parse_decimal(text.substr(colon + 1));
  if (!port || *port > UINT16_MAX || colon == 0) {
    return fail(ErrorCode::invalid_argument, "--listen takes ADDRESS:PORT such as " +
                                                 std::string(default_address) + ", not \"" + text +
                                                 "\"");
  }
  std::string host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return Address{std::move(host), static_cast<std::uint16_t>(*port)};
}

Result<void> prepare(const witness::WitnessFolder& folder, const Arguments& arguments) {
  const std::string* name = arguments.text("--name");
  const std::string* logs = arguments.text("--log");
  std::vector<merkle::VerifierKey> keys;
  for (const std::string& given : words_in(logs == nullptr ? std::string() : *logs)) {
    LIGGARE_TRY(auto key, audit::read_given_key("--log", given));
    keys.push_back(std::move(key));
  }
  if (!folder.exists()) {
    if (name == nullptr) {
      return fail(
          ErrorCode::not_found,
          folder.folder.string() + " holds no witness; --name witness.example.org/w1 makes one");
    }
    LIGGARE_CHECK(folder.create(*name, random_key()));
  } else if (name != nullptr) {
    return fail(ErrorCode::invalid_argument,
                folder.folder.string() + " holds a witness already; leave --name out");
  }
  return keys.empty() ? Result<void>() : folder.add_logs(keys);
}

Json json_of(const witness::Witness& witness, const std::string& url,
             const std::vector<merkle::VerifierKey>& logs) {
  std::vector<std::string> keys;
  for (const merkle::VerifierKey& key : logs) keys.push_back(key.text());
  return Json::object()
      .add("name", witness.key().name)
      .add("vkey", witness.key().text())
      .add("url", url)
      .add("logs", Json::list(keys));
}

Result<void> announce(const witness::Witness& witness, const std::string& url,
                      const std::vector<merkle::VerifierKey>& logs, Console& console) {
  if (console.format() == Format::json) {
    LIGGARE_CHECK(console.print_line(json_of(witness, url, logs)));
  } else {
    const auto words = text_of(console.style().language, "line.witness");
    LIGGARE_CHECK(console.print(
        fmt::format(fmt::runtime(words), url, logs.size(), witness.key().text()) + "\n"));
  }
  return console.out().flush();
}

Result<Exit> run_witness(const Arguments& arguments, Console& console) {
  const std::string* listen = arguments.text("--listen");
  LIGGARE_TRY(const Address address,
              parse_address(listen == nullptr ? std::string(default_address) : *listen));
  const witness::WitnessFolder folder{*arguments.text("--state")};
  LIGGARE_CHECK(prepare(folder, arguments));
  LIGGARE_TRY(const auto logs, folder.logs());
  const SystemClock clock;
  LIGGARE_TRY(const auto witness, folder.open(clock));
  const Stopping stopping(std::nullopt);
  http::ServerOptions options;
  options.address = address.host;
  options.port = address.port;
  options.handler = [&](const http::Request& request) { return answer(*witness, request); };
  LIGGARE_TRY(const auto server, http::Server::start(std::move(options)));
  const bool is_v6 = address.host.find(':') != std::string::npos;
  const std::string url =
      fmt::format("http://{}:{}", is_v6 ? "[" + address.host + "]" : address.host, server->port());
  LIGGARE_CHECK(announce(*witness, url, logs, console));
  const auto stopped = stopping.when();
  while (!stopped()) std::this_thread::sleep_for(look_every);
  server->stop();
  return Exit::done;
}

}  // namespace

Command witness_command() {
  return {
      .name = "witness",
      .summary = "cosigns the checkpoints of other ledgers, once each is proven to have only grown",
      .details =
          "A C2SP tlog-witness over HTTP. It remembers, durably and before it answers, what\n"
          "it cosigned last for each ledger, and refuses what was rolled back or forked. Run\n"
          "it on another machine than the ledgers', by other people. DIR holds its key, the\n"
          "ledgers it knows and its memory of them; never put an older copy of DIR back.\n"
          "TLS is for a proxy before it. Stop it with Ctrl-C or SIGTERM.",
      .arguments = {{"--state", "DIR", "the witness's folder", Argument::Presence::required},
                    {"--name", "NAME", "make a witness of that name in DIR, with a new key"},
                    {"--log", "KEY|@FILE,…", "cosign these ledgers too: their verifier keys"},
                    {"--listen", "ADDRESS:PORT", "127.0.0.1:8089 otherwise; port 0 takes any"}},
      .formats = {Format::table, Format::json},
      .examples = {{"liggare witness --state w1 --name witness.example.org/w1 --log @town.vkey",
                    "The first time."},
                   {"liggare witness --state w1 --listen 0.0.0.0:8089", "From then on."}},
      .children = {},
      .run = run_witness};
}

}  // namespace liggare::tools
