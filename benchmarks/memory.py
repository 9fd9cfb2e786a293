"""Memory that one gradient of a function of numbers takes, in bytes per operation.

Each contestant runs in a process of its own; what counts is how far the process grew.
"""

import gc
import subprocess
import sys

from .report import Section, number

ROUNDS = 20_000
OPERATIONS = 8 * ROUNDS
NAMES = ("dfdx", "autograd", "mygrad", "torch")


def grown(run):
    """Bytes by which the peak of this process grows while `run` runs, once warm."""
    gc.collect()
    before = _peak()
    run()
    return (_peak() - before) * 1024


def _peak():
    """The peak of this process in KiB; that of `resource` would be its parent's, where that was higher."""
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))


def contestant(name):
    """One gradient, as a function of the number of rounds."""
    from . import scalar

    def run(rounds):
        scalar.ROUNDS = rounds
        if name == "dfdx":
            import math

            from dfdx import gradient

            gradient(scalar.chain(math.sin, math.exp, math.tanh))(*scalar.POINT)
        else:
            getattr(scalar, f"with_{name}")()

    return run


def run():
    rows = [("", "bytes per operation", "dfdx = 1")]
    found = {}
    for name in NAMES:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.memory", name],
            capture_output=True,
            text=True,
            check=True,
        )
        found[name] = float(done.stdout) / OPERATIONS
    for name, size in sorted(found.items(), key=lambda item: item[1]):
        rows.append((name, number(size), number(size / found["dfdx"])))
    return Section("Memory", ABOUT, rows)


ABOUT = (
    f"What one gradient of a function of plain numbers takes while it runs ({OPERATIONS:,} operations, the "
    "function above): the growth of the process, in bytes per operation."
)

if __name__ == "__main__":
    sys.setrecursionlimit(10 * OPERATIONS)
    chosen = contestant(sys.argv[1])
    chosen(10)
    print(grown(lambda: chosen(ROUNDS)))
