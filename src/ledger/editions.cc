#include <map>

#include "base/sha256.h"
#include "codec/parsed_json.h"
#include "domain/hash_name.h"
#include "ledger/answering.h"
#include "ledger/known_streams.h"
#include "ledger/parts.h"
#include "ledger/sealer.h"
#include "projections/all.h"

namespace liggare::ledger {
namespace {

using domain::ReportPublished;
using domain::StreamKind;
using domain::Subject;
using projection::Answer;

// The same publication always has the same id, so that sending it twice changes nothing.
std::string event_id_of(const std::string& edition, const ReportPublished& published) {
  constexpr std::size_t digits = 32;
  const std::string separator(1, '\0');
  const Hash hash =
      sha256({edition, separator, published.report, separator, published.parameters, separator,
              published.as_of.text(), separator, std::to_string(published.at), separator,
              published.digest, separator, published.document.value_or("")});
  return domain::hash_name("edition-", to_hex(hash.view()).substr(0, digits));
}

// Options by name, as Options::parse reads them, from an answer's parameters.
Result<std::map<std::string, std::string>> options_of(const projection::Report& report,
                                                      const Json& parameters) {
  std::map<std::string, std::string> options;
  for (const projection::OptionSpec& spec : report.options) {
    const Json* value = parameters.find(projection::parameter_name(spec.name));
    if (value == nullptr) continue;
    options.emplace(spec.name, value->as_text() != nullptr ? *value->as_text() : value->text());
  }
  return options;
}

Result<ReportRequest> request_of(const Edition& edition) {
  LIGGARE_TRY(const projection::Report* report, find_report(edition.published.report));
  if (report->version != edition.published.definition_version) {
    return fail(ErrorCode::unsupported,
                "edition " + edition.id + " was published under definition " +
                    std::to_string(edition.published.definition_version) + " of " +
                    edition.published.report + "; this liggare has definition " +
                    std::to_string(report->version));
  }
  LIGGARE_TRY(const Json parameters, codec::parse_json(edition.published.parameters));
  ReportRequest request;
  request.name = edition.published.report;
  LIGGARE_TRY(request.options, options_of(*report, parameters));
  request.as_of = edition.published.as_of;
  request.at = static_cast<std::uint64_t>(edition.published.at);
  request.is_public = parameters.find("public") != nullptr;
  request.is_edition = true;
  request.as_published = true;
  return request;
}

// Rows by what tells them apart.
std::map<std::string, const Json*> by_key(const Answer& answer, const projection::Report& report) {
  std::map<std::string, const Json*> rows;
  for (const Json& row : *answer.rows.as_array()) {
    std::string key;
    for (std::size_t i = 0; i < report.key_columns; ++i) {
      const Json* value = row.find(report.columns[i]);
      if (value != nullptr) key += value->text();
      key.push_back('\0');
    }
    // Rows alike in all that tells rows apart, such as a figure published twice: in their order.
    std::size_t occurrence = 0;
    while (rows.contains(key + std::to_string(occurrence))) ++occurrence;
    rows.emplace(key + std::to_string(occurrence), &row);
  }
  return rows;
}

Json key_of(const Json& row, const projection::Report& report) {
  Json key = Json::object();
  for (std::size_t i = 0; i < report.key_columns; ++i) {
    if (const Json* value = row.find(report.columns[i])) key.add(report.columns[i], *value);
  }
  return key;
}

std::vector<RowChange> changes_between(const Answer& before, const Answer& after,
                                       const projection::Report& report) {
  const auto old_rows = by_key(before, report);
  const auto new_rows = by_key(after, report);
  std::vector<RowChange> changes;
  for (const auto& [key, row] : old_rows) {
    const auto now = new_rows.find(key);
    if (now != new_rows.end() && *now->second == *row) continue;
    changes.push_back({key_of(*row, report), *row, now == new_rows.end() ? Json() : *now->second});
  }
  for (const auto& [key, row] : new_rows) {
    if (!old_rows.contains(key)) changes.push_back({key_of(*row, report), Json(), *row});
  }
  return changes;
}

// Those of `left` that `right` has not.
Json without(const Json& left, const Json& right) {
  Json list = Json::array();
  for (const Json& finding : *left.as_array()) {
    const Json::Array& others = *right.as_array();
    if (std::find(others.begin(), others.end(), finding) == others.end()) list.push(finding);
  }
  return list;
}

bool same_answer(const Answer& left, const Answer& right) {
  return left.rows == right.rows && left.findings == right.findings && left.extras == right.extras;
}

Refusal explained(const Refusal& refusal, const std::string& edition) {
  const domain::Rejection& rejection = refusal.rejection;
  std::string detail = "edition " + edition + ": ";
  if (rejection.code == domain::RejectionCode::already_exists) {
    detail +=
        "published before with another answer; to send that one again, name its size with --at";
  } else {
    detail += rejection.detail;
  }
  return {{}, {rejection.code, std::move(detail)}};
}

}  // namespace

std::string digest_of(const Answer& answer) {
  return to_hex(sha256({answer.json().text(), "\n"}).view());
}

Result<Result<Edition, Refusal>> Ledger::publish(const ReportRequest& request,
                                                 const EditionName& name) {
  LIGGARE_ASSERT(parts_->sequencer != nullptr, "publishing needs a ledger open for writing");
  LIGGARE_TRY(const ReadRequest read, read_request(*parts_->log, request, today()));
  ReportRequest fixed = request;
  fixed.as_of = read.as_of;
  fixed.at = read.at;
  fixed.as_published = true;
  LIGGARE_TRY(const Answer answer, report(fixed));
  ReportPublished published{request.name,
                            read.report->version,
                            answer.parameters.text(),
                            read.as_of,
                            static_cast<std::int64_t>(read.at),
                            digest_of(answer),
                            name.document};
  const std::string event_id = event_id_of(name.id, published);
  const Json data = Json::object()
                        .add("report", published.report)
                        .add("definitionVersion", published.definition_version)
                        .add("parameters", published.parameters)
                        .add("asOf", published.as_of)
                        .add("at", published.at)
                        .add("digest", published.digest);
  Json with_document = data;
  if (published.document) with_document.add("document", *published.document);
  // A day of its own would make publishing again another event.
  LIGGARE_TRY(const auto known, position_of(event_id));
  Day day = today();
  if (known) {
    LIGGARE_TRY(const Json entry, history_entry(*known));
    day = Day::parse(*entry.find("effective")->as_text()).value_or(day);
  }
  LIGGARE_TRY(const Verdict verdict, append_own({event_id,
                                                 domain::EventType::report_published,
                                                 {StreamKind::edition, name.id},
                                                 day,
                                                 name.actor,
                                                 std::move(with_document)}));
  if (!verdict) return Result<Edition, Refusal>(Unexpected{explained(verdict.error(), name.id)});
  return Result<Edition, Refusal>(
      Edition{name.id, verdict->position, event_id, verdict->duplicate, std::move(published)});
}

Result<Reproduction> Ledger::edition(const std::string& id) const {
  LIGGARE_TRY(const domain::Stream events, stream({StreamKind::edition, id}, head().tree_size));
  if (events.empty()) return fail(ErrorCode::not_found, "there is no edition \"" + id + "\"");
  const domain::RecordedEvent& event = *events.front();
  const auto* published = std::get_if<ReportPublished>(&event.event.data);
  LIGGARE_ASSERT(published != nullptr, "an edition begins with report.published");
  Reproduction reproduction{{id, event.position, event.event.id, false, *published}, {}};
  LIGGARE_TRY(const ReportRequest request, request_of(reproduction.edition));
  LIGGARE_TRY(reproduction.answer, report(request));
  if (digest_of(reproduction.answer) != published->digest) {
    return fail(ErrorCode::corrupt, "edition " + id +
                                        " does not come out as it was published: "
                                        "its digest is " +
                                        published->digest + ", the answer's " +
                                        digest_of(reproduction.answer));
  }
  return reproduction;
}

Result<Answer> Ledger::public_edition(const std::string& id) const {
  LIGGARE_TRY(const Reproduction reproduction, edition(id));
  LIGGARE_TRY(ReportRequest request, request_of(reproduction.edition));
  request.is_public = true;
  return report(request);
}

Result<EditionDifference> Ledger::edition_difference(
    const std::string& id, const std::function<void(std::uint64_t)>& progress) const {
  const store::EventLog& log = *parts_->log;
  LIGGARE_TRY(Reproduction reproduction, edition(id));
  LIGGARE_TRY(ReportRequest request, request_of(reproduction.edition));
  const std::uint64_t then = std::get<std::uint64_t>(request.at);
  const std::uint64_t now = log.head().tree_size;
  request.at = now;
  LIGGARE_TRY(const ReadRequest read, read_request(log, request, today()));
  LIGGARE_TRY(const Answer after, report(request));
  EditionDifference difference;
  difference.edition = std::move(reproduction.edition);
  difference.now = now;
  for (std::size_t i = 0; i < read.report->key_columns; ++i) {
    difference.columns.emplace_back(read.report->columns[i]);
  }
  difference.rows = changes_between(reproduction.answer, after, *read.report);
  difference.findings_before = without(reproduction.answer.findings, after.findings);
  difference.findings_after = without(after.findings, reproduction.answer.findings);
  if (same_answer(reproduction.answer, after)) return difference;
  LIGGARE_TRY(const auto streams, known_streams(log, now, [](const Subject&) { return true; }));
  const projection::Holds holds = [&](const projection::Evidence& evidence) -> Result<bool> {
    LIGGARE_TRY(const Answer trial, answer_from(evidence, read));
    return same_answer(trial, after);
  };
  const auto used = projections_of(read);
  LIGGARE_TRY(const auto explanation, projection::explain(streams, used, holds, {then, progress}));
  difference.events = explanation.rests_on;
  difference.events.insert(difference.events.end(), explanation.refers_to.begin(),
                           explanation.refers_to.end());
  std::sort(difference.events.begin(), difference.events.end());
  return difference;
}

}  // namespace liggare::ledger
