#include "store/rocks/status.h"

namespace liggare::store {
namespace {

// RocksDB opens CURRENT's manifest twice and blames the options where the first time fails, or both
// do, whatever the reason was. A file that is not there is damage all the same.
bool is_failed_opening(const std::string& message) {
  if (message.find("Direct I/O is not supported") != std::string::npos) return true;
  return message.find("incompatible with filesystem") != std::string::npos &&
         message.find("No such file") == std::string::npos;
}

ErrorCode code_of(const rocksdb::Status& status) {
  switch (status.code()) {
    case rocksdb::Status::kIOError:
      // RocksDB looks only for files that it has recorded.
      return status.IsPathNotFound() ? ErrorCode::corrupt : ErrorCode::io;
    // NotSupported and InvalidArgument stand for damage here: they come from a manifest or a table
    // that says what ours never say, such as a family that is not there or an unknown compression.
    case rocksdb::Status::kCorruption:
    case rocksdb::Status::kNotFound:
    case rocksdb::Status::kNotSupported:
      return ErrorCode::corrupt;
    case rocksdb::Status::kInvalidArgument:
      return is_failed_opening(status.ToString()) ? ErrorCode::io : ErrorCode::corrupt;
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
