#include "inspect/verify.h"

#include <array>
#include <span>

#include "inspect/full_check.h"
#include "inspect/log_check.h"
#include "store/rocks/database.h"

namespace liggare::inspect {
namespace {

constexpr std::array checked_in_full{
    Statement::rules_not_asked,
    Statement::seals_not_asked,
    Statement::projections_not_asked,
};

constexpr std::array never_checked{Statement::vault, Statement::events_not_sent};

void add_all(std::span<const Statement> statements, std::vector<Remark>& remarks) {
  for (const Statement statement : statements) remarks.push_back({statement});
}

// What can't be judged, or was not to be, of the checks in full.
std::optional<Statement> reason_against(const FindingList& findings, const LogState& state) {
  if (findings.has_damage()) return Statement::log_damaged;
  if (state.has_newer_records) return Statement::log_of_newer_release;
  return std::nullopt;
}

Result<void> examine(const VerifyOptions& options, const OpenedLog& opened, const Claims& claims,
                     FindingList& findings, VerifyReport& report) {
  LIGGARE_TRY(const LogState state, examine_log(options, opened, claims, findings, report));
  if (!options.is_full) {
    add_all(checked_in_full, report.not_checked);
    return {};
  }
  if (const auto reason = reason_against(findings, state)) {
    report.not_checked.push_back({*reason});
    return {};
  }
  return check_in_full(options, state.size, claims.signer, findings, report);
}

// A history that was rewritten whole shows only against what is kept elsewhere.
void say_what_is_exposed(VerifyReport& report) {
  const std::uint64_t covered = report.covered.value_or(0);
  const std::uint64_t size = report.head.tree_size;
  if (covered >= size && size != 0) return;
  report.not_checked.push_back(report.covered
                                   ? Remark{Statement::rewritten_after, {std::to_string(covered)}}
                                   : Remark{Statement::rewritten});
}

}  // namespace

Result<VerifyReport> verify(const VerifyOptions& options) {
  if (options.is_full && options.since) {
    return fail(ErrorCode::invalid_argument,
                "--since believes what --full reads again: choose one");
  }
  if (!options.is_full && !options.access_checkpoints.empty()) {
    return fail(ErrorCode::invalid_argument,
                "--access-checkpoint goes with --full, which reads the access log");
  }
  FindingList findings(options.findings_kept_max);
  Claims claims{read_signer(options.keys), {}};
  LIGGARE_TRY(const auto opened, open_log(options.ledger, findings));
  LIGGARE_TRY(claims.given, open_given(options, claims.signer, opened.database.get()));
  VerifyReport report;
  if (claims.given.trust) report.trust.push_back(*claims.given.trust);
  if (opened.database) {
    LIGGARE_CHECK(examine(options, opened, claims, findings, report));
  } else {
    report.not_checked.push_back({Statement::log_not_opened});
  }
  report.findings = findings.kept();
  report.findings_not_kept = findings.not_kept();
  say_what_is_exposed(report);
  add_all(never_checked, report.not_checked);
  return report;
}

}  // namespace liggare::inspect
