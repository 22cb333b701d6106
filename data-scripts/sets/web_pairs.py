"""CC3M or CC12M as webdataset shards, fetched from the web by img2dataset from the list of addresses.

    cc3m.sh LIST OUT          LIST is Train_GCC-training.tsv: caption, address
    cc12m.sh LIST OUT         LIST is cc12m.tsv: address, caption

OUT/pass-0/00000.tar, ... and, from further passes over what failed by chance, OUT/pass-1/00000.tar, ...;
OUT/shards.txt      lists them all:  glip pretrain --data @OUT/shards.txt
OUT/manifest.csv.gz a row of LIST a line: key (pass/number, empty if never tried), address, status, SHA-256 as fetched
OUT/summary.json    how many rows were got, and what became of the others

Stopped at any moment, the same command goes on: what is done is known by img2dataset's own status files.
"""

import argparse
import array
import csv
import gzip
import importlib.metadata
import io
import json
import os
import pathlib
import re
import subprocess
import sys
from collections import Counter
from itertools import zip_longest

import unpack

IMG2DATASET = "1.47.0"
SHARD = 10000
# of each set: the columns of its list, and its published number of rows
LISTS = {"cc3m": (("caption", "url"), 3318333), "cc12m": (("url", "caption"), 12423374)}

# Training crops half to all of a picture and scales it to 224 pixels, so that a shorter side of 256 is enough, and no
# picture is enlarged or stretched. Requests of sites not to be used for training are heeded (img2dataset's default).
SETTINGS = {
    "input_format": "csv",
    "url_col": "url",
    "caption_col": "caption",
    "output_format": "webdataset",
    "number_sample_per_shard": SHARD,
    "image_size": 256,
    "resize_mode": "keep_ratio",
    "resize_only_if_bigger": True,
    "encode_quality": 90,
    "compute_hash": "sha256",
    "timeout": 10,
    "retries": 1,
    "incremental_mode": "incremental",
    "enable_wandb": False,
}

# What may be otherwise the next day: no answer, names that are not resolved, servers in trouble or asking for patience.
BY_CHANCE = re.compile(
    r"(?i)timed out|timeout|temporary failure|name or service|connection|remote end|reset by peer|unreachable|"
    r"eof occurred|incompleteread|http error (408|425|429|5\d\d)"
)


def rows(path, columns):
    """The rows of a list as (address, caption); tabs separate, and quotes are text."""
    with open(path, encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            fields = line.rstrip("\r\n").split("\t")
            if len(fields) != 2:
                expected = " and ".join(columns)
                raise unpack.Problem(f"{path}, line {number}: there should be {expected}, not {line[:80]!r}")
            named = dict(zip(columns, fields))
            yield named["url"], named["caption"]


def write_list(target, pairs):
    """Writes a list as img2dataset reads it without mistaking a quote for the end of a field; returns its rows."""
    part = target.with_name(f".{target.name}.part")
    count = 0
    with open(part, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["url", "caption"])
        for pair in pairs:
            writer.writerow(pair)
            count += 1
    os.replace(part, target)
    return count


def read_list(path):
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["url"], row["caption"]


def fetch(pairs, folder, args):
    """Runs img2dataset over a list; shards whose status is recorded are not fetched again."""
    settings = dict(SETTINGS, processes_count=args.processes, thread_count=args.threads)
    options = [f"--{name}={value}" for name, value in settings.items()]
    code = "from img2dataset.main import main; main()"
    command = [sys.executable, "-c", code, f"--url_list={pairs}", f"--output_folder={folder}", *options]
    environment = dict(os.environ, NO_ALBUMENTATIONS_UPDATE="1")  # a library of its asks for news otherwise
    if subprocess.run(command, check=False, stdout=sys.stderr, env=environment).returncode:
        raise unpack.Problem(f"img2dataset failed on {pairs}; the same command goes on where it ended")


def shards(folder):
    """The shards of a pass that are done: those whose status is recorded."""
    return sorted(path.with_name(path.name[: -len("_stats.json")] + ".tar") for path in folder.glob("*_stats.json"))


def recorded(folder):
    """What became of each row of a pass, in the order of its list, by img2dataset's Parquet files."""
    import pyarrow.parquet  # comes with img2dataset

    columns = ["key", "url", "status", "error_message", "sha256"]
    for shard in shards(folder):
        table = pyarrow.parquet.read_table(str(shard.with_suffix(".parquet")), columns=columns)
        yield from sorted(table.to_pylist(), key=lambda record: record["key"])


class Outcomes:
    """What became of the rows of a list of millions, in fifty bytes each."""

    NOT_TRIED = "not tried"
    SUCCESS = "success"

    def __init__(self, count):
        self.passes = array.array("b", bytes(count))
        self.places = array.array("q", bytes(8 * count))
        self.statuses = array.array("l", bytes(array.array("l").itemsize * count))
        self.digests = bytearray(32 * count)
        self.names = [self.NOT_TRIED]
        self.numbers = {self.NOT_TRIED: 0}

    def put(self, row, number, place, record):
        """Notes the record of a row; returns its status."""
        done = record["status"] == self.SUCCESS
        status = self.SUCCESS if done else record["error_message"] or record["status"]
        if status not in self.numbers:
            self.numbers[status] = len(self.names)
            self.names.append(status)
        self.passes[row], self.places[row], self.statuses[row] = number, place, self.numbers[status]
        self.digests[32 * row : 32 * row + 32] = bytes.fromhex(record["sha256"] or "00" * 32)
        return status

    def line(self, row, url):
        """The row of the manifest."""
        status = self.names[self.statuses[row]]
        key = f"pass-{self.passes[row]}/{self.places[row]:09d}" if status != self.NOT_TRIED else ""
        digest = self.digests[32 * row : 32 * row + 32].hex() if status == self.SUCCESS else ""
        return key, url, status, digest


def require_img2dataset():
    try:
        version = importlib.metadata.version("img2dataset")
    except importlib.metadata.PackageNotFoundError:
        version = None
    if version != IMG2DATASET:
        raise unpack.Problem(
            f"{sys.executable} has {'no img2dataset' if version is None else 'img2dataset ' + version}; this needs "
            f"{IMG2DATASET}: pip install -r data-scripts/requirements-img2dataset.txt in an environment of its own, "
            "whose Python PYTHON names"
        )


def fetch_all(args):
    """Fetches the list, then again what failed by chance; returns what became of each row."""
    columns, published = LISTS[args.set]
    first = args.out / "pass-0.csv"
    if not first.exists():
        write_list(first, rows(args.list, columns))
    count = sum(1 for _ in read_list(first))
    if count != published:
        unpack.tell(f"{args.list} has {count} rows, {args.set} as published {published}")
    outcomes = Outcomes(count)
    numbers = range(count)
    for number in range(args.passes):
        if not numbers:
            break
        pairs, folder = args.out / f"pass-{number}.csv", args.out / f"pass-{number}"
        if not pairs.exists():
            wanted = set(numbers)
            write_list(pairs, (pair for row, pair in enumerate(read_list(first)) if row in wanted))
        unpack.tell(f"{args.set}: pass {number}, {len(numbers)} rows")
        fetch(pairs, folder, args)
        numbers = note(pairs, folder, number, numbers, outcomes)
    return outcomes


def note(pairs, folder, number, numbers, outcomes):
    """Notes the records of a pass; returns the numbers of the rows that failed by chance."""
    expected = (len(numbers) + SHARD - 1) // SHARD
    if len(shards(folder)) != expected:
        done = len(shards(folder))
        raise unpack.Problem(f"{folder} has {done} of {expected} shards; the same command fetches the others")
    again = []
    for place, (record, pair, row) in enumerate(zip_longest(recorded(folder), read_list(pairs), numbers)):
        if record is None or pair is None or row is None or record["url"] != pair[0]:
            raise unpack.Problem(f"{folder} and {pairs} differ at row {place + 1}; remove both to begin that pass anew")
        status = outcomes.put(row, number, place, record)
        if status != outcomes.SUCCESS and BY_CHANCE.search(status):
            again.append(row)
    return again


def write_manifest(out, outcomes):
    """Writes the manifest, the list of the shards and the summary, which is returned."""
    part = out / ".manifest.csv.gz.part"
    with open(part, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as packed:
        with io.TextIOWrapper(packed, encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["key", "url", "status", "sha256"])
            writer.writerows(outcomes.line(row, url) for row, (url, _) in enumerate(read_list(out / "pass-0.csv")))
    os.replace(part, out / "manifest.csv.gz")
    passes = range(max(outcomes.passes, default=0) + 1)
    found = [
        f"pass-{number}/{shard.name}"
        for number in passes
        for shard in shards(out / f"pass-{number}")
        if json.loads(shard.with_name(shard.stem + "_stats.json").read_text())["successes"]
    ]
    unpack.write(out / "shards.txt", "".join(line + "\n" for line in found))
    statuses = Counter(outcomes.names[status] for status in outcomes.statuses)
    got = statuses.pop(outcomes.SUCCESS, 0)
    summary = {
        "rows": len(outcomes.statuses),
        "obtained": got,
        "share": round(got / max(1, len(outcomes.statuses)), 4),
        "shards": len(found),
        "missing": dict(statuses.most_common(20)),
    }
    unpack.write(out / "summary.json", json.dumps(summary, indent=1, ensure_ascii=False) + "\n")
    return summary


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=sorted(LISTS), help="said by the script that starts this")
    parser.add_argument("list", type=pathlib.Path, metavar="LIST")
    parser.add_argument("out", type=pathlib.Path, metavar="OUT")
    parser.add_argument("--passes", type=int, default=2, help="tries in all of what fails by chance (2)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="that scale pictures (one a core)")
    parser.add_argument("--threads", type=int, default=64, help="that fetch, in all (64)")
    args = parser.parse_args()
    if not args.list.is_file():
        raise unpack.Problem(f"there is no list {args.list}: it is on the page of Conceptual {args.set[2:].upper()}")
    require_img2dataset()
    args.out.mkdir(parents=True, exist_ok=True)
    print(json.dumps(write_manifest(args.out, fetch_all(args)), ensure_ascii=False))
    unpack.tell(f"glip pretrain --data @{args.out / 'shards.txt'} ...")


unpack.run(main, sys.argv[1] if len(sys.argv) > 1 else "web_pairs")
