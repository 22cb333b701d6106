"""Monte-Carlo keep probabilities of the paper's masks on a 14 x 14 grid, in plain Python.

An implementation that shares nothing with the library: it draws scores, sorts them and counts.
Writes ../resources/org/glip/mask/marginal-keep-probabilities.csv (about a minute).
sigma is the paper's (a variance); 0 stands for the random mask.
"""

import math
import pathlib
import random

SIDE, DRAWS = 14, 40_000
REGIONS = ("centre", "inner", "border", "corner")


def ring(patch):
    row, column = divmod(patch, SIDE)
    return min(row, SIDE - 1 - row, column, SIDE - 1 - column)


def regions(patch):
    r = ring(patch)
    row, column = divmod(patch, SIDE)
    return {
        "centre": r == 6,
        "inner": r >= 3,
        "border": r == 0,
        "corner": row in (0, SIDE - 1) and column in (0, SIDE - 1),
    }


def threshold_attention(sigma):
    x = [-1 + 2 * i / (SIDE - 1) for i in range(SIDE)]
    if sigma == 0:
        return [0.0] * SIDE**2
    return [1 - math.exp(-(a * a + b * b) / (2 * sigma)) / (2 * math.pi * sigma) for a in x for b in x]


def frequencies(sigma, kept):
    attention = threshold_attention(sigma)
    count = [0] * SIDE**2
    for _ in range(DRAWS):
        score = [random.random() - a for a in attention]
        for patch in sorted(range(SIDE**2), key=score.__getitem__)[-kept:]:
            count[patch] += 1
    return [c / DRAWS for c in count]


def main():
    random.seed(20240325)
    lines = ["sigma,ratio," + ",".join(REGIONS)]
    for sigma in (0, 0.1, 0.2, 0.4, 0.8):
        for ratio, kept in ((0.5, 98), (0.75, 49), (0.918, 16)):
            f = frequencies(sigma, kept)
            means = []
            for region in REGIONS:
                members = [f[p] for p in range(SIDE**2) if regions(p)[region]]
                means.append(sum(members) / len(members))
            lines.append(f"{sigma},{ratio}," + ",".join(f"{m:.4f}" for m in means))
    target = pathlib.Path(__file__).parent.parent / "resources/org/glip/mask/marginal-keep-probabilities.csv"
    target.write_text("\n".join(lines) + "\n")


main()
