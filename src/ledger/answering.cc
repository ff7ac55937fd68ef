#include "ledger/answering.h"

#include <set>

#include "base/diagnostics.h"
#include "codec/event_json.h"
#include "ledger/erased_view.h"
#include "ledger/knowledge.h"
#include "ledger/parts.h"
#include "ledger/protection.h"
#include "projection/projector.h"
#include "projections/all.h"
#include "projections/definitions.h"

namespace liggare::ledger {
namespace {

using projection::Answer;
using projection::Evidence;
using projection::Projection;
using projection::Report;

// The first ids of a kind that are known at `size`, as a choice; "none" where there are none.
std::string known_ids(const store::EventLog& log, domain::StreamKind kind, std::uint64_t size) {
  constexpr std::size_t ids_max = 12;
  const std::string prefix = std::string(domain::name_of(kind)) + "/";
  const Error enough{ErrorCode::not_found, {}};
  std::string ids;
  std::size_t count = 0;
  // Ends early with an error of its own; what can't be read is not offered.
  static_cast<void>(
      log.streams(prefix, size, [&](std::string_view subject, const auto&) -> Result<void> {
        if (!subject.starts_with(prefix)) return Unexpected{enough};
        if (count == ids_max) ids += " …";
        if (count++ == ids_max) return Unexpected{enough};
        ids.append(ids.empty() ? "" : ", ").append(subject.substr(prefix.size()));
        return {};
      }));
  return ids.empty() ? "none" : ids;
}

Result<void> require_known(const store::EventLog& log, const domain::Subject& subject,
                           std::uint64_t size) {
  LIGGARE_TRY(const auto positions, log.stream(subject.text(), size));
  if (!positions.empty()) return {};
  if (subject.kind == domain::StreamKind::participant) return unknown_participant(subject, size);
  return fail(ErrorCode::not_found, subject.text() + " is unknown at size " + std::to_string(size) +
                                        "; there are " + known_ids(log, subject.kind, size));
}

// A free choice of days would let two public answers be subtracted (contract, section 4).
Result<void> require_public(const Report& report, const ReportRequest& request, Day as_of,
                            Day today) {
  if (report.public_form == nullptr) {
    std::string names;
    for (const Report& other : projections::all_reports()) {
      if (other.public_form == nullptr) continue;
      names.append(names.empty() ? "" : ", ").append(other.name);
    }
    return fail(ErrorCode::invalid_argument, std::string(report.name) +
                                                 " names participants and has no public form; " +
                                                 names + " have one");
  }
  if (request.is_edition) return {};
  // Until a month is over, its last day is a free choice of days again: today's.
  if (as_of > today) {
    return fail(
        ErrorCode::invalid_argument,
        "--public answers as of a month's last day that has come; " + as_of.text() + " has not");
  }
  if (as_of.plus_days(1).day() == 1) return {};
  return fail(ErrorCode::invalid_argument,
              "--public answers as of a month's last day, or an edition; " + as_of.text() +
                  " is no month's last day");
}

Json sealed_event_json(const domain::RecordedEvent& event) {
  return codec::event_json(event, codec::sealed_view);
}

projection::Question question_of(const Evidence& evidence, const ReadRequest& request) {
  return {request.options,
          request.as_of,
          request.at,
          evidence.rows,
          [&](const domain::Subject& subject) { return evidence.stream(subject); },
          request.event_json};
}

// Events name single facts about single persons: a public answer has none.
Result<Answer> public_form(const Evidence& evidence, const ReadRequest& request, Answer answer) {
  LIGGARE_TRY(const auto policies, projections::Policies::read(evidence.rows));
  answer.findings = Json::array();
  answer.parameters.add("public", true);
  return request.report->public_form(question_of(evidence, request), std::move(answer),
                                     policies.on(request.as_of).small_cell);
}

}  // namespace

Result<const Report*> find_report(const std::string& name) {
  std::string names;
  for (const Report& report : projections::all_reports()) {
    if (report.name == name) return &report;
    names.append(names.empty() ? "" : ", ").append(report.name);
  }
  return fail(ErrorCode::invalid_argument,
              "there is no report \"" + name + "\"; there are " + names);
}

std::vector<Projection> projections_of(const ReadRequest& request) {
  std::set<std::string_view> names(request.report->projections.begin(),
                                   request.report->projections.end());
  if (request.is_public) names.insert("definitions");  // What a small cell is.
  std::vector<Projection> used;
  for (const Projection& projection : projections::all_projections()) {
    if (names.contains(projection.name)) used.push_back(projection);
  }
  return used;
}

Result<ReadRequest> read_request(const store::EventLog& log, const ReportRequest& request,
                                 Day today) {
  LIGGARE_TRY(const Report* report, find_report(request.name));
  LIGGARE_TRY(auto options, projection::Options::parse(report->options, request.options));
  LIGGARE_TRY(const std::uint64_t at, size_at(log, request.at));
  const Day as_of = request.as_of.value_or(today);
  if (request.is_public) {
    LIGGARE_CHECK(require_public(*report, request, as_of, today));
  }
  for (const domain::Subject& subject : options.subjects()) {
    LIGGARE_CHECK(require_known(log, subject, at));
  }
  return ReadRequest{report,
                     std::move(options),
                     as_of,
                     at,
                     request.is_public,
                     request.as_published ? sealed_event_json : erased_event_json(log)};
}

Result<Answer> answer_from(const Evidence& evidence, const ReadRequest& request) {
  LIGGARE_TRY(Answer answer, request.report->answer(question_of(evidence, request)));
  answer.report = request.report->name;
  answer.as_of = request.as_of;
  answer.at = request.at;
  answer.parameters = request.options.json();
  if (!request.is_public) return answer;
  return public_form(evidence, request, std::move(answer));
}

const std::vector<Report>& Ledger::reports() { return projections::all_reports(); }

Result<Answer> Ledger::report(const ReportRequest& request) const {
  const store::EventLog& log = *parts_->log;
  LIGGARE_TRY(const ReadRequest read, read_request(log, request, today()));
  const std::vector<Projection> used = projections_of(read);
  const auto stream_at = [&](const domain::Subject& subject) { return stream(subject, read.at); };
  if (!used.empty() && parts_->kept != nullptr && read.at == log.head().tree_size) {
    LIGGARE_TRY(const auto source,
                projection::source_at_now(log, used, parts_->kept.get(), read.at));
    auto answer = answer_from({*source, stream_at}, read);
    if (answer || answer.error().code != ErrorCode::corrupt) return answer;
    diagnostics::warn(answer.error().message + "; the answer is folded from the log");
  }
  LIGGARE_TRY(const auto folded, projection::FoldedRows::fold(log, used, read.at));
  return answer_from({folded, stream_at}, read);
}

}  // namespace liggare::ledger
