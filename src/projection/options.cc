#include <algorithm>
#include <charconv>

#include "domain/formats.h"
#include "projection/report.h"

namespace liggare::projection {
namespace {

std::optional<domain::StreamKind> stream_kind(OptionKind kind) {
  switch (kind) {
    case OptionKind::participant:
      return domain::StreamKind::participant;
    case OptionKind::unit:
      return domain::StreamKind::unit;
    case OptionKind::ladder:
      return domain::StreamKind::ladder;
    case OptionKind::agreement:
      return domain::StreamKind::agreement;
    default:
      return std::nullopt;
  }
}

Unexpected<Error> refuse(const OptionSpec& spec, const std::string& why) {
  return fail(ErrorCode::invalid_argument, "--" + std::string(spec.name) + ": " + why);
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

Result<std::int64_t> read_number(const OptionSpec& spec, const std::string& text,
                                 std::int64_t minimum, std::int64_t maximum) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < minimum ||
      number > maximum) {
    return refuse(spec, "\"" + text + "\" is no number from " + std::to_string(minimum) + " to " +
                            std::to_string(maximum));
  }
  return number;
}

Result<OptionValue> read_value(const OptionSpec& spec, const std::string& text) {
  switch (spec.kind) {
    case OptionKind::year: {
      LIGGARE_TRY(const std::int64_t year, read_number(spec, text, 1, 9999));
      return OptionValue(year);
    }
    case OptionKind::count: {
      LIGGARE_TRY(const std::int64_t count, read_number(spec, text, 0, domain::integer_max));
      return OptionValue(count);
    }
    case OptionKind::day: {
      const auto day = Day::parse(text);
      if (!day) return refuse(spec, "\"" + text + "\" is no day of the calendar (YYYY-MM-DD)");
      return OptionValue(*day);
    }
    case OptionKind::word:
      for (const std::string_view word : spec.words) {
        if (word == text) return OptionValue(text);
      }
      return refuse(spec, "\"" + text + "\" is none of " + joined(spec.words));
    case OptionKind::flag:
      return OptionValue(true);
    default:
      if (!domain::is_id(text)) return refuse(spec, "\"" + text + "\" is no id");
      return OptionValue(text);
  }
}

// A pair "from" … "to" must not run backwards.
Result<void> check_order(const Options& options) {
  const auto* from_year = options.number("from");
  const auto* to_year = options.number("to");
  const Day* from_day = options.day("from");
  const Day* to_day = options.day("to");
  if ((from_year != nullptr && to_year != nullptr && *from_year > *to_year) ||
      (from_day != nullptr && to_day != nullptr && *from_day > *to_day)) {
    return fail(ErrorCode::invalid_argument, "--from lies after --to");
  }
  return {};
}

}  // namespace

std::string parameter_name(std::string_view option) {
  std::string text;
  for (std::size_t i = 0; i < option.size(); ++i) {
    if (option[i] == '-' && i + 1 < option.size()) {
      text.push_back(static_cast<char>(option[++i] - 'a' + 'A'));
    } else {
      text.push_back(option[i]);
    }
  }
  return text;
}

Result<Options> Options::parse(std::span<const OptionSpec> specs,
                               const std::map<std::string, std::string>& given) {
  std::vector<std::string_view> names;
  for (const OptionSpec& spec : specs) names.push_back(spec.name);
  for (const auto& [name, text] : given) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return fail(ErrorCode::invalid_argument,
                  "no option --" + name + " here; there " +
                      (names.empty() ? "are none" : "are --" + joined(names)));
    }
  }
  Options options;
  for (const OptionSpec& spec : specs) {
    const auto found = given.find(std::string(spec.name));
    if (found == given.end()) {
      if (spec.presence == Presence::required) return refuse(spec, "is required");
      continue;
    }
    LIGGARE_TRY(OptionValue value, read_value(spec, found->second));
    if (const auto kind = stream_kind(spec.kind)) {
      options.subjects_.push_back({*kind, found->second});
    }
    options.values_.emplace_back(spec.name, std::move(value));
  }
  LIGGARE_CHECK(check_order(options));
  return options;
}

Json Options::json() const {
  Json json = Json::object();
  for (const auto& option : values_) {
    const std::string name = parameter_name(option.first);
    std::visit([&](const auto& inner) { json.add(name, Json(inner)); }, option.second);
  }
  return json;
}

}  // namespace liggare::projection
