"""Stand-ins for builtins that call methods of the user's classes: abs, len, sum, sorted, print, …

Needed only where such methods must be followed (see `protocols`).
"""

import builtins
import copy
import functools
import itertools
import math
import operator
from collections import deque

from . import stand_in

_ONE = {abs: "abs", len: "len", int: "int", float: "float", complex: "complex", reversed: "reversed",
        math.floor: "floor", math.ceil: "ceil", math.trunc: "trunc", operator.index: "index",
        copy.copy: "copy"}  # fmt: skip
_OVER = (  # what runs over its arguments
    list, tuple, set, frozenset, zip, enumerate, any, all, map, filter, deque, math.fsum,
    math.prod, functools.reduce, itertools.chain, itertools.product, itertools.islice,
    itertools.accumulate, itertools.starmap, itertools.groupby, itertools.pairwise,
)  # fmt: skip
_TEXT = (str, repr, format, print)


def stand_ins(p):
    """From the builtin to its stand-in, for the protocols p of one trace."""
    made = {}
    for function, name in _ONE.items():
        made[function] = _one(p, function, f"__{name}__")
    for function in _OVER:
        made[function] = _over(p, function)
    for function in _TEXT:
        made[function] = _text(p, function)
    names = "add sub mul truediv floordiv mod pow matmul neg pos invert lt le gt ge eq ne truth"
    for name in names.split():
        made[getattr(operator, name)] = getattr(p, name)
    for name in ("iadd", "isub", "imul", "itruediv"):
        made[getattr(operator, name)] = getattr(p, name)
    made[operator.getitem] = p.item
    made[operator.contains] = lambda a, b: p.contains(b, a)
    made[operator.abs] = made[abs]
    made[bool] = lambda x=False, /: bool(p.truth(x))
    made[iter] = lambda x, *end: _native(iter)(x, *end) if end else iter(p.iterate(x))
    made[next] = functools.partial(_next, p)
    made[sum] = functools.partial(_sum, p)
    made[sorted] = functools.partial(_sorted, p)
    made[max] = functools.partial(_extreme, p, p.gt, max)
    made[min] = functools.partial(_extreme, p, p.lt, min)
    made[round] = functools.partial(_round, p)
    made[divmod] = lambda a, b: p.binary(a, b, "divmod", divmod)
    made[pow] = lambda base, exp, mod=None: p.pow(base, exp) if mod is None else pow(base, exp, mod)
    made[getattr] = functools.partial(_getattr, p)
    made[hasattr] = lambda x, name: _getattr(p, x, name, _MISSING) is not _MISSING
    made[setattr] = lambda x, name, value: p.store(value, x, name)
    made[operator.attrgetter] = functools.partial(_attrgetter, p)
    return made


_MISSING = object()


def _native(function):
    """What stands for the function where no class of the user's is concerned."""
    return stand_in(function) or function


def _one(p, function, name):
    plainly = _native(function)

    def call(*args, **options):
        result = p.ask(args[0], name) if len(args) == 1 else NotImplemented
        return plainly(*args, **options) if result is NotImplemented else result

    return call


def _over(p, function):
    plainly = _native(function)

    def call(*args, **options):
        return plainly(*map(p.iterate, args), **options)

    return call


def _text(p, function):
    plainly = _native(function)

    def call(*args, **options):
        return plainly(*map(p.shown, args), **options)

    return call


def _next(p, iterator, *default):
    try:
        result = p.ask(iterator, "__next__")
    except StopIteration:
        if default:
            return default[0]
        raise
    return next(iterator, *default) if result is NotImplemented else result


def _sum(p, iterable, /, start=0):
    values = list(p.iterate(iterable))
    if not any(p.method(type(v), "__radd__") or p.method(type(v), "__add__") for v in values):
        return sum(values, start)
    for value in values:
        start = p.add(start, value)
    return start


def _sorted(p, iterable, /, *, key=None, reverse=False):
    key = None if key is None else p.follow(key)
    values = list(p.iterate(iterable))
    order = lambda x: _Ordered(p, x if key is None else key(x))
    return builtins.sorted(values, key=order, reverse=reverse)


class _Ordered:
    """A value that is compared as the user's class says."""

    __slots__ = ("p", "x")

    def __init__(self, p, x):
        self.p = p
        self.x = x

    def __lt__(self, other):
        return bool(self.p.truth(self.p.lt(self.x, other.x)))


def _extreme(p, beats, function, *args, key=None, default=_MISSING):
    values = list(p.iterate(args[0])) if len(args) == 1 else args
    if not any(p.method(type(v), "__lt__") or p.method(type(v), "__gt__") for v in values):
        options = {} if default is _MISSING or len(args) > 1 else {"default": default}
        return _native(function)(values, key=key, **options)
    measure = (lambda x: x) if key is None else p.follow(key)
    best = values[0]
    height = measure(best)
    for value in values[1:]:
        other = measure(value)
        if p.truth(beats(other, height)):
            best, height = value, other
    return best


def _round(p, number, ndigits=None):
    result = p.ask(number, "__round__", *(() if ndigits is None else (ndigits,)))
    return _native(round)(number, ndigits) if result is NotImplemented else result


def _getattr(p, x, name, *default):
    try:
        return p.load(x, name)
    except AttributeError:
        if default:
            return default[0]
        raise


def _attrgetter(p, *names):
    def load(x, name):
        for part in name.split("."):
            x = p.load(x, part)
        return x

    if len(names) == 1:
        return lambda x: load(x, names[0])
    return lambda x: tuple(load(x, name) for name in names)
