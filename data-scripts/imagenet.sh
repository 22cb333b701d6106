#!/usr/bin/env bash
# ImageNet-1K from the archives that you downloaded, as glip evaluate --set imagenet1k reads it.
#
#   data-scripts/imagenet.sh [--train] DOWNLOADS SETS
#
# Needs Python 3.9 and nothing else; PYTHON names it (python3).
set -euo pipefail
exec "${PYTHON:-python3}" -B "$(dirname "${BASH_SOURCE[0]}")/sets/imagenet.py" "$@"
