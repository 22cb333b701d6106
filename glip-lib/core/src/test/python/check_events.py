"""Reads a run's event files by TensorBoard's own readers, and compares all that they show with the run's log.jsonl.

    pip install tensorboard==2.21.0
    python check_events.py runs/glip                   # event files in runs/glip/tensorboard
    python check_events.py runs/glip events/glip       # elsewhere

TensorBoard has two readers: that of Python, which reads alone where the other is not installed, and a server in Rust,
which it starts by itself (package tensorboard-data-server). Both must show each step of the log once, with its figures
rounded to float32, and no step beyond: also after a run was killed and went on. The server listens on this machine
only.
"""

import json
import math
import socket
import struct
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

from tensorboard.backend.event_processing.plugin_event_accumulator import EventAccumulator
from tensorboard.util.tensor_util import make_ndarray

FIELDS = {
    "train/loss": "loss",
    "train/lr": "lr",
    "train/logit_scale": "logit_scale",
    "train/gradient_norm": "gradient_norm",
    "speed/samples_per_second": "samples/s",
    "speed/data_wait": "data_wait",
    "data/bad_samples": "bad_samples",
}
PATIENCE = 60


def float32(value):
    return struct.unpack("f", struct.pack("f", value))[0]


def of_log(run):
    """Tag to (step, value) pairs."""
    expected = {tag: [] for tag in FIELDS}
    for text in (run / "log.jsonl").read_text().splitlines():
        line = json.loads(text)
        for tag, field in FIELDS.items():
            expected[tag].append((line["step"], float32(line[field])))
        for name, value in line.get("validation", {}).get("figures", {}).items():
            expected.setdefault("validation/" + name, []).append((line["step"], float32(value)))
    return expected


def by_python(events):
    accumulator = EventAccumulator(str(events), size_guidance={"tensors": 0})
    accumulator.Reload()
    return {
        tag: [(event.step, float(make_ndarray(event.tensor_proto))) for event in accumulator.Tensors(tag)]
        for tag in accumulator.Tags()["tensors"]
    }


def get(port, path, **query):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}?{urllib.parse.urlencode(query)}", timeout=10) as reply:
        return json.load(reply)


def points(port, tag):
    return [(step, value) for _, step, value in get(port, "/data/plugin/scalars/scalars", run=".", tag=tag)]


def by_server(events, expected):
    """What the page would draw; waits until the server has read as far as the log goes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tensorboard.main", "--logdir", str(events), "--host", "127.0.0.1"]
    command += ["--port", str(port), "--load_fast", "true", "--samples_per_plugin", "scalars=10000000"]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    found = {}
    try:
        for _ in range(PATIENCE):
            time.sleep(1)
            try:
                tags = get(port, "/data/plugin/scalars/tags").get(".", {})
                found = {tag: points(port, tag) for tag in tags}
            except OSError:
                continue  # it has not started
            if {tag: len(points) for tag, points in found.items()} == {tag: len(e) for tag, e in expected.items()}:
                break
        return found
    finally:
        server.terminate()
        server.wait()


def differences(expected, found):
    for tag in sorted(expected.keys() | found.keys()):
        wanted, there = expected.get(tag, []), found.get(tag, [])
        missing = sorted({step for step, _ in wanted} - {step for step, _ in there})
        beyond = sorted({step for step, _ in there} - {step for step, _ in wanted})
        if missing or beyond or len(there) != len(wanted):
            yield f"{tag}: {len(there)} points for {len(wanted)}; missing {missing[:5]}, too many {beyond[:5]}"
        elif not all(math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-30) for (_, a), (_, b) in zip(wanted, there)):
            yield f"{tag}: other values"


def main(run, events):
    expected = of_log(run)
    failed = False
    for reader, found in (("Python", by_python(events)), ("server", by_server(events, expected))):
        wrong = list(differences(expected, found))
        failed |= bool(wrong)
        verdict = "" if wrong else ", as in the log"
        print(f"{reader}: {len(found)} tags, {sum(map(len, found.values()))} points{verdict}")
        print(*wrong, sep="\n", end="\n" if wrong else "")
    sys.exit(failed)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else Path(sys.argv[1]) / "tensorboard")
