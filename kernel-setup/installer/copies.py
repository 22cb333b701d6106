"""The notebooks that a user works on: copies, so that running all cells leaves the checkout's own files untouched."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from pathlib import Path

from .progress import say

RECORD = ".copied.json"  # of each copy, the bytes that it was made of
IN_SIGHT = ("README.md", "data", "out")  # beside the copies, since JupyterLab shows the folder of the notebook that it opens


def refresh(originals: Path, copies: Path) -> None:
    """Copies what is new in ``originals``. A copy that the user has changed, by running it if nothing else, stays."""
    copies.mkdir(exist_ok=True)
    record = _read(copies / RECORD)
    kept = []
    for original in sorted(path for path in originals.rglob("*") if path.is_file() and ".ipynb_checkpoints" not in path.parts):
        name = original.relative_to(originals).as_posix()
        copy, now = copies / name, _sum(original)
        if record.get(name) == now and copy.exists():
            continue
        if copy.exists() and _sum(copy) not in (record.get(name), now):
            kept.append(name)
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        temporary = copy.with_name(copy.name + ".new")
        shutil.copyfile(original, temporary)
        os.replace(temporary, copy)
        record[name] = now
    temporary = copies / (RECORD + ".new")
    temporary.write_text(json.dumps(record, indent=0), encoding="utf-8")
    os.replace(temporary, copies / RECORD)
    for name in IN_SIGHT:
        with contextlib.suppress(OSError):  # Windows may not let this user make links
            if not os.path.lexists(copies / name):
                os.symlink(os.path.relpath(originals.parent / name, copies), copies / name)
    for name in kept:
        say(f"notebooks: {copies.name}/{name} is yours and stays, though there is a new one; rename yours, and it will be copied")


def _read(file: Path) -> dict:
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _sum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
