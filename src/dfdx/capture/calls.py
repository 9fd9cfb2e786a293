"""What a call in the user's code calls when a traced value may be around.

A rewritten function calls `follow(g)(…)` where its author wrote `g(…)`. Who is called
decides: the user's own functions are rewritten in turn; functions that dfdx knows have a
stand-in that understands traced values; everything else is called as it is, and says so
itself (a leak) if it needs plain numbers. Every trace has a `follow` of its own, which
remembers what it has met and forgets it when the trace ends.
"""

import functools
import os
from _thread import _local
from types import (
    BuiltinFunctionType,
    CellType,
    CodeType,
    FunctionType,
    MethodType,
    MethodWrapperType,
    ModuleType,
)

from .handles import fresh, fresh_method, is_numpy
from .known import method_stand_in, stand_in
from .remembered import remembering
from .routed import CALL, DEEP, KNOWN, NUMPY_KINDS, is_routed
from .sources import numpy_source

_OURS = __name__.partition(".")[0]
_PLAIN_LIBRARIES = {
    _OURS, "numpy", "scipy", "mpmath", "pandas", "matplotlib", "sympy", "numba", "torch", "jax", "tensorflow",
    "_pytest", "pytest",
}  # fmt: skip

# Modules of the standard library that compute with, or call back, what the user gives them.
_OPEN_BOOKS = {
    "_collections_abc", "bisect", "collections", "colorsys", "contextlib", "copy", "functools",
    "graphlib", "heapq", "numbers", "operator", "random", "statistics", "types",
}  # fmt: skip
_STANDARD = os.path.dirname(os.__file__) + os.sep
_CACHED = type(functools.cache(len))

_UNGUARDED = {
    "builtins",
    "itertools",
    "functools",
    "operator",
}  # they call, or pass on, other things

# The methods of traced arrays.
_OUR_METHODS = {f"{__package__}.traced", f"{__package__}.numpy_protocol"}

_MOST = 10_000  # a loop can make any number of functions; more than this are not remembered

_here = _local()  # the innermost trace that runs in a thread: its `follow`


def follow(g):
    """What to call in place of g, in the trace that runs in this thread."""
    current = getattr(_here, "follow", None)
    return g if current is None else current(g)


def call(g, /, *args, **kwargs):
    """g(*args, **kwargs), followed into the user's own code."""
    current = getattr(_here, "follow", None)
    if current is not None:
        return current(g)(*args, **kwargs)
    with Following() as start:
        return start(g)(*args, **kwargs)


class Following:
    """While this is entered, the calls of this thread are followed: `with Following() as follow`.

    With `deep` also the methods that the interpreter calls by itself (see `protocols`).
    `library(g, rewritten)` gives what is called in place of a function of a library that is
    followed too, and None for the others; `rewritten()` makes the followed version. With `make`
    what cannot be followed becomes one operation (see `opaque`), except the first function.
    """

    __slots__ = ("_before", "_close", "follow")

    def __init__(self, deep=False, library=None, make=None):
        self.follow, self._close = _follower(deep, library, make)

    def __enter__(self):
        self._before = getattr(_here, "follow", None)
        _here.follow = self.follow
        return self.follow

    def __exit__(self, *error):
        _here.follow = self._before
        self._close()


def current():
    """The `follow` of the trace that runs in this thread, or None."""
    return getattr(_here, "follow", None)


def _follower(deep, library=None, make=None):
    """`(follow, close)` of one trace."""
    known = _Known()  # function or class -> what is called in its place
    find = known.get
    met = []  # the code of the functions that were met
    is_open = first = True

    def follow(g):
        kind = type(g)
        if kind is MethodType:
            f = g.__func__
            made = known[f]
            return g if made is f else MethodType(made, g.__self__)
        if kind is FunctionType or kind is BuiltinFunctionType or kind is type:
            return find(g) or meet(g)
        return other(g, kind)

    def meet(g):
        """A function or class that is met for the first time; or a method of a builtin object."""
        if not is_open:  # the trace is over; what it made may still be in the user's hands
            return g
        kind = type(g)
        if kind is FunctionType:
            if is_routed(g, own):
                if len(known) < _MOST:
                    known[g] = g
                return g
            if g.__module__ not in _OUR_METHODS:
                met.append(g.__code__)
        elif kind is BuiltinFunctionType and type(g.__self__) is not ModuleType:
            return g if g.__self__ is None else _method(g, g.__self__)
        made = special(g) or (library and library(g, lambda: _rewritten(g, follow, cells)))
        made = made or _meant(g, follow, cells)
        if make is not None:
            made = guard(g, made)
        known[g] = made
        return made

    def guard(g, made):
        """The first function is the one that is traced; those that it calls are guarded."""
        nonlocal first
        if first or isinstance(g, type) or getattr(g, "__module__", None) in _UNGUARDED:
            first = False
            return made
        from .opaque import guarded

        return guarded(g, made, make)

    def other(g, kind):
        if isinstance(g, type):
            return find(g) or meet(g)
        if kind.__hash__ is object.__hash__ and (made := find(g)) is not None:
            return made
        if kind.__name__ in NUMPY_KINDS:
            return kept(g, kind, stand_in(g) or fresh(g, follow, source(g)))
        if isinstance(g, functools.partial):
            return functools.partial(follow(g.func), *g.args, **g.keywords)
        if kind is _CACHED:
            made = remembering(follow(g.__wrapped__))
            if is_open:
                known[g] = made
            return made
        if kind is MethodWrapperType:
            return _above(g, follow)
        if kind.__name__ == "vectorize" and is_numpy(kind):
            return stand_in(kind).of(g)
        inner = kind.__call__
        if type(inner) is FunctionType:  # an object that is called: its class's method decides
            made = follow(inner)
            return g if made is inner else MethodType(made, g)
        return kept(g, kind, stand_in(g) or fresh(g, follow, source(g)))

    def kept(g, kind, made):
        """What is called in the place of an object, remembered."""
        if make is not None:
            made = guard(g, made)
        if kind.__hash__ is object.__hash__ and made is not g and is_open:
            known[g] = made
        return made

    def close():
        """Let go of all that refers to itself, so that it is freed at once and not by a search."""
        nonlocal is_open, meet, other
        is_open = False
        known.clear()
        known.missing = meet = _itself
        other = _as_it_is
        follow.source = _nothing

    known.missing = follow
    follow.known = known
    follow.met = met
    follow.clean = _clean
    follow.deep = deep
    follow.library = library
    cells, special = _equipment(follow, deep)

    def source(g):
        """NumPy's own Python code of g, followed; None where it has none that is open."""
        f = numpy_source(g)
        return None if f is None else _rewritten(f, follow, cells)

    follow.source = source
    own = tuple(cells.values())
    return follow, close


class _Known(dict):
    """What is called in the place of what; asks `missing` for what is not there."""

    __slots__ = ("missing",)

    def __missing__(self, g):
        return self.missing(g)


def _itself(g):
    return g


def _as_it_is(g, kind):
    return g


def _equipment(follow, deep):
    """The cells of rewritten functions, and the stand-ins that only deep following has."""
    cells = {CALL: CellType(follow), KNOWN: CellType(follow.known)}
    if not deep:
        return cells, _nothing
    from .known.protocols import stand_ins
    from .protocols import Protocols

    protocols = Protocols(follow, _speaks)
    return {**cells, DEEP: CellType(protocols)}, stand_ins(protocols).get


def _speaks(f):
    """True for methods that operators ask for: the user's, and those of sparse matrices."""
    return is_followed(f) or (f.__module__ or "").startswith("scipy.sparse.")


def _nothing(g):
    return None


def _meant(g, follow, cells):
    """What is called in place of a function or class."""
    if type(g) is FunctionType and g.__module__ in _OUR_METHODS:
        return g
    other = stand_in(g)
    if other is not None:
        return other
    if isinstance(g, type):
        from .construct import maker

        return maker(g, follow, is_followed)
    if type(g) is FunctionType:
        if is_users(g) or _wraps_users(g):
            return _rewritten(g, follow, cells)
        if not is_numpy(g):
            return g
    return fresh(g, follow, follow.source(g))


def _rewritten(g, follow, cells):
    from .rewrite import rewritten

    made = rewritten(g, cells)
    if made is None:
        from .rebind import rebound

        made = rebound(g, follow)
    return made


def _wraps_users(g):
    """True for a function that a library put around one of the user's: a decorator's."""
    return hasattr(g, "__wrapped__") and any(
        type(v) is FunctionType and is_users(v)
        for v in (c.cell_contents for c in g.__closure__ or () if c != _EMPTY)
    )


_EMPTY = CellType()


def is_users(f):
    """True for functions that are looked into: the user's own, and what is written like them."""
    code = f.__code__
    known = _theirs.get(code.co_filename)
    if known is None:
        known = _theirs[code.co_filename] = _is_theirs(code)
    if not known:
        return False
    module = f.__globals__.get("__name__") or ""
    return module.partition(".")[0] not in _PLAIN_LIBRARIES


def is_followed(f):
    """True for functions that are looked into where they may meet a traced value."""
    return is_users(f) or numpy_source(f) is f


_theirs = {}  # file name -> False for the files of the standard library that are closed books


def _is_theirs(code: CodeType):
    name = code.co_filename
    if name.startswith("<frozen "):
        return name[8:-1] in _OPEN_BOOKS
    if not name.startswith(_STANDARD) or f"{os.sep}site-packages{os.sep}" in name:
        return True
    inside = name[len(_STANDARD) :].partition(os.sep)[0]
    return inside.removesuffix(".py") in _OPEN_BOOKS


def _method(g, owner):
    """A method of an object that is not written in Python."""
    if type(owner) is list and g.__name__ == "sort":
        return _sorting(owner)
    return method_stand_in(g, owner) or fresh_method(g, owner)


def _sorting(values):
    def sort(*, key=None, reverse=False):
        values[:] = follow(sorted)(values, key=key, reverse=reverse)

    return sort


def _above(g, follow):
    """`super().__call__` in a metaclass makes an object; other such methods are as they are."""
    if g.__name__ == "__call__" and isinstance(g.__self__, type):
        from .construct import instance_maker

        return instance_maker(g.__self__, follow, is_followed)
    return g


def _clean(names):
    """What locals(), vars() or dir() gave, without the names that rewriting put there."""
    if isinstance(names, dict):
        return {k: v for k, v in names.items() if not k.startswith("__dfdx_")}
    return [k for k in names if not k.startswith("__dfdx_")]
