#include "store/rocks/status.h"

namespace liggare::store {
namespace {

ErrorCode code_of(const rocksdb::Status& status) {
  switch (status.code()) {
    case rocksdb::Status::kIOError:
      // RocksDB looks only for files that it has recorded.
      return status.IsPathNotFound() ? ErrorCode::corrupt : ErrorCode::io;
    case rocksdb::Status::kCorruption:
    case rocksdb::Status::kNotFound:
    // Both stand for damage here: they come from a manifest or a table that says what ours never
    // say, such as a family that is not there or an unknown compression.
    case rocksdb::Status::kInvalidArgument:
    case rocksdb::Status::kNotSupported:
      return ErrorCode::corrupt;
    default:
      return ErrorCode::io;
  }
}

}  // namespace

Error error_from(const rocksdb::Status& status, const std::string& folder) {
  LIGGARE_ASSERT(!status.ok(), "an error from a status that is none");
  std::string message = status.ToString();
  const std::string prefix = folder + "/";
  for (auto at = message.find(prefix); at != std::string::npos; at = message.find(prefix, at)) {
    message.erase(at, prefix.size());
  }
  return Error{code_of(status), std::move(message)};
}

}  // namespace liggare::store
