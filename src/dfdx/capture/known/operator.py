"""Stand-ins for what calls back in `operator`."""

import operator
from functools import cache

from ..calls import follow


@cache
def stand_ins():
    """From the function of `operator` to its stand-in."""
    made = {operator.methodcaller: _methodcaller}
    if hasattr(operator, "call"):
        made[operator.call] = lambda g, /, *args, **kwargs: follow(g)(*args, **kwargs)
    return made


def _methodcaller(name, /, *args, **kwargs):
    return lambda x: follow(getattr(x, name))(*args, **kwargs)
