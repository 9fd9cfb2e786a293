"""Stand-ins for SciPy's functions that are no ufuncs: linear algebra, logsumexp, lambertw, …

Without a traced value among the arguments SciPy's own function is called.
"""

from functools import cache
from importlib import import_module
from types import FunctionType

from ..rules import special
from ..rules.arrays_scipy import SCIPY
from .buffers import content, wrapped
from .numpy_protocol_plain import traced_in


@cache
def stand_ins():
    """From SciPy's function to its stand-in."""
    made = {}
    for name, ours in SCIPY.items():
        module, _, function = name.rpartition(".")
        theirs = getattr(import_module(f"scipy.{module}"), function, None)
        if theirs is not None:
            made[theirs] = _followed(theirs, ours)
    library = import_module("scipy.special")
    for name, theirs in vars(library).items():
        ours = special.function(name) if type(theirs) is FunctionType else None
        if ours is not None:
            made[theirs] = _followed(theirs, ours)
    return made


def _followed(theirs, ours):
    def standing_in(*args, **kwargs):
        args, kwargs = _unwrapped(args), _unwrapped(kwargs)
        if not traced_in((args, kwargs)):
            return theirs(*args, **kwargs)
        found = ours(*args, **kwargs)
        return tuple(map(wrapped, found)) if type(found) is tuple else wrapped(found)

    return standing_in


def _unwrapped(x):
    """The arguments with the arrays that buffers hold."""
    if type(x) in (list, tuple):
        return type(x)(_unwrapped(v) for v in x)
    if type(x) is dict:
        return {key: _unwrapped(v) for key, v in x.items()}
    return content(x)
