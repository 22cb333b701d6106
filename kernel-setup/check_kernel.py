"""Checks on the real kernels what no test in one process can: that an interrupt ends a training whenever it comes, and that a cell which
prints much sends few messages, complete and in order. Used by .ci/run; needs what run.sh sets up.

usage: check_kernel.py java|kotlin
"""

import os
import sys
import time
from queue import Empty

from jupyter_client import KernelManager

# Seconds after the request: while it is on its way, compiles, loads, trains.
DELAYS = {"java": [0, 0.05, 0.2, 0.5, 1, 2, 4, 8], "kotlin": [0, 0.2, 1, 4, 16]}
LINES = 200_000
PATIENCE = 300  # seconds; what hangs longer is taken to hang for ever

TRAINING = """
SyntheticPairs pairs = SyntheticPairs.builder().setTokenizer(ClipTokenizer.load()).setBatchSize(2).setImageSize(64)
        .setContextLength(20).optSeed(1).build();
StageConfig config = new StageConfig(1_000_000, 2, 1, OptimizerConfig.paper(), Mask.gaussian(0.75, 0.2), Precision.FP32, 1, 0);
Execution execution;
try (var manager = Torch.newManager()) {
    execution = Execution.fastest(ClipConfig.preset("tiny"), Precision.BF16, manager);
}
new StepBenchmark(ClipConfig.preset("tiny"), config, 1, execution).run(pairs);
"""
KOTLIN_TRAINING = """
import org.glip.data.*; import org.glip.engine.*; import org.glip.mask.*; import org.glip.model.*; import org.glip.text.*
import org.glip.train.*
val pairs = SyntheticPairs.builder().setTokenizer(ClipTokenizer.load()).setBatchSize(2).setImageSize(64)
    .setContextLength(20).optSeed(1).build()
val config = StageConfig(1_000_000, 2, 1, OptimizerConfig.paper(), Mask.gaussian(0.75, 0.2), Precision.FP32, 1, 0)
val model = ClipConfig.preset("tiny")
val execution = Torch.newManager().use { Execution.fastest(model, Precision.BF16, it) }
StepBenchmark(model, config, 1, execution).run(pairs)
"""
# Where threads of cells are that compute on after their cell has ended.
LEFT = """
Thread.getAllStackTraces().entrySet().stream().filter(e -> e.getKey() != Thread.currentThread())
        .filter(e -> Arrays.stream(e.getValue()).anyMatch(frame -> frame.getClassName().startsWith("REPL.")))
        .map(e -> Arrays.stream(e.getValue()).limit(12).toList()).toList().toString()
"""
KOTLIN_LEFT = """
Thread.getAllStackTraces().filterKeys { it != Thread.currentThread() }
    .filterValues { frames -> frames.any { it.className.startsWith("org.glip.train") } }.keys.toString()
"""
CELLS = {
    "java": (TRAINING, LEFT, "try (var m = Torch.newManager()) { } Torch.threads() > 0"),
    "kotlin": (KOTLIN_TRAINING, KOTLIN_LEFT, "org.glip.engine.Torch.newManager().use { org.glip.engine.Torch.threads() > 0 }"),
}
INTERRUPTED = {"java": "EvaluationInterruptedException", "kotlin": "java.util.concurrent.CancellationException"}
ORDER = """
System.out.println("one"); display("two"); System.err.println("three"); System.out.print("four");
Notebook.show(new Html("<b>five</b>", "five")); System.out.println("six");
throw new IllegalStateException("seven");
"""


class Kernel:
    """A kernel of its own."""

    def __init__(self, name="java"):
        self.name = name

    def __enter__(self):
        self.manager = KernelManager(kernel_name=self.name)
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)
        return self

    def __exit__(self, *failure):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def begin(self, code: str) -> str:
        return self.client.execute(code)

    def end(self, request: str):
        """What a request made: (status, messages), the latter up to the kernel's word that it is idle."""
        messages, idle = [], False
        while not idle:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == request:
                messages.append(message)
                idle = message["content"].get("execution_state") == "idle"
        while True:
            reply = self.client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == request:
                return reply["content"]["status"], messages

    def run(self, code: str):
        return self.end(self.begin(code))

    def value(self, code: str) -> str:
        return next(m["content"]["data"]["text/plain"] for m in self.run(code)[1] if m["msg_type"] == "execute_result")


def require(met: bool, what: str) -> None:
    print(("ok      " if met else "FAILED  ") + what, flush=True)
    if not met:
        sys.exit(1)


def check_interrupt(name: str, delay: float) -> None:
    training, where_left, engine = CELLS[name]
    with Kernel(name) as kernel:
        request = kernel.begin(training)
        time.sleep(delay)
        kernel.manager.interrupt_kernel()
        asked = time.monotonic()
        _, messages = kernel.end(request)
        failure = next((m["content"]["ename"] for m in messages if m["msg_type"] == "error"), "no error")
        ended = time.monotonic() - asked
        left = kernel.value(where_left)
        while left != "[]" and time.monotonic() - asked < 60:
            left = kernel.value(where_left)
        rested = time.monotonic() - asked
        require(
            failure == INTERRUPTED[name] and left == "[]",
            f"an interrupt {delay} s after the request: {failure} after {ended:.1f} s, at rest by {rested:.1f} s, left: {left}",
        )
        status, _ = kernel.run("1 + 1")
        require(status == "ok", "  and the next cell runs")
        require(kernel.value(engine) == "true", "  with the engine")


def text(messages, name=None) -> list:
    return [m["content"]["text"] for m in messages if m["msg_type"] == "stream" and name in (None, m["content"]["name"])]


def check_output() -> None:
    with Kernel() as kernel:
        began = time.monotonic()
        status, messages = kernel.run(f'for (int i = 0; i < {LINES}; i++) System.out.println("line " + i);')
        parts = text(messages)
        complete = "".join(parts) == "".join(f"line {i}\n" for i in range(LINES))
        seconds = time.monotonic() - began
        require(
            status == "ok" and complete and len(parts) < LINES / 100,
            f"{LINES} lines in {len(parts)} messages, {seconds:.1f} s, complete: {complete}",
        )
        _, messages = kernel.run(ORDER)
        shown = []
        for message in messages:
            content = message["content"]
            if message["msg_type"] == "stream":
                shown += content["text"].split()
            elif message["msg_type"] == "display_data":
                shown.append(content["data"]["text/plain"])
            elif message["msg_type"] == "error":
                shown.append("seven")
        require(shown == "one two three four five six seven".split(), f"in order: {shown}")
        _, messages = kernel.run('System.out.println("last"); 42')
        require([m["msg_type"] for m in messages if m["msg_type"] != "status"][1:] == ["stream", "execute_result"], "value last")


if __name__ == "__main__":
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    try:
        if sys.argv[1] == "java":
            check_output()
        for seconds in DELAYS[sys.argv[1]]:
            check_interrupt(sys.argv[1], seconds)
    except Empty:
        sys.exit("FAILED  the kernel does not answer")
