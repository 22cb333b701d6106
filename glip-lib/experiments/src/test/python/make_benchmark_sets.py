"""Writes two small sets with CLIP_benchmark's own exporter, and what CLIP_benchmark reads from them.

Run:  pip install clip-benchmark==1.6.2;  python make_benchmark_sets.py ../../resources/org/glip/data/sets
Output: benchmark/wds_shapes, benchmark/wds_pairs and benchmark/expected.json (used by BenchmarkShardsTest).
"""

import json
import shutil
import sys
from pathlib import Path

from clip_benchmark.datasets.builder import build_wds_dataset
from clip_benchmark.webdataset_builder import PIL_to_bytes, convert_dataset, convert_retrieval_dataset
from PIL import Image


class Rows(list):
    """A list of samples that may have class names and templates, as the exporter expects them."""


def picture(number):
    return Image.new("RGB", (6 + number, 5), (40 * number % 256, 255 - 30 * number, 77))


def labelled():
    rows = Rows((picture(i), label) for i, label in enumerate([0, 2, 1, 2, 0]))
    rows.classes = ["circle", "square", "a café's \"star\""]
    rows.templates = ["a photo of a {c}.", "{c} from above"]
    return rows


def captioned():
    return Rows(
        (picture(i), captions)
        for i, captions in enumerate([["one dog", "a dog, running"], ["two cats"], ["une école", "a school", "one dog"]])
    )


def main(out):
    root = Path(out) / "benchmark"
    shutil.rmtree(root, ignore_errors=True)
    shapes, pairs = str(root / "wds_shapes"), str(root / "wds_pairs")
    convert_dataset(labelled(), "test", shapes, transform=PIL_to_bytes("webp"), max_count=3)
    convert_retrieval_dataset(captioned(), "test", pairs, transform=PIL_to_bytes("png"), image_format="png", max_count=2)
    transform = lambda image: list(image.size)
    read_shapes = build_wds_dataset("shapes", transform, data_dir=shapes)
    read_pairs = build_wds_dataset("pairs", transform, data_dir=pairs)
    expected = {
        "shapes": {
            "classes": read_shapes.classes,
            "templates": read_shapes.templates,
            "samples": [[size, label] for size, label in read_shapes],
        },
        "pairs": {"samples": [[size, captions] for size, captions in read_pairs]},
    }
    (root / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
