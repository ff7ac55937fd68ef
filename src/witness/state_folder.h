// What a witness remembers: for each log the newest tree head that it has cosigned, one file each.
// Internal to witness.
//
// A file is named after SHA-256 of the origin, in hex, and holds the text of a checkpoint without
// signatures. One process at a time has the folder. Not thread-safe.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/file_descriptor.h"
#include "merkle/checkpoint.h"

namespace liggare::witness {

class StateFolder {
 public:
  // not_found where there is no such folder, busy where another process has it.
  static Result<StateFolder> open(const std::filesystem::path& folder);

  // The tree head of no events, for a log that was never cosigned. Durable once it returns;
  // invalid_argument where the log has a state already.
  Result<void> begin(const std::string& origin);

  // not_found where the log has no state: it is new, or its state is lost. corrupt where the file
  // is not what this class writes for the origin, or not what it has read or written before.
  Result<merkle::TreeHead> read(const std::string& origin);
  // Durable once it returns. Once it has failed, either head may be what is kept.
  Result<void> write(const merkle::Checkpoint& checkpoint);

 private:
  StateFolder(std::filesystem::path folder, FileDescriptor lock)
      : folder_(std::move(folder)), lock_(std::move(lock)) {}
  std::filesystem::path file_of(const std::string& origin) const;

  std::filesystem::path folder_;
  FileDescriptor lock_;
  std::map<std::string, merkle::TreeHead> seen_;
};

}  // namespace liggare::witness
