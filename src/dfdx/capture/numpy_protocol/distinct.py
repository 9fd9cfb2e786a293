"""np.unique: some of the elements, chosen by their values.

The places are those of the plain numbers; where two of them meet, their number jumps, which
the trace does not see: it writes down that it was asked.
"""

import numpy as np

from ...rules.arrays import flat, only, operand
from ...structure import take
from .plain import decided


def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None, **options):
    """The different elements in ascending order, with what else was asked for."""
    only("unique", axis=axis)
    x = operand(ar)
    _, places, inverse, counts = decided("unique", _found, (x,), options)
    wanted = (return_index, return_inverse, return_counts)
    more = [v for v, asked in zip((places, inverse, counts), wanted, strict=True) if asked]
    elements = take(flat(x), places)
    return (elements, *more) if more else elements


def _found(x, **options):
    return np.unique(x, return_index=True, return_inverse=True, return_counts=True, **options)
