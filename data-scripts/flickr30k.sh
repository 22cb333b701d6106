#!/usr/bin/env bash
# Flickr30k's captions and pictures from the archives that you downloaded, for retrieval.
#
#   data-scripts/flickr30k.sh DOWNLOADS SETS
#
# Needs Python 3.9 and nothing else; PYTHON names it (python3).
set -euo pipefail
exec "${PYTHON:-python3}" -B "$(dirname "${BASH_SOURCE[0]}")/sets/captions.py" flickr30k "$@"
