// What is wrong with a ledger's folder, its keys and its vault, seen from outside: read only, and
// of whatever is left of a broken one.
//
// Says what to look into; that every byte is right is for `verify` to say (inspect/verify.h).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/vocabulary.h"
#include "ledger/ledger.h"

namespace liggare::ledger {

enum class Severity {
  note,     // Good to know; nothing is wrong.
  warning,  // Will become wrong, or keeps a promise from being kept.
  error     // Is wrong: something can't be done, or can't be trusted.
};

// Every code that a symptom has.
inline constexpr auto symptom_codes =
    std::to_array<std::string_view>({"access-damaged",     "access-diverged",
                                     "checkpoint-old",     "clock-behind",
                                     "disk-low",           "diverged",
                                     "erasure-undone",     "erasure-unfinished",
                                     "folder-open",        "foreign-files",
                                     "head-damaged",       "head-missing",
                                     "head-slot",          "key-damaged",
                                     "key-missing",        "key-to-change",
                                     "keys-inside",        "keys-missing",
                                     "keys-of-another",    "keys-open",
                                     "ledger-aside",       "log-damaged",
                                     "log-missing",        "log-newer",
                                     "log-unreadable",     "may-not-read",
                                     "projections-behind", "projections-damaged",
                                     "restore-unfinished", "rolled-back",
                                     "seal-old",           "signed-damaged",
                                     "signed-missing",     "vault-backup-expired",
                                     "vault-damaged",      "vault-missing",
                                     "vault-unavailable",  "writer-died"});

struct Symptom {
  Severity severity = Severity::note;
  std::string code;    // Of symptom_codes; docs/operating.md says what each one asks for.
  std::string place;   // "HEAD", "keys/SIGNED", relative to the ledger's folder or "keys".
  std::string detail;  // Numbers, or the error that was met. Never anything personal.
};

struct Diagnosis {
  std::vector<Symptom> symptoms;         // The worst first; else in the order they were looked for.
  std::optional<std::string> origin;     // No value where the log can't be opened.
  std::optional<std::uint64_t> size;     // Events; likewise.
  std::optional<std::string> writer;     // The process id of the one that writes just now.
  std::vector<std::string> not_checked;  // "vault", "log": what could not be looked at.
};

struct DoctorOptions {
  const Clock* clock = nullptr;  // The system clock when null.
  std::uint64_t free_bytes_low = std::uint64_t{2} << 30;
  int seal_days = 35;       // The books should not stand open for longer.
  int checkpoint_days = 1;  // Nor an event be without a signature.
};

// not_found where the folder holds no part of a ledger, nor lies beside one that a restore was
// making; everything else is a symptom. Runs beside a writer; opens the vault where it is free.
Result<Diagnosis> diagnose(const Folders& folders, const DoctorOptions& options = {});

}  // namespace liggare::ledger

namespace liggare::domain {

LIGGARE_WORDS(ledger::Severity, "note", "warning", "error");

}  // namespace liggare::domain
