#!/usr/bin/env python3
"""Makes the photographs that notebook 03 trains and tests on: five sets of small pictures from public repositories.

    pip install Pillow==11.3.0
    data-scripts/make-photographs.py OUT

OUT then holds, for each set, SET-train-00.tar ..., SET-test-00.tar ... (webdataset shards of .jpg, .txt and .json) and
SET-classes.txt, 112 MB in all. Pictures are scaled to 80 pixels on their shorter side; exact duplicates are left out. Of
sets that have no split of their own a quarter is tested, by the hash of the file's path. None of the pictures is part of
this project: their licences are in SETS below, where their sources state one. Needs git and a network.
"""

import csv
import hashlib
import io
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile

from PIL import Image, ImageOps

SIDE = 80
QUALITY = 88
PICTURES_PER_SHARD = 5000
DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
LEFT_OUT_OF_CALTECH = {"BACKGROUND_Google", "Faces", "Faces_easy", "snoopy", "garfield"}
LEFT_OUT_OF_CLOTHING = {"Not sure", "Other", "Skip"}


def is_test(path):
    return int(hashlib.sha256(path.encode()).hexdigest()[:8], 16) % 4 == 0


def words(name):
    return re.sub(r"[-_ ]+", " ", name).strip().lower()


def files(root, folder, suffix):
    return sorted(p.relative_to(root).as_posix() for p in (root / folder).rglob("*") if p.suffix.lower() == suffix)


def by_folder(root, folder, label, left_out=()):
    for path in files(root, folder, ".jpg"):
        name = pathlib.PurePosixPath(path).parent.name
        if name not in left_out:
            yield path, label(name), is_test(path)


def signs(root):
    return by_folder(root, "Dataset", lambda digit: DIGITS[int(digit)])


def caltech101(root):
    return by_folder(root, "101_ObjectCategories", words, LEFT_OUT_OF_CALTECH)


def trashnet(root):
    return by_folder(root, "dataset-resized", words)


def grocery(root):
    """Its own split."""
    for split in ("train", "val", "test"):
        for path, label, _ in by_folder(root, f"dataset/{split}", words):
            yield path, label, split == "test"


def clothing(root):
    """Whoever sent pictures sent them to one side of the split only."""
    with open(root / "images.csv", newline="", encoding="utf-8") as table:
        for row in csv.DictReader(table):
            path = f"images/{row['image']}.jpg"
            if row["label"] not in LEFT_OUT_OF_CLOTHING and (root / path).exists():
                yield path, words(row["label"]), int(row["sender_id"]) % 4 == 0


# name: pictures, repository, commit; in the comment the licence that the source states
SETS = {
    # CC-BY-4.0 where it was published (CaltechDATA); none in this copy
    "caltech101": (caltech101, "MachineLearning2020/Homework2-Caltech101", "836044dd"),
    "clothing": (clothing, "alexeygrigorev/clothing-dataset", "7ed86a9c"),  # CC0
    "grocery": (grocery, "marcusklasson/GroceryStoreDataset", "fc80ba90"),  # MIT
    "signs": (signs, "ardamavi/Sign-Language-Digits-Dataset", "4b09433e"),  # Apache-2.0
    "trashnet": (trashnet, "congduytran12/Trash-Classification-", "00212f2c"),  # MIT (garythung/trashnet)
}


def checkout(repository, commit, folder):
    """The files of a commit, which must still be in the repository."""
    subprocess.run(["git", "clone", "--quiet", "--no-checkout", f"https://github.com/{repository}.git", folder], check=True)
    subprocess.run(["git", "-C", folder, "checkout", "--quiet", commit], check=True)


def small(content):
    picture = ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("RGB")
    scale = SIDE / min(picture.size)
    size = [max(SIDE, round(side * scale)) for side in picture.size]
    jpeg = io.BytesIO()
    picture.resize(size, Image.Resampling.LANCZOS).save(jpeg, "JPEG", quality=QUALITY)
    return jpeg.getvalue()


def add(shard, name, content):
    member = tarfile.TarInfo(name)
    member.size = len(content)
    shard.addfile(member, io.BytesIO(content))


def write(out, name, split, samples):
    for number, start in enumerate(range(0, len(samples), PICTURES_PER_SHARD)):
        with tarfile.open(out / f"{name}-{split}-{number:02}.tar", "w", format=tarfile.USTAR_FORMAT) as shard:
            for index, (jpeg, label) in enumerate(samples[start : start + PICTURES_PER_SHARD], start):
                add(shard, f"{index:06}.jpg", jpeg)
                add(shard, f"{index:06}.txt", label.encode())
                add(shard, f"{index:06}.json", json.dumps({"label": label}).encode())


def make(name, root, out):
    pictures, _, _ = SETS[name]
    seen, splits, classes = set(), {"train": [], "test": []}, set()
    for path, label, test in pictures(root):
        content = (root / path).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if digest not in seen:
            seen.add(digest)
            classes.add(label)
            splits["test" if test else "train"].append((digest, small(content), label))
    for split, samples in splits.items():
        # mixed, so that the first of them are no single class
        write(out, name, split, [sample[1:] for sample in sorted(samples)])
    (out / f"{name}-classes.txt").write_text("".join(f"{label}\n" for label in sorted(classes)), encoding="utf-8")
    print(f"{name}: {len(splits['train'])} / {len(splits['test'])} pictures, {len(classes)} classes")


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__.splitlines()[3].strip().replace("data-scripts/", "usage: data-scripts/"))
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for name, (_, repository, commit) in SETS.items():
        with tempfile.TemporaryDirectory() as folder:
            checkout(repository, commit, folder)
            make(name, pathlib.Path(folder), out)


if __name__ == "__main__":
    main()
