"""Downloads, for a bundle, the wheels of a platform and of several Pythons. Run by the virtual environment's Python, which has
`packaging`; pip alone would read a requirement's conditions as those of the machine that it runs on.

usage: wheels.py REQUIREMENTS FOLDER SYSTEM PROCESSOR
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.markers import Marker

PYTHONS = ("3.9", "3.10", "3.11", "3.12", "3.13")
TAGS = {
    ("linux", "x86_64"): ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    ("linux", "aarch64"): ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"),
    ("macos", "aarch64"): ("macosx_12_0_arm64",),
    ("windows", "x86_64"): ("win_amd64",),
}
MARKERS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macos": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}
REQUIREMENT = re.compile(r"^(?P<pin>[^\s;#-][^\s;]*)\s*(?:;(?P<marker>[^\\\n]*))?\\\n(?P<hashes>(?: +--hash=\S+(?: \\)?\n)+)", re.MULTILINE)


def wanted(lock: str, system: str, processor: str, python: str) -> list:
    """The pinned requirements, with their hashes, of a lock file that hold there."""
    machine = {"x86_64": "AMD64"} if system == "windows" else {"aarch64": "arm64"} if system == "macos" else {}
    environment = {
        **MARKERS[system],
        "platform_machine": machine.get(processor, processor),
        "python_version": python,
        "python_full_version": python + ".20",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    found = []
    for match in REQUIREMENT.finditer(lock):
        if not match["marker"] or Marker(match["marker"].strip()).evaluate(environment):
            found.append(f"{match['pin']} {' '.join(match['hashes'].replace(chr(92), '').split())}")
    return found


def main(requirements, folder, system, processor):
    lock = Path(requirements).read_text(encoding="utf-8")
    tags = [word for tag in TAGS[system, processor] for word in ("--platform", tag)]
    for python in PYTHONS:
        print(f"for Python {python}", flush=True)
        with tempfile.TemporaryDirectory() as temporary:
            filtered = Path(temporary) / "requirements.txt"
            filtered.write_text("\n".join(wanted(lock, system, processor, python)) + "\n", encoding="utf-8")
            pip = [sys.executable, "-m", "pip", "download", "--progress-bar", "off", "--disable-pip-version-check", "--no-deps"]
            pip += ["--require-hashes", "--only-binary", ":all:", "--implementation", "cp", "--python-version", python, *tags]
            code = subprocess.run([*pip, "-d", folder, "-r", str(filtered)], check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
