"""The five robustness sets of ImageNet as `glip evaluate --set` reads them: V2, A, R, Sketch and ObjectNet.

    imagenet-robustness.sh DOWNLOADS SETS [NAME...]

Names are CLIP_benchmark's: imagenetv2, imagenet-a, imagenet-r, imagenet_sketch, objectnet (all, where none is given).
"""

import argparse
import os
import pathlib

import unpack

# the archive of each set, and the folder of classes in it, which becomes the one in the set's own folder
ARCHIVES = {
    "imagenetv2": ("imagenetv2-matched-frequency.tar.gz", "imagenetv2-matched-frequency-format-val"),
    "imagenet-a": ("imagenet-a.tar", "test"),
    "imagenet-r": ("imagenet-r.tar", "test"),
    "imagenet_sketch": ("ImageNet-Sketch.zip", "sketch"),
}
OBJECTNET = "objectnet"
MAPPINGS = ["folder_to_objectnet_label.json", "objectnet_to_imagenet_1k.json"]


def class_and_name(name):
    return "/".join(pathlib.PurePosixPath(name).parts[-2:])


def objectnet(unpacked, target):
    """It has 178 GB and a password, so it is unpacked by its user, and only looked at and linked."""
    mappings = {name: unpacked / "mappings" / name for name in MAPPINGS}
    for name, path in mappings.items():
        if not path.is_file():
            raise unpack.Problem(f"{unpacked} lacks mappings/{name}: unpack the whole archive")
    labels = unpack.parse(mappings[MAPPINGS[0]].read_text(encoding="utf-8"), mappings[MAPPINGS[0]])
    absent = [folder for folder in labels if not (unpacked / "images" / folder).is_dir()]
    if absent:
        raise unpack.Problem(f"{unpacked}/images lacks {len(absent)} of {len(labels)} folders, such as {absent[0]}")
    link = target / "objectnet-1.0"
    if not link.exists():
        target.mkdir(parents=True, exist_ok=True)
        os.symlink(unpacked.resolve(), link, target_is_directory=True)


def main():
    names = [*ARCHIVES, OBJECTNET]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("downloads", type=pathlib.Path)
    parser.add_argument("sets", type=pathlib.Path)
    parser.add_argument("names", nargs="*", metavar="NAME")
    args = parser.parse_args()
    for name in args.names:
        if name not in names:
            raise unpack.Problem(f"there is no set {name}; choose among {', '.join(names)}")
    problems = []
    for name in args.names or names:
        try:
            if name == OBJECTNET:
                objectnet(*unpack.require(args.downloads, ["objectnet-1.0"]), args.sets / name)
            else:
                archive, inner = ARCHIVES[name]
                [path] = unpack.require(args.downloads, [archive])
                unpack.unpack_pictures(path, args.sets / name / inner, class_and_name)
            unpack.tell(f"glip evaluate --task zero-shot --set {name} --data {args.sets / name} ...")
        except unpack.Problem as problem:  # the others may be whole
            problems.append(str(problem))
    if problems:
        raise unpack.Problem("; ".join(problems))


unpack.run(main, "imagenet-robustness")
