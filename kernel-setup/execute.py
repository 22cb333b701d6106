"""Runs a notebook on its kernel and tells the terminal, on standard error, how it goes.

The executed copy and an HTML page are written to the output folder whatever happens: success, a failing cell, Ctrl-C.
Exit code: 0 if every cell ran (and --check found what it looks for), 1 if not, 130 after Ctrl-C.
"""

import argparse
import asyncio
import copy
import os
import re
import shutil
import signal
import sys
import time
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter

PICTURE = re.compile(r'<img alt="[^"]*" src="data:image/png;base64,([^"]+)">')
ANSI_STYLE = re.compile(r"\x1b\[[0-9;]*m")
SECONDS_BETWEEN_LINES = 10  # where the output is no terminal


class Progress:
    """One line a cell: on a terminal rewritten every second with what the cell said last, elsewhere repeated now and then."""

    def __init__(self, cells: int):
        self.cells, self.cell, self.said, self.running = cells, 0, "", False
        self.terminal = sys.stderr.isatty()

    def start(self) -> None:
        self.cell, self.said, self.running = self.cell + 1, "", True
        self.started = self.shown = time.monotonic()
        self._show()

    def say(self, text: str) -> None:
        lines = [line for line in re.split(r"[\r\n]+", ANSI_STYLE.sub("", text)) if line.strip()]
        self.said = lines[-1].strip() if lines else self.said

    def end(self) -> None:
        self.running = False
        self._show(last=True)

    async def tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            if self.running:
                self._show()

    def _show(self, last=False) -> None:
        now = time.monotonic()
        line = f"  cell {self.cell:2} of {self.cells}  {now - self.started:5.0f} s  {self.said}"
        if self.terminal:
            width = shutil.get_terminal_size().columns - 1
            print("\r\x1b[K" + line[:width], end="\n" if last else "", flush=True, file=sys.stderr)
        elif last or now - self.shown >= SECONDS_BETWEEN_LINES:
            self.shown = now
            print(line, flush=True, file=sys.stderr)


class ReportingClient(NotebookClient):
    """Passes what a cell prints, or puts in place of a live display, on to the progress line."""

    progress: Progress
    interrupted = False

    def interrupt_on_signals(self, notebook) -> None:
        """Makes Ctrl-C end the run. Of itself nbclient would kill the kernel and go on waiting for it."""
        task = asyncio.current_task()

        def interrupt() -> None:
            self.interrupted = True
            task.cancel()

        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, interrupt)

    def process_message(self, msg, cell, cell_index):
        content = msg["content"]
        if msg["msg_type"] == "stream":
            self.progress.say(content["text"])
        elif msg["msg_type"] in ("display_data", "update_display_data"):
            self.progress.say(content["data"].get("text/plain", ""))
        return super().process_message(msg, cell, cell_index)


async def run(client: ReportingClient) -> None:
    ticker = asyncio.ensure_future(client.progress.tick())
    try:
        await client.async_execute()
    finally:
        ticker.cancel()


def execute(notebook, folder: Path) -> int:
    """Runs all cells, which find the notebook's own folder as working directory. Returns the exit code."""
    progress = Progress(sum(cell.cell_type == "code" and bool(cell.source.strip()) for cell in notebook.cells))
    client = ReportingClient(
        notebook,
        timeout=None,
        startup_timeout=120,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
    )
    client.progress = progress
    client.on_notebook_start = client.interrupt_on_signals
    client.on_cell_execute = lambda cell, cell_index: progress.start()
    client.on_cell_executed = lambda cell, cell_index, execute_reply: progress.end()
    try:
        asyncio.run(run(client))
        return 0
    except CellExecutionError:
        print(f"\nCell {progress.cell} failed:")
        for error in (output for output in outputs(notebook) if output.output_type == "error"):
            text = "\n".join(error.traceback)
            print(text if progress.terminal else ANSI_STYLE.sub("", text))
    except NoSuchKernel as error:
        print(f"\nThe notebook asks for the kernel {error.name}; there are java and kotlin.")
    except (RuntimeError, asyncio.CancelledError, KeyboardInterrupt) as error:
        if client.interrupted or isinstance(error, KeyboardInterrupt):
            print("\nInterrupted.")
            return 130
        print(f"\n{error}. If the machine ran out of memory, try GLIP_PROFILE=smoke.")
    return 1


def as_stored(notebook):
    """The notebook with its pictures as PNG, which all that reads notebooks knows; their words are the plain text beside."""
    stored = copy.deepcopy(notebook)
    for output in outputs(stored):
        picture = PICTURE.fullmatch(output.get("data", {}).get("text/html", ""))
        if picture:
            output.data["image/png"] = picture[1]
            del output.data["text/html"]
    return stored


def save(notebook, path: Path) -> None:
    """Writes the notebook, then the page beside it; each appears whole or not at all."""

    def write(target: Path, text: str) -> None:
        temporary = target.with_name(target.name + ".new")
        temporary.write_text(text, encoding="utf-8")
        os.replace(temporary, target)

    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, nbformat.writes(as_stored(notebook)) + "\n")
    page, _ = HTMLExporter(template_name="lab").from_notebook_node(notebook, {"metadata": {"name": path.stem}})
    write(path.with_suffix(".html"), page)


def outputs(notebook, tag=None):
    return [
        output
        for cell in notebook.cells
        if cell.cell_type == "code" and (tag is None or tag in cell.metadata.get("tags", []))
        for output in cell.outputs
    ]


def result_table(notebook) -> str:
    """The last table of the cells tagged "result", or of all cells if none is tagged so."""
    for candidates in (outputs(notebook, "result"), outputs(notebook)):
        tables = [o.data for o in candidates if "<table" in o.get("data", {}).get("text/html", "")]
        if tables:
            return tables[-1].get("text/plain", "")
    return ""


def missing_outputs(notebook) -> list:
    pages = "".join(output.get("data", {}).get("text/html", "") for output in outputs(notebook))
    return [name for name, mark in (("picture", "<img alt="), ("table", "<table")) if mark not in pages]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="folder for the executed notebook and the page")
    parser.add_argument("--in-place", action="store_true", help="if all cells ran, write the outputs into NOTEBOOK too")
    parser.add_argument("--check", action="store_true", help="fail unless there are pictures and tables")
    arguments = parser.parse_args()

    notebook = nbformat.read(arguments.notebook, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":  # what an earlier run left must not pass for this one's
            cell.outputs, cell.execution_count = [], None
    executed = arguments.out / arguments.notebook.name
    code = 1
    try:
        code = execute(notebook, arguments.notebook.resolve().parent)
    finally:
        save(notebook, executed)
    if code == 0 and arguments.check and missing_outputs(notebook):
        print(f"No output of type {' or '.join(missing_outputs(notebook))}: the kernel's renderers are not at work.")
        code = 1
    if code == 0 and arguments.in_place:
        shutil.copyfile(executed, arguments.notebook)
    table = result_table(notebook)
    print(f"\n{table}\n" if table else "")
    print(f"notebook: {executed}\npage:     {executed.with_suffix('.html')}")
    return code


if __name__ == "__main__":
    sys.exit(main())
