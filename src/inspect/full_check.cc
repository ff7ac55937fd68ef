#include "inspect/full_check.h"

namespace liggare::inspect {
namespace {

namespace fs = std::filesystem;

// The other thing that is not found is a form of rows that this program knows.
Remark nothing_kept(const fs::path& folder) {
  std::error_code error;
  const bool has_rows = fs::exists(folder / "CURRENT", error);
  return {has_rows ? Statement::kept_rows_of_release : Statement::no_kept_rows};
}

// Null where nothing is kept that can be compared.
Result<std::unique_ptr<projection::KeptRows>> open_kept(const fs::path& folder,
                                                        FindingList& findings,
                                                        VerifyReport& report) {
  auto kept = projection::KeptRows::open(folder, store::Access::read_only);
  if (kept) return kept;
  const Error& error = kept.error();
  if (error.code == ErrorCode::not_found) {
    report.not_checked.push_back(nothing_kept(folder));
  } else if (error.code == ErrorCode::corrupt) {
    findings.add({Part::projections},
                 {"projection-drifted", "projections", "rows that can be read", error.message});
  } else {
    return kept;
  }
  return std::unique_ptr<projection::KeptRows>();
}

// A damaged SIGNED.access is a finding, and no reason to leave given checkpoints out.
Result<std::vector<SignedYear>> signed_years_for(const VerifyOptions& options,
                                                 FindingList& findings,
                                                 const VerifyReport& report) {
  SignedYearsOrder order{options.keys, report.origin, options.access_checkpoints,
                         options.access_key};
  auto years = read_signed_years(order);
  if (years || years.error().code != ErrorCode::corrupt) return years;
  findings.add({Part::checkpoints}, {"signer-damaged", "SIGNED.access",
                                     "a key and what it signed last", years.error().message});
  order.keys.clear();
  return read_signed_years(order);
}

}  // namespace

Result<void> check_in_full(const VerifyOptions& options, std::uint64_t size,
                           const SignerState& signer, FindingList& findings, VerifyReport& report) {
  if (size == 0) return {};
  LIGGARE_TRY(const auto kept, open_kept(options.ledger / "projections", findings, report));
  const auto log = store::EventLog::open({options.ledger, store::Access::read_only});
  if (!log) return findings.take(log.error());
  LIGGARE_TRY(const Organisation organisation, Organisation::read(**log, size));
  LIGGARE_TRY(const auto signed_years, signed_years_for(options, findings, report));
  const FullExamination examination{options,      **log,    size,  organisation,
                                    signed_years, findings, report};
  LIGGARE_CHECK(check_rules(examination));
  LIGGARE_CHECK(check_seals(examination));
  LIGGARE_CHECK(check_rotations(examination, signer));
  if (!kept) return {};
  return check_kept_rows(examination, *kept);
}

}  // namespace liggare::inspect
