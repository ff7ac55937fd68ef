#!/usr/bin/env bash
# Makes what the independent checks read, with the real program: fixture.sh LIGGARE FOLDER.
#
# A ledger of the first events of the dataset, a seal and a checkpoint after each half, and of the
# newer one a proof, tiles, and bundles: of two participants, of one that is not there, and of one
# with the sections that the unit's supervisor may read.
set -euo pipefail

liggare=$1
folder=$2
data=$(dirname "${BASH_SOURCE[0]}")/../data/linkoping.ndjson.gz
data=$(realpath "$data")

rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
export LIGGARE_LEDGER=town

gzip -dc "$data" >all.ndjson
"$liggare" init --origin ledger.example.org/town >/dev/null
"$liggare" vkey >town.vkey
sed -n 1,700p all.ndjson | "$liggare" import - >/dev/null
"$liggare" seal >/dev/null
"$liggare" checkpoint >early.checkpoint
"$liggare" export --tiles tiles >/dev/null
sed -n 701,1200p all.ndjson | "$liggare" import - >/dev/null
rm all.ndjson
"$liggare" seal >/dev/null
"$liggare" checkpoint >newest.checkpoint
"$liggare" prove --consistency early.checkpoint >growth
"$liggare" prove 5 --out proof >/dev/null
"$liggare" export --tiles tiles >/dev/null
"$liggare" bundle --participant P0009 --out bundle >/dev/null
"$liggare" bundle --participant P1129 --out small >/dev/null
"$liggare" bundle --participant P0009 --out told --as staff/S011 --purpose case-work >/dev/null
"$liggare" bundle --participant NOBODY --absent --out absent >/dev/null

# Policies: of no witness, and of one that never cosigned; one lies where no policy may lie.
log="log $(cat town.vkey)"
witness=witness.example/w1+c374a8d9+BGM8hRBsmi11KWM756MBKCspfKDTYtj+Owd2fOYXLs3j
printf '%s\nquorum none\n' "$log" >unwitnessed.policy
printf '%s\nwitness w1 %s\nquorum w1\n' "$log" "$witness" >witnessed.policy
cp unwitnessed.policy tiles/own.policy
