#!/usr/bin/env bash
# Sets everything up and runs a notebook. Repeated runs skip what is done.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: kernel-setup/run.sh [--in-place] [--check] [NOTEBOOK]
       kernel-setup/run.sh --lab
       kernel-setup/run.sh --ijava JAR_OR_ZIP

Runs NOTEBOOK (default: notebooks/01-pretraining.ipynb) and leaves the executed notebook and an HTML page in out/.
  --in-place   if all cells ran, write the outputs into NOTEBOOK too
  --check      run in the smoke profile; fail unless tables and pictures were rendered
  --lab        install and open JupyterLab with the Java and Kotlin kernels
  --ijava      make a kernel of IJava, from its release zip or its jar, and run a cell in it
Environment: GLIP_PROFILE=smoke|default|full (how much work the notebook does), JAVA_HOME, PYTHON
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/kernel-setup/tools.sh"
require_utf8

lab='' ijava='' notebook=$root/notebooks/01-pretraining.ipynb options=()
while [ $# -gt 0 ]; do
    case $1 in
        --lab) lab=yes ;;
        --ijava)
            [ $# -ge 2 ] || { usage >&2; exit 2; }
            ijava=$2
            shift
            ;;
        --in-place) options+=(--in-place) ;;
        --check) options+=(--check); export GLIP_PROFILE=smoke ;;
        -h | --help) usage; exit 0 ;;
        -*) usage >&2; exit 2 ;;
        *) notebook=$1 ;;
    esac
    shift
done
if [ "$ijava" ]; then
    [ -f "$ijava" ] || die "there is no file $ijava; IJava's release is ijava-1.3.0.zip"
    ijava=$(realpath "$ijava")
elif [ ! "$lab" ]; then
    [ -f "$notebook" ] || die "there is no notebook $notebook"
    notebook=$(realpath "$notebook")
fi
cd "$root"

# unless_done STAMP FUNCTION FILE...: calls FUNCTION unless it last succeeded with the same files (names or folders).
unless_done() {
    local stamp=$1 function=$2 now
    shift 2
    now=$(find "$@" -type f -exec cksum {} + | LC_ALL=C sort | cksum)
    if [ "$(cat "$stamp" 2>/dev/null)" != "$now" ]; then
        rm -f "$stamp"
        "$function"
        echo "$now" >"$stamp"
    fi
}

# Wheels only: building a package would fetch what it is built with, which nobody has pinned.
pip_install() {
    stage "Python packages: installing $1 into .venv" .venv/bin/python -m pip install --progress-bar off --disable-pip-version-check \
        --require-hashes --only-binary :all: -r "$1"
}

notebook_packages() {
    "$PYTHON" -m venv --clear .venv
    pip_install kernel-setup/requirements.txt
}

lab_packages() {
    pip_install kernel-setup/requirements-lab.txt
}

build() {
    rm -rf kernel-setup/target/lib kernel-setup/target/*.jar
    stage "library: building (the first time, Maven downloads about 250 MB)" mvn_package
}

# What Maven says of each module and download is the progress; what it says of a failure stands below.
mvn_package() {
    mvn -B -Dstyle.color=never -Dmaven.test.skip=true -Dspotless.check.skip=true -Dmaven.compiler.failOnWarning=false -pl '!glip-lib/spark' package </dev/null
}

require_jdk
require_home
require_maven
require_python
[ ! "$ijava" ] || "$PYTHON" kernel-setup/ijava.py "$ijava" # a wrong file is told before anything is built
.venv/bin/python -c '' 2>/dev/null || rm -rf .venv # the Python that made it may be gone
unless_done .venv/notebook.done notebook_packages kernel-setup/requirements.txt
if [ "$lab" ] || { [ ! "$ijava" ] && grep -q '"name": *"kotlin"' "$notebook"; }; then
    unless_done .venv/lab.done lab_packages kernel-setup/requirements-lab.txt
fi
unless_done kernel-setup/target/build.done build pom.xml {glip-lib/core,glip-lib/ranks,glip-lib/experiments,glip-lib/cli,kernel-setup}/{pom.xml,src/main}
# The smoke profile takes the small set that the library carries. Else the notebooks compose the presets that they show.
[ "$ijava" ] || [ "${GLIP_PROFILE:-default}" = smoke ] || bash data-scripts/fetch-scenes.sh
.venv/bin/python kernel-setup/kernelspec.py "$root" "$JAVA_HOME"

# The kernels of .venv, even if the user has others of the same name.
export JUPYTER_PREFER_ENV_PATH=1
[ ! "$ijava" ] || exec .venv/bin/python kernel-setup/ijava.py "$ijava" "$root" "$JAVA_HOME"
if [ "$lab" ]; then
    as_root=()
    [ "$(id -u)" != 0 ] || as_root=(--allow-root) # in a container
    exec .venv/bin/python -m jupyterlab ${as_root[@]+"${as_root[@]}"} notebooks
fi
echo "notebook: running ${notebook#"$root"/} in the ${GLIP_PROFILE:-default} profile" >&2
exec .venv/bin/python kernel-setup/execute.py ${options[@]+"${options[@]}"} --out out "$notebook"
