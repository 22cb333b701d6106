"""What the user asks for, by arguments and environment."""

from __future__ import annotations

from dataclasses import dataclass, replace

from . import Refusal
from .machine import SYSTEMS

USAGE = """usage: kernel-setup/run.sh [--in-place] [--check] [NOTEBOOK]
       kernel-setup/run.sh --lab
       kernel-setup/run.sh --ijava JAR_OR_ZIP
       kernel-setup/run.sh --bundle [ARCHIVE] [--platform SYSTEM]

Runs NOTEBOOK (default: notebooks/01-pretraining.ipynb) and leaves the executed notebook and an HTML page in out/.
  --in-place   if all cells ran, write the outputs into NOTEBOOK too
  --check      run in the smoke profile; fail unless tables and pictures were rendered
  --lab        install and open JupyterLab with the Java and Kotlin kernels, on copies of the notebooks in my-notebooks/
  --ijava      make a kernel of IJava, from its release zip or its jar, and run a cell in it
  --bundle     make one archive that installs without a network (default: out/glip-PLATFORM.tar.gz or .zip)
  --platform   for --bundle: linux, macos or windows; with --dry-run: show the steps of that system
  --dry-run    show each step, and whether it is done already; do nothing
Environment: GLIP_PROFILE=smoke|default|full (how much work the notebook does), JAVA_HOME, PYTHON
On Windows: kernel-setup\\run.cmd in place of kernel-setup/run.sh
"""
PROFILES = ("smoke", "default", "full")


class Usage(Exception):
    """The arguments are wrong; the exit code is 2."""


@dataclass(frozen=True)
class Request:
    """``action`` is run, lab, ijava, bundle or tools; ``file`` its notebook, IJava or archive as it was given."""

    action: str = "run"
    file: str | None = None
    in_place: bool = False
    check: bool = False
    dry_run: bool = False
    platform: str | None = None
    profile: str = "default"


def parse(arguments: list[str], environment: dict[str, str]) -> Request:
    """Returns None in place of a request where help is asked for."""
    request, words, profile = Request(), list(arguments), environment.get("GLIP_PROFILE") or "default"
    while words:
        word = words.pop(0)
        if word in ("--lab", "--bundle", "--tools"):  # the last for .ci/run
            request = replace(request, action=word[2:])
        elif word == "--ijava":
            request = replace(request, action="ijava", file=_next(words))
        elif word == "--platform":
            request = replace(request, platform=_next(words))
            if request.platform not in SYSTEMS:
                raise Usage
        elif word == "--in-place":
            request = replace(request, in_place=True)
        elif word == "--check":
            request, profile = replace(request, check=True), "smoke"
        elif word == "--dry-run":
            request = replace(request, dry_run=True)
        elif word in ("-h", "--help"):
            return None
        elif word.startswith("-"):
            raise Usage
        else:
            request = replace(request, file=word)
    if request.platform and not (request.dry_run or request.action == "bundle"):
        raise Usage
    if profile not in PROFILES:
        raise Refusal(f'GLIP_PROFILE is "{profile}", but must be one of {", ".join(PROFILES)}.')
    return replace(request, profile=profile)


def _next(words: list[str]) -> str:
    if not words:
        raise Usage
    return words.pop(0)
