"""Stand-ins for what calls back in `heapq` and `bisect`."""

import bisect
import heapq
from functools import cache

from ..calls import follow


@cache
def stand_ins():
    """From the function to its stand-in."""
    made = {f: _with_key(f) for f in (heapq.nlargest, heapq.nsmallest, heapq.merge)}
    for name in ("bisect_left", "bisect_right", "insort_left", "insort_right"):
        made[getattr(bisect, name)] = _with_key(getattr(bisect, name))
    return made


def _with_key(function):
    """A function whose `key` is called back."""

    def call(*args, **options):
        if options.get("key") is not None:
            options["key"] = follow(options["key"])
        return function(*args, **options)

    return call
