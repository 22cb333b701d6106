#!/usr/bin/env bash
# COCO's captions and pictures from the archives that you downloaded, for retrieval.
#
#   data-scripts/coco.sh [--split karpathy|val2017] DOWNLOADS SETS
#
# Needs Python 3.9 and nothing else; PYTHON names it (python3).
set -euo pipefail
exec "${PYTHON:-python3}" -B "$(dirname "${BASH_SOURCE[0]}")/sets/captions.py" coco "$@"
