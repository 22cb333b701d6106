#!/usr/bin/env bash
# Fetches the packages of Scenes and prepares presets under DIR (the data root, by default `data`).
#
#   data-scripts/prepare-scenes.sh [--data DIR] [PRESET...]
#
# PRESET: centred (the default), loose, uniform, full-frame, mosaic. What is already there is not made again.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
data=data
if [[ ${1:-} == --data && $# -ge 2 ]]; then
  data=$2
  shift 2
fi
if [[ ${1:-} == -* ]]; then
  echo "usage: $0 [--data DIR] [PRESET...]" >&2
  exit 2
fi
(($#)) || set -- centred

"$here/fetch-scenes.sh" "$data"
for preset in "$@"; do
  "$here/../glip-lib/bin/glip" scenes --preset "$preset" --data "$data" >/dev/null
done
