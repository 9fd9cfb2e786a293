"""Arrays larger than memory: a Zarr array differentiated by a process that is not given room for it.

The child may map only so much more than what Python and its libraries take (RLIMIT_AS), and says what its
peak was. The parent compares the result, to the bit, with the gradient of the whole array in memory.
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np

from dfdx.compat import gradient
from dfdx.compiled import jit

from ..report import Section, number

COLUMNS = 2048
ROOM = 192 << 20  # bytes that the child gets beside what it has at the start
_TEXT = (
    "`gradient(path, out=(path, path))` of float64 arrays in chunks of 256 × 256, by a process that may have "
    "{room} MiB beside Python and its libraries (RLIMIT_AS). Peak: by how much it grew. Equal: to the bit to "
    "the gradient of the array in memory."
)


def larger_than_memory():
    """Growth of the process and seconds, while the array grows eightfold twice."""
    rows = [("array", "of the limit", "peak", "seconds", "equal")]
    with tempfile.TemporaryDirectory() as folder:
        for count in (512, 4096, 32768):
            at = Path(folder) / str(count)
            size = count * COLUMNS * 8
            _write(at / "f", count)
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.measured.stored", str(at)],
                capture_output=True,
                text=True,
                check=True,
            )
            peak, seconds = map(float, done.stdout.split())
            equal = _equal(at)
            share = f"{100 * size / ROOM:.0f} %"
            peak = f"{peak / 2**20:.0f} MiB"
            rows.append((f"{size >> 20} MiB", share, peak, number(seconds), str(equal)))
    return Section("Larger than memory", _TEXT.format(room=ROOM >> 20), rows)


def _write(path, count):
    import zarr

    f = zarr.create_array(
        path, shape=(count, COLUMNS), chunks=(256, 256), dtype="f8", compressors=None
    )
    rng = np.random.default_rng(0)
    for k in range(0, count, 256):
        f[k : k + 256] = rng.standard_normal((256, COLUMNS))


def _equal(at):
    import zarr

    f, *found = (zarr.open_array(at / name, mode="r")[:] for name in ("f", "d0", "d1"))
    expected = gradient(f, 0.1)
    return all(np.array_equal(a, b) for a, b in zip(found, expected, strict=True))


def _differentiate(at):
    """In the child: the peak of the process above where it stood, and seconds."""
    import zarr

    _write(at / "small", 256)
    small = zarr.open_array(at / "small", mode="r")
    outs = [
        zarr.create_array(at / f"small{k}", shape=small.shape, chunks=(256, 256), dtype="f8")
        for k in (0, 1)
    ]
    gradient(small, 0.1, out=outs)  # so that everything is loaded
    jit.possible()
    before = _status("VmRSS")
    limit = _status("VmSize") + ROOM
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    start = perf_counter()
    gradient(at / "f", 0.1, out=(at / "d0", at / "d1"))
    print(_status("VmHWM") - before, perf_counter() - start)


def _status(name):
    with open("/proc/self/status", encoding="ascii") as file:
        return 1024 * next(int(line.split()[1]) for line in file if line.startswith(name))


if __name__ == "__main__":
    _differentiate(Path(sys.argv[1]))
