#include "inspect/verify.h"

#include <array>

#include "inspect/full_check.h"
#include "inspect/log_check.h"
#include "store/rocks/database.h"

namespace liggare::inspect {
namespace {

constexpr std::array checked_in_full{
    "the rules: no event was judged anew",
    "seals, and changes of the key",
    "projections: they are disposable, and rebuilt from the log",
};

constexpr std::array never_checked{"the vault", "events that nobody sent"};

// What can't be judged, or was not to be, of the checks in full.
const char* reason_against(const FindingList& findings, const LogState& state) {
  if (findings.has_damage()) return ": not checked because the log is damaged";
  if (state.has_newer_records) return ": not checked because of a newer release's records";
  return nullptr;
}

Result<void> examine(const VerifyOptions& options, const OpenedLog& opened, const Claims& claims,
                     FindingList& findings, VerifyReport& report) {
  LIGGARE_TRY(const LogState state, examine_log(options, opened, claims, findings, report));
  if (!options.is_full) {
    for (const char* what : checked_in_full) report.not_checked.emplace_back(what);
    return {};
  }
  if (const char* reason = reason_against(findings, state)) {
    report.not_checked.push_back(std::string("rules, seals, changes of the key, projections") +
                                 reason);
    return {};
  }
  return check_in_full(options, state.size, claims.signer, findings, report);
}

// A history that was rewritten whole shows only against what is kept elsewhere.
void say_what_is_exposed(VerifyReport& report) {
  const std::uint64_t covered = report.covered.value_or(0);
  const std::uint64_t size = report.head.tree_size;
  if (covered >= size && size != 0) return;
  report.not_checked.push_back(
      report.covered ? "a history rewritten, with hashes that fit, from event " +
                           std::to_string(covered) + " on: no checkpoint given here covers it"
                     : "a history rewritten with hashes that fit: only a checkpoint held elsewhere "
                       "shows it");
}

}  // namespace

Result<VerifyReport> verify(const VerifyOptions& options) {
  if (options.is_full && options.since) {
    return fail(ErrorCode::invalid_argument,
                "--since believes what --full reads again: choose one");
  }
  FindingList findings(options.findings_kept_max);
  Claims claims{read_signer(options.keys), {}};
  LIGGARE_TRY(claims.given, open_given(options, claims.signer));
  LIGGARE_TRY(const auto opened, open_log(options.ledger, findings));
  VerifyReport report;
  if (claims.given.key) report.trust.push_back(claims.given.key->trust);
  if (opened.database) {
    LIGGARE_CHECK(examine(options, opened, claims, findings, report));
  } else {
    report.not_checked.emplace_back("the events and checkpoints: the log can't be opened");
  }
  report.findings = findings.kept();
  report.findings_not_kept = findings.not_kept();
  say_what_is_exposed(report);
  report.not_checked.insert(report.not_checked.end(), never_checked.begin(), never_checked.end());
  return report;
}

}  // namespace liggare::inspect
