"""One archive that installs without a network: the checkout, the library's jars, the packages' wheels and the drawings.

A checkout that holds bundle/wheels (plan.WHEELS) takes packages from there alone, and needs no Maven, since what Maven would
build is there with its stamp.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

from . import Refusal, plan
from .machine import Machine
from .progress import say, stage

FOLDER = "glip"  # all that the archive holds lies in it
TARGET = "kernel-setup/target"
NOT_COMPRESSED = (".jar", ".whl", ".tgz", ".tar", ".png", ".jpg")
ABOUT = """This folder was made by {door} --bundle, for {natives} and Python 3.9 to 3.13.
It needs a JDK 17 or newer and Python, and no network:

    {door} --lab
"""


def make(machine: Machine, places: plan.Places, archive: Path | None) -> int:
    """``machine`` is what the archive is for, ``places`` are those of this one."""
    root = Path(places.root)
    if machine.natives() is None:
        raise Refusal(f"the engine has no build for {machine.system} on {machine.processor}.")
    archive = archive or root / "out" / f"glip-{machine.natives()}{'.zip' if machine.windows else '.tar.gz'}"
    if not archive.name.endswith((".zip", ".tar.gz", ".tgz")):
        raise Refusal(f"{archive} must end in .zip, .tar.gz or .tgz.")
    archive.parent.mkdir(parents=True, exist_ok=True)
    work = root / "out" / f"bundle-{machine.natives()}"
    wheels, natives = work / "wheels", work / "natives"
    shutil.rmtree(work, ignore_errors=True)
    try:
        _download(machine, places, wheels, natives)
        files = {**_checkout(root), **_jars(root, natives), **_under(wheels, plan.WHEELS), **_under(root / "data/downloads", "data/downloads")}
        about = work / "README.txt"
        about.write_text(ABOUT.format(door=machine.door, natives=machine.natives()), encoding="utf-8")
        files["bundle/README.txt"] = about
        write(archive, files)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"bundle: {archive}\n        {len(files)} files, {archive.stat().st_size / 1e6:.0f} MB, for {machine.natives()}")
    return 0


def _download(machine: Machine, places: plan.Places, wheels: Path, natives: Path) -> None:
    here = Path(places.root) / "kernel-setup"
    wheels.mkdir(parents=True)
    natives.mkdir()
    script, lock = here / "installer" / "wheels.py", here / "requirements-lab.txt"
    command = [places.venv_python, script, lock, wheels, machine.system, machine.processor]
    stage(f"bundle: fetching wheels for {machine.natives()}", command)
    if machine.natives() != Machine.here().natives():
        own = next((here / "target/lib").glob("pytorch-native-cpu-*.jar"))
        version = own.name.removeprefix("pytorch-native-cpu-").split("-")[0]
        artifact = f"ai.djl.pytorch:pytorch-native-cpu:{version}:jar:{machine.natives()}"
        maven = shutil.which(Machine.here().maven) or Machine.here().maven
        copy = [maven, "-B", "-N", "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={natives}"]
        stage(f"bundle: fetching the engine for {machine.natives()}", copy, cwd=places.root)


def _checkout(root: Path) -> dict[str, Path]:
    """What git holds, or would."""
    listed = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=root, capture_output=True, check=False)
    if listed.returncode:
        raise Refusal("a bundle is made from a clone by git, and this is none.")
    names = [name for name in os.fsdecode(listed.stdout).split("\0") if name]
    return {name: root / name for name in names if (root / name).exists()}


def _jars(root: Path, natives: Path) -> dict[str, Path]:
    """The kernels' class path and its stamp; of the engine the build that is asked for."""
    target = root / TARGET
    files = {f"{TARGET}/{jar.name}": jar for jar in target.glob("*.jar")}
    files[f"{TARGET}/build.done"] = target / "build.done"
    other = list(natives.glob("*.jar"))
    for jar in (*(target / "lib").glob("*.jar"), *other):
        if not (other and jar.name.startswith("pytorch-native-") and jar not in other):
            files[f"{TARGET}/lib/{jar.name}"] = jar
    return files


def _under(folder: Path, name: str) -> dict[str, Path]:
    """The files of a folder; the stamp of a check (.verified) last, since none may be newer than it."""
    files = sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.name == ".verified")
    return {f"{name}/{path.relative_to(folder).as_posix()}": path for path in files if not path.name.startswith(".fetch-")}


def write(archive: Path, files: dict[str, Path]) -> None:
    """Writes the files under FOLDER to a temporary name, then renames it. Links are followed, so the archive has none."""
    for name in files:
        parts = PurePosixPath(name).parts
        if not parts or name.startswith("/") or ".." in parts or "\\" in name or ":" in name:
            raise Refusal(f'"{name}" would not stay within the folder of the archive.')
    temporary = archive.with_name(archive.name + ".new")
    say(f"bundle: writing {archive}")
    try:
        (_write_zip if archive.suffix == ".zip" else _write_tar)(temporary, files)
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        os.replace(temporary, archive)
    finally:
        temporary.unlink(missing_ok=True)


def _write_zip(archive: Path, files: dict[str, Path]) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as out:
        for name, file in files.items():
            kind = zipfile.ZIP_STORED if name.endswith(NOT_COMPRESSED) else zipfile.ZIP_DEFLATED
            out.write(file, f"{FOLDER}/{name}", kind)


def _write_tar(archive: Path, files: dict[str, Path]) -> None:
    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        """No user's name in it; what may be run stays so."""
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mode = 0o755 if entry.mode & 0o100 else 0o644
        return entry

    with tarfile.open(archive, "w:gz", compresslevel=1, dereference=True) as out:
        for name, file in files.items():
            out.add(file, f"{FOLDER}/{name}", recursive=False, filter=plain)
