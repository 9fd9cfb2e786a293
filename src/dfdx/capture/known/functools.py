"""Stand-ins for what calls back in `functools`."""

import functools
from functools import cache

from ..calls import follow


@cache
def stand_ins():
    """From the function of `functools` to its stand-in."""
    return {functools.reduce: _reduce, functools.cmp_to_key: _cmp_to_key}


def _reduce(function, *rest, **named):
    return functools.reduce(follow(function), *rest, **named)


def _cmp_to_key(mycmp):
    return functools.cmp_to_key(follow(mycmp))
