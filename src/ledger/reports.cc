#include "codec/event_json.h"
#include "ledger/knowledge.h"
#include "ledger/parts.h"
#include "projection/digest.h"
#include "projection/projector.h"
#include "projections/all.h"

namespace liggare::ledger {
namespace {

using projection::Projection;
using projection::Report;

Result<const Report*> find_report(const std::string& name) {
  std::string names;
  for (const Report& report : projections::all_reports()) {
    if (report.name == name) return &report;
    names.append(names.empty() ? "" : ", ").append(report.name);
  }
  return fail(ErrorCode::invalid_argument,
              "there is no report \"" + name + "\"; there are " + names);
}

std::vector<Projection> projections_of(const Report& report) {
  std::vector<Projection> used;
  for (const Projection& projection : projections::all_projections()) {
    for (const std::string_view name : report.projections) {
      if (name == projection.name) used.push_back(projection);
    }
  }
  return used;
}

Result<std::vector<Projection>> projections_named(const std::string& name) {
  if (name.empty()) return projections::all_projections();
  std::string names;
  for (const Projection& projection : projections::all_projections()) {
    if (projection.name == name) return std::vector<Projection>{projection};
    names.append(names.empty() ? "" : ", ").append(projection.name);
  }
  return fail(ErrorCode::not_found, "there is no projection \"" + name + "\"; there are " + names);
}

Result<void> require_known(const store::EventLog& log, const domain::Subject& subject,
                           std::uint64_t size) {
  LIGGARE_TRY(const auto positions, log.stream(subject.text(), size));
  if (!positions.empty()) return {};
  return fail(ErrorCode::not_found, subject.text() + " is unknown at size " + std::to_string(size));
}

}  // namespace

const std::vector<Report>& Ledger::reports() { return projections::all_reports(); }

Result<projection::Answer> Ledger::report(const ReportRequest& request) const {
  const store::EventLog& log = *parts_->log;
  LIGGARE_TRY(const Report* report, find_report(request.name));
  LIGGARE_TRY(auto options, projection::Options::parse(report->options, request.options));
  LIGGARE_TRY(const std::uint64_t at, size_at(log, request.at));
  for (const domain::Subject& subject : options.subjects()) {
    LIGGARE_CHECK(require_known(log, subject, at));
  }
  const std::vector<Projection> used = projections_of(*report);
  projection::Rows rows;
  if (at == log.head().tree_size) {
    LIGGARE_TRY(rows, projection::rows_at_now(log, used, parts_->kept.get(), at));
  } else if (!used.empty()) {
    LIGGARE_TRY(const auto folded, projection::FoldedRows::fold(log, used, at));
    rows = folded.rows();
  }
  const projection::FoldedRows source(std::move(rows));
  Json parameters = options.json();
  projection::Question question{std::move(options),
                                request.as_of.value_or(today()),
                                at,
                                source,
                                [&](const domain::Subject& subject) { return stream(subject, at); },
                                [](const domain::RecordedEvent& event) {
                                  return codec::event_json(event, codec::sealed_view);
                                }};
  LIGGARE_TRY(projection::Answer answer, report->answer(question));
  answer.report = report->name;
  answer.as_of = question.as_of;
  answer.at = at;
  answer.parameters = std::move(parameters);
  return answer;
}

Result<std::vector<ProjectionStatus>> Ledger::projections() const {
  std::vector<ProjectionStatus> statuses;
  const std::uint64_t size = head().tree_size;
  for (const Projection& projection : projections::all_projections()) {
    ProjectionStatus status{std::string(projection.name), projection.version, 0, size, 0};
    if (parts_->kept != nullptr) {
      LIGGARE_TRY(const auto state, parts_->kept->state(projection));
      if (state) {
        status.position = state->position;
        status.lag = size - std::min(size, state->position);
        status.rows = state->rows;
      }
    }
    statuses.push_back(std::move(status));
  }
  return statuses;
}

Result<void> Ledger::rebuild_projections(
    const std::string& name,
    const std::function<void(std::uint64_t done, std::uint64_t total)>& progress) {
  LIGGARE_ASSERT(parts_->mode == Mode::write, "rebuilding needs a ledger open for writing");
  LIGGARE_TRY(const auto wanted, projections_named(name));
  if (parts_->kept == nullptr) {
    return fail(ErrorCode::io, parts_->projections_folder().string() + " can't be written");
  }
  return projection::rebuild(*parts_->log, wanted, *parts_->kept, head().tree_size, progress);
}

Result<std::vector<ProjectionCheck>> Ledger::verify_projections() const {
  const std::vector<Projection>& all = projections::all_projections();
  const std::uint64_t size = head().tree_size;
  std::vector<ProjectionCheck> checks;
  for (const Projection& projection : all) {
    const std::span<const Projection> one(&projection, 1);
    ProjectionCheck check;
    check.name = projection.name;
    std::optional<projection::KeptState> state;
    if (parts_->kept != nullptr) {
      auto read = parts_->kept->state(projection);
      check.equal = read.has_value();
      if (read) state = *read;
    } else {
      // A folder that is there and can't be opened is damaged; none is no damage.
      std::error_code error;
      check.equal = !std::filesystem::exists(parts_->projections_folder(), error) && !error;
    }
    if (state && state->position > size) check.equal = false;
    if (!state || !check.equal) {
      checks.push_back(std::move(check));
      continue;
    }
    LIGGARE_TRY(const auto folded,
                projection::FoldedRows::fold(*parts_->log, one, state->position));
    check.rebuilt_digest = to_hex(projection::digest_of(projection, folded.rows()).view());
    const auto kept = parts_->kept->read(projection, *state);
    if (kept) check.kept_digest = to_hex(projection::digest_of(projection, *kept).view());
    check.equal = kept && check.kept_digest == check.rebuilt_digest;
    checks.push_back(std::move(check));
  }
  return checks;
}

}  // namespace liggare::ledger
