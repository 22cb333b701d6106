#!/usr/bin/env bash
# Makes the .txt files from the .in files: one version of each package for Python 3.9 to 3.13 on Linux, macOS and Windows, with the
# hashes of all its files, so that pip takes no other. Versions that stand there are kept; --upgrade takes the newest.
# Needs uv (pip install uv).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
for name in requirements requirements-lab requirements-browser requirements-npm; do
    uv pip compile --quiet --universal --python-version 3.9 --fork-strategy fewest --no-emit-index-url --generate-hashes --no-strip-extras \
        --no-build --custom-compile-command kernel-setup/lock.sh "$@" "$name.in" -o "$name.txt"
done
