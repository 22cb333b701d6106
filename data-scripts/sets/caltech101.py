"""Caltech-101 as `glip evaluate --set caltech101` reads it: a folder for each class, the background among them.

    caltech101.sh DOWNLOADS SETS

All pictures count: CLIP_benchmark's set of this name has no split. (VTAB's, caltech101_vtab, draws one of its own.)
"""

import argparse
import pathlib

import unpack

INNER = "101_ObjectCategories.tar.gz"
CLASSES = 102


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("downloads", type=pathlib.Path)
    parser.add_argument("sets", type=pathlib.Path)
    args = parser.parse_args()
    [path] = unpack.require(args.downloads, ["caltech-101.zip"])
    target = args.sets / "caltech101" / "test"
    if not target.exists():
        unpack.check(path)
        with unpack.whole(target) as part:
            classes = unpack_inner(path, part)
            if len(classes) != CLASSES:
                raise unpack.Problem(f"{path} holds {len(classes)} classes, not {CLASSES}")
    unpack.tell(f"glip evaluate --task zero-shot --set caltech101 --data {args.sets / 'caltech101'} ...")


def class_and_name(name):
    return "/".join(pathlib.PurePosixPath(name).parts[-2:]) if unpack.is_picture(name) else None


def unpack_inner(path, folder):
    """Unpacks the archive in the archive; returns the names of the classes."""
    for name, opened in unpack.members(path):
        if pathlib.PurePosixPath(name).name != INNER:
            continue
        with unpack.readable(f"{INNER} in {path}"), opened() as inner:
            unpack.copy_all(unpack.tar_members(inner), path, folder, class_and_name)
        return [child for child in folder.iterdir() if child.is_dir()]
    raise unpack.Problem(f"{path} holds no {INNER}")


unpack.run(main, "caltech101")
