#include "access/read_rules.h"

#include <algorithm>

namespace liggare::access {
namespace {

using enum PersonalClass;
using Classes = std::vector<PersonalClass>;

const Classes everything(personal_classes.begin(), personal_classes.end());
const Classes who_and_notes = {identity, ordinary};

// The right of one role to read, for one purpose.
struct ReadRule {
  Role role;
  Relation relation;  // The weakest that will do; task for roles that have to do with everyone.
  Purpose purpose;
  std::vector<PersonalClass> classes;
};

// One row a purpose; what is not here is denied.
const std::vector<ReadRule>& table() {
  using enum Relation;
  using enum Role;
  static const std::vector<ReadRule> rules = {
      {consultant, assigned, Purpose::case_work, everything},
      {consultant, assigned, Purpose::follow_up, everything},
      {consultant, unit, Purpose::case_work, who_and_notes},
      {consultant, unit, Purpose::follow_up, who_and_notes},
      {supervisor, unit, Purpose::case_work, who_and_notes},
      {supervisor, unit, Purpose::follow_up, who_and_notes},
      {lead, unit, Purpose::case_work, {identity, ordinary, social}},
      {lead, unit, Purpose::follow_up, {identity, ordinary, social}},
      {lead, unit, Purpose::supervision, {identity, ordinary, social}},
      {registrar, task, Purpose::registration, {identity}},
      // Without identity: a history is reviewed under its pseudonym.
      {auditor, task, Purpose::audit, {ordinary, social, health, offence}},
      {dpo, task, Purpose::data_protection, everything},
      {dpo, task, Purpose::access_request, everything},
      {dpo, task, Purpose::incident, everything},
      // Behind glass: whatever the relation, for a reason, for an hour.
      {consultant, none, Purpose::emergency, everything},
      {supervisor, none, Purpose::emergency, everything},
      {lead, none, Purpose::emergency, everything},
  };
  return rules;
}

bool holds(const Standing& standing, Role role) {
  return std::any_of(standing.roles.begin(), standing.roles.end(),
                     [role](const HeldRole& held) { return held.role == role; });
}

bool holds_at_their_unit(const Standing& standing, Role role) {
  return std::any_of(standing.roles.begin(), standing.roles.end(), [&](const HeldRole& held) {
    return held.role == role && standing.units.contains(held.unit);
  });
}

bool has_relation(const Standing& standing, Role role, Relation relation) {
  switch (relation) {
    case Relation::none:
    case Relation::task:
      return holds(standing, role);
    case Relation::unit:
      return holds_at_their_unit(standing, role);
    case Relation::assigned:
      return standing.is_consultant && holds(standing, role);
  }
  return false;
}

// The strongest that the reader has in this role.
Relation relation_in(const Standing& standing, Role role) {
  if (role == Role::consultant && standing.is_consultant) return Relation::assigned;
  if (role == Role::consultant || role == Role::supervisor || role == Role::lead) {
    return holds_at_their_unit(standing, role) ? Relation::unit : Relation::none;
  }
  const bool has_task = role == Role::dpo || role == Role::auditor || role == Role::registrar;
  return has_task ? Relation::task : Relation::none;
}

struct Rows {
  std::vector<const ReadRule*> of_role;      // A role that is held.
  std::vector<const ReadRule*> of_relation;  // Of these, those whose relation is there.
  std::vector<const ReadRule*> of_purpose;   // Of these, those for what is asked.
};

Rows rows_for(const Standing& standing, const Request& request) {
  Rows rows;
  for (const ReadRule& rule : table()) {
    const bool behind_glass = rule.purpose == Purpose::emergency;
    if (behind_glass != request.breaks_glass || !holds(standing, rule.role)) continue;
    rows.of_role.push_back(&rule);
    if (!has_relation(standing, rule.role, rule.relation)) continue;
    rows.of_relation.push_back(&rule);
    if (rule.purpose == request.purpose) rows.of_purpose.push_back(&rule);
  }
  return rows;
}

std::optional<Denial> denial_of_glass(const Standing& standing, const Request& request) {
  if (request.gives_reason || standing.break_glass == BreakGlass::open) return std::nullopt;
  return standing.break_glass == BreakGlass::expired ? Denial::break_glass_expired
                                                     : Denial::reason_missing;
}

std::optional<Denial> denial_before_classes(const Standing& standing, const Request& request,
                                            const Rows& rows) {
  if (standing.is_protected && !standing.is_listed) return Denial::protected_person;
  if (rows.of_role.empty()) return Denial::no_role;
  if (rows.of_relation.empty()) return Denial::no_relation;
  if (rows.of_purpose.empty()) return Denial::purpose_not_allowed;
  if (request.breaks_glass) return denial_of_glass(standing, request);
  return std::nullopt;
}

bool contains(const Classes& classes, PersonalClass one) {
  return std::find(classes.begin(), classes.end(), one) != classes.end();
}

bool may_read(const Rows& rows, PersonalClass one) {
  return std::any_of(rows.of_purpose.begin(), rows.of_purpose.end(),
                     [one](const ReadRule* rule) { return contains(rule->classes, one); });
}

// The row in whose capacity the reader reads: the one that gives most, or that comes nearest.
const ReadRule* row_that_counts(const Rows& rows) {
  const auto& nearest = !rows.of_purpose.empty()    ? rows.of_purpose
                        : !rows.of_relation.empty() ? rows.of_relation
                                                    : rows.of_role;
  const auto most =
      std::max_element(nearest.begin(), nearest.end(), [](const auto* left, const auto* right) {
        return left->classes.size() < right->classes.size();
      });
  return most == nearest.end() ? nullptr : *most;
}

}  // namespace

Decision decide(const Standing& standing, const Request& request) {
  const Rows rows = rows_for(standing, request);
  Decision decision;
  if (const ReadRule* row = row_that_counts(rows)) {
    decision.role = row->role;
    decision.relation = relation_in(standing, row->role);
  }
  decision.denial = denial_before_classes(standing, request, rows);
  const Classes asked = request.classes.value_or(everything);
  for (const PersonalClass one : personal_classes) {
    if (!contains(asked, one)) continue;
    const bool is_allowed = !decision.denial && may_read(rows, one);
    (is_allowed ? decision.allowed : decision.refused).push_back(one);
  }
  const bool is_named_in_vain = request.classes && !decision.refused.empty();
  if (!decision.denial && is_named_in_vain) {
    decision.denial = Denial::class_not_allowed;
    decision.refused = asked;
    decision.allowed.clear();
  }
  return decision;
}

}  // namespace liggare::access
