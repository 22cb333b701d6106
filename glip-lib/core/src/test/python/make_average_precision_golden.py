"""Average precisions by CLIP_benchmark's own function, and by the rules of the development kit of VOC 2007.

Run:  pip install clip-benchmark==1.6.2 torch==2.7.1;  python make_average_precision_golden.py ../resources/org/glip/eval
Output: average-precision.json (used by MultiLabelResultTest): scores without ties, labels 1, 0 (difficult) and -1.
"""

import json
import random
import sys
from fractions import Fraction
from pathlib import Path

import torch
from clip_benchmark.metrics.zeroshot_classification import average_precision_per_class

PICTURES = 60
CLASSES = 4


def eleven_points(scores, labels):
    """VOC 2007: what is difficult is left out; the mean of the best precisions at recalls of at least 0, .1, ... 1."""
    counted = sorted((-score, label) for score, label in zip(scores, labels) if label != 0)
    positives = sum(label > 0 for _, label in counted)
    found = 0
    curve = []
    for place, (_, label) in enumerate(counted, 1):
        found += label > 0
        curve.append((Fraction(found, positives), Fraction(found, place)))
    best = [max((p for r, p in curve if r >= Fraction(t, 10)), default=Fraction(0)) for t in range(11)]
    return float(sum(best) / 11)


def main(out):
    draw = random.Random(2007)
    scores = [[round(draw.gauss(0, 1), 6) for _ in range(CLASSES)] for _ in range(PICTURES)]
    labels = [[draw.choices([1, 0, -1], [2 + c, 1, 9])[0] for c in range(CLASSES)] for _ in range(PICTURES)]
    for row, own in zip(scores, labels):
        for c in range(CLASSES):
            row[c] += 0.7 * (own[c] > 0)
    assert all(len({row[c] for row in scores}) == PICTURES for c in range(CLASSES)), "ties"
    target = torch.tensor([[float(label >= 0) for label in row] for row in labels])
    content = {
        "scores": scores,
        "labels": labels,
        "averagePrecision": average_precision_per_class(torch.tensor(scores), target).tolist(),
        "elevenPoints": [eleven_points([r[c] for r in scores], [r[c] for r in labels]) for c in range(CLASSES)],
    }
    Path(out, "average-precision.json").write_text(json.dumps(content) + "\n")


main(*sys.argv[1:])
