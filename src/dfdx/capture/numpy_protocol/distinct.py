"""np.unique, and with it the set functions that NumPy writes with it: elements chosen by their values.

The places are those of the plain numbers; where two of them meet, their number jumps, which
the trace does not see: it writes down that it was asked.
"""

import numpy as np

from ...primitive import shape_of
from ...rules.arrays import flat, operand, part
from .plain import decided


def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None, **options):
    """The different elements (rows, along an axis) in NumPy's order, with what else was asked for."""
    x = operand(ar)
    wanted = (return_index, return_inverse, return_counts)
    if any(wanted):
        options.pop("sorted", None)
    places, inverse, counts = decided("unique", _found, (x,), {"axis": axis, **options})
    if (counts > 1).any():
        x.on_edge("unique")
    line, axis = (flat(x), 0) if axis is None else (x, axis % len(shape_of(x)))
    elements = part(line, axis, places)
    more = [v for v, asked in zip((places, inverse, counts), wanted, strict=True) if asked]
    return (elements, *more) if more else elements


def _found(x, axis, **options):
    sorts = options.pop("sorted", True)
    made, places, inverse, counts = np.unique(x, True, True, True, axis, **options)
    if not sorts:  # in an order of NumPy's own
        places = places[np.searchsorted(made, np.unique(x, axis=axis, sorted=False, **options))]
    return places, inverse, counts
