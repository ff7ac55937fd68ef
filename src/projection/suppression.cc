#include "projection/suppression.h"

#include <algorithm>
#include <optional>
#include <set>

namespace liggare::projection {
namespace {

// Arithmetic modulo a prime: exact, and a sum that vanishes by chance alone would take a count of
// parts near 2^31.
constexpr std::int64_t prime = 2'147'483'647;

std::int64_t modulo(std::int64_t value) { return ((value % prime) + prime) % prime; }

std::int64_t inverse(std::int64_t value) {
  std::int64_t result = 1;
  for (std::int64_t exponent = prime - 2; exponent > 0; exponent /= 2) {
    if (exponent % 2 == 1) result = result * value % prime;
    value = value * value % prime;
  }
  return result;
}

// A sparse vector: by part, or by the cells that were combined.
using Vector = std::map<std::size_t, std::int64_t>;

void subtract(Vector& from, const Vector& what, std::int64_t times) {
  for (const auto& [index, value] : what) {
    const std::int64_t left = modulo(from[index] - value * times % prime);
    if (left == 0) {
      from.erase(index);
    } else {
      from[index] = left;
    }
  }
}

// What can be reached by adding and subtracting shown cells.
class Span {
 public:
  void add(std::size_t cell, Vector parts) {
    Vector made_of{{cell, 1}};
    reduce(parts, made_of);
    if (parts.empty()) return;
    const std::int64_t scale = inverse(parts.begin()->second);
    for (auto& [part, value] : parts) value = value * scale % prime;
    for (auto& [index, value] : made_of) value = value * scale % prime;
    const std::size_t pivot = parts.begin()->first;
    rows_.emplace(pivot, Row{std::move(parts), std::move(made_of)});
  }

  // The shown cells that give these parts away; nothing where they don't.
  std::optional<Vector> combination_of(Vector parts) const {
    Vector made_of;
    reduce(parts, made_of);
    if (!parts.empty()) return std::nullopt;
    return made_of;
  }

 private:
  struct Row {
    Vector parts;  // The first one is 1 and belongs to this row alone.
    Vector made_of;
  };

  void reduce(Vector& parts, Vector& made_of) const {
    for (auto part = parts.begin(); part != parts.end();) {
      const std::size_t index = part->first;
      const auto row = rows_.find(index);
      if (row == rows_.end()) {
        ++part;
        continue;
      }
      const std::int64_t times = part->second;
      subtract(parts, row->second.parts, times);
      subtract(made_of, row->second.made_of, times);
      part = parts.upper_bound(index);
    }
  }

  std::map<std::size_t, Row> rows_;
};

// Cells that share parts, directly or through others, and nobody else.
std::vector<std::vector<std::size_t>> groups_of(const std::vector<Vector>& cells) {
  std::vector<std::size_t> group(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) group[i] = i;
  const auto root = [&](std::size_t i) {
    while (group[i] != i) i = group[i] = group[group[i]];
    return i;
  };
  std::map<std::size_t, std::size_t> first_with;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    for (const auto& [part, value] : cells[i]) {
      const auto [first, is_new] = first_with.emplace(part, i);
      if (!is_new) group[root(i)] = root(first->second);
    }
  }
  std::map<std::size_t, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < cells.size(); ++i) members[root(i)].push_back(i);
  std::vector<std::vector<std::size_t>> groups;
  for (auto& [first, cells_in] : members) groups.push_back(std::move(cells_in));
  return groups;
}

// A shown cell through which a hidden one can be reckoned: the smallest, the first of those.
std::optional<std::size_t> leak_in(const std::vector<std::size_t>& group,
                                   const std::vector<Vector>& vectors,
                                   const std::vector<CountCell>& cells,
                                   const std::vector<bool>& hidden) {
  Span shown;
  for (const std::size_t cell : group) {
    if (!hidden[cell]) shown.add(cell, vectors[cell]);
  }
  for (const std::size_t cell : group) {
    if (!hidden[cell]) continue;
    const auto combination = shown.combination_of(vectors[cell]);
    if (!combination || combination->empty()) continue;
    const auto smallest = std::min_element(
        combination->begin(), combination->end(), [&](const auto& left, const auto& right) {
          return cells[left.first].count < cells[right.first].count;
        });
    return smallest->first;
  }
  return std::nullopt;
}

// A sum of cells of one part each, shown, of which some are hidden.
struct Sum {
  std::int64_t left;  // What the hidden ones have together, with what no cell counts.
  std::vector<std::size_t> hidden;
  std::optional<std::size_t> smallest_shown;
};

Sum sum_of(std::size_t total, const std::vector<std::size_t>& group,
           const std::vector<Vector>& vectors, const std::vector<CountCell>& cells,
           const std::vector<bool>& hidden) {
  Sum sum{cells[total].count, {}, std::nullopt};
  for (const std::size_t cell : group) {
    const bool is_part = cell != total && vectors[cell].size() == 1 &&
                         vectors[total].contains(vectors[cell].begin()->first);
    if (!is_part) continue;
    if (hidden[cell]) {
      sum.hidden.push_back(cell);
      continue;
    }
    sum.left -= cells[cell].count;
    if (!sum.smallest_shown || cells[cell].count < cells[*sum.smallest_shown].count) {
      sum.smallest_shown = cell;
    }
  }
  return sum;
}

// Who is hidden is at least one, and less than a small cell: where a shown total leaves no more
// than that for all of them together, each is told. Then another part goes, or the total.
std::optional<std::size_t> bound_leak_in(const std::vector<std::size_t>& group,
                                         const std::vector<Vector>& vectors,
                                         const std::vector<CountCell>& cells,
                                         const std::vector<bool>& hidden, std::int64_t small_cell) {
  for (const std::size_t total : group) {
    const bool is_sum = std::all_of(vectors[total].begin(), vectors[total].end(),
                                    [](const auto& part) { return part.second == 1; });
    if (hidden[total] || !is_sum || vectors[total].size() < 2) continue;
    const Sum sum = sum_of(total, group, vectors, cells, hidden);
    const auto count = static_cast<std::int64_t>(sum.hidden.size());
    if (count == 0 || (sum.left > count && sum.left != count * (small_cell - 1))) continue;
    return sum.smallest_shown.value_or(total);
  }
  return std::nullopt;
}

Json suppressed() { return Json::object().add("suppressed", true); }

Json with_member(const Json& object, std::string_view name, Json value) {
  Json changed = Json::object();
  for (const auto& [key, old] : *object.as_object()) changed.add(key, key == name ? value : old);
  return changed;
}

void hide(Json& row, const CountCell& cell) {
  Json value = suppressed();
  if (!cell.member.empty()) {
    value = with_member(*row.find(cell.column), cell.member, suppressed());
  }
  row = with_member(row, cell.column, std::move(value));
  for (const std::string& companion : cell.companions) {
    row = with_member(row, companion, suppressed());
  }
}

}  // namespace

std::vector<bool> hidden_cells(const std::vector<CountCell>& cells, std::int64_t small_cell) {
  std::map<std::string, std::size_t> part_numbers;
  std::vector<Vector> vectors;
  std::vector<bool> hidden;
  for (const CountCell& cell : cells) {
    Vector vector;
    for (const auto& [part, times] : cell.parts) {
      vector[part_numbers.emplace(part, part_numbers.size()).first->second] = modulo(times);
    }
    vectors.push_back(std::move(vector));
    hidden.push_back(cell.count > 0 && cell.count < small_cell);
  }
  for (const auto& group : groups_of(vectors)) {
    while (true) {
      auto leak = leak_in(group, vectors, cells, hidden);
      if (!leak) leak = bound_leak_in(group, vectors, cells, hidden, small_cell);
      if (!leak) break;
      hidden[*leak] = true;
    }
  }
  return hidden;
}

void suppress(Answer& answer, const std::vector<CountCell>& cells, std::int64_t small_cell) {
  const std::vector<bool> hidden = hidden_cells(cells, small_cell);
  std::map<std::string, Json::Array> tables;
  for (const CountCell& cell : cells) {
    const Json& table = cell.in == "rows" ? answer.rows : *answer.extras.find(cell.in);
    tables.try_emplace(cell.in, *table.as_array());
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (hidden[i]) hide(tables.at(cells[i].in)[cells[i].row], cells[i]);
  }
  for (auto& [name, rows] : tables) {
    Json table = Json::array();
    for (Json& row : rows) table.push(std::move(row));
    if (name == "rows") {
      answer.rows = std::move(table);
    } else {
      answer.extras = with_member(answer.extras, name, std::move(table));
    }
  }
}

}  // namespace liggare::projection
