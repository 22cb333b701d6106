"""Finds a JDK, Maven and Python's venv. On Debian and Ubuntu, as root or with sudo, it installs what is missing; elsewhere it
says what to install."""

from __future__ import annotations

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from . import Refusal
from .machine import JDK_PLACES, Machine
from .progress import say, stage

OLDEST_JAVA = 17
OLDEST_MAVEN = (3, 8)
UTF8_LOCALES = ("C.UTF-8", "en_US.UTF-8")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def answer(command: list[str], **variables: str) -> str:
    """What a command says, on standard output and error; nothing if it cannot be run."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, **variables}
        )
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace")


def require_utf8() -> None:
    """Java reads names of files by the locale. One may be named and yet be missing here, so its name says nothing."""
    if not shutil.which("locale") or answer(["locale", "charmap"]).strip() == "UTF-8":
        return
    others = [name for name in answer(["locale", "-a"]).split() if re.search("utf-?8$", name, re.IGNORECASE)]
    for name in (*UTF8_LOCALES, *others):
        lines = answer(["locale", "charmap"], LC_ALL=name).splitlines()
        if lines and lines[-1] == "UTF-8":
            os.environ["LC_ALL"] = name
            return


def require_home() -> Path:
    """A user without a home, as in a container with a user number of its own, gets one among the temporary files.

    Maven, pip and Jupyter keep files there.
    """
    if Machine.here().windows:
        return Path.home()
    home = os.environ.get("HOME", "")
    if not home or not os.access(home, os.W_OK):
        home = os.path.join(tempfile.gettempdir(), f"glip-home-{os.getuid()}")
        try:
            os.makedirs(home, mode=0o700, exist_ok=True)
            ours = os.stat(home).st_uid == os.getuid()
        except OSError:
            ours = False
        if not ours:
            raise Refusal(f"there is no home folder to write to, and {home} is not ours; set HOME")
        os.environ["HOME"] = home
    return Path(home)


def tell_java_its_home(java: Path, home: Path) -> None:
    """Java does not ask HOME: to it the home of an unknown user is "?"."""
    if java_property(java, "user.home") == "?":
        os.environ["MAVEN_OPTS"] = f"-Duser.home={home} {os.environ.get('MAVEN_OPTS', '')}"


def java_property(java: Path, name: str) -> str | None:
    said = answer([str(java), "-XshowSettings:properties", "-version"])
    found = re.search(rf"^ *{re.escape(name)} = (.*?)\r?$", said, re.MULTILINE)
    return found[1] if found else None


def fault_of_jdk(machine: Machine, java: Path) -> tuple[Path | None, str]:
    """The home of the JDK that this Java belongs to, or what is wrong with it."""
    version = java_property(java, "java.specification.version")
    home = java_property(java, "java.home")
    if not version or not home or int(re.match(r"(?:1\.)?(\d+)", version)[1]) < OLDEST_JAVA:
        return None, f"{java} is Java {version or 'of an unknown version'}, too old"
    if not machine.javac(Path(home)).exists() or "jdk.jshell" not in answer([str(java), "--list-modules"]):
        return None, f"{java} is a runtime without compiler and jdk.jshell, not a JDK"
    return Path(home), ""


def find_jdk(machine: Machine) -> tuple[Path | None, list[str]]:
    """The home of the first JDK that will do, and what is wrong with those before it."""
    named, faults = os.environ.get("JAVA_HOME"), []
    candidates = [machine.java(Path(named))] if named else []
    on_path = shutil.which("java")
    candidates += [Path(on_path)] if on_path else []
    for place in JDK_PLACES[machine.system]:
        candidates += [machine.java(Path(home)) for home in sorted(glob.glob(os.path.expanduser(place)))]
    for java in candidates:
        if not os.access(java, os.X_OK):
            if named and java == candidates[0]:
                faults.append(f"JAVA_HOME is {named}, but there is no {java.relative_to(named)} in it")
            continue
        home, fault = fault_of_jdk(machine, java)
        if home:
            return home, faults
        faults.append(("JAVA_HOME: " if named and java == candidates[0] else "") + fault)
    return None, faults


def require_jdk(machine: Machine) -> Path:
    home, faults = find_jdk(machine)
    if home and faults and os.environ.get("JAVA_HOME"):
        say(f"note: {faults[0]}; a JDK of version 17 or newer is needed, so {home} is taken in its place.")
    if not home:
        for fault in faults:
            say("  " + fault)
        _install(machine, "A JDK of version 17 or newer", _jdk_package())
        home, _ = find_jdk(machine)
        if not home:
            raise Refusal("no JDK of version 17 or newer was found after the installation")
    os.environ["JAVA_HOME"] = str(home)
    return home


def _jdk_package() -> str:
    """Debian 13 has 21 and no 17."""
    for package in ("openjdk-17-jdk-headless", "openjdk-21-jdk-headless"):
        if shutil.which("apt-cache") and subprocess.run(["apt-cache", "show", package], capture_output=True).stdout:
            return package
    return "openjdk-17-jdk-headless"


def require_maven(machine: Machine) -> str:
    if not shutil.which(machine.maven):
        _install(machine, "Maven 3.8 or newer", "maven")
    maven = shutil.which(machine.maven) or machine.maven
    found = re.search(r"Apache Maven ([0-9.]*)", answer([maven, "-version"]))
    version = found[1] if found else "(no version)"
    if tuple(int(part) for part in re.findall(r"\d+", version)[:2]) < OLDEST_MAVEN:
        raise Refusal(f"Maven 3.8 or newer is needed, but {maven} is {version}. Put a newer one first on the PATH.")
    return maven


def require_venv(machine: Machine) -> None:
    if subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True).returncode:
        _install(machine, "Python's venv", "python3-venv")


def want_browser(machine: Machine) -> bool:
    """A browser for the tests of pages. Without one they are skipped, and say so; nothing fails for want of it."""
    if any(map(shutil.which, BROWSERS)):
        return True
    try:
        if not _can_install(machine):
            raise Refusal("")
        _apt_get("no browser: installing chromium with apt-get", "chromium")
    except Refusal:
        say("WARNING: no browser; what is tested in one is skipped")
        return False
    return True


def _can_install(machine: Machine) -> bool:
    if machine.system != "linux" or not shutil.which("apt-get"):
        return False
    if os.getuid() == 0:
        return True
    if not shutil.which("sudo"):
        return False
    return subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0 or sys.stdin.isatty()


def _install(machine: Machine, what: str, *packages: str) -> None:
    """``what`` is what the user is told."""
    names = " ".join(packages)
    if not _can_install(machine):
        raise Refusal(f"{what} is missing.\n{machine.advice(names)}\nThen run this again.")
    _apt_get(f"{what} is missing: installing {names} with apt-get", *packages)


def _apt_get(title: str, *packages: str) -> None:
    root = [] if os.getuid() == 0 else ["sudo"]
    if root:
        subprocess.run(["sudo", "-v"], check=False)  # asks for a password here, not behind the line of progress
    stage(
        title,
        [*root, "apt-get", "update"],
        [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "--no-install-recommends", *packages],
    )
