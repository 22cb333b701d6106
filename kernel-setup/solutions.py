#!/usr/bin/env python3
"""Writes the twin of a lesson in which every exercise is solved.

usage: kernel-setup/solutions.py notebooks/20-lesson.ipynb    (writes notebooks/20-lesson-solutions.ipynb)

A code cell tagged "exercise" is followed by a text cell tagged "solution" with the code in a fenced block. In the twin
the code stands in the exercise's place, so that the build can run what the lesson claims.
"""
import copy
import json
import re
import sys
from pathlib import Path

FENCED = re.compile(r"^```(?:java|kotlin)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def solved(lesson):
    twin = copy.deepcopy(lesson)
    cells = twin["cells"]
    for number, cell in enumerate(cells):
        if "exercise" in cell["metadata"].get("tags", []):
            found = FENCED.search("".join(cells[number + 1]["source"]))
            if not found:
                sys.exit(f"the exercise {cell['id']} is not followed by a solution in a fenced block")
            cell["source"] = found.group(1).rstrip("\n").splitlines(True)
    cells[0]["source"] = ["# Solutions\n", "\n", "The lesson of the same name with every exercise solved, as the build runs it; do not edit it here.\n", "\n"] + [
        "#" + line if line.startswith("# ") else line for line in cells[0]["source"]
    ]
    return twin


if len(sys.argv) != 2:
    sys.exit(__doc__)
path = Path(sys.argv[1])
twin = solved(json.loads(path.read_text(encoding="utf-8")))
target = path.with_name(path.stem + "-solutions.ipynb")
target.write_text(json.dumps(twin, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
print(target)
