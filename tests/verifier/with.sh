#!/usr/bin/env bash
# Runs a check that needs tools of others: with.sh TOOL… -- COMMAND…
#
# Where a tool is missing the test is skipped (exit code 77), except in CI, which has to have it.
set -euo pipefail

missing=()
while [[ $1 != -- ]]; do
  command -v "$1" >/dev/null || missing+=("$1")
  shift
done
shift
if [[ ${#missing[@]} -gt 0 ]]; then
  echo "missing: ${missing[*]} (CI=true tools/setup installs what the independent checks need)"
  if [[ ${CI-} == true ]]; then exit 1; fi
  exit 77
fi
exec "$@"
