"""Times training steps of open_clip and of this library in turns and prints the table of the README.

    python train_turns.py [--batches 16,32] [--ratios 0,.5,.75,.918] [--precisions fp32,bf16] [--rounds 2] [--steps 3] [--warmup-steps 1]
                          [--words 8 20] [--model-json FILE]

A cell is the median step of all rounds, by the clock and (in brackets) by processor time. Run it with nothing else running. The
library must be built (`mvn -q -DskipTests package`); the peer needs the packages of requirements.txt.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from statistics import median

from turns import in_turns

HERE = Path(__file__).parent
GLIP = HERE.parent / "bin" / "glip"


def commands(options, batch, ratio, precision):
    shared = f"--batch {batch} --precision {precision} --steps {options.steps} --words {options.words[0]} {options.words[1]} "
    shared += f"--warmup-steps {options.warmup_steps}"
    model = f"--model-json {options.model_json}" if options.model_json else "--model ViT-B-16"
    mask = f"--mask gaussian --ratio {ratio}" if ratio else "--mask none"
    peer = f"{sys.executable} {HERE / 'train_peer.py'} {model} --ratio {ratio} {shared}"
    ours = f"{GLIP} bench {model.replace('--model-json', '--model')} {mask} {shared}"
    return {"open_clip": peer, "glip": ours}


def steps(results, name, key):
    return [value for result in results[name] for value in result[key]]


def row(results, batch, ratio, precision):
    wall = {name: median(steps(results, name, "wall_seconds")) for name in results}
    cpu = {name: median(steps(results, name, "cpu_seconds")) for name in results}
    memory = {name: max(result["peak_rss_bytes"] for result in results[name]) for name in results}
    share = [result["matrix_share"] for result in results["glip"] if "matrix_share" in result]
    cells = [
        f"{100 * ratio:g} %",
        precision,
        str(batch),
        *(f"{wall[name]:.3g} ({cpu[name]:.3g})" for name in results),
        f"**{wall['open_clip'] / wall['glip']:.2f}x** ({cpu['open_clip'] / cpu['glip']:.2f}x)",
        f"{100 * median(share):.0f} %" if share else "–",
        *(f"{memory[name] / 2**30:.2f}" for name in results),
        f"{memory['glip'] / memory['open_clip']:.2f}",
    ]
    return "| " + " | ".join(cells) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    numbers = lambda kind: lambda text: [kind(part) for part in text.split(",")]
    parser.add_argument("--batches", type=numbers(int), default=[16, 32])
    parser.add_argument("--ratios", type=numbers(float), default=[0, 0.5, 0.75, 0.918])
    parser.add_argument("--precisions", type=numbers(str), default=["fp32", "bf16"])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--steps", type=int, default=3)
    parser.add_argument("--warmup-steps", type=int, default=1, help="steps before those; a small model needs some 20 for the JVM to compile its code")
    parser.add_argument("--words", type=int, nargs=2, default=(8, 20), help="fewest and most words of a caption; 77 77 fills the context")
    parser.add_argument("--model-json", help="open_clip's configuration of a model, in place of ViT-B-16")
    options = parser.parse_args()

    load = os.getloadavg()[0]
    print("| masked | precision | batch | open_clip s a step (CPU) | ours s a step (CPU) | ratio (CPU) | share of matrix rate "
          "| open_clip GiB | ours GiB | memory |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for precision in options.precisions:
        for batch in options.batches:
            for ratio in options.ratios:
                results = in_turns(commands(options, batch, ratio, precision), options.rounds)
                print(row(results, batch, ratio, precision), flush=True)
    print(f"\n{options.rounds} rounds of {options.steps} steps in turns; {os.cpu_count()} processors, load {load:.1f} before; "
          f"{time.strftime('%Y-%m-%d')}")


if __name__ == "__main__":
    main()
