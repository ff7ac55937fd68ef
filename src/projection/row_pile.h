// Rows as they come, by the hundred thousand: in few pieces of memory, put in order once all are
// there.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "projection/projection.h"

namespace liggare::projection {

class RowPile final : public RowSink {
 public:
  struct Row {
    std::string_view key;
    std::string_view bytes;
  };

  // Puts the rows of each table in the order of their keys. Of those with the same key the last
  // stays.
  void sort();
  // Requires sort() after the last put.
  std::span<const Row> table(std::string_view name) const;

 private:
  void put_bytes(std::string_view table, std::string_view key, std::string_view bytes) override;
  std::string_view copy_of(std::string_view bytes);

  std::map<std::string, std::vector<Row>, std::less<>> tables_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::span<char> free_;  // Of the last block.
};

}  // namespace liggare::projection
