"""Rounding to a number of digits, looked through.

`round(x, 2)` is for show: its slope is that of x, and a note says so. The value is the
rounded one, as in the plain function, so what is decided by it comes out the same. To
compare a trace with the function, the rounding can be left out (`with Unrounded()`) of
everything but comparisons.
Text that is a number's digits and nothing else is read as that number again.
"""

from _thread import _local
from math import isfinite

from ..primitive import shape_of
from .traced import Traced, plain

_here = _local()


class Unrounded:
    """While this is entered, followed functions of this thread do not round to digits."""

    __slots__ = ("_before",)

    def __enter__(self):
        self._before = is_off()
        _here.off = True

    def __exit__(self, *error):
        _here.off = self._before


def is_off():
    """True where numbers are left unrounded for now."""
    return getattr(_here, "off", False)


def looked_through(x, value, how):
    """x, a traced number or array, with the rounded value in the place of its own.

    `how` is the rounding as the user wrote it, for the note.
    """
    x.tape.note(f"{how} was looked through: the unrounded value was differentiated")
    change = value - plain(x)
    if not (shape_of(change) or isfinite(change)):
        return x
    y = last = x + (0.0 if is_off() else change)
    while type(last) is Traced:
        last.tape.rounded[id(last)] = value
        if type(last.value) is not Traced and not is_off():
            last.value = value  # x + (value - x) may be off in the last place
        last = last.value
    return y


def rounded(x, decimals=0, out=None):
    """The method of arrays: to whole numbers it is a step."""
    import numpy as np

    if decimals < 1 or out is not None:
        return np.round(x, decimals, out)
    return looked_through(x, np.round(plain(x), decimals), f"np.round(x, {decimals})")


Traced.round = rounded  # type: ignore[attr-defined]


def read(text):
    """The number that the digits of a traced number say; ValueError where they say none."""
    value = float(str(text))
    x = text.number
    if not x.tape.open:
        return value
    if str(text) == repr(plain(x)):  # all its digits
        return x
    return looked_through(x, value, f"the number written as {str(text)!r}")
