#!/usr/bin/env bash
# Caltech-101 from the archive that you downloaded, as glip evaluate --set caltech101 reads it.
#
#   data-scripts/caltech101.sh DOWNLOADS SETS
#
# Needs Python 3.9 and nothing else; PYTHON names it (python3).
set -euo pipefail
exec "${PYTHON:-python3}" -B "$(dirname "${BASH_SOURCE[0]}")/sets/caltech101.py" "$@"
