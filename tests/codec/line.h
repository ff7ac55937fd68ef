// A small language for lines: an event's JSON with one thing changed, and what is answered.
#pragma once

#include <source_location>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "codec/event_line.h"

namespace liggare::codec {

class Line {
 public:
  // A line about participant/P1 without a fault.
  Line(std::string_view type, std::string_view data);

  // `json` in the attribute's place, or added at the end.
  Line with(std::string_view attribute, std::string_view json) const;
  Line without(std::string_view attribute) const;
  Line about(std::string_view subject) const;
  std::string text() const;

 private:
  std::vector<std::pair<std::string, std::string>> attributes_;
};

// Lines that several tests change.
Line note();                                // note.recorded, with personal data
Line registration(std::string_view data);   // participant.registered
Line target(std::string_view scope);        // target.set with that scope
Line correction(std::string_view members);  // event.corrected with these members beside target

using domain::RejectionCode;

void expect_taken(const std::string& line,
                  std::source_location at = std::source_location::current());
void expect_taken(const Line& line, std::source_location at = std::source_location::current());
void expect_refused(const std::string& line, RejectionCode code, std::string_view path,
                    std::source_location at = std::source_location::current());
void expect_refused(const Line& line, RejectionCode code, std::string_view path,
                    std::source_location at = std::source_location::current());

// `value` in quotation marks.
std::string in_quotes(std::string_view value);

}  // namespace liggare::codec
