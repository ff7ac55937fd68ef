#!/usr/bin/env bash
# Does what a bundle's README says, word for word, with openssl and sha256sum alone: by_hand.sh
# FIXTURE. It has to accept the bundle as it is, and to refuse it once it is tampered with.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$1/town.vkey" "$work"
failures=0

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# The commands of step $2 of the README: what is indented by four blanks under its number.
commands_of() {
  sed -n '/^CHECK IT BY HAND$/,/^PÅ SVENSKA$/p' "$1/small/README.txt" |
    awk -v step="$2." '/^[0-9]+\. /{on = ($1 == step)} on && /^    /' |
    sed -e 's/^    //'
}
for step in 1 2 3; do
  commands_of "$1" "$step" >"$work/step$step"
  [[ -s $work/step$step ]] || fail "the README has no step $step"
done

# A fresh copy of the bundle, in $work/bundle.
restore() {
  rm -rf "$work/bundle"
  cp -r "$fixture/small" "$work/bundle"
}
fixture=$1

# Whether a step accepts the bundle: it succeeds, and says what the README says it does.
accepts() {
  local said leaves
  said=$(cd "$work/bundle" && TMPDIR=$work bash "$work/step$1" 2>/dev/null) || return 1
  leaves=$(find "$work/bundle/leaves" -type f | wc -l)
  case $1 in
    1) [[ -z $said ]] ;;
    2) [[ $said == 'Signature Verified Successfully' ]] ;;
    3) [[ $said == "proven: $leaves of $leaves" ]] ;;
  esac
}

# Flips bit $3 of byte $2 of a file of the bundle.
flip() {
  local file=$work/bundle/$1 byte
  byte=$(od -An -tu1 -j "$2" -N 1 "$file")
  # shellcheck disable=SC2059  # The format is the byte.
  printf "\\x$(printf %x $((byte ^ (1 << $3))))" |
    dd of="$file" bs=1 seek="$2" conv=notrunc status=none
}
# As somebody would who covers his tracks.
list_anew() {
  (cd "$work/bundle" && find . -type f ! -name SHA256SUMS -printf '%P\n' | LC_ALL=C sort |
    xargs sha256sum) >"$work/sums"
  mv "$work/sums" "$work/bundle/SHA256SUMS"
}

restore
for step in 1 2 3; do
  if accepts "$step"; then
    echo "accepted by step $step"
  else
    fail "step $step refuses the bundle"
  fi
done

# $1 is the step that has to refuse, $2 the file, then bytes.
tampered=0
refuse() {
  local step=$1 file=$2 byte
  shift 2
  for byte in "$@"; do
    restore
    flip "$file" "$byte" $((byte % 7))
    tampered=$((tampered + 2))
    accepts 1 && fail "step 1 accepts $file with a bit of byte $byte flipped"
    list_anew
    accepts 1 || fail "step 1 refuses what was listed anew"
    [[ $step == 1 ]] && continue
    accepts "$step" && fail "step $step accepts $file with a bit of byte $byte flipped"
  done
  return 0
}
leaf=$(cd "$fixture/small" && printf '%s\n' leaves/*.leaf | head -1)
proof=proofs/$(basename "$leaf" .leaf).tlog-proof
size=$(stat -c %s "$fixture/small/$leaf")
text=$(sed '/^$/,$d' "$fixture/small/checkpoint" | wc -c)
dash=$(LC_ALL=C grep -abo '— ' "$fixture/small/checkpoint" | head -1 | cut -d: -f1)
first=$(sed '/^index /q' "$fixture/small/$proof" | wc -c)

restore
touch "$work/bundle/stray"
accepts 1 && fail "step 1 accepts a file that is not listed"
restore
cp "$work/bundle/$leaf" "$work/bundle/leaves/1.leaf"
cp "$work/bundle/$proof" "$work/bundle/proofs/1.tlog-proof"
accepts 3 && fail "step 3 accepts an event under another position"

refuse 1 README.txt 0 100 1000
refuse 1 events.ndjson 5 500
refuse 1 schema/event.capnp 77
# Every line of what is signed; then the signature, behind the key's name and id.
refuse 2 checkpoint 0 7 24 25 30 40 $((text - 4))
refuse 2 checkpoint $((dash + 40)) $((dash + 60)) $((dash + 100))
refuse 3 "$leaf" 0 4 9 16 40 100 $((size / 2)) $((size - 1))
# The first hash, the second, and the third.
refuse 3 "$proof" "$first" $((first + 20)) $((first + 45 + 3)) $((first + 90 + 41))

echo "$tampered tampered ones tried, $failures failures"
[[ $failures == 0 ]]
