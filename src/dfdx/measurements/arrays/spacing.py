"""The step of coordinates: numpy.gradient's rules, and what `linspace` makes is even.

numpy.gradient takes coordinates for even when all steps are the same to the bit; those of `linspace` are not,
because they are rounded, and so it computes with weights that are rounding errors of themselves. Here
steps are equal that differ by the rounding of the coordinates, as long as that is below a millionth
of a step: then the answer changes by less than a millionth, and mostly for the better. But only in large
arrays, where it saves time; small ones have numpy.gradient's numbers to the bit.
"""

import numpy as np

from . import machine

_BLOCK = 1 << 15
_ROUNDING = 8.0  # in units of the last place of the largest coordinate
_FINE = 2.0**-20  # of a step: what may be taken for rounding at most


def spacing(x, count, rounded=True):
    """The step of coordinates that are even, or `rounded` from even ones, else the coordinates themselves."""
    given, x = x, np.asanyarray(x)
    if x.ndim == 0:
        return given
    x = checked(x, count)
    if count < 2:
        return x
    first = x[1] - x[0]
    step, low, high = first, first, first
    if rounded and x.dtype.char in "df":
        with np.errstate(over="ignore", invalid="ignore"):
            step = (x[-1] - x[0]) / (count - 1)
            room = _ROUNDING * np.finfo(x.dtype).eps * max(abs(x[0]), abs(x[-1]))
            room = min(room, _FINE * abs(step))
            low, high = step - room, step + room
    within, same = _read(x, low, high, first)
    if same:
        return first
    return step if within else x


def checked(x, count):
    """Coordinates of as many places as there are, as floats; numpy.gradient's errors."""
    if x.ndim != 1:
        raise ValueError("distances must be either scalars or 1d")
    if len(x) != count:
        raise ValueError("when 1d, distances must match the length of the corresponding dimension")
    if x.dtype.kind == "M":
        raise TypeError(
            "the coordinates are dates, and a slope is per some unit of time: pass "
            "(x - x[0]) / np.timedelta64(1, 's'), or differentiate sampled(y, x, unit=\"s\")"
        )
    return _whole(x) if x.dtype.kind in "iu" else x


def _whole(x):
    """Whole numbers as floats, counted from the first where they are too large to be floats themselves."""
    largest = max(abs(int(x.min())), abs(int(x.max()))) if len(x) else 0
    if 2**53 < largest < 2**62:
        x = x.astype(np.int64) - x.astype(np.int64)[0]
    return x.astype(np.float64)


def _read(x, low, high, first):
    """Whether all steps lie between two numbers, and whether all are the first."""
    run = machine.steps_of(x)
    if run is not None:
        return run(x, low, high, first)
    within = same = True
    for start in range(0, len(x) - 1, _BLOCK):
        part = x[start : start + _BLOCK + 1]
        gaps = np.subtract(part[1:], part[:-1])
        same = same and bool((gaps == first).all())
        within = within and bool(((gaps >= low) & (gaps <= high)).all())
        if not (within or same):
            break
    return within, same
