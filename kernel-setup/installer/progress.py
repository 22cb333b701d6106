"""A command whose output is hidden behind a line of progress."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import Refusal

SECONDS_BETWEEN_LINES = 10  # where the output is no terminal
LINES_OF_A_FAILURE = 60


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def stage(title: str, *commands: list[str], cwd=None, env=None) -> None:
    """Runs the commands and tells on standard error how long it has taken and what they said last.

    On a terminal every second in one line, elsewhere every ten seconds. If one fails, the end of what it said follows.
    """
    say(title)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        log, code = Path(folder) / "log", 0
        for command in commands:
            code = code or _run([str(word) for word in command], log, began, cwd, env)
        if sys.stderr.isatty():
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        if code:
            for line in log.read_bytes().decode("utf-8", "replace").splitlines()[-LINES_OF_A_FAILURE:]:
                say(line)
            raise Refusal(f"this failed: {title}")
    say(f"  done in {time.monotonic() - began:.0f} s")


def _run(command: list[str], log: Path, began: float, cwd, env) -> int:
    shown = 0.0
    with log.open("ab") as end, subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=end, stderr=end, cwd=cwd, env=env
    ) as process:
        try:
            while True:
                try:
                    return process.wait(timeout=1)
                except subprocess.TimeoutExpired:
                    shown = _tell(log, time.monotonic() - began, shown)
        except BaseException:
            process.terminate()  # Ctrl-C has reached it too, where there is a terminal
            raise


def _tell(log: Path, seconds: float, shown: float) -> float:
    if sys.stderr.isatty():
        width = shutil.get_terminal_size().columns - 1
        print("\r\x1b[K" + f"  {seconds:4.0f} s  {_last_words(log)}"[:width], end="", file=sys.stderr, flush=True)
    elif seconds - shown >= SECONDS_BETWEEN_LINES:
        say(f"  {seconds:4.0f} s  {_last_words(log)}")
        return seconds
    return shown


def _last_words(log: Path) -> str:
    """The last line that says something, without Maven's marks."""
    with log.open("rb") as again:
        again.seek(max(0, log.stat().st_size - 4096))
        tail = again.read()
    lines = tail.decode("utf-8", "replace").replace("\r", "\n").split("\n")
    words = [(line[6:] if line.startswith("[INFO]") else line).strip() for line in lines]
    return next((line for line in reversed(words) if line.strip("- ")), "")
