"""Choosing element by element: where, select, piecewise, clip, nan_to_num, rounding."""

import numpy as np

from ..choices import IsNumber
from ..contraction import expand_to
from ..errors import NotTraceable
from ..graph import Operand
from ..primitive import broadcast, shape_of
from .arithmetic import maximum, minimum
from .arrays import array, only, operand
from .arrays_joins import stack
from .arrays_order import take_along_axis
from .choice import choose, greater, less
from .rounding import rint, trunc


@array("where")
def where(condition, x=None, y=None, /):
    if x is None and y is None:
        raise NotTraceable(
            "np.where with a condition only gives places, and where elements stand cannot vary; "
            "use np.where(condition, a, b) or a mask: x[x > 0]"
        )
    return chosen(condition, operand(x), operand(y))


def chosen(condition, x, y):
    """x where the condition holds, y elsewhere, in the shape of all three."""
    c = condition if type(condition) is np.ndarray and condition.ndim else operand(condition)
    if not isinstance(c, Operand) and not shape_of(c):
        return expand_to(x if c else y, broadcast(shape_of(x), shape_of(y)))
    return choose(c, x, y)


@array("select")
def select(condlist, choicelist, default=0):
    if len(condlist) != len(choicelist):
        raise ValueError("list of cases must be same length as list of conditions")
    y = operand(default)
    for condition, x in zip(reversed(condlist), reversed(choicelist), strict=True):
        y = chosen(condition, operand(x), y)
    return y


@array("piecewise")
def piecewise(x, condlist, funclist, *args, **kw):
    """Each function sees the elements that its condition holds for, as in NumPy."""
    x = operand(x)
    conditions = (
        [np.asarray(c) for c in condlist]
        if isinstance(condlist, (list, tuple))
        else [np.asarray(condlist)]
    )
    if conditions and conditions[0].dtype != bool:
        conditions = [np.asarray(condlist, dtype=bool)]
    pieces = list(funclist)
    if len(pieces) == len(conditions) + 1:
        y = _piece(pieces.pop(), x, ~np.any(np.stack(conditions), axis=0), 0.0, args, kw)
    elif len(pieces) == len(conditions):
        y = 0.0
    else:
        raise ValueError(
            "piecewise: one function per condition is needed, and one more for the rest"
        )
    for condition, piece in zip(conditions, pieces, strict=True):
        y = _piece(piece, x, condition, y, args, kw)
    return expand_to(y, shape_of(x))


def _piece(piece, x, mask, rest, args, kw):
    """`piece` where the mask holds, `rest` elsewhere; the function sees only its elements."""
    if not callable(piece):
        return chosen(mask, operand(piece), rest)
    from ..structure import Scatter

    if not shape_of(x):
        return operand(piece(x, *args, **kw)) if mask else rest
    if not mask.any():
        return expand_to(rest, shape_of(x))
    values = operand(piece(x[mask], *args, **kw))
    values = expand_to(values, (int(mask.sum()),))
    return chosen(mask, Scatter(mask, shape_of(x))(values), rest)


@array("choose")
def choose_(a, choices, out=None, mode="raise"):
    only("choose", out=out)
    if isinstance(a, Operand):
        raise NotTraceable("np.choose: the places cannot vary")
    if mode != "raise":
        a = np.clip(a, 0, len(choices) - 1) if mode == "clip" else np.mod(a, len(choices))
    xs = [operand(c) for c in choices]
    shape = broadcast(np.shape(a), *map(shape_of, xs))
    whole = stack([expand_to(x, shape) for x in xs])
    return take_along_axis(whole, np.broadcast_to(a, shape)[None], 0)[0]


@array("clip")
def clip(a, a_min=None, a_max=None, out=None, *, min=None, max=None, **options):
    only("clip", out=out, **options)
    low = a_min if min is None else min
    high = a_max if max is None else max
    y = operand(a)
    if low is not None:
        y = maximum(y, operand(low))
    return y if high is None else minimum(y, operand(high))


@array("nan_to_num")
def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    y = operand(x)
    biggest = float(np.finfo(float).max)
    y = choose(IsNumber()(y), y, nan)
    y = chosen(greater(y, biggest), biggest if posinf is None else posinf, y)
    return chosen(less(y, -biggest), -biggest if neginf is None else neginf, y)


@array("round", "around")
def round_(a, decimals=0, out=None):
    only("round", out=out)
    x = operand(a)
    if not decimals:
        return rint(x)
    return rint(x * 10.0**decimals) / 10.0**decimals


@array("fix")
def fix(x, out=None):
    only("fix", out=out)
    return trunc(operand(x))


@array("real")
def real(val):
    return operand(val)


@array("real_if_close")
def real_if_close(a, tol=100):
    return operand(a)


@array("imag")
def imag(val):
    return 0.0 * operand(val)


@array("angle")
def angle(z, deg=False):
    return chosen(less(operand(z), 0), 180.0 if deg else np.pi, 0.0)
