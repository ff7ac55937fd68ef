#include "tests/faults/shimmed.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/assertion.h"

namespace liggare::faults {

Shim::Shim(std::filesystem::path file) : file_(std::move(file)) {
  const int handle = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  LIGGARE_ASSERT(handle >= 0, "no file for the shim");
  LIGGARE_ASSERT(::ftruncate(handle, sizeof(ShimState)) == 0, "no room for the shim");
  void* mapped = ::mmap(nullptr, sizeof(ShimState), PROT_READ | PROT_WRITE, MAP_SHARED, handle, 0);
  LIGGARE_ASSERT(mapped != MAP_FAILED, "the shim's file can't be mapped");
  ::close(handle);
  state_ = static_cast<ShimState*>(mapped);
}

Shim::~Shim() { ::munmap(state_, sizeof(ShimState)); }

void Shim::set(std::uint32_t calls, const std::filesystem::path& under, Act act, std::uint64_t at,
               int error) {
  state_->calls = 0;
  state_->count = 0;
  state_->at = at;
  state_->act = act;
  state_->error = error;
  const std::string text = under.string();
  LIGGARE_ASSERT(text.size() < sizeof state_->under, "path too long");
  text.copy(state_->under, text.size());
  state_->under[text.size()] = '\0';
  state_->calls = calls;
}

Command Shim::in(Command command) const {
  command.environment.push_back("LD_PRELOAD=" LIGGARE_FAULT_SHIM);
  command.environment.push_back(shim_variable + ("=" + file_.string()));
  return command;
}

}  // namespace liggare::faults
