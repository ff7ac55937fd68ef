#include "domain/formats.h"
#include "ledger/access_checkpoint.h"
#include "ledger/checkpoints.h"
#include "ledger/key_rotation.h"
#include "tools/actor.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/tell_refused.h"

namespace liggare::tools {
namespace {

Result<Exit> print_access_vkey(const ledger::Ledger& ledger, Console& console) {
  LIGGARE_TRY(const auto key, ledger::access_verifier_key(ledger));
  LIGGARE_CHECK(console.format() == Format::text
                    ? console.print(key.text() + "\n")
                    : console.print_line(Json::object().add("vkey", key.text())));
  return Exit::done;
}

// For a ledger that was made before its access log had a key.
Result<Exit> make_access_key(const Arguments&, Console& console) {
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_CHECK(ledger::make_access_key(*ledger));
  return print_access_vkey(*ledger, console);
}

Result<Exit> print_vkey(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  if (arguments.has("--access")) return print_access_vkey(*ledger, console);
  LIGGARE_TRY(const auto keys, ledger::verifier_keys(*ledger));
  if (console.format() == Format::text) {
    LIGGARE_CHECK(console.print(keys.front().text() + "\n"));
    return Exit::done;
  }
  std::vector<std::string> beside;
  for (std::size_t i = 1; i < keys.size(); ++i) beside.push_back(keys[i].text());
  LIGGARE_CHECK(console.print_line(
      Json::object().add("vkey", keys.front().text()).add("signingBeside", Json::list(beside))));
  return Exit::done;
}

Result<ledger::RotationRequest> request_of(const Arguments& arguments) {
  ledger::RotationRequest request;
  LIGGARE_TRY(request.actor, actor_of(arguments));
  if (const std::string* code = arguments.text("--old-key-lost")) {
    if (!domain::is_id(*code)) {
      return fail(ErrorCode::invalid_argument,
                  "--old-key-lost takes a code of 1 to 64 of A-Z a-z 0-9 . _ -");
    }
    request.old_key_lost = *code;
  }
  const std::string* old_key = arguments.text("--old-vkey");
  if (old_key == nullptr) return request;
  if (!request.old_key_lost) {
    return fail(ErrorCode::invalid_argument, "--old-vkey goes with --old-key-lost");
  }
  LIGGARE_TRY(request.old_key, merkle::VerifierKey::parse(*old_key));
  return request;
}

Json json_of(const ledger::KeyRotation& rotation) {
  return Json::object()
      .add("position", rotation.position)
      .add("oldVkey", rotation.data.old_vkey)
      .add("newVkey", rotation.data.new_vkey)
      .add("size", rotation.data.size)
      .add("root", rotation.data.root)
      .add("signedByOldKey", rotation.data.old_signature.has_value());
}

Result<Exit> rotate(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto request, request_of(arguments));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::write));
  LIGGARE_TRY(const auto rotated, ledger::rotate_key(*ledger, request));
  if (!rotated) return tell_refused({rotated.error()}, console);
  if (console.format() == Format::text) {
    LIGGARE_CHECK(console.print(rotated->data.new_vkey + "\n"));
  } else {
    LIGGARE_CHECK(console.print_line(json_of(*rotated)));
  }
  return Exit::done;
}

Command rotate_command() {
  return {
      .name = "rotate",
      .summary = "makes a new signing key and records the change in the ledger",
      .details =
          "Both keys sign the change, and for 30 days both sign checkpoints: give the new\n"
          "verifier key, which is printed, to those who hold the old one. Where the old key\n"
          "was lost or must not be used any more, say so with --old-key-lost: it signs\n"
          "nothing more, and those who hold it must be told by other means.",
      .arguments = {{"--old-key-lost", "CODE", "why the old key can't sign: lost, compromised …"},
                    {"--old-vkey", "KEY",
                     "with --old-key-lost, where SIGNED is lost too: the old verifier key"},
                    actor_argument()},
      .formats = {Format::text, Format::json},
      .examples = {{"liggare keys rotate --actor staff/it1", "The yearly change."},
                   {"liggare keys rotate --old-key-lost compromised",
                    "The old key fell into wrong hands."}},
      .children = {},
      .run = rotate};
}

Command access_key_command() {
  return {
      .name = "access",
      .summary = "makes the key that signs the access log's checkpoints, once",
      .details =
          "liggare init makes it with the ledger; this is for a ledger from before. It prints the\n"
          "verifier key. It is not changed by `keys rotate`.",
      .arguments = {},
      .formats = {Format::text, Format::json},
      .examples = {{"liggare keys access", "Where checkpoint --access says that there is none."}},
      .children = {},
      .run = make_access_key};
}

}  // namespace

Command vkey_command() {
  return {.name = "vkey",
          .summary = "prints the verifier key: what checkpoints are checked with",
          .details =
              "Publish it where it can't be exchanged for another one, apart from the ledger:\n"
              "whoever checks a proof must have got it from you, never from the proof.",
          .arguments = {{"--access", "", "of the access log's newest year instead"}},
          .formats = {Format::text, Format::json},
          .examples = {{"liggare vkey > town.vkey", "For auditors to keep."}},
          .children = {},
          .run = print_vkey};
}

Command keys_command() {
  return {.name = "keys",
          .summary = "changes the key that signs checkpoints",
          .details = {},
          .arguments = {},
          .formats = {},
          .examples = {{"liggare keys rotate --actor staff/it1", "A new key, signed by the old."}},
          .children = {rotate_command(), access_key_command()},
          .run = nullptr};
}

}  // namespace liggare::tools
