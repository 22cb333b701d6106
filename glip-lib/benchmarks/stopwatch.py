"""What the peers share: reading both clocks around a piece of work, as org.glip.benchmark.Stopwatch does on our side."""

import time
from statistics import median


def times(name, warmup, rounds, work):
    """Runs work and gives {NAME_ms, NAME_cpu_ms}: the median time of a round by the clock and of the whole process's processors."""
    wall, cpu = [], []
    for number in range(warmup + rounds):
        start = time.perf_counter(), time.process_time()
        work()
        if number >= warmup:
            wall.append(time.perf_counter() - start[0])
            cpu.append(time.process_time() - start[1])
    return {f"{name}_ms": 1e3 * median(wall), f"{name}_cpu_ms": 1e3 * median(cpu)}
