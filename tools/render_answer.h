// A report's answer as a page for people: heading, rows, summary, findings.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "projection/answer.h"
#include "tools/render_table.h"

namespace liggare::tools {

// A history shows a short form of each event; a state is shown in sections.
std::string render_answer(const projection::Answer& answer,
                          std::span<const std::string_view> columns, const Style& style);

}  // namespace liggare::tools
