// How a process opens a store.
#pragma once

namespace liggare::store {

enum class Access {
  write,      // One process at a time, under the lock.
  read_only,  // Any number, also beside the writer; nothing in the folder is changed.
};

}  // namespace liggare::store
