#!/usr/bin/env bash
# ImageNet-V2, -A, -R, -Sketch and ObjectNet from the archives that you downloaded, as glip evaluate --set reads them.
#
#   data-scripts/imagenet-robustness.sh DOWNLOADS SETS [NAME...]
#
# Needs Python 3.9 and nothing else; PYTHON names it (python3).
set -euo pipefail
exec "${PYTHON:-python3}" -B "$(dirname "${BASH_SOURCE[0]}")/sets/robustness.py" "$@"
