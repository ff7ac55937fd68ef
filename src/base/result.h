// Errors as values: Result<T, E> holds a value or an error and is spelled like std::expected.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "base/assertion.h"

namespace liggare {

// What the caller should do about it.
enum class ErrorCode {
  not_found,          // Ask for something else.
  invalid_argument,   // Never retry: the request itself is wrong.
  corrupt,            // Stop and audit: stored bytes are not what they were.
  diverged,           // Stop: this history is not the one that was signed or cosigned before.
  io,                 // Could not complete (disk, permission, memory); says nothing on integrity.
  busy,               // Another process holds it: wait, or stop that one.
  vault_unavailable,  // Personal data needs an open vault.
  unknown_outcome,    // An append may or may not be stored: send the same ids again.
  unsupported,        // Written by a newer release.
  denied,             // Who asks has not the right (role, relation, purpose).
  fenced,             // An erasure is under way: neither read nor sealed until it is finished.
};

// The word for `code` in messages and JSON, such as "not-found".
const char* name_of(ErrorCode code);

// `message` names the thing that failed and never holds personal data.
struct Error {
  ErrorCode code;
  std::string message;
  bool operator==(const Error&) const = default;
};

template <class E>
struct Unexpected {
  E error;
};

template <class E>
Unexpected(E) -> Unexpected<E>;

template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Unexpected<E> failure) : state_(std::in_place_index<1>, std::move(failure.error)) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & {
    LIGGARE_ASSERT(has_value(), "value() of a failed Result");
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    LIGGARE_ASSERT(has_value(), "value() of a failed Result");
    return *std::get_if<0>(&state_);
  }
  T&& value() && { return std::move(value()); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(value()); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const E& error() const& {
    LIGGARE_ASSERT(!has_value(), "error() of a successful Result");
    return *std::get_if<1>(&state_);
  }
  E&& error() && {
    LIGGARE_ASSERT(!has_value(), "error() of a successful Result");
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  std::variant<T, E> state_;
};

template <class E>
class [[nodiscard]] Result<void, E> {
 public:
  Result() = default;
  Result(Unexpected<E> failure) : failure_(std::in_place_index<1>, std::move(failure.error)) {}

  bool has_value() const { return failure_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  const E& error() const& {
    LIGGARE_ASSERT(!has_value(), "error() of a successful Result");
    return *std::get_if<1>(&failure_);
  }
  E&& error() && {
    LIGGARE_ASSERT(!has_value(), "error() of a successful Result");
    return std::move(*std::get_if<1>(&failure_));
  }

 private:
  std::variant<std::monostate, E> failure_;
};

inline Unexpected<Error> fail(ErrorCode code, std::string message) {
  return Unexpected<Error>{Error{code, std::move(message)}};
}

}  // namespace liggare

#define LIGGARE_CONCAT_(a, b) a##b
#define LIGGARE_CONCAT(a, b) LIGGARE_CONCAT_(a, b)

// LIGGARE_TRY(auto head, log.head()); declares `head`, or returns the error to the caller.
#define LIGGARE_TRY(declaration, ...) \
  LIGGARE_TRY_(LIGGARE_CONCAT(try_result_, __LINE__), declaration, __VA_ARGS__)
#define LIGGARE_TRY_(result, declaration, ...)                                      \
  auto result = (__VA_ARGS__);                                                      \
  if (!result.has_value()) return ::liggare::Unexpected{std::move(result).error()}; \
  declaration = std::move(result).value()

// LIGGARE_CHECK(expression); returns the error of a Result<void> to the caller.
#define LIGGARE_CHECK(...) LIGGARE_CHECK_(LIGGARE_CONCAT(check_result_, __LINE__), __VA_ARGS__)
#define LIGGARE_CHECK_(result, ...)                       \
  auto result = (__VA_ARGS__);                            \
  if (!result.has_value()) return ::liggare::Unexpected { \
      std::move(result).error()                           \
    }
