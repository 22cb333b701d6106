"""Kills pretrain and tune by SIGKILL at random moments, lets them go on, and compares the last checkpoint byte for byte with
that of a run that nobody disturbed.

    mvn -q -B -DskipTests package
    python glip-lib/benchmarks/kills.py --kills 200 FOLDER

FOLDER is made anew. The data are `glip scenes --mini`, the model is the least there is: what is tried is the files, not the
arithmetic. Checkpoints come every second step, so that many kills meet one being written. Prints a JSON object, with a line for
each turn on standard error, and ends with 1 if a byte differs, a run cannot go on, or a log lacks a step.
"""

import argparse
import json
import pathlib
import random
import shutil
import subprocess
import sys
import time

GLIP = pathlib.Path(__file__).resolve().parents[1] / "bin" / "glip"
MODEL = {
    "embed_dim": 16,
    "vision_cfg": {"image_size": 16, "patch_size": 4, "width": 16, "layers": 1, "head_width": 8},
    "text_cfg": {"context_length": 12, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 1},
}
STEPS = 60


def start(arguments):
    return subprocess.Popen([str(GLIP), *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process):
    out, err = process.communicate()
    if process.returncode != 0:
        sys.exit(f"exit code {process.returncode}:\n{err}")
    return json.loads(out)


def command(stage, shards, folder, out):
    common = [stage, "--data", shards, "--out", out, "--steps", STEPS, "--batch", 8, "--checkpoint-every", 2, "--shuffle", 100,
              "--threads", 1, "--workers", 2, "--route", "linear"]
    if stage == "pretrain":
        return common + ["--model", folder / "least.json", "--ratio", 0.5, "--warmup", 5, "--micro-batch", 4]
    return common + ["--init", folder / "straight-pretrain", "--lr", 1e-4, "--augment", "none"]


def lines(log):
    return len(log.read_bytes().splitlines()) if log.exists() else 0


def one_run(arguments, out, seconds, left, draw):
    """Runs to the end, killed as often as `left` allows; returns the steps at which it was."""
    killed = []
    while True:
        process = start(arguments + (["--resume"] if out.exists() else []))
        before = lines(out / "log.jsonl")
        if len(killed) >= left:
            finish(process)
            return killed
        if draw.random() < 0.8:  # else also while Java starts, the checkpoint is read, the folder is made
            while process.poll() is None and lines(out / "log.jsonl") in (0, before):
                time.sleep(0.002)
        time.sleep(draw.random() * seconds)
        if process.poll() is not None:
            finish(process)
            return killed
        process.kill()
        process.communicate()
        killed.append(lines(out / "log.jsonl"))


def differences(straight, out):
    last = pathlib.Path("checkpoints") / f"step-{STEPS:08d}"
    wrong = [name for name in ("model.safetensors", "optimizer.safetensors")
             if (straight / last / name).read_bytes() != (out / last / name).read_bytes()]
    steps = [json.loads(line)["step"] for line in (out / "log.jsonl").read_text().splitlines()]
    if steps != list(range(1, STEPS + 1)):
        wrong.append("log.jsonl")
    left = sorted(path.name for path in (out / "checkpoints").iterdir())
    if left != [f"step-{STEPS - 2:08d}", f"step-{STEPS:08d}"]:
        wrong.append(f"checkpoints: {left}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("folder", type=pathlib.Path)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    folder = options.folder
    folder.mkdir(parents=True)
    (folder / "least.json").write_text(json.dumps(MODEL))
    scenes = finish(start(["scenes", "--mini", "--data", folder / "data", "--train-samples", 300]))
    shards = scenes["splits"]["train"]["shards"][0]
    seconds = {}
    for stage in ("pretrain", "tune"):
        begin = time.monotonic()
        out = folder / f"straight-{stage}"
        process = start(command(stage, shards, folder, out))
        while process.poll() is None and lines(out / "log.jsonl") == 0:
            time.sleep(0.002)
        begin = time.monotonic()
        finish(process)
        seconds[stage] = time.monotonic() - begin
    kills, runs, bad = 0, 0, []
    while kills < options.kills:
        stage = ("pretrain", "tune")[runs % 2]
        out = folder / f"killed-{stage}"
        shutil.rmtree(out, ignore_errors=True)
        killed = one_run(command(stage, shards, folder, out), out, 0.6 * seconds[stage], options.kills - kills, draw)
        wrong = differences(folder / f"straight-{stage}", out)
        kills, runs = kills + len(killed), runs + 1
        bad += wrong
        print(f"{stage}: killed when the log had {killed} lines: {wrong or 'equal'}", file=sys.stderr, flush=True)
    print(json.dumps({"kills": kills, "runs": runs, "differences": bad}))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
