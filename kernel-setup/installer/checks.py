"""What is wrong with a request or with the place, in one sentence each, before anything starts."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

from . import Refusal
from .machine import Machine
from .options import Request

KERNELS = ("java", "kotlin")
FIRST_RUN_CHECKOUT, FIRST_RUN_HOME, LATER = 1500 << 20, 900 << 20, 100 << 20  # bytes; measured were 1.2 GB and .7 GB


def kernel_of(notebook: Path) -> str:
    """The kernel that a notebook asks for, or a refusal of what is none or asks for another."""
    expected = "Expected is a Jupyter notebook, such as notebooks/01-pretraining.ipynb."
    if not notebook.exists():
        raise Refusal(f"there is no notebook {notebook}")
    if not notebook.is_file():
        raise Refusal(f"{notebook} is a folder, not a notebook. {expected}")
    try:
        content = json.loads(notebook.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refusal(f"{notebook} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise Refusal(f"{notebook} is no notebook: it is not JSON ({error}). {expected}") from error
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        raise Refusal(f'{notebook} is no notebook of format 4: it has no list "cells". {expected}')
    if content.get("nbformat") != 4:
        raise Refusal(f"{notebook} has the notebook format {content.get('nbformat')}, but 4 is read: save it anew in JupyterLab.")
    metadata = content.get("metadata")
    specification = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    kernel = specification.get("name") if isinstance(specification, dict) else None
    if kernel not in KERNELS:
        raise Refusal(f"{notebook} asks for the kernel {kernel or '(none)'}, but there are {' and '.join(KERNELS)}.")
    return kernel


def check_engine(machine: Machine) -> None:
    if machine.natives() is None:
        raise Refusal(
            f"the engine has no build for {machine.system} on {machine.processor};"
            " it has for Linux (x86_64, aarch64), macOS (Apple silicon) and Windows (x86_64)."
        )


def check_path(machine: Machine, root) -> None:
    """Java reads a class path that we cannot quote."""
    if machine.separator in str(root):
        raise Refusal(
            f'Java cannot be given a class path with a "{machine.separator}" in it, as in {root}: move or rename that folder.'
        )
    if machine.windows and not str(root).isascii():
        # By the code page, which differs between machines: of another one's letters Java finds no class.
        raise Refusal(f"on Windows Java may not find files in {root}: move the folder to a path of plain letters, as C:\\glip.")


def check_disk(root: Path, home: Path, fresh: bool) -> None:
    """Whether what the set-up writes will find a place: in the checkout, the home and among the temporary files."""
    needs = [(root, FIRST_RUN_CHECKOUT if fresh else LATER)]
    needs += [(home, FIRST_RUN_HOME)] if fresh and not (home / ".djl.ai").exists() else []
    needs += [(Path(tempfile.gettempdir()), LATER)]
    together: dict[int, int] = {}
    for folder, bytes_needed in needs:
        device = os.stat(folder).st_dev
        together[device] = together.get(device, 0) + bytes_needed
        free = shutil.disk_usage(folder).free
        if free < together[device]:
            raise Refusal(
                f"the disk of {folder} has {free / 1e9:.1f} GB left, but {together[device] / 1e9:.1f} GB may be needed:"
                " make room first."
            )
    _check_writable(root)


def _check_writable(folder: Path) -> None:
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"\0" * (1 << 16))
    except OSError as error:
        raise Refusal(f"nothing can be written in {folder}: {error.strerror}.") from error


def file_of(request: Request) -> Path | None:
    """The file that the request names, absolute; a folder above it may be a link."""
    return None if request.file is None else Path(request.file).resolve()
