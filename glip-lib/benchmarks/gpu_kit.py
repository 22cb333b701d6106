"""What a device computes and how fast, beside the CPU and beside open_clip: run once on a machine with a GPU, with nothing else running.

    python gpu_kit.py --device cuda --out gpu.json [--peer PYTHON] [--compiled]        # ViT-B/16: about ten minutes and more
    python gpu_kit.py --device cpu --model tiny --batch 8 --steps 3 --out try.json     # anywhere: tries the kit itself

1. DeviceComparison: masks, features, loss, gradients and the losses of 20 steps of training, on the device and in float32 on the CPU.
2. Training steps at each masked part and precision, ours and open_clip's in turns; memory; the share that ours reaches of the device's
   own rate of matrix products.

It prints the tables of docs/gpu.md as Markdown and writes all figures as JSON, rounds included. It ends with code 1 where a comparison
is out of its bounds. gpu_kit.sh finds the libraries of an installed torch first. On a GPU untested: none was at hand.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from turns import in_turns, last_object

HERE = Path(__file__).parent
GLIP = HERE.parent / "bin" / "glip"
RUN = HERE / "run.sh"
TF32 = "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE"
OUR_NAME = {"fp32": "fp32", "tf32": "fp32", "bf16": "bf16"}


def with_precision(command, precision):
    """A command of ours: TensorFloat-32 is a switch of the engine's."""
    return f"env {TF32}={1 if precision == 'tf32' else 0} {command}"


def compare(options, precision):
    """One comparison with the CPU; its JSON object."""
    command = with_precision(
        f"{RUN} java org.glip.train.DeviceComparison {options.device} {options.comparison_model} {OUR_NAME[precision]} "
        f"{options.comparison_ratio} {options.comparison_batch} {options.comparison_steps}", precision)
    done = subprocess.run(shlex.split(command), stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        raise SystemExit(f"gpu_kit: the comparison ended with exit code {done.returncode}: {command}")
    found = last_object("the comparison", done.stdout.decode())
    print(f"comparison {precision}: {json.dumps(found)}", file=sys.stderr)
    return found


def comparison_row(precision, found):
    numbers = [f"{found[key]:.1e}" for key in ("image_features", "text_features", "loss", "gradient", "losses")]
    cells = [precision, "equal" if found["masks_equal"] else "**different**", *numbers, "yes" if found["within_bounds"] else "**no**"]
    return "| " + " | ".join(cells) + " |"


def commands(options, ratio, precision):
    shared = f"--device {options.device} --model {options.model} --batch {options.batch} --steps {options.steps} "
    shared += f"--warmup-steps {options.warmup_steps}"
    mask = f"--mask gaussian --ratio {ratio}" if ratio else "--mask none"
    ours = with_precision(f"{GLIP} bench {shared} {mask} --precision {OUR_NAME[precision]}", precision)
    if not options.peer:
        return {"glip": ours}
    peer = f"{options.peer} {HERE / 'train_peer.py'} {shared} --ratio {ratio} --precision {precision}"
    if options.model_json:
        peer = peer.replace(f"--model {options.model}", f"--model-json {options.model_json}")
    return {"open_clip": peer, **({"compiled": f"{peer} --compile"} if options.compiled else {}), "glip": ours}


def step_seconds(rounds):
    return median(value for result in rounds for value in result["wall_seconds"])


def memory(rounds):
    return max(result.get("device_memory_bytes") or result["peak_rss_bytes"] for result in rounds) / 2**30


def step_row(options, results, ratio, precision):
    ours = step_seconds(results["glip"])
    used = results["glip"][0]["precision"]
    peers = [name for name in ("open_clip", "compiled") if name in results]
    theirs = [cell for name in ("open_clip", "compiled")
              for cell in ([f"{step_seconds(results[name]):.3g}", f"**{step_seconds(results[name]) / ours:.2f}x**"] if name in peers else ["–", "–"])]
    cells = [
        f"{100 * ratio:g} %",
        precision if used == OUR_NAME[precision] else f"{precision} (here {used})",
        str(options.batch),
        f"{ours:.3g}",
        f"{options.batch / ours:.4g}",
        *theirs,
        f"{100 * median(result['matrix_share'] for result in results['glip']):.0f} %",
        f"{memory(results['glip']):.2f}",
        f"{memory(results['open_clip']):.2f}" if "open_clip" in peers else "–",
    ]
    return "| " + " | ".join(cells) + " |"


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    numbers = lambda kind: lambda text: [kind(part) for part in text.split(",")]
    parser.add_argument("--device", required=True, help="cuda, cuda:N or cpu")
    parser.add_argument("--out", required=True, type=Path, help="the JSON file to write")
    parser.add_argument("--model", default="ViT-B-16")
    parser.add_argument("--model-json", help="open_clip's configuration of --model, where open_clip has none of the name")
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--ratios", type=numbers(float), default=[0, 0.5, 0.75, 0.918])
    parser.add_argument("--precisions", type=numbers(str), default=["fp32", "tf32", "bf16"])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--warmup-steps", type=int, default=5)
    parser.add_argument("--peer", help="a Python with the packages of requirements.txt; without one, open_clip is left out")
    parser.add_argument("--compiled", action="store_true", help="open_clip by torch.compile, too")
    parser.add_argument("--comparison-model", default="tiny")
    parser.add_argument("--comparison-batch", type=int, default=8)
    parser.add_argument("--comparison-ratio", type=float, default=0.75)
    parser.add_argument("--comparison-steps", type=int, default=20)
    options = parser.parse_args()
    wrong = [name for name in options.precisions if name not in OUR_NAME]
    if wrong:
        parser.error(f"unknown precision {wrong[0]}: use {', '.join(OUR_NAME)}")
    if options.compiled and not options.peer:
        parser.error("--compiled is of open_clip, which needs --peer")
    if options.device == "cpu" and "tf32" in options.precisions:
        print("gpu_kit: TensorFloat-32 is of GPUs; on a CPU its rows are left out", file=sys.stderr)
        options.precisions.remove("tf32")
    return options


def write(path, result):
    """Whole or not at all."""
    beside = path.with_name(path.name + ".part")
    beside.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    os.replace(beside, path)


def main():
    options = parse()
    if not options.peer:
        print("gpu_kit: NO PEER: open_clip is left out; --peer names a Python that has it", file=sys.stderr)
    load = os.getloadavg()[0]
    result = {"options": {key: str(value) for key, value in vars(options).items()}, "date": time.strftime("%Y-%m-%d"), "load_before": load,
              "comparisons": {}, "steps": []}
    print("| precision | masks | picture features | text features | loss | gradient | losses of training | within bounds |")
    print("|---|---|---|---|---|---|---|---|")
    for precision in options.precisions:
        found = result["comparisons"][precision] = compare(options, precision)
        print(comparison_row(precision, found), flush=True)
    device = found["device"]
    print(f"\nRelative differences from float32 on the CPU ({found['processor']}): {device}, {options.comparison_model}, "
          f"{100 * options.comparison_ratio:g} % masked, {options.comparison_steps} steps of {options.comparison_batch} pairs.\n")

    print("| masked | precision | batch | ours s a step | pairs a second | open_clip s | ratio | compiled s | ratio | share of matrix rate "
          "| ours GiB | open_clip GiB |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    for precision in options.precisions:
        for ratio in options.ratios:
            results = in_turns(commands(options, ratio, precision), options.rounds)
            result["steps"].append({"ratio": ratio, "precision": precision, "results": results})
            print(step_row(options, results, ratio, precision), flush=True)
            write(options.out, result)
    whose = "in use on the GPU after the steps, by all programs" if device != "cpu" else "resident memory of the process"
    print(f"\n{options.model} on {device}, medians of {options.rounds} rounds of {options.steps} steps in turns; memory: {whose}; "
          f"load {load:.1f} before; {result['date']}")
    write(options.out, result)
    return 0 if all(found["within_bounds"] for found in result["comparisons"].values()) else 1


if __name__ == "__main__":
    sys.exit(main())
