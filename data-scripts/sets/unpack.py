"""What the scripts of the sets share: archives that are checked, and folders that are there whole or not at all."""

import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import sys
import tarfile
import zipfile
from typing import NamedTuple, Optional

HERE = pathlib.Path(__file__).resolve().parent
PICTURES = (".jpg", ".jpeg", ".png")
BLOCK = 1 << 20


class Problem(Exception):
    """What the user can mend, in one sentence."""


class Archive(NamedTuple):
    """A file that is downloaded by hand; None where nothing is published."""

    name: str
    size: Optional[int]
    digest: Optional[str]
    pictures: Optional[int]
    source: str


def archives():
    """The archives of archives.tsv by name."""
    table = {}
    for line in (HERE / "archives.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, size, digest, pictures, source = line.split("\t")
            known = [None if value == "-" else value for value in (size, digest, pictures)]
            table[name] = Archive(name, known[0] and int(known[0]), known[1], known[2] and int(known[2]), source)
    return table


def tell(message):
    print(message, file=sys.stderr, flush=True)


def run(main, name):
    """Runs a script: a problem is one line with the script's name, and exit code 1."""
    try:
        main()
    except Problem as problem:
        tell(f"{name}: {problem}")
        sys.exit(1)
    except KeyboardInterrupt:
        tell("interrupted; the same command goes on")
        sys.exit(130)


def require(downloads, names):
    """The paths of archives in a folder; all that are missing are named at once."""
    table = archives()
    missing = [name for name in names if not (downloads / name).exists()]
    if missing:
        wanted = "; ".join(f"{name} from {table[name].source}" for name in missing)
        raise Problem(f"{downloads} lacks {wanted}")
    return [downloads / name for name in names]


def check(path):
    """Compares size and digest with what is published. A digest that was right once is remembered beside the file."""
    archive = archives()[path.name]
    status = path.stat()
    if archive.size is not None and status.st_size != archive.size:
        raise Problem(
            f"{path} has {status.st_size} bytes, not {archive.size}: the download is incomplete or of another version; "
            f"fetch it again from {archive.source}"
        )
    if archive.digest is None:
        tell(f"{path.name}: no digest is published, so its content is not checked")
        return
    memory = path.with_name(path.name + ".checked")
    fact = f"{archive.digest} {status.st_size} {status.st_mtime_ns}\n"
    if memory.exists() and memory.read_text() == fact:
        return
    tell(f"{path.name}: computing its digest")
    kind, expected = archive.digest.split(":")
    actual = digest(path, kind)
    if actual != expected:
        raise Problem(
            f"{path} has {kind} {actual}, not {expected}: it is damaged; fetch it again from {archive.source}"
        )
    with contextlib.suppress(OSError):  # the folder of downloads may be read-only
        memory.write_text(fact)


def digest(path, kind):
    """The digest of a file in hexadecimal digits."""
    summed = hashlib.new(kind)
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(BLOCK), b""):
            summed.update(block)
    return summed.hexdigest()


@contextlib.contextmanager
def whole(target):
    """A new folder that gets its name only when all is in it; what an earlier run left half is begun anew."""
    part = target.with_name(f".{target.name}.part")
    if part.exists():
        shutil.rmtree(part)
    part.mkdir(parents=True)
    yield part
    os.replace(part, target)


def write(target, text):
    """Writes a text file, whole or not at all."""
    part = target.with_name(f".{target.name}.part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, target)


@contextlib.contextmanager
def readable(origin):
    """What an archive says of its damage, as a problem."""
    try:
        yield
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, OSError) as error:
        raise Problem(f"{origin} cannot be unpacked: {error}") from error


def members(path):
    """The files of a tar or zip archive, in its order: their names and how to open them."""
    with readable(path):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for entry in archive.infolist():
                    if not entry.is_dir():
                        yield entry.filename, lambda entry=entry: archive.open(entry)
        else:
            with open(path, "rb") as file:
                yield from tar_members(file)


def tar_members(file):
    """The same of a tar archive that is read from its beginning, packed or not."""
    with tarfile.open(fileobj=file, mode="r|*") as archive:
        for entry in archive:
            if entry.isfile():
                yield entry.name, lambda entry=entry: archive.extractfile(entry)


def unpack(path, folder, place):
    """Unpacks files of an archive to where `place` says, a path within the folder or None; returns their number."""
    return copy_all(members(path), path, folder, place)


def copy_all(found, path, folder, place):
    """Copies members of an archive to where `place` says; returns their number."""
    count = 0
    for name, opened in found:
        wanted = place(name[2:] if name.startswith("./") else name)
        if wanted is None:
            continue
        target = folder / wanted
        if ".." in target.parts or not target.resolve().is_relative_to(folder.resolve()):
            raise Problem(f"{path}: the member {name} would lie outside of the folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        with readable(path), opened() as source, open(target, "wb") as copy:
            shutil.copyfileobj(source, copy, BLOCK)
        count += 1
    return count


def is_picture(name):
    return name.lower().endswith(PICTURES) and not pathlib.PurePosixPath(name).name.startswith(".")


def require_pictures(path, count):
    """Compares the number of pictures that came out of an archive with what is published."""
    expected = archives()[path.name].pictures
    if expected is not None and count != expected:
        raise Problem(f"{path} held {count} pictures, not {expected}")


def unpack_pictures(path, target, place):
    """Checks an archive and unpacks its pictures into a folder that is there whole or not at all."""
    if target.exists():
        tell(f"{target} is there already")
        return
    check(path)
    tell(f"{path.name}: unpacking into {target}")
    with whole(target) as part:
        require_pictures(path, unpack(path, part, lambda name: place(name) if is_picture(name) else None))


def read_json(path, name):
    """The JSON file of a name, which lies in the folder itself or in an archive of it."""
    for member, opened in members(path):
        if pathlib.PurePosixPath(member).name == name:
            with opened() as file:
                return parse(file.read(), f"{name} in {path}")
    raise Problem(f"{path} holds no {name}")


def parse(text, origin):
    try:
        return json.loads(text)
    except ValueError as error:
        raise Problem(f"{origin} is no JSON: {error}") from error
