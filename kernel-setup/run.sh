#!/bin/sh
# Sets everything up and runs a notebook: --help tells more. The door for Linux and macOS; all that is done stands in run.py.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
python=${PYTHON:-python3}

# Without Python nothing can be said by it: on Debian and Ubuntu, as root or with sudo, it is installed.
if ! command -v "$python" >/dev/null; then
    root=''
    [ "$(id -u)" = 0 ] || root=sudo
    if [ -n "${PYTHON:-}" ] || ! command -v apt-get >/dev/null || { [ -n "$root" ] && ! command -v sudo >/dev/null; }; then
        cat >&2 <<TEXT
error: Python 3.9 or newer is missing: there is no $python.
  Debian, Ubuntu: sudo apt-get install python3 python3-venv
  Fedora:         sudo dnf install java-17-openjdk-devel maven python3
  macOS:          brew install openjdk@17 maven python
Then run this again.
TEXT
        exit 1
    fi
    echo "Python 3.9 or newer is missing: installing python3 python3-venv with apt-get" >&2
    $root apt-get update </dev/null >&2
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3 python3-venv </dev/null >&2
fi

# Names of files and what is printed are UTF-8, in any locale.
export PYTHONUTF8=1
exec "$python" "$here/run.py" "$@"
