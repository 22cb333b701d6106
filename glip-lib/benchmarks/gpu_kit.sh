#!/usr/bin/env bash
# gpu_kit.py on the libraries of an installed torch: gpu_kit.sh PYTHON OPTION.., where PYTHON is an interpreter that has torch with
# CUDA of the version of our engine's natives. It is the peer, too, if it has open_clip. On a GPU untested: none was at hand.
set -euo pipefail

if [ $# -lt 1 ] || ! command -v "$1" >/dev/null; then
    echo "usage: gpu_kit.sh PYTHON OPTION.. (gpu_kit.py --help tells them); PYTHON is an interpreter with torch" >&2
    exit 2
fi
python=$1
shift
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)

# Version, flavour, the folder of the libraries, and those where CUDA's runtime may lie.
if ! found=$("$python" - <<'PYTHON'
from pathlib import Path

import torch

home = Path(torch.__file__).parent
flavour = "cu128" if torch.version.cuda else "cpu"  # what the engine's own library is built for; it fits all of CUDA 12
runtimes = sorted({str(file.parent) for file in (home.parent / "nvidia").glob("**/libcudart.so*")})
print(torch.__version__.split("+")[0], flavour, home / "lib", ":".join([*runtimes, str(home / "lib")]), sep="\n")
PYTHON
); then
    echo "gpu_kit.sh: $python has no torch" >&2
    exit 2
fi
{
    read -r PYTORCH_VERSION
    read -r PYTORCH_FLAVOR
    read -r PYTORCH_LIBRARY_PATH
    read -r runtimes
} <<<"$found"
export PYTORCH_VERSION PYTORCH_FLAVOR PYTORCH_LIBRARY_PATH
# DJL asks for CUDA's runtime by this; where it is not found, it would take the CPU.
export JAVA_TOOL_OPTIONS="${JAVA_TOOL_OPTIONS:-} -Djna.library.path=$runtimes -XX:MaxDirectMemorySize=16g"
echo "gpu_kit.sh: torch $PYTORCH_VERSION, $PYTORCH_FLAVOR, in $PYTORCH_LIBRARY_PATH" >&2

peer=()
if "$python" -c 'import open_clip' 2>/dev/null; then
    peer=(--peer "$python")
fi
exec "$python" "$here/gpu_kit.py" "${peer[@]}" "$@"
