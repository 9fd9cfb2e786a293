"""Largest, smallest, sorted, in the middle: functions of the order of elements.

Equal elements at the boundary of a choice share the weight (the least-norm choice);
a trace notes that it stood on such a break.
"""

from functools import lru_cache
from math import ceil, floor

import numpy as np

from ..choices import LARGEST, SMALLEST, IsNumber
from ..contraction import expand_to
from ..errors import NotTraceable
from ..graph import Operand
from ..primitive import shape_of
from ..selection import Ordered, RunningExtremum, Sort, TakeAlong
from ..structure import reshape
from .arithmetic import maximum, minimum
from .arrays import (
    array,
    axes_of,
    axis_of,
    flat,
    kept,
    known,
    only,
    operand,
    part,
    permute,
    to_last,
    without,
)
from .arrays_joins import stack
from .arrays_sums import masked
from .choice import choose
from .rounding import floor as floor_


def _extreme(names, kind, pair, nothing):
    def function(a, axis=None, out=None, keepdims=False, initial=None, where=None):
        if out is not None:
            only(names[0], out=out)
        x = masked(operand(a), where, nothing)
        y = ordered(x, axis, kind, keepdims)
        return y if initial is None else pair(y, initial)

    function.__name__ = names[0]
    array(*names)(function)
    return function


def ordered(x, axis, weights, keepdims=False):
    """The weighted sum of the elements in ascending order over one or more axes."""
    shape = shape_of(x)
    axes = axes_of(axis, len(shape))
    if not axes:
        return x
    if len(axes) == 1:
        return _ordered(axes[0], weights, keepdims)(x)
    y = _ordered(len(shape) - len(axes), weights, False)(to_last(x, axes))
    return reshape(y, kept(shape, axes)) if keepdims else y


_ordered = lru_cache(maxsize=1024)(Ordered)


max_ = _extreme(("max", "amax"), LARGEST, maximum, -np.inf)
min_ = _extreme(("min", "amin"), SMALLEST, minimum, np.inf)


@array("nanmax")
def nanmax(a, *args, **options):
    x = operand(a)
    return max_(choose(IsNumber()(x), x, -np.inf), *args, **options)


@array("nanmin")
def nanmin(a, *args, **options):
    x = operand(a)
    return min_(choose(IsNumber()(x), x, np.inf), *args, **options)


@array("ptp")
def ptp(a, axis=None, out=None, keepdims=False):
    only("ptp", out=out)
    return max_(a, axis, keepdims=keepdims) - min_(a, axis, keepdims=keepdims)


def running(x, axis, kind):
    """maximum.accumulate and minimum.accumulate."""
    return RunningExtremum(axis_of(axis, len(shape_of(x))), kind)(x)


@array("sort")
def sort(a, axis=-1, kind=None, order=None, *, stable=None, descending=False):
    only("sort", order=order)
    x, axis = (flat(operand(a)), 0) if axis is None else (operand(a), axis)
    axis = axis_of(axis, len(shape_of(x)))
    y = Sort(axis)(x)
    return part(y, axis, slice(None, None, -1)) if descending else y


@array("partition")
def partition(a, kth, axis=-1, kind="introselect", order=None):
    only("partition", order=order)
    x, axis = (flat(operand(a)), 0) if axis is None else (operand(a), axis)
    kth = tuple(kth) if hasattr(kth, "__iter__") else kth
    return Sort(axis_of(axis, len(shape_of(x))), kth)(x)


@array("take_along_axis")
def take_along_axis(arr, indices, axis=-1):
    x, places = operand(arr), np.asarray(indices)
    if axis is None:
        return TakeAlong(0)(flat(x), places)
    axis = axis_of(axis, len(shape_of(x)))
    size = shape_of(x)[axis]
    if places.size and (places.min() < -size or places.max() >= size):
        raise IndexError(f"an index is out of bounds for axis {axis} with size {size}")
    others = np.broadcast_shapes(without(shape_of(x), (axis,)), without(places.shape, (axis,)))
    places = np.broadcast_to(
        np.where(places < 0, places + size, places),
        (*others[:axis], places.shape[axis], *others[axis:]),
    )
    return TakeAlong(axis)(expand_to(x, (*others[:axis], size, *others[axis:])), places)


@array("median")
def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    only("median", out=out)
    return quantile(a, 0.5, axis, keepdims=keepdims)


@array("quantile")
def quantile(
    a,
    q,
    axis=None,
    out=None,
    overwrite_input=False,
    method="linear",
    keepdims=False,
    *,
    weights=None,
):
    only("quantile", out=out, weights=weights)
    x = operand(a)
    if isinstance(q, Operand):
        if method != "linear":
            raise NotTraceable(f"np.quantile: q varies, which is not followed for {method!r}")
        return _of_order(x, q, axes_of(axis, len(shape_of(x))), keepdims)
    axes = axes_of(axis, len(shape_of(x)))
    n = int(np.prod([shape_of(x)[k] for k in axes]))
    if np.ndim(q):
        parts = [quantile(x, p, axis, method=method, keepdims=keepdims) for p in np.ravel(q)]
        whole = stack(parts)
        return reshape(whole, np.shape(q) + shape_of(whole)[1:])
    if not 0 <= q <= 1:
        raise ValueError("Quantiles must be in the range [0, 1]")
    return ordered(x, axis, _quantile_weights(n, float(q), method), keepdims)


def _of_order(x, q, axes, keepdims):
    """Quantiles whose order varies: between its neighbours a quantile is linear in it."""
    line = to_last(x, axes)
    last = len(shape_of(line)) - 1
    s = Sort(last)(line)
    place = q * (shape_of(line)[last] - 1.0)
    below = known(floor_(place)).astype(int) if shape_of(q) else int(known(floor_(place)))
    low = part(s, last, below)
    rise = part(s, last, np.minimum(below + 1, shape_of(line)[last] - 1)) - low
    y = low + (place - below) * rise
    if shape_of(q):
        rank = len(shape_of(q))
        order = [*range(len(shape_of(y)) - rank, len(shape_of(y))), *range(len(shape_of(y)) - rank)]
        y = permute(y, order)
    if keepdims:
        y = reshape(y, shape_of(q) + kept(shape_of(x), axes))
    return y


def _quantile_weights(n, q, method):
    """Pairs (place, weight): a quantile is a weighted sum of at most two neighbours."""
    if not n:
        raise ValueError("the quantile of an empty array is not defined here")
    place = q * (n - 1)
    if method in ("lower", "higher", "nearest"):
        place = {"lower": floor, "higher": ceil, "nearest": round}[method](place)
    elif method == "midpoint":
        place = (floor(place) + ceil(place)) / 2
    elif method != "linear":
        raise NotTraceable(f"np.quantile: method={method!r} is not followed; use 'linear'")
    low = floor(place)
    above = place - low
    return ((low, 1.0 - above), (low + 1, above)) if above else ((low, 1.0),)


@array("percentile")
def percentile(
    a,
    q,
    axis=None,
    out=None,
    overwrite_input=False,
    method="linear",
    keepdims=False,
    *,
    weights=None,
):
    only("percentile", out=out, weights=weights)
    fraction = q if isinstance(q, Operand) else np.true_divide(q, 100)
    return quantile(a, fraction, axis, method=method, keepdims=keepdims)
