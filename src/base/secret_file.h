// Files that hold keys as text: read into memory that is wiped, and only where they are the
// owner's alone.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace liggare {

// A text that is overwritten when it goes; moved, never copied.
class SecretText {
 public:
  explicit SecretText(std::string text) : text_(std::move(text)) {}
  SecretText(SecretText&& other) noexcept;
  SecretText& operator=(SecretText&&) = delete;
  ~SecretText();

  std::string_view view() const { return text_; }
  // Without the line feed that ends it.
  std::string_view line() const;

 private:
  std::string text_;
};

// not_found where there is no such file; io where others than its owner may read or write it, or it
// is no plain file: a link may lead to one that others write.
Result<SecretText> read_secret_file(const std::filesystem::path& path);

}  // namespace liggare
