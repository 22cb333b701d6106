"""Keep-frequency maps of the paper's masks by Monte Carlo, in numpy: an implementation that shares nothing with the library.

Writes ../resources/org/glip/mask/keep-frequencies.csv (half a minute): for each grid, sigma and ratio the count of draws, and how
often each patch was kept, row by row. sigma is the paper's (a variance).

    pip install numpy && python keep_frequency_maps.py
"""

import pathlib

import numpy as np

DRAWS, CHUNK = 40_000, 10_000
GRIDS = (7, 8, 12, 14, 16)
SIGMAS = (0.1, 0.2, 0.4, 0.8)
# share that is masked, as a fraction of integers, so that the floor of the kept number is exact
RATIOS = {"0.5": (1, 2), "0.75": (3, 4), "0.9": (9, 10), "0.918": (459, 500)}
TARGET = pathlib.Path(__file__).parent.parent / "resources/org/glip/mask/keep-frequencies.csv"


def attention(side, sigma):
    axis = np.linspace(-1, 1, side)
    x, y = np.meshgrid(axis, axis)
    density = np.exp(-(x**2 + y**2) / (2 * sigma)) / (2 * np.pi * sigma)
    return 1 - density.reshape(-1)


def counts(side, sigma, kept, generator):
    a = attention(side, sigma)
    count = np.zeros(side**2, dtype=np.int64)
    for _ in range(DRAWS // CHUNK):
        score = generator.random((CHUNK, side**2)) - a
        best = np.argpartition(score, side**2 - kept, axis=1)[:, side**2 - kept :]
        count += np.bincount(best.reshape(-1), minlength=side**2)
    return count


def main():
    generator = np.random.default_rng(20240325)
    with TARGET.open("w") as out:
        out.write("side,sigma,ratio,draws,counts\n")
        for side in GRIDS:
            for sigma in SIGMAS:
                for ratio, (masked, of) in RATIOS.items():
                    kept = max(1, side**2 * (of - masked) // of)
                    found = counts(side, sigma, kept, generator)
                    out.write(f"{side},{sigma},{ratio},{DRAWS}," + " ".join(map(str, found)) + "\n")


main()
