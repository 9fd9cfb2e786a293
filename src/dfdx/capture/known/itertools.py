"""Stand-ins for what calls back in `itertools`."""

import itertools
from functools import cache

from ..calls import follow


@cache
def stand_ins():
    """From the function of `itertools` to its stand-in."""
    made = {itertools.accumulate: _accumulate, itertools.groupby: _groupby}
    for name in ("starmap", "takewhile", "dropwhile", "filterfalse"):
        function = getattr(itertools, name)
        made[function] = _calling_first(function)
    return made


def _calling_first(function):
    return lambda g, values: function(None if g is None else follow(g), values)


def _accumulate(iterable, func=None, *, initial=None):
    return itertools.accumulate(iterable, None if func is None else follow(func), initial=initial)


def _groupby(iterable, key=None):
    return itertools.groupby(iterable, None if key is None else follow(key))
