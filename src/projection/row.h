// Rows of facts: structs with a field list (domain/field.h), as stored bytes and as JSON.
//
// A row type names its table and gives its key; keys order the rows of a table. The bytes belong
// to one version of one projection and are read by nothing else, so they carry no names.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.h"
#include "base/json.h"
#include "domain/field.h"
#include "domain/vocabulary.h"

namespace liggare::projection {

template <class Row>
concept TableRow = domain::Described<Row> && requires(const Row& row) {
  { Row::table } -> std::convertible_to<std::string_view>;
  { row.key() } -> std::convertible_to<std::string>;
};

// A key of several ids: a separator below every character of an id keeps their order.
inline std::string joined_key(std::string_view first, std::string_view second) {
  return std::string(first).append(1, '\0').append(second);
}

// The ids of such a key; the second is empty where there is one alone.
inline std::pair<std::string_view, std::string_view> split_key(std::string_view key) {
  const std::size_t end = std::min(key.find('\0'), key.size());
  return {key.substr(0, end), key.substr(std::min(end + 1, key.size()))};
}

class RowWriter {
 public:
  template <domain::Described Struct>
  void write(const Struct& data) {
    domain::for_each_field<Struct>([&](const auto& field) { write(data.*(field.member)); });
  }
  void write(const std::string& value) {
    put_u32(bytes_, static_cast<std::uint32_t>(value.size()));
    bytes_ += value;
  }
  void write(std::int64_t value) { put_u64(bytes_, static_cast<std::uint64_t>(value)); }
  void write(bool value) { bytes_.push_back(value ? '\1' : '\0'); }
  void write(Day value) { put_u32(bytes_, static_cast<std::uint32_t>(value.number())); }
  template <domain::Enumeration Enum>
  void write(Enum value) {
    bytes_.push_back(static_cast<char>(value));
  }
  template <class T>
  void write(const std::optional<T>& value) {
    write(value.has_value());
    if (value) write(*value);
  }
  template <class T>
  void write(const std::vector<T>& values) {
    put_u32(bytes_, static_cast<std::uint32_t>(values.size()));
    for (const T& value : values) write(value);
  }
  void clear() { bytes_.clear(); }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Requires bytes that RowWriter wrote for the same type: kept rows are checked as a whole before
// they are read (kept_rows.h).
class RowReader {
 public:
  explicit RowReader(std::string_view bytes) : bytes_(bytes) {}

  template <domain::Described Struct>
  void read(Struct& data) {
    domain::for_each_field<Struct>([&](const auto& field) { read(data.*(field.member)); });
  }
  void read(std::string& value) { value = take(take_u32()); }
  void read(std::int64_t& value) { value = static_cast<std::int64_t>(get_u64(take(8))); }
  void read(bool& value) { value = take(1)[0] != '\0'; }
  void read(Day& value) { value = Day::from_number(static_cast<std::int32_t>(take_u32())); }
  template <domain::Enumeration Enum>
  void read(Enum& value) {
    value = static_cast<Enum>(take(1)[0]);
  }
  template <class T>
  void read(std::optional<T>& value) {
    bool present = false;
    read(present);
    value.reset();
    if (!present) return;
    T inner = fresh<T>();
    read(inner);
    value = std::move(inner);
  }
  template <class T>
  void read(std::vector<T>& values) {
    values.clear();
    for (std::uint32_t left = take_u32(); left > 0; --left) {
      T inner = fresh<T>();
      read(inner);
      values.push_back(std::move(inner));
    }
  }

 private:
  template <class T>
  static T fresh() {
    if constexpr (std::is_same_v<T, Day>) {
      return Day::first();
    } else {
      return T{};
    }
  }
  std::string_view take(std::size_t size) {
    LIGGARE_ASSERT(size <= bytes_.size(), "a kept row is shorter than its type");
    const std::string_view part = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return part;
  }
  std::uint32_t take_u32() { return get_u32(take(4)); }

  std::string_view bytes_;
};

template <TableRow Row>
Row read_row(std::string_view bytes) {
  Row row{};
  RowReader(bytes).read(row);
  return row;
}

}  // namespace liggare::projection
