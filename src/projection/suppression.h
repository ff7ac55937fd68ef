// Small cells: which counts of persons a public answer must not show (contract, section 4).
//
// A count of 1 … smallCell − 1 persons is hidden (primary). A hidden count that follows from the
// shown ones by adding and subtracting is no longer hidden, so further counts go until none does
// (complementary). The same where a shown total leaves no more than 1, or just smallCell − 1, for
// each of its hidden parts. What follows from what is told by the parts that counts are made of.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "projection/answer.h"

namespace liggare::projection {

// A count of persons in an answer.
struct CountCell {
  // Where it stands: names of members from the answer's rows (or the extra `in`) down.
  std::string in = "rows";
  std::size_t row = 0;
  std::string column;
  std::string member;  // Of an object in that column, "employment" in outcomes; else empty.
  std::int64_t count = 0;
  // The count as a sum of parts that nothing in the answer divides further, each with its sign.
  // Counts that share no part say nothing about each other.
  std::map<std::string, int> parts;
  // Columns of the same row that would give it away, hidden with it.
  std::vector<std::string> companions;
};

// One flag for each cell: whether it is hidden. The same for the same cells, always.
std::vector<bool> hidden_cells(const std::vector<CountCell>& cells, std::int64_t small_cell);

// Puts {"suppressed": true} in place of what is hidden.
void suppress(Answer& answer, const std::vector<CountCell>& cells, std::int64_t small_cell);

}  // namespace liggare::projection
