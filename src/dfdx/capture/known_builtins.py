"""Stand-ins for builtins, functools and itertools: what asks for a type, and what calls back."""

import functools
import itertools
from functools import cache

from ..graph import Operand
from ..primitive import shape_of
from .traced import plain


@cache
def stand_ins():
    """From the builtin to its stand-in."""
    made = {
        float: _float,
        isinstance: _isinstance,
        type: _type,
        round: _round,
        pow: _pow,
        map: _calling_first(map),
        filter: _calling_first(filter),
        functools.reduce: _calling_first(functools.reduce),
        sorted: _with_key(sorted),
        max: _with_key(max),
        min: _with_key(min),
    }
    for name in ("starmap", "takewhile", "dropwhile", "filterfalse"):
        function = getattr(itertools, name)
        made[function] = _calling_first(function)
    made[itertools.accumulate] = _accumulate
    made[itertools.groupby] = _groupby
    return made


def _float(*args):
    """float(x): a traced number is a float already."""
    if len(args) == 1 and isinstance(args[0], Operand):
        x = args[0]
        return x.item() if shape_of(x) else x
    return float(*args)


def _seen_as(x):
    """A plain value of the type that the user's code believes x to have."""
    value = plain(x)
    if shape_of(value):
        return value
    if x.tape.ieee:
        import numpy as np

        return np.float64(value)
    return value


def _isinstance(x, kinds):
    if isinstance(x, Operand):
        return isinstance(x, kinds) or isinstance(_seen_as(x), kinds)
    return isinstance(x, kinds)


def _type(*args, **options):
    if len(args) == 1 and isinstance(args[0], Operand):
        return type(_seen_as(args[0]))
    return type(*args, **options)


def _round(x, ndigits=None):
    """round(x, n) of a traced number is looked through: rounding is for show, and noted."""
    if isinstance(x, Operand) and ndigits is not None:
        x.tape.note(
            f"round(x, {ndigits}) was looked through: the unrounded value was differentiated"
        )
        return x
    return round(x) if ndigits is None else round(x, ndigits)


def _pow(base, exponent, modulus=None):
    return base**exponent if modulus is None else pow(base, exponent, modulus)


def _followed(g):
    from .calls import followed

    return followed(g)


def _calling_first(function):
    """A function whose first argument is called back."""

    def call(g, *rest):
        return function(_followed(g) if g is not None else None, *rest)

    return call


def _with_key(function):
    """A function whose `key` is called back."""

    def call(*args, **options):
        if options.get("key") is not None:
            options["key"] = _followed(options["key"])
        return function(*args, **options)

    return call


def _accumulate(values, func=None, *, initial=None):
    return itertools.accumulate(values, _followed(func) if func else None, initial=initial)


def _groupby(values, key=None):
    return itertools.groupby(values, _followed(key) if key else None)
