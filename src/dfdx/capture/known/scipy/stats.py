"""Stand-ins for the statistics of scipy.stats: means, moments, tests, regressions.

Each is the textbook's formula in NumPy's functions, which traced values understand; what it
gives is compared with SciPy's number. A field of a result that has no formula here refuses to
be read, so no derivative is lost in silence.
"""

from functools import cache

import numpy as np
from scipy import stats

from ...numpy_protocol.plain import seen_through, traced_in
from ...traced import plain
from .kernels import kernel_stand_ins
from .moments import MOMENTS
from .results import formula
from .tests import TESTS
from .tools import by_name


def _by_order(theirs):
    """The stand-in of a function of the order of the data alone: constant between ties."""

    def standing_in(*args, **kwargs):
        given = by_name(theirs, args, kwargs)
        for x in traced_in(given):
            x.tape.note(f"{theirs.__name__} rests on the order of the data: its slope is 0")
            values = np.sort(np.ravel(plain(x)))
            if np.any(np.diff(values) == 0):
                x.on_edge(theirs.__name__)
        return theirs(**seen_through(given))

    return standing_in


_ORDERS = ("rankdata", "spearmanr", "kendalltau", "weightedtau")


@cache
def stand_ins():
    """From the function of scipy.stats to its stand-in."""
    made = {}
    for ours in MOMENTS + TESTS:
        theirs = getattr(stats, ours.__name__, None)
        if theirs is not None:
            made[theirs] = formula(theirs, ours)
    for name in _ORDERS:
        made[getattr(stats, name)] = _by_order(getattr(stats, name))
    return made | kernel_stand_ins()
