#include "store/rocks/files.h"

#include <fmt/format.h>

#include <memory>

namespace liggare::store {

rocksdb::Env& env_or_default(rocksdb::Env* env) {
  return env != nullptr ? *env : *rocksdb::Env::Default();
}

Unexpected<Error> file_failure(std::string_view what, const std::filesystem::path& file,
                               const rocksdb::Status& status) {
  const bool is_absent = status.IsNotFound() || status.IsPathNotFound();
  return fail(is_absent ? ErrorCode::not_found : ErrorCode::io,
              fmt::format("{} {}: {}", what, file.string(), status.ToString()));
}

Result<void> check_for_pipes(const std::filesystem::path& folder) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    std::error_code gone;
    if (!entry.is_other(gone)) continue;
    return fail(ErrorCode::corrupt, fmt::format("{}/{} is no file", folder.filename().string(),
                                                entry.path().filename().string()));
  }
  return {};
}

Result<std::string> read_beginning(rocksdb::Env& env, const std::filesystem::path& file,
                                   std::size_t size_max) {
  std::error_code absent;
  if (std::filesystem::is_other(file, absent)) {
    return fail(ErrorCode::io, file.string() + " is no file");
  }
  std::unique_ptr<rocksdb::SequentialFile> opened;
  auto status = env.NewSequentialFile(file.string(), &opened, rocksdb::EnvOptions());
  if (!status.ok()) return file_failure("cannot open", file, status);
  std::string bytes;
  std::string buffer(size_max, '\0');
  while (bytes.size() < size_max) {
    rocksdb::Slice piece;
    status = opened->Read(size_max - bytes.size(), &piece, buffer.data());
    if (!status.ok()) return file_failure("cannot read", file, status);
    if (piece.empty()) break;
    bytes.append(piece.data(), piece.size());
  }
  return bytes;
}

Result<void> write_new_file(rocksdb::Env& env, const std::filesystem::path& file,
                            std::string_view bytes) {
  if (env.FileExists(file.string()).ok()) {
    return fail(ErrorCode::invalid_argument, file.string() + " exists already");
  }
  std::unique_ptr<rocksdb::WritableFile> made;
  auto status = env.NewWritableFile(file.string(), &made, rocksdb::EnvOptions());
  if (!status.ok()) return file_failure("cannot make", file, status);
  status = made->Append({bytes.data(), bytes.size()});
  if (!status.ok()) return file_failure("cannot write", file, status);
  status = made->Sync();
  if (status.ok()) status = made->Close();
  if (!status.ok()) return file_failure("cannot sync", file, status);
  return {};
}

Result<void> sync_folder(rocksdb::Env& env, const std::filesystem::path& folder) {
  const std::string path = folder.empty() ? "." : folder.string();
  std::unique_ptr<rocksdb::Directory> opened;
  auto status = env.NewDirectory(path, &opened);
  if (status.ok()) status = opened->Fsync();
  if (!status.ok()) return file_failure("cannot sync", path, status);
  return {};
}

}  // namespace liggare::store
