"""The rules of a platform. All of them can be asked on any other, so that a dry run shows what would be done there."""

from __future__ import annotations

import os
import platform
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

SYSTEMS = ("linux", "macos", "windows")
# The engine's natives, as the profiles of the root pom.xml choose them, and the tags of wheels that run there, newest last.
NATIVES = {
    ("linux", "x86_64"): "linux-x86_64",
    ("linux", "aarch64"): "linux-aarch64",
    ("macos", "aarch64"): "osx-aarch64",
    ("windows", "x86_64"): "win-x86_64",
}
SAME_PROCESSOR = {"amd64": "x86_64", "x64": "x86_64", "arm64": "aarch64"}
USUAL_PROCESSOR = {"linux": "x86_64", "macos": "aarch64", "windows": "x86_64"}

JDK_PLACES = {
    "linux": ("/usr/lib/jvm/*",),
    "macos": (
        "/Library/Java/JavaVirtualMachines/*/Contents/Home",
        "~/Library/Java/JavaVirtualMachines/*/Contents/Home",
        "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
        "/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    ),
    "windows": tuple(
        rf"C:\Program Files\{maker}\*"
        for maker in ("Eclipse Adoptium", "Java", "Microsoft", "Amazon Corretto", "Zulu", "BellSoft")
    ),
}
ADVICE = {
    "linux": """  Debian, Ubuntu: sudo apt-get install {packages}
  Fedora:         sudo dnf install java-17-openjdk-devel maven python3
  macOS:          brew install openjdk@17 maven python""",
    "macos": "  macOS: brew install openjdk@17 maven python",
    "windows": """  Windows: winget install EclipseAdoptium.Temurin.17.JDK
           winget install Python.Python.3.12
           Maven from its download page, unpacked, its bin folder on the PATH""",
}


@dataclass(frozen=True)
class Machine:
    """A platform: ``system`` is one of SYSTEMS, ``processor`` as the engine's natives are called."""

    system: str
    processor: str

    @staticmethod
    def here() -> Machine:
        system = {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")
        processor = platform.machine().lower()
        return Machine(system, SAME_PROCESSOR.get(processor, processor))

    @staticmethod
    def usual(system: str) -> Machine:
        """The one that most people of that system have."""
        here = Machine.here()
        return here if here.system == system else Machine(system, USUAL_PROCESSOR[system])

    @property
    def windows(self) -> bool:
        return self.system == "windows"

    def natives(self) -> str | None:
        """The classifier of the engine's natives; None where there are none."""
        return NATIVES.get((self.system, self.processor))

    def path(self, *parts: str | PurePath) -> PurePath:
        """A path in the form of that platform; on this one a real one."""
        if self.system == Machine.here().system:
            return Path(*parts)
        return (PureWindowsPath if self.windows else PurePosixPath)(*parts)

    @property
    def separator(self) -> str:
        """What stands between the entries of a class path, so that none may hold it."""
        return ";" if self.windows else ":"

    def java(self, home: PurePath) -> PurePath:
        return home / "bin" / ("java.exe" if self.windows else "java")

    def javac(self, home: PurePath) -> PurePath:
        return home / "bin" / ("javac.exe" if self.windows else "javac")

    def venv_python(self, venv: PurePath) -> PurePath:
        return venv / "Scripts" / "python.exe" if self.windows else venv / "bin" / "python"

    @property
    def maven(self) -> str:
        return "mvn.cmd" if self.windows else "mvn"

    @property
    def door(self) -> str:
        """What the user types."""
        return r"kernel-setup\run.cmd" if self.windows else "kernel-setup/run.sh"

    def quoted(self, words) -> str:
        """A command as it is typed there."""
        words = [str(word) for word in words]
        return subprocess.list2cmdline(words) if self.windows else " ".join(map(shlex.quote, words))

    def advice(self, packages: str) -> str:
        """How to get a JDK, Maven and Python there."""
        return ADVICE[self.system].format(packages=packages)

    def example_root(self) -> PurePath:
        """Where a checkout may lie; the blank is there to be quoted."""
        return self.path({"windows": r"C:\Users\Pat Doe\glip", "macos": "/Users/pat doe/glip"}.get(self.system, "/home/pat doe/glip"))

    def example_jdk(self) -> PurePath:
        folder = JDK_PLACES[self.system][0].replace("*", "jdk-17")
        return self.path(os.path.expanduser(folder))
