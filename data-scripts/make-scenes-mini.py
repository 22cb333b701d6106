#!/usr/bin/env python3
"""Makes data-scripts/scenes-mini again from a prepared foreground library.

    data-scripts/make-scenes-mini.py DATA/scenes/v1/foregrounds

Only a maintainer needs this: the result is committed, and tests and smoke runs use it without network. It holds the
drawings of CONCEPTS plain things in four permissively licensed styles and in the held-out one, in the library's format.
"""

import hashlib
import io
import json
import pathlib
import sys
import tarfile

STYLES = ["noto", "noto-v1", "fxemoji", "fluent-emoji-flat", "openmoji"]
THINGS = {"animals & nature", "food & drink", "travel & places", "activities", "objects"}
CONCEPTS = {"train": 50, "validation": 7, "unseen": 7}  # folds 2-9, 1, 0


def read(shard):
    """The samples of a shard: key -> {kind: (member, bytes)}."""
    samples = {}
    with tarfile.open(shard) as tar:
        for member in tar:
            key, _, kind = member.name.partition(".")
            samples.setdefault(key, {})[kind] = (member, tar.extractfile(member).read())
    return samples


def choose(styles):
    """Ids of concepts that every style draws and one word names, by the hash of the label."""
    drawn = [
        {m["concept"]: m for m in (json.loads(s["json"][1]) for s in samples.values())} for samples in styles.values()
    ]
    candidates = [
        m
        for m in drawn[0].values()
        if m["group"] in THINGS and m["label"].isalpha() and all(m["concept"] in other for other in drawn)
    ]
    candidates.sort(key=lambda m: hashlib.sha256(m["label"].encode()).hexdigest())
    part = lambda m: {0: "unseen", 1: "validation"}.get(m["fold"], "train")
    return {
        m["concept"]
        for name, count in CONCEPTS.items()
        for m in [m for m in candidates if part(m) == name][:count]
    }


def write(samples, concepts, shard):
    chosen = [s for s in samples.values() if json.loads(s["json"][1])["concept"] in concepts]
    with tarfile.open(shard, "w", format=tarfile.USTAR_FORMAT) as tar:
        for sample in chosen:
            for member, content in sample.values():
                clean = tarfile.TarInfo(member.name)
                clean.size = len(content)
                clean.mode = 0o644
                tar.addfile(clean, io.BytesIO(content))
    return len(chosen)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    library = pathlib.Path(sys.argv[1])
    target = pathlib.Path(__file__).resolve().parent / "scenes-mini"
    target.mkdir(exist_ok=True)
    styles = {style: read(library / f"{style}.tar") for style in STYLES}
    concepts = choose(styles)
    counts = {
        style: {"drawings": write(samples, concepts, target / f"{style}.tar"), "concepts": len(concepts)}
        for style, samples in styles.items()
    }
    files = {
        f"{style}.tar": {
            "bytes": (target / f"{style}.tar").stat().st_size,
            "sha256": hashlib.sha256((target / f"{style}.tar").read_bytes()).hexdigest(),
        }
        for style in STYLES
    }
    recipe = json.loads((library / "catalog.json").read_text())["recipe"]
    catalog = {"recipe": recipe, "counts": counts, "files": files}
    (target / "catalog.json").write_text(json.dumps(catalog, indent=2) + "\n")
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
