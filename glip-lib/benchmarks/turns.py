"""Runs our command and its peers in turns and prints a Markdown table of medians and ratios.

    python turns.py --rounds 5 --lower ms,cpu_ms --higher samples_per_second --equal captions \\
        --peer open_clip "python train_peer.py --batch 16" --ours glip "../bin/glip bench --batch 16"

Every command is one quoted string, run without a shell, and prints a JSON object: all of its standard output, or the last line of it.
Each round runs each command once, every other round in the opposite order, so that a machine that grows faster or slower
favours nobody. The measures compared are top-level numbers of that object, or one of these three, which are measured here and
cover the whole process with its children: process_s (clock), process_cpu_s (processor), peak_mib (resident memory of the largest
process).

A cell is the median of the rounds with least and most in brackets. A ratio above 1 says how many times better ours is, whichever
way the measure points: it is the ratio of the medians, with the least and the most of the single rounds in brackets.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
import time
from statistics import median

MIB_IN_KIB = 1024


def run(name, command):
    """Runs a command once; its JSON object with what is measured from outside."""
    start = time.perf_counter()
    with subprocess.Popen(shlex.split(command), stdout=subprocess.PIPE) as process:
        output = process.stdout.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"turns: {name} ended with exit code {process.returncode}: {command}")
    result = last_object(name, output)
    result["process_s"] = time.perf_counter() - start
    result["process_cpu_s"] = usage.ru_utime + usage.ru_stime
    result["peak_mib"] = usage.ru_maxrss / MIB_IN_KIB
    return result


def last_object(name, output):
    lines = output.strip().splitlines()
    for text in (output, lines[-1] if lines else ""):
        try:
            found = json.loads(text)
        except json.JSONDecodeError:
            continue
        if isinstance(found, dict):
            return found
    raise SystemExit(f"turns: {name} printed no JSON object but: {output[-500:]!r}")


def in_turns(commands, rounds):
    """Runs commands, a mapping of name to command, in turns; a mapping of name to the results of its rounds."""
    results = {name: [] for name in commands}
    for number in range(rounds):
        order = list(commands) if number % 2 == 0 else list(reversed(commands))
        for name in order:
            results[name].append(run(name, commands[name]))
            print(f"round {number + 1}/{rounds} {name}: {json.dumps(results[name][-1])}", file=sys.stderr)
    return results


def values(results, name, key):
    try:
        return [float(result[key]) for result in results[name]]
    except KeyError:
        raise SystemExit(f"turns: {name} printed no '{key}', only {sorted(results[name][0])}") from None


def require_equal(results, key):
    seen = {name: {json.dumps(result.get(key)) for result in rounds} for name, rounds in results.items()}
    if len(set().union(*seen.values())) != 1 or "null" in set().union(*seen.values()):
        raise SystemExit(f"turns: '{key}' must be the same everywhere, but is {seen}")


def number(value):
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def cell(found, unit=""):
    return f"{number(median(found))}{unit} ({number(min(found))}–{number(max(found))})"


def row(results, key, higher, peer, ours):
    """One line of the table: a measure, a peer and ours."""
    theirs, mine = values(results, peer, key), values(results, ours, key)
    better = (lambda a, b: b / a) if higher else (lambda a, b: a / b)
    single = [better(a, b) for a, b in zip(theirs, mine)]
    ratio = f"**{better(median(theirs), median(mine)):.2f}x** ({min(single):.2f}–{max(single):.2f})"
    return f"| {key} ({'higher' if higher else 'lower'} is better) | {peer} {cell(theirs)} | {ours} {cell(mine)} | {ratio} |"


def table(results, lower, higher, peers, ours):
    lines = ["| measure | peer | ours | ratio |", "|---|---|---|---|"]
    keys = [(key, False) for key in lower] + [(key, True) for key in higher]
    return "\n".join(lines + [row(results, key, up, peer, ours) for key, up in keys for peer in peers])


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = lambda text: [name for name in text.split(",") if name]
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--peer", nargs=2, action="append", required=True, metavar=("NAME", "COMMAND"), help="may be given again")
    arguments.add_argument("--ours", nargs=2, required=True, metavar=("NAME", "COMMAND"))
    arguments.add_argument("--lower", type=names, default=[], metavar="KEYS", help="measures of which less is better, commas between")
    arguments.add_argument("--higher", type=names, default=[], metavar="KEYS", help="measures of which more is better")
    arguments.add_argument("--equal", type=names, default=[], metavar="KEYS", help="what must be the same in every run")
    options = arguments.parse_args()
    peers, ours = dict(options.peer), options.ours[0]
    if ours in peers or len(peers) != len(options.peer):
        arguments.error("each command needs a name of its own")
    if not options.lower and not options.higher:
        arguments.error("nothing to compare: give --lower or --higher")

    load = os.getloadavg()[0]
    results = in_turns({**peers, ours: options.ours[1]}, options.rounds)
    for key in options.equal:
        require_equal(results, key)
    print(table(results, options.lower, options.higher, peers, ours))
    print(f"\n{options.rounds} rounds in turns; {os.cpu_count()} processors, load {load:.1f} before; {time.strftime('%Y-%m-%d')}")


if __name__ == "__main__":
    main()
