"""ImageNet-1K as `glip evaluate --set imagenet1k` reads it, from the archives of ILSVRC 2012.

    imagenet.sh [--train] DOWNLOADS SETS

SETS/imagenet1k/val/*.JPEG and ILSVRC2012_devkit_t12/ beside it, which tells their classes; with --train also
train/n01440764/*.JPEG and so on, for linear probes.
"""

import argparse
import os
import pathlib

import unpack

DEVKIT = "ILSVRC2012_devkit_t12"
CLASSES = 1000


def last(name):
    return pathlib.PurePosixPath(name).name


def devkit(path, target):
    if target.exists():
        return
    unpack.check(path)
    needed = ["meta.mat", "ILSVRC2012_validation_ground_truth.txt"]
    with unpack.whole(target) as part:
        count = unpack.unpack(path, part, lambda name: "data/" + last(name) if last(name) in needed else None)
        if count != len(needed):
            raise unpack.Problem(f"{path} should hold data/{' and data/'.join(needed)}")


def train(path, target):
    """An archive of archives, one for each class; those that are done are kept when it is begun again."""
    unpack.check(path)
    target.mkdir(parents=True, exist_ok=True)
    done = 0
    for name, opened in unpack.members(path):
        folder = target / pathlib.PurePosixPath(name).stem
        done += 1
        if folder.exists():
            continue
        origin = f"{name} in {path}"
        with unpack.whole(folder) as part, unpack.readable(origin), opened() as inner:
            unpack.copy_all(unpack.tar_members(inner), origin, part, last)
        unpack.tell(f"{done} of {CLASSES} classes: {folder.name}, {len(os.listdir(folder))} pictures")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", action="store_true", help="the training pictures too (138 GB)")
    parser.add_argument("downloads", type=pathlib.Path)
    parser.add_argument("sets", type=pathlib.Path)
    args = parser.parse_args()
    names = ["ILSVRC2012_img_val.tar", DEVKIT + ".tar.gz"] + ["ILSVRC2012_img_train.tar"] * args.train
    found = unpack.require(args.downloads, names)
    root = args.sets / "imagenet1k"
    devkit(found[1], root / DEVKIT)
    unpack.unpack_pictures(found[0], root / "val", last)
    if args.train:
        train(found[2], root / "train")
    unpack.tell(f"glip evaluate --task zero-shot --set imagenet1k --data {root} ...")


unpack.run(main, "imagenet")
