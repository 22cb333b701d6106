"""All of it in order."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import Refusal, bundle, checks, copies, options, plan, tools
from .machine import Machine
from .options import Request
from .progress import say

ROOT = Path(__file__).absolute().parent.parent.parent


def main(arguments: list[str]) -> int:
    try:
        request = options.parse(arguments, os.environ)
        if request is None:
            print(options.USAGE, end="")
            return 0
        return _meet(request)
    except options.Usage:
        print(options.USAGE, end="", file=sys.stderr)
        return 2
    except Refusal as refusal:
        say(f"error: {refusal}")
        return 1
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        hint = " Make room, and run this again." if full else ""
        say(f"error: {error.filename or 'a file'}: {error.strerror}.{hint}")
        return 1
    except KeyboardInterrupt:
        say("\nInterrupted.")
        return 130


def _meet(request: Request) -> int:
    machine = Machine.usual(request.platform) if request.platform else Machine.here()
    file = checks.file_of(request)
    kernel = "java"
    if request.action == "run":
        file = file or ROOT / plan.DEFAULT_NOTEBOOK
        kernel = checks.kernel_of(file)
    elif request.action == "ijava" and not file.is_file():
        raise Refusal(f"there is no file {request.file}; IJava's release is ijava-1.3.0.zip")
    if request.dry_run:
        return _show(request, machine, kernel, file)
    places = _prepare(request)
    if request.action == "ijava":  # a wrong file is told before anything is built
        _call(places, sys.executable, ROOT / "kernel-setup" / "ijava.py", file)
    if subprocess.run([str(places.venv_python), "-c", ""], capture_output=True).returncode if places.venv.exists() else False:
        shutil.rmtree(places.venv)  # the Python that made it may be gone
    for step in plan.setup_steps(request, places, kernel):
        step.run(ROOT)
    if request.action == "tools":
        print(places.jdk)
        return 0
    if request.action == "bundle":
        return bundle.make(machine, places, file)
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # the kernels of .venv, even if the user has others of the same name
    if request.action == "lab":
        copies.refresh(ROOT / "notebooks", ROOT / plan.COPIES)
    elif request.action == "run":
        shown = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
        say(f"notebook: running {shown} in the {request.profile} profile")
    return _become(plan.last_command(request, places, file))


def _prepare(request: Request) -> plan.Places:
    """Checks what can be checked, and finds or installs the programs."""
    machine = Machine.here()
    os.chdir(ROOT)
    os.environ["GLIP_PROFILE"] = request.profile
    checks.check_engine(machine)
    checks.check_path(machine, ROOT)
    bundled = (ROOT / plan.WHEELS).is_dir()
    places = plan.Places(machine, ROOT, Path(), Path(sys.executable), machine.maven, bundled)
    fresh = not plan.build(places).done()
    home = tools.require_home()
    checks.check_disk(ROOT, home, fresh)
    tools.require_utf8()
    jdk = tools.require_jdk(machine)
    tools.tell_java_its_home(machine.java(jdk), home)
    maven = tools.require_maven(machine) if fresh or request.action == "tools" else machine.maven
    tools.require_venv(machine)
    if request.action == "tools":
        tools.want_browser(machine)
    return plan.Places(machine, ROOT, jdk, Path(sys.executable), maven, bundled)


def _show(request: Request, machine: Machine, kernel: str, file: Path | None) -> int:
    here = machine == Machine.here()
    root = ROOT if here else machine.example_root()
    jdk = (tools.find_jdk(machine)[0] if here else None) or machine.example_jdk()
    python = Path(sys.executable) if here else machine.path("py" if machine.windows else "python3")
    places = plan.Places(machine, root, jdk, python, machine.maven, here and (ROOT / plan.WHEELS).is_dir())
    if file is not None and not here:
        file = machine.path(root, *file.relative_to(ROOT).parts) if file.is_relative_to(ROOT) else machine.path(file.name)
    plan.show(request, places, kernel, file, here)
    return 0


def _call(places: plan.Places, *command) -> None:
    code = subprocess.run([str(word) for word in command], check=False).returncode
    if code:
        raise SystemExit(code)


def _become(command: tuple) -> int:
    """Lets the command take this program's place, with its terminal and signals; Windows has no such thing."""
    words = [str(word) for word in command]
    if Machine.here().windows:
        return subprocess.run(words, check=False).returncode
    sys.stdout.flush()
    os.execv(words[0], words)
