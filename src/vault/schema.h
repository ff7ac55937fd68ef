// The tables of keys.sqlite (schema/vault.md), and the way from earlier versions to today's.
#pragma once

#include "base/result.h"
#include "vault/database.h"

namespace liggare::vault {

// Makes the tables of an empty database, in the transaction that runs.
Result<void> make_tables(Database& database);
// corrupt where it is no vault's; unsupported where a newer release wrote it.
Result<void> check_format(Database& database);
// Turns an earlier version into today's in one transaction; does nothing to today's.
Result<void> migrate(Database& database);

}  // namespace liggare::vault
