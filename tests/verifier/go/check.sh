#!/usr/bin/env bash
# Builds check.go against Debian's golang.org/x/mod and runs it: check.sh FOLDER FIXTURE.
#
# No module is fetched: Debian's packages are a GOPATH. FOLDER is for what Go builds.
set -euo pipefail

source=$(dirname "${BASH_SOURCE[0]}")/check.go
if [[ ! -d /usr/share/gocode/src/golang.org/x/mod/sumdb ]]; then
  echo 'missing: golang-golang-x-mod-dev (CI=true tools/setup installs it)'
  if [[ ${CI-} == true ]]; then exit 1; fi
  exit 77
fi
mkdir -p "$1"
export GO111MODULE=off GOPATH=/usr/share/gocode GOPROXY=off GOFLAGS='' GOCACHE=$1/cache
go build -o "$1/check" "$source"
"$1/check" "$2"
