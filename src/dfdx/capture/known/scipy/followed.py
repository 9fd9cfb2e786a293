"""SciPy's own Python code, followed like the user's where something in it is traced.

A function of SciPy that has no stand-in and is written in Python is called as it is on plain
numbers. Where a traced value is among its arguments its calls are followed, and so are those of
the functions of SciPy that it calls; the ones with a stand-in have it. What is compiled gets plain
arrays out of their handles, and says itself (a leak) where it would need a traced value as one.
"""

from functools import wraps
from types import FunctionType

from ...buffers import Buffer
from ...calls import Following, current
from ...complexes import Complex
from ...traced import Traced
from .families import known
from .tools import unwrapped

# they make arrays into which others write
_MAKERS = ("scipy._lib.", "scipy._external.", "scipy.ndimage._ni_support")
_DEEP = 3  # how far into lists, tuples, dicts and objects is looked


def followed(theirs):
    """What is called in place of a function of SciPy's that has no stand-in."""
    if type(theirs) is FunctionType:
        return _opening(theirs) if _is_scipys(theirs) else None
    return _with_plain_arrays(theirs) if callable(theirs) else None


def _opening(theirs):
    """The function as it is on plain values; followed, with SciPy's code open, on traced ones."""

    @wraps(theirs)
    def standing_in(*args, **kwargs):
        if not _any_traced((args, kwargs), calls=True):
            return theirs(*_without_handles(args), **_without_handles(kwargs))
        before = current()
        if before is not None and before.library is _library:
            return before(theirs)(*args, **kwargs)
        with Following(before is not None and before.deep, _library) as follow:
            return follow(theirs)(*args, **kwargs)

    return standing_in


def _library(g, rewritten):
    """What is called in place of g within SciPy's code; None where that is decided as ever."""
    if type(g) is not FunctionType or not _is_scipys(g):
        return None

    other = known(g)
    if other is not None:
        return other
    inside = rewritten()
    if _module(g).startswith(_MAKERS):
        return inside

    @wraps(g)
    def on_what_is_traced(*args, **kwargs):
        if _any_traced((args, kwargs), calls=True):
            return inside(*args, **kwargs)
        return g(*_without_handles(args), **_without_handles(kwargs))

    return on_what_is_traced


def _is_scipys(g):
    return _module(g).partition(".")[0] == "scipy"


def _module(g):
    """The module in which a function was written."""
    return g.__globals__.get("__name__") or ""


def _with_plain_arrays(theirs):
    """A compiled function, which gets the arrays out of the handles that hold plain ones."""

    def call(*args, **kwargs):
        return theirs(*_without_handles(args), **_without_handles(kwargs))

    return call


def _any_traced(x, calls=False):
    """True where a traced value is within, or (with `calls`) a function that may reach one."""
    layer = [x]
    for _ in range(_DEEP):
        inner = []
        for part in layer:
            kind = type(part)
            if kind is Traced or kind is Complex:
                return True
            if kind is Buffer:
                if type(part.content) is Traced:
                    return True
            elif isinstance(part, (list, tuple)):
                inner.extend(part)
            elif kind is dict:
                inner.extend(part.values())
            elif calls and kind is FunctionType:
                return True
            elif (kind.__module__ or "").startswith("scipy.") and hasattr(part, "__dict__"):
                inner.extend(vars(part).values())
        layer = inner
    return False


def _without_handles(x):
    """The arguments with plain arrays in place of their handles; what holds none is itself."""
    kind = type(x)
    if kind is Buffer:
        return x.content
    if kind is tuple or kind is list or kind is dict:
        parts = x.values() if kind is dict else x
        return unwrapped(x) if any(type(p) in (Buffer, list, tuple, dict) for p in parts) else x
    return x
