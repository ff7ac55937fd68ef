// A row as it is stored.
#pragma once

#include <string>

#include "projection/row.h"

namespace liggare::projection {

template <TableRow Row>
std::string row_bytes(const Row& row) {
  RowWriter writer;
  writer.write(row);
  return writer.bytes();
}

}  // namespace liggare::projection
