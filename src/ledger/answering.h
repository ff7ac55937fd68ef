// How the façade answers a report: what it looks up, and the question it asks.
#pragma once

#include "ledger/ledger.h"
#include "projection/explanation.h"
#include "projection/projection.h"
#include "projection/report.h"
#include "store/event_log.h"

namespace liggare::ledger {

// invalid_argument where there is none; the message names those that there are.
Result<const projection::Report*> find_report(const std::string& name);

// A request, read: everything but the facts.
struct ReadRequest {
  const projection::Report* report;
  projection::Options options;
  Day as_of = Day::first();
  std::uint64_t at = 0;
  bool is_public = false;
  // An event as everyone may see it, erasures judged at now.
  std::function<Json(const domain::RecordedEvent&)> event_json;
};

// The projections whose rows the answer is made from.
std::vector<projection::Projection> projections_of(const ReadRequest& request);

// invalid_argument for wrong options, not_found for a subject unknown at `at`.
Result<ReadRequest> read_request(const store::EventLog& log, const ReportRequest& request,
                                 Day today);

// The report's answer from this evidence, in its public form where that is asked for.
Result<projection::Answer> answer_from(const projection::Evidence& evidence,
                                       const ReadRequest& request);

}  // namespace liggare::ledger
