// Who may write which event: one table of role and type. What is not in it is denied.
//
// Whoever works on the machine itself (local/UID) holds the files and is not judged here; the rules
// are for staff and systems that come with a name of their own.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/vocabulary.h"
#include "domain/event_type.h"
#include "domain/field.h"

namespace liggare::access {

enum class WriteDenial {
  unknown_principal,  // Neither staff nor a listed system.
  in_another_name,    // Staff act as themselves; only listed systems name others, and only staff.
  role_not_allowed,   // No role that the actor holds writes this type.
  protected_person,   // The actor is not among those who may know of the participant.
  second_person_missing  // It takes the consent of another person whose role writes it, too.
};

// The roles that write events of `type`; for a correction or void, those of its target's type.
std::span<const Role> writers_of(domain::EventType type);
// Whether a listed system may write events of `type` in its own name.
bool systems_write(domain::EventType type);

struct WriteRequest {
  domain::EventType type;                        // Of the event itself.
  std::optional<domain::EventType> target_type;  // Of a correction's or void's target.
  std::string principal;                         // Who sends it: staff/ID or system/ID.
  bool principal_is_relay = false;               // A system that is listed to speak for others.
  std::string actor;                             // In whose name.
  std::vector<Role> roles;                       // That the actor holds now.
  bool touches_health_or_offence = false;        // In the correction, or in what it amends.
  bool is_protected = false;                     // Whose stream it is.
  bool is_listed = false;  // The actor is among those whom the protection names.
  // Who else wants it, with the roles held now.
  struct Second {
    std::string who;
    std::vector<Role> roles;
  };
  std::optional<Second> second;
};

// Whether two persons must want it: a role given or taken, a key changed, an erasure carried out, a
// protection lifted or replaced; a correction or void of any of these or of any protection; and any
// change to what is said of health or offences.
bool takes_two(const WriteRequest& request);

// No value where it may be written.
std::optional<WriteDenial> judge(const WriteRequest& request);

}  // namespace liggare::access

namespace liggare::domain {

LIGGARE_WORDS(access::WriteDenial, "unknown-principal", "in-another-name", "role-not-allowed",
              "protected", "second-person-missing");

}  // namespace liggare::domain
