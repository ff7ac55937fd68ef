#include "ledger/erasure.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/bytes.h"
#include "base/file.h"
#include "domain/hash_name.h"
#include "domain/participant_facts.h"
#include "ledger/authority.h"
#include "ledger/certificate.h"
#include "ledger/erasure_arrears.h"
#include "ledger/erasure_backups.h"
#include "vault/vault.h"

namespace liggare::ledger {
namespace {

using domain::ErasureReason;
using domain::EventType;
using domain::Subject;
using Refused = std::optional<ErasureRefusal>;

Json classes_json(const std::vector<PersonalClass>& classes) {
  Json list = Json::array();
  for (const PersonalClass each : classes) list.push(name_of(each));
  return list;
}

void add_scope(Json& data, const std::optional<std::vector<PersonalClass>>& classes,
               const std::optional<std::vector<std::string>>& targets) {
  if (classes) data.add("classes", classes_json(*classes));
  if (targets) data.add("targets", Json::list(*targets));
}

ErasureRefusal refusal_of(const Refusal& refusal) {
  return {std::string(domain::name_of(refusal.rejection.code)), refusal.rejection.detail};
}

// A decision sent twice is the same event, as long as nothing was added to the stream meanwhile.
std::string decision_id(const Subject& subject, std::size_t version) {
  constexpr std::size_t digits = 24;
  const Hash hash = sha256({subject.text(), std::string_view("\0", 1), std::to_string(version)});
  return domain::hash_name("erasure-", to_hex(hash.view()).substr(0, digits));
}

Result<void> check_targets(const domain::Stream& stream, const std::vector<std::string>& targets) {
  for (const std::string& target : targets) {
    const auto found = std::find_if(stream.begin(), stream.end(),
                                    [&](const auto& event) { return event->event.id == target; });
    if (found == stream.end()) {
      return fail(ErrorCode::not_found, "the participant has no event \"" + target + "\"");
    }
    if ((*found)->event.personal.value_or(std::vector<PersonalClass>()).empty()) {
      return fail(ErrorCode::invalid_argument, "event " + target + " holds no personal data");
    }
  }
  return {};
}

std::set<PersonalClass> classes_of(const DecidedErasure& erasure,
                                   const std::vector<SealedSection>& sections) {
  std::set<PersonalClass> classes;
  if (erasure.data.classes)
    classes.insert(erasure.data.classes->begin(), erasure.data.classes->end());
  for (const SealedSection& each : sections) classes.insert(each.section.personal_class);
  return classes;
}

// What the ledger would refuse to record must not be begun: it could never be ended.
Refused find_gap(const domain::ParticipantFacts& facts, const DecidedErasure& erasure) {
  for (const std::string& each :
       domain::erased_things(erasure.data.classes, erasure.data.targets)) {
    if (facts.decided_erasures.contains(each)) continue;
    return ErasureRefusal{"wrong-state", each +
                                             " was erased by another decision after this one was "
                                             "made: decide anew on the rest"};
  }
  return std::nullopt;
}

// A hold forbids every erasure, whatever its reason.
Refused find_hold(const domain::ParticipantFacts& facts, const std::set<PersonalClass>& classes) {
  for (const auto& [id, hold] : facts.holds) {
    if (hold.released) continue;
    for (const PersonalClass each : hold.classes) {
      if (!classes.contains(each)) continue;
      return ErasureRefusal{"held", "hold " + id + " covers the class " +
                                        std::string(name_of(each)) + "; release it first"};
    }
  }
  return std::nullopt;
}

// Rules to keep or archive yield to what the law gives the person, and to what never should have
// been there; an erasure by the rules themselves waits for its day.
Result<Refused> find_duty(const Ledger& ledger, const DecidedErasure& erasure,
                          const std::set<PersonalClass>& classes) {
  if (erasure.data.reason != ErasureReason::retention) return Refused();
  ReportRequest request;
  request.name = "retention";
  request.options["participant"] = erasure.event->event.subject.id;
  LIGGARE_TRY(const projection::Answer answer, ledger.report(request));
  for (const Json& row : *answer.rows.as_array()) {
    const auto personal_class = personal_class_named(*row.find("class")->as_text());
    if (!personal_class || !classes.contains(*personal_class)) continue;
    const std::string& action = *row.find("action")->as_text();
    const std::string where = "rule " + *row.find("rule")->as_text() + " for the class " +
                              std::string(name_of(*personal_class));
    if (action != domain::word_of(domain::RetentionAction::erase)) {
      return Refused({"must-be-kept", where + " says " + action});
    }
    if (*row.find("state")->as_text() != "not-due") continue;
    const std::string* due = row.find("due")->as_text();
    return Refused(
        {"must-be-kept", where + " is due " + (due != nullptr ? "on " + *due : "later")});
  }
  return Refused();
}

// One erasure on its way, from wherever it was left.
class Execution {
 public:
  Execution(Ledger& ledger, vault::Vault& vault, const ErasureOrder& order)
      : ledger_(ledger), vault_(vault), order_(order) {}

  Result<Result<ExecutedErasure, ErasureRefusal>> run() {
    LIGGARE_TRY(done_.erasure, decided_erasure(ledger_, order_.decision));
    LIGGARE_TRY(sections_, sections_of(ledger_, done_.erasure));
    done_.sections = sections_.size();
    done_.actor = order_.actor;
    done_.certificate = certificate_path(ledger_.folders(), order_.decision);
    LIGGARE_TRY(const auto begun, pending());
    done_.again = done_.erasure.executed && begun && begun->again;
    if (done_.erasure.executed && !done_.again) {
      done_.was_done = true;
      LIGGARE_CHECK(let_the_fence_down());
      return Result<ExecutedErasure, ErasureRefusal>(std::move(done_));
    }
    LIGGARE_CHECK(
        authorise(ledger_, {EventType::erasure_executed, done_.erasure.event->event.subject,
                            order_.actor, done_.erasure.event->event.actor}));
    if (done_.again) {
      LIGGARE_CHECK(destroy_again());
      return Result<ExecutedErasure, ErasureRefusal>(std::move(done_));
    }
    LIGGARE_TRY(Refused refused, find_obstacle());
    if (!refused) {
      LIGGARE_CHECK(destroy());
      LIGGARE_TRY(refused, record());
    }
    if (refused) return Result<ExecutedErasure, ErasureRefusal>(Unexpected{*std::move(refused)});
    return Result<ExecutedErasure, ErasureRefusal>(std::move(done_));
  }

 private:
  Result<std::optional<vault::PendingErasure>> pending() {
    LIGGARE_TRY(const auto all, vault_.pending_erasures());
    for (const vault::PendingErasure& each : all) {
      if (each.erasure.decision == order_.decision) return std::optional(each);
    }
    return std::optional<vault::PendingErasure>();
  }

  // What is destroyed already can't be kept any more.
  Result<Refused> find_obstacle() {
    LIGGARE_TRY(const auto all, vault_.pending_erasures());
    for (const vault::PendingErasure& each : all) {
      if (each.erasure.subject != done_.erasure.subject()) continue;
      if (each.erasure.decision != order_.decision) {
        return Refused({"fenced", "erasure " + each.erasure.decision +
                                      " of the same participant is under way: resume it first"});
      }
      if (each.step != vault::ErasureStep::fenced) return Refused();
    }
    const auto classes = classes_of(done_.erasure, sections_);
    LIGGARE_TRY(const auto stream,
                ledger_.stream(done_.erasure.event->event.subject, ledger_.head().tree_size));
    const auto facts = domain::participant_facts(domain::timeline_of(stream));
    Refused refused = find_gap(facts, done_.erasure);
    if (!refused) refused = find_hold(facts, classes);
    if (refused) return refused;
    return find_duty(ledger_, done_.erasure, classes);
  }

  Result<void> destroy() {
    LIGGARE_TRY(const auto begun, pending());
    // What was begun stays what it was told.
    const vault::Erasure told = begun ? begun->erasure : vault_erasure(done_.erasure, sections_);
    LIGGARE_CHECK(vault_.begin_erasure(told));
    step();
    // Whatever was sealed before the fence is in the ledger, or refused, once this is answered.
    LIGGARE_TRY(const auto nothing, ledger_.append({}));
    LIGGARE_TRY(sections_, sections_of(ledger_, done_.erasure));
    done_.sections = sections_.size();
    LIGGARE_TRY(done_.destroyed, vault_.destroy(told, key_ids()));
    step();
    LIGGARE_TRY(done_.places, check_erasure(ledger_, vault_, done_.erasure, sections_));
    return {};
  }

  // Also those that an older vault does not know: they must never come back.
  std::vector<std::string> key_ids() const {
    std::set<std::string> ids;
    if (done_.erasure.data.classes) {
      for (const SealedSection& each : sections_) ids.insert(each.section.key_id);
    }
    return {ids.begin(), ids.end()};
  }

  // The ledger has it already, and the first certificate stays.
  Result<void> destroy_again() {
    LIGGARE_TRY(const auto begun, pending());
    if (begun->step == vault::ErasureStep::fenced) {
      LIGGARE_CHECK(recall_backups(ledger_, vault_, done_.erasure));
    }
    LIGGARE_CHECK(destroy());
    int time = 1;
    std::error_code ignored;
    do {
      done_.certificate = certificate_path(ledger_.folders(), order_.decision, time++);
    } while (std::filesystem::exists(done_.certificate, ignored));
    LIGGARE_TRY(const std::string digest, write_certificate(ledger_, done_));
    step();
    return let_the_fence_down();
  }

  Result<Refused> record() {
    LIGGARE_TRY(const std::string digest, write_certificate(ledger_, done_));
    step();
    Json data = Json::object();
    add_scope(data, done_.erasure.data.classes, done_.erasure.data.targets);
    data.add("vaultEpoch", done_.destroyed.epoch).add("certificate", digest);
    LIGGARE_TRY(const Verdict verdict,
                ledger_.append_own({executed_id(order_.decision), EventType::erasure_executed,
                                    done_.erasure.event->event.subject, ledger_.today(),
                                    order_.actor, std::move(data)}));
    if (!verdict) return Refused(refusal_of(verdict.error()));
    step();
    LIGGARE_TRY(done_.erasure, decided_erasure(ledger_, order_.decision));
    LIGGARE_CHECK(let_the_fence_down());
    return Refused();
  }

  Result<void> let_the_fence_down() {
    LIGGARE_TRY(const auto begun, pending());
    if (begun) {
      LIGGARE_CHECK(vault_.finish_erasure(order_.decision));
    }
    step();
    return {};
  }

  void step() const {
    if (order_.at_step) order_.at_step();
  }

  Ledger& ledger_;
  vault::Vault& vault_;
  const ErasureOrder& order_;
  ExecutedErasure done_;
  std::vector<SealedSection> sections_;
};

Result<vault::Vault*> open_vault_of(const Ledger& ledger) {
  if (ledger.vault() != nullptr) return ledger.vault();
  LIGGARE_CHECK(wait_for_vault_of(ledger));
  return fail(ErrorCode::busy, "the vault was in use when the ledger was opened: try again");
}

}  // namespace

Result<Result<Receipt, ErasureRefusal>> decide_erasure(Ledger& ledger,
                                                       const ErasureProposal& proposal) {
  const Subject subject{domain::StreamKind::participant, proposal.participant};
  LIGGARE_CHECK(authorise(ledger, {EventType::erasure_decided, subject, proposal.actor, {}}));
  LIGGARE_TRY(const auto stream, ledger.stream(subject, ledger.head().tree_size));
  if (stream.empty()) return fail(ErrorCode::not_found, "there is no " + subject.text());
  if (proposal.targets) {
    LIGGARE_CHECK(check_targets(stream, *proposal.targets));
  }
  Json data = Json::object();
  add_scope(data, proposal.classes, proposal.targets);
  data.add("reason", domain::word_of(proposal.reason)).add("decision", proposal.decision);
  LIGGARE_TRY(const Verdict verdict,
              ledger.append_own({decision_id(subject, stream.size()), EventType::erasure_decided,
                                 subject, ledger.today(), proposal.actor, std::move(data)}));
  if (!verdict) {
    return Result<Receipt, ErasureRefusal>(Unexpected{refusal_of(verdict.error())});
  }
  return Result<Receipt, ErasureRefusal>(*verdict);
}

Result<Result<ExecutedErasure, ErasureRefusal>> execute_erasure(Ledger& ledger,
                                                                const ErasureOrder& order) {
  LIGGARE_TRY(vault::Vault* const vault, open_vault_of(ledger));
  return Execution(ledger, *vault, order).run();
}

Result<std::vector<Result<ExecutedErasure, ErasureRefusal>>> resume_erasures(
    Ledger& ledger, const std::string& actor, const std::function<void()>& at_step) {
  LIGGARE_TRY(vault::Vault* const vault, open_vault_of(ledger));
  LIGGARE_TRY(const auto pending, vault->pending_erasures());
  // In the order of the ledger: a backup that lay between two opens the later one alone.
  std::map<std::uint64_t, std::string> decisions;
  for (const vault::PendingErasure& each : pending) {
    LIGGARE_TRY(const auto erasure, decided_erasure(ledger, each.erasure.decision));
    const auto& last = erasure.executed ? erasure.executed : erasure.event;
    decisions.emplace(last->position, erasure.id());
  }
  std::vector<Result<ExecutedErasure, ErasureRefusal>> ended;
  for (const auto& [position, decision] : decisions) {
    LIGGARE_TRY(auto one, execute_erasure(ledger, {decision, actor, at_step}));
    ended.push_back(std::move(one));
  }
  return ended;
}

std::filesystem::path certificate_path(const Folders& folders, const std::string& decision) {
  return folders.ledger / "erasures" / (decision + ".certificate");
}

std::filesystem::path certificate_path(const Folders& folders, const std::string& decision,
                                       int time) {
  return folders.ledger / "erasures" /
         (decision + ".again-" + std::to_string(time) + ".certificate");
}

}  // namespace liggare::ledger
