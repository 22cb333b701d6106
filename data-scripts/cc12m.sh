#!/usr/bin/env bash
# CC12M: fetches the pictures of the list that you downloaded, by img2dataset, into webdataset shards.
#
#   data-scripts/cc12m.sh [--passes N] [--processes N] [--threads N] LIST OUT
#
# PYTHON names a Python (python3) with what requirements-img2dataset.txt pins.
set -euo pipefail
exec "${PYTHON:-python3}" -B "$(dirname "${BASH_SOURCE[0]}")/sets/web_pairs.py" cc12m "$@"
