// A report: its name, its options, its columns, and the function that answers it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "domain/timeline.h"
#include "projection/answer.h"
#include "projection/row_source.h"

namespace liggare::projection {

// An option's name as a member of the answer's parameters: "only-findings" → "onlyFindings".
std::string parameter_name(std::string_view option);

// What may be written after an option.
enum class OptionKind {
  year,         // 1–9999
  day,          // YYYY-MM-DD
  count,        // an integer ≥ 0
  word,         // one of `words`
  participant,  // the id of a stream of that kind, which must be known at `at`
  unit,
  ladder,
  agreement,
  flag  // stands alone
};

enum class Presence { required, optional };

struct OptionSpec {
  std::string_view name;  // As on the command line, without dashes: "from".
  OptionKind kind;
  Presence presence = Presence::optional;
  std::vector<std::string_view> words = {};
};

// The options given, by name.
using OptionValue = std::variant<std::int64_t, Day, std::string, bool>;
class Options {
 public:
  // Reads the texts given for a report's options. invalid_argument names the option, what was
  // wrong and the valid choices.
  static Result<Options> parse(std::span<const OptionSpec> specs,
                               const std::map<std::string, std::string>& given);

  // Null where the option was not given. Require the option's kind.
  const std::int64_t* number(std::string_view name) const { return get<std::int64_t>(name); }
  const Day* day(std::string_view name) const { return get<Day>(name); }
  const std::string* text(std::string_view name) const { return get<std::string>(name); }
  bool flag(std::string_view name) const { return get<bool>(name) != nullptr; }

  // As the answer's "parameters": camelCase, in the report's order.
  Json json() const;
  // Streams that an option names: they must have an event at positions < at (contract P12).
  const std::vector<domain::Subject>& subjects() const { return subjects_; }

 private:
  template <class T>
  const T* get(std::string_view name) const {
    for (const auto& [key, value] : values_) {
      if (key == name) return std::get_if<T>(&value);
    }
    return nullptr;
  }
  std::vector<std::pair<std::string, OptionValue>> values_;
  std::vector<domain::Subject> subjects_;
};

// Everything a report may look at: facts and streams as known at `at`, cut by nothing yet.
struct Question {
  Options options;
  Day as_of = Day::first();
  std::uint64_t at = 0;
  const RowSource& rows;
  // One stream's events at positions < at, for reports about one subject.
  std::function<Result<domain::Stream>(const domain::Subject&)> stream;
  // An event as everyone may see it, personal data sealed.
  std::function<Json(const domain::RecordedEvent&)> event_json;
};

struct Report {
  std::string_view name;
  std::vector<OptionSpec> options;
  std::vector<std::string_view> columns;      // Keys of a row, in order.
  std::size_t key_columns;                    // The first columns, which tell rows apart.
  std::vector<std::string_view> projections;  // By name: whose rows it reads.
  std::function<Result<Answer>(const Question&)> answer;
  // The same answer with small counts of persons hidden; null where there is no public form.
  Result<Answer> (*public_form)(const Question&, Answer, std::int64_t small_cell) = nullptr;
  // Of the definition: higher when the same facts give another answer, so that an edition published
  // under an older one is not taken for its like.
  int version = 1;
};

}  // namespace liggare::projection
