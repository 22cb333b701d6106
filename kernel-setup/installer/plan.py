"""The steps of a request, as data: they are run here, and a dry run prints those of any platform."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePath

from .machine import Machine
from .options import Request
from .progress import stage

MODULES = ("glip-lib/core", "glip-lib/ranks", "glip-lib/experiments", "glip-lib/cli", "kernel-setup")
WHEELS = "bundle/wheels"  # in what --bundle made: the packages, so that no network is needed
DEFAULT_NOTEBOOK = "notebooks/01-pretraining.ipynb"
FIRST_LESSON = "20-lesson.ipynb"
COPIES = "my-notebooks"


@dataclass(frozen=True)
class Places:
    """Where things lie: of this machine, or an example of another."""

    machine: Machine
    root: PurePath
    jdk: PurePath
    python: PurePath
    maven: str
    bundled: bool = False

    @property
    def venv(self) -> PurePath:
        return self.root / ".venv"

    @property
    def venv_python(self) -> PurePath:
        return self.machine.venv_python(self.venv)


@dataclass(frozen=True)
class Step:
    """Commands, and when they are skipped: if they last succeeded with the same inputs (files, or all files of folders)."""

    title: str
    commands: tuple[tuple, ...]
    stamp: PurePath | None = None
    inputs: tuple[PurePath, ...] = ()
    clear: tuple[PurePath, ...] = ()  # removed before
    hidden: bool = True  # behind a line of progress; else what it says is seen

    def fingerprint(self) -> str:
        """Of the inputs' names and bytes; the names as seen from the stamp's root, so that a checkout may move."""
        digest = hashlib.sha256()
        for start in self.inputs:
            files = sorted(path for path in start.rglob("*") if path.is_file()) if start.is_dir() else [start]
            for file in files:
                name = f"{start.name}/{file.relative_to(start).as_posix()}"
                digest.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()

    def done(self) -> bool:
        try:
            return self.stamp is not None and self.stamp.read_text().strip() == self.fingerprint()
        except OSError:
            return False

    def run(self, cwd: Path) -> None:
        if self.done():
            return
        if self.stamp:
            self.stamp.unlink(missing_ok=True)
        for path in self.clear:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        if self.hidden:
            stage(self.title, *self.commands, cwd=cwd)
        else:
            for command in self.commands:
                done = subprocess.run([str(word) for word in command], cwd=cwd, check=False)
                if done.returncode:
                    raise SystemExit(done.returncode)
        if self.stamp:
            self.stamp.parent.mkdir(parents=True, exist_ok=True)
            temporary = self.stamp.with_name(self.stamp.name + ".new")
            temporary.write_text(self.fingerprint() + "\n")
            os.replace(temporary, self.stamp)


# --- the steps ---


def pip_install(places: Places, name: str) -> tuple:
    """Wheels only: building a package would fetch what it is built with, which nobody has pinned."""
    offline = ("--no-index", "--find-links", places.root / WHEELS) if places.bundled else ()
    options = ("--progress-bar", "off", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:", *offline)
    return (places.venv_python, "-m", "pip", "install", *options, "-r", places.root / "kernel-setup" / name)


def packages(places: Places, name: str, stamp: str, fresh: bool = False) -> Step:
    create = ((places.python, "-m", "venv", "--clear", places.venv),) if fresh else ()
    return Step(
        f"Python packages: installing kernel-setup/{name} into .venv",
        (*create, pip_install(places, name)),
        places.venv / stamp,
        (places.root / "kernel-setup" / name,),
    )


def build(places: Places) -> Step:
    target = places.root / "kernel-setup" / "target"
    inputs = [places.root / "pom.xml"]
    for module in MODULES:
        inputs += [places.root / module / "pom.xml", places.root / module / "src" / "main"]
    properties = ("style.color=never", "maven.test.skip=true", "spotless.check.skip=true", "maven.compiler.failOnWarning=false")
    return Step(
        "library: building (the first time, Maven downloads about 250 MB)",
        ((places.maven, "-B", *(f"-D{each}" for each in properties), "-pl", "!glip-lib/spark", "package"),),
        target / "build.done",
        tuple(inputs),
        clear=(target / "lib", *(target.glob("*.jar") if isinstance(target, Path) else ())),
    )


def data(places: Places) -> Step:
    scripts = places.root / "data-scripts"
    return Step(
        "data: fetching the drawings of Scenes (44 MB)",
        ((places.venv_python, scripts / "fetch_scenes.py", places.root / "data"),),
        hidden=False,
    )


def kernels(places: Places) -> Step:
    script = places.root / "kernel-setup" / "kernelspec.py"
    return Step("kernels: writing their specifications", ((places.venv_python, script, places.root, places.jdk),), hidden=False)


def setup_steps(request: Request, places: Places, kernel: str) -> list[Step]:
    """Those that bring the machine to where the request can be met."""
    steps = [packages(places, "requirements.txt", "notebook.done", fresh=True)]
    if request.action in ("lab", "bundle", "tools") or (request.action == "run" and kernel == "kotlin"):
        steps.append(packages(places, "requirements-lab.txt", "lab.done"))
    if request.action == "tools":
        steps.append(packages(places, "requirements-browser.txt", "browser.done"))
        return steps
    steps.append(build(places))
    # The smoke profile takes the small set that the library carries. Else the notebooks compose the presets that they show.
    if request.action != "ijava" and (request.profile != "smoke" or request.action == "bundle"):
        steps.append(data(places))
    return steps if request.action == "bundle" else [*steps, kernels(places)]


def last_command(request: Request, places: Places, file: PurePath | None) -> tuple:
    """What takes the place of this program at the end."""
    python, here = places.venv_python, places.root / "kernel-setup"
    if request.action == "ijava":
        return (python, here / "ijava.py", file, places.root, places.jdk)
    if request.action == "lab":
        as_root = ("--allow-root",) if hasattr(os, "getuid") and os.getuid() == 0 and not places.machine.windows else ()
        page = f"/lab/tree/{COPIES}/{FIRST_LESSON}"
        return (python, "-m", "jupyterlab", *as_root, f"--ServerApp.root_dir={places.root}", f"--LabApp.default_url={page}")
    options = [option for option, wanted in (("--in-place", request.in_place), ("--check", request.check)) if wanted]
    return (python, here / "execute.py", *options, "--out", "out", file)


def show(request: Request, places: Places, kernel: str, file: PurePath | None, known: bool) -> None:
    """Prints the steps; ``known`` says that they are of this machine, so that what is done can be told."""
    quoted = places.machine.quoted
    print(f"# {places.machine.system}, {places.machine.processor}; engine: {places.machine.natives() or 'none'}; in {places.root}")
    for step in setup_steps(request, places, kernel):
        state = " (done already: skipped)" if known and step.done() else ""
        print(f"# {step.title}{state}")
        for path in step.clear:
            print(f"#   removed before: {path}")
        for command in step.commands:
            print(quoted(command))
    if request.action == "lab":
        print(f"# notebooks: copying those that are new to {COPIES}")
    if request.action == "bundle":
        print("# bundle: packing the checkout, jars, wheels, drawings")
    elif request.action != "tools":
        print(f"# {request.action}")
        print(quoted(last_command(request, places, file)))

