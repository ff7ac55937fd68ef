#include "tools/refusals.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace liggare::tools {
namespace {

constexpr std::size_t listed_max = 10;

// What codec::parse_event answers for a line that is no JSON object.
bool is_no_object(const domain::Rejection& rejection) {
  return rejection.code == domain::RejectionCode::invalid_field && rejection.detail == "$";
}

// A line that is too long was parsed where its id is known.
bool was_parsed(const ledger::Refusal& refusal, std::string_view text) {
  return (text.size() <= codec::line_bytes_max || !refusal.id.empty()) &&
         !is_no_object(refusal.rejection);
}

std::string message_of(const domain::Rejection& rejection) {
  return is_no_object(rejection) ? "$ is not one JSON object in UTF-8, or has a key twice"
                                 : rejection.detail;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

}  // namespace

std::string reject_line(std::uint64_t line, const ledger::Refusal& refusal, std::string_view text) {
  std::string out = "{\"line\":" + std::to_string(line) + ",\"code\":";
  append_json_string(out, domain::name_of(refusal.rejection.code));
  out += ",\"message\":";
  append_json_string(out, message_of(refusal.rejection));
  out += ",\"event\":";
  out += was_parsed(refusal, text) ? trimmed(text) : "null";
  return out + "}\n";
}

std::string phrase_of(std::string_view place, const ledger::Refusal& refusal) {
  std::string phrase{place};
  if (!refusal.id.empty()) phrase += (phrase.empty() ? "event " : ", event ") + refusal.id;
  return phrase + (phrase.empty() ? "" : ": ") + message_of(refusal.rejection);
}

Result<std::unique_ptr<Refusals>> Refusals::open(const std::string& path) {
  int file = -1;
  if (!path.empty()) {
    // Rejects hold personal data as they were sent: for the owner's eyes only.
    file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) {
      return fail(ErrorCode::io, "rejects can't be written to " + path + ": " +
                                     std::generic_category().message(errno) +
                                     "; nothing was imported");
    }
  }
  return std::unique_ptr<Refusals>(new Refusals(file, path));
}

Refusals::~Refusals() {
  if (file_ >= 0) ::close(file_);
}

void Refusals::take(std::uint64_t line, const ledger::Refusal& refusal, std::string_view text) {
  ++count_;
  if (first_.size() < listed_max) first_.push_back({line, refusal});
  if (file_ >= 0) write(reject_line(line, refusal, text));
}

void Refusals::write(std::string_view text) {
  if (!emptied_) {
    // Fails for a pipe or a device, which has nothing to empty.
    [[maybe_unused]] const int result = ::ftruncate(file_, 0);
    emptied_ = true;
  }
  while (!text.empty() && failure_.empty()) {
    const ssize_t written = ::write(file_, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      failure_ = std::generic_category().message(errno);
    }
  }
}

Result<void> Refusals::finish() {
  if (file_ < 0) return {};
  write("");
  if (::close(std::exchange(file_, -1)) != 0 && failure_.empty()) {
    failure_ = std::generic_category().message(errno);
  }
  if (failure_.empty()) return {};
  return fail(ErrorCode::io, "rejects could not be written to " + path_ + ": " + failure_ +
                                 "; what was accepted stays: import the same file again");
}

void Refusals::tell(Console& console, std::string_view what_became_of_the_rest) const {
  if (count_ == 0) return;
  Problem summary = refusal("refused", "lines refused: " + std::to_string(count_));
  if (!path_.empty()) {
    summary.detail += ", all in " + path_;
  } else if (count_ > first_.size()) {
    summary.detail += ", " + std::to_string(count_ - first_.size()) +
                      " more than shown: --rejects FILE takes them all";
  }
  summary.detail += "; " + std::string(what_became_of_the_rest);
  Json list = Json::array();
  for (const Listed& listed : first_) {
    const auto code = domain::name_of(listed.refusal.rejection.code);
    const std::string place = "line " + std::to_string(listed.line);
    if (console.error_form() == ErrorForm::line && path_.empty()) {
      console.complain(refusal(code, phrase_of(place, listed.refusal)));
    }
    list.push(Json::object()
                  .add("line", listed.line)
                  .add("code", code)
                  .add("message", message_of(listed.refusal.rejection)));
  }
  if (path_.empty()) summary.more.add("refusals", std::move(list));
  console.complain(summary);
}

}  // namespace liggare::tools
