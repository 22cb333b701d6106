# shellcheck shell=bash
# Sourced by run.sh and by .ci/run: finds a JDK, Maven and Python. On Debian and Ubuntu, as root or with sudo, it installs what is
# missing; elsewhere it says what to install. Sets JAVA_HOME and PYTHON.

die() {
    echo "error: $*" >&2
    exit 1
}

# Java and Python read names of files by the locale. One may be named and yet be missing here, so its name says nothing.
require_utf8() {
    local name
    [ "$(locale charmap 2>/dev/null)" != UTF-8 ] || return 0
    for name in C.UTF-8 en_US.UTF-8 $(locale -a 2>/dev/null | grep -i 'utf-\{0,1\}8$'); do
        if [ "$(env LC_ALL="$name" locale charmap 2>/dev/null)" = UTF-8 ]; then
            export LC_ALL=$name
            return
        fi
    done
}

# A user without a home, as in a container with a user number of its own, gets one among the temporary files: Maven, pip and
# Jupyter keep files there.
require_home() {
    if [ ! -w "${HOME:-?}" ]; then
        HOME=${TMPDIR:-/tmp}/glip-home-$(id -u)
        mkdir -p -m 700 "$HOME" && [ -O "$HOME" ] || die "there is no home folder to write to, and $HOME is not ours; set HOME"
        export HOME
    fi
    # Java does not ask HOME: to it the home of an unknown user is "?".
    [ "$(java_property "$JAVA_HOME/bin/java" user.home)" != '?' ] || export MAVEN_OPTS="-Duser.home=$HOME ${MAVEN_OPTS:-}"
}

can_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null || { command -v sudo >/dev/null && [ -t 0 ]; }
}

# stage TITLE COMMAND...: runs COMMAND and tells on standard error how long it has taken and what it said last: on a terminal every second
# in one line, elsewhere every ten seconds. If it fails, the end of what it said follows.
stage() {
    local title=$1 log status=0 began=$SECONDS ticker
    shift
    log=$(mktemp)
    echo "$title" >&2
    tell "$log" "$began" &
    ticker=$!
    "$@" >"$log" 2>&1 || status=$?
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    [ ! -t 2 ] || printf '\r\033[K' >&2
    if [ "$status" = 0 ]; then
        echo "  done in $((SECONDS - began)) s" >&2
    else
        tail -n 60 "$log" >&2
    fi
    rm -f "$log"
    return "$status"
}

# tell LOG BEGAN: until it is killed, or the script that began it has ended.
tell() {
    local log=$1 began=$2 said width
    while sleep 1 && kill -0 $$ 2>/dev/null; do
        said=$(tail -n 20 "$log" 2>/dev/null | tr '\r' '\n' | sed -e 's/^\[INFO\] *//' -e '/^[- ]*$/d' | tail -n 1)
        if [ -t 2 ]; then
            width=$(tput cols 2>/dev/null || echo 80)
            printf '\r\033[K%s' "$(printf '  %4d s  %s' $((SECONDS - began)) "$said" | cut -c "1-$((width - 1))")" >&2
        elif [ $(((SECONDS - began) % 10)) = 0 ]; then
            printf '  %4d s  %s\n' $((SECONDS - began)) "$said" >&2
        fi
    done
}

# install WHAT PACKAGE...: WHAT is what the user is told.
install() {
    local what=$1 root=''
    shift
    can_install || die "$what is missing.
  Debian, Ubuntu: sudo apt-get install $*
  Fedora:         sudo dnf install java-17-openjdk-devel maven python3
  macOS:          brew install openjdk@17 maven python
Then run this again."
    [ "$(id -u)" = 0 ] || root=sudo
    [ -z "$root" ] || sudo -v # asks for a password here, not behind the line of progress
    stage "$what is missing: installing $* with apt-get" apt_get "$root" "$@"
}

apt_get() {
    local root=$1
    shift
    $root apt-get update </dev/null &&
        $root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" </dev/null
}

# Whether dotted version $1 is at least major.minor $2.
at_least() {
    [ "$(printf '%s\n%s\n' "$2" "$1" | sort -t. -k1,1n -k2,2n | head -n 1)" = "$2" ]
}

java_property() {
    "$1" -XshowSettings:properties -version 2>&1 | sed -n "s/^ *$2 = //p"
}

# Sets jdk_found to the home of the first JDK that will do, and jdk_faults to what is wrong with those before it.
find_jdk() {
    local java home version
    jdk_found='' jdk_faults=''
    for java in ${JAVA_HOME:+"$JAVA_HOME/bin/java"} "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
        [ -x "$java" ] || continue
        version=$(java_property "$java" java.specification.version || true)
        home=$(java_property "$java" java.home || true)
        if ! at_least "${version:-0}" 17; then
            jdk_faults+="  $java is Java ${version:-of an unknown version}, too old"$'\n'
        elif [ ! -x "$home/bin/javac" ] || ! "$java" --list-modules | grep -q '^jdk.jshell'; then
            jdk_faults+="  $java is a runtime without compiler and jdk.jshell, not a JDK"$'\n'
        else
            jdk_found=$home
            return
        fi
    done
}

# Debian 13 has 21 and no 17.
jdk_package() {
    if ! apt-cache show openjdk-17-jdk-headless >/dev/null 2>&1 && apt-cache show openjdk-21-jdk-headless >/dev/null 2>&1; then
        echo openjdk-21-jdk-headless
    else
        echo openjdk-17-jdk-headless
    fi
}

require_jdk() {
    find_jdk
    if [ -z "$jdk_found" ]; then
        printf '%s' "$jdk_faults"
        install "A JDK of version 17 or newer" "$(jdk_package)"
        find_jdk
        [ -n "$jdk_found" ] || die "no JDK of version 17 or newer was found after the installation"
    fi
    export JAVA_HOME=$jdk_found
}

maven_version() {
    mvn -version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p'
}

require_maven() {
    command -v mvn >/dev/null || install "Maven 3.8 or newer" maven
    at_least "$(maven_version)" 3.8 \
        || die "Maven 3.8 or newer is needed, but $(command -v mvn) is $(maven_version). Put a newer one first on the PATH."
}

require_python() {
    PYTHON=${PYTHON:-python3}
    command -v "$PYTHON" >/dev/null || install "Python 3.9 or newer" python3 python3-venv
    "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 9))' \
        || die "Python 3.9 or newer is needed, but $PYTHON is $("$PYTHON" --version). Name another with PYTHON=/path/to/python3."
    "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || install "Python's venv" python3-venv
}

# A browser for the tests of pages. Without one they are skipped, and say so; nothing fails for want of it.
want_browser() {
    local name root=''
    for name in chromium chromium-browser google-chrome; do
        ! command -v "$name" >/dev/null || return 0
    done
    [ "$(id -u)" = 0 ] || root=sudo
    if ! can_install || ! stage "no browser: installing chromium with apt-get" apt_get "$root" chromium; then
        echo "WARNING: no browser; what is tested in one is skipped" >&2
    fi
}
