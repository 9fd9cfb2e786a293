"""Sums and products over axes: sum, mean, variance, product, running sums and products.

A product is taken pairwise, in a tree, and a running product by doubling steps; their
derivatives come from multiplication alone and are exact where elements are zero.
"""

from functools import lru_cache
from string import ascii_letters

from ..choices import IsNumber, Level
from ..contraction import contraction, expand_to
from ..graph import Operand
from ..primitive import broadcast, shape_of
from ..structure import Concatenate, RunningSum, reshape
from .arithmetic import divide
from .arrays import (
    array,
    axes_of,
    axis_of,
    count,
    flat,
    kept,
    only,
    operand,
    part,
    to_last,
    without,
)
from .choice import choose
from .elementary import exp, log
from .roots import root_of_squares

_ALL = [contraction(f"{ascii_letters[:k]}->") for k in range(8)]


@array("sum")
def sum_(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=None):
    if (
        axis is None
        and type(a) is not list
        and not keepdims
        and dtype is out is initial is where is None
    ):
        x = a if isinstance(a, Operand) else operand(a)
        rank = len(shape_of(x))
        if 0 < rank < 8:
            return _ALL[rank](x)
    if dtype is not None or out is not None:
        only("sum", dtype=dtype, out=out)
    x = masked(operand(a), where, 0.0)
    y = summed(x, axes_of(axis, len(shape_of(x))), keepdims)
    return y if initial is None else y + initial


def summed(x, axes, keepdims=False):
    """The sum over the axes (a tuple of places)."""
    return _sum_over(len(shape_of(x)), axes, keepdims)(x) if axes else x


@lru_cache(maxsize=1024)
def _sum_over(rank, axes, keepdims):
    """The contraction that sums over the axes; those that are kept are one long."""
    letters, ones = ascii_letters[:rank], ascii_letters[rank : 2 * rank]
    if not keepdims:
        return contraction(f"{letters}->{''.join(without(letters, axes))}")
    output = "".join(ones[k] if k in axes else c for k, c in enumerate(letters))
    return contraction(f"{letters}->{output}", {ones[k]: 1 for k in axes})


def masked(x, where, neutral):
    """x with `neutral` where the mask is false; x itself for no mask."""
    if where is None or where is True:
        return x
    return choose(where, x, neutral)


def number_of(shape, axes, where):
    """How many elements go into each result: an integer, or an array where there is a mask."""
    if where is None or where is True:
        return count(shape[k] for k in axes)
    import numpy as np

    n = np.sum(np.broadcast_to(where, shape), axis=tuple(axes))
    return n if n.shape else int(n)


@array("mean")
def mean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=None):
    x = operand(a)
    if axis is None and not keepdims and dtype is out is where is None:
        n = count(shape_of(x))
        return sum_(x) / n if n else divide(sum_(x), n)
    only("mean", dtype=dtype, out=out)
    axes = axes_of(axis, len(shape_of(x)))
    n = number_of(shape_of(x), axes, where)
    if type(n) is int:
        y = summed(masked(x, where, 0.0), axes, keepdims)
        return y / n if n else divide(y, n)
    y = divide(summed(masked(x, where, 0.0), axes), n)
    return reshape(y, kept(shape_of(x), axes)) if keepdims else y


@array("average")
def average(a, axis=None, weights=None, returned=False, *, keepdims=False):
    x = operand(a)
    axes = axes_of(axis, len(shape_of(x)))
    if weights is None:
        y = mean(x, axis, keepdims=keepdims)
        total = number_of(shape_of(x), axes, None) * 1.0
    else:
        w = operand(weights)
        if shape_of(w) != shape_of(x):
            if len(shape_of(w)) != len(axes):
                raise TypeError("axis must be specified when shapes of a and weights differ.")
            size = [1] * len(shape_of(x))
            for k, n in zip(axes, shape_of(w), strict=True):
                size[k] = n
            w = expand_to(reshape(w, tuple(size)), shape_of(x))
        total = summed(w, axes, keepdims)
        y = divide(summed(x * w, axes, keepdims), total)
    return (y, expand_to(total, shape_of(y))) if returned else y


def _deviations(a, axis, where, mean_):
    """(squared deviations, axes, how many elements) for the variance."""
    x = operand(a)
    axes = axes_of(axis, len(shape_of(x)))
    center = mean(x, axes, keepdims=True, where=where) if mean_ is None else operand(mean_)
    d = masked(x - center, where, 0.0)
    return d * d, axes, number_of(shape_of(x), axes, where)


def _variance(a, axis, ddof, keepdims, where, mean_):
    squares, axes, n = _deviations(a, axis, where, mean_)
    return divide(summed(squares, axes, keepdims), n - ddof)


@array("var")
def var(
    a,
    axis=None,
    dtype=None,
    out=None,
    ddof=0,
    keepdims=False,
    *,
    where=None,
    mean=None,
    correction=None,
):
    only("var", dtype=dtype, out=out)
    return _variance(a, axis, ddof if correction is None else correction, keepdims, where, mean)


@array("std")
def std(
    a,
    axis=None,
    dtype=None,
    out=None,
    ddof=0,
    keepdims=False,
    *,
    where=None,
    mean=None,
    correction=None,
):
    only("std", dtype=dtype, out=out)
    return root_of_squares(
        _variance(a, axis, ddof if correction is None else correction, keepdims, where, mean)
    )


@array("prod")
def prod(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=None):
    only("prod", dtype=dtype, out=out)
    x = masked(operand(a), where, 1.0)
    shape = shape_of(x)
    axes = axes_of(axis, len(shape))
    y = to_last(x, axes) if axes else reshape(x, (*shape, 1))
    last = len(shape_of(y)) - 1
    if not shape_of(y)[last]:
        y = Concatenate(last)(y, _ones((*shape_of(y)[:last], 1)))
    while (n := shape_of(y)[last]) > 1:
        half = n // 2
        pairs = part(y, last, slice(0, half)) * part(y, last, slice(half, 2 * half))
        y = Concatenate(last)(pairs, part(y, last, slice(n - 1, n))) if n % 2 else pairs
    y = reshape(y, kept(shape, axes) if keepdims else without(shape, axes))
    return y if initial is None else y * initial


def _ones(shape):
    import numpy as np

    return np.ones(shape)


@array("cumsum")
def cumsum(a, axis=None, dtype=None, out=None):
    only("cumsum", dtype=dtype, out=out)
    x, axis = _along(a, axis)
    return RunningSum(axis)(x)


@array("cumprod")
def cumprod(a, axis=None, dtype=None, out=None):
    only("cumprod", dtype=dtype, out=out)
    y, axis = _along(a, axis)
    step, n = 1, shape_of(y)[axis]
    while step < n:
        ahead = part(y, axis, slice(step, n)) * part(y, axis, slice(0, n - step))
        y = Concatenate(axis)(part(y, axis, slice(0, step)), ahead)
        step *= 2
    return y


def _along(a, axis):
    """(x, axis), with x in one dimension where the axis is None."""
    x = operand(a)
    if axis is None or not shape_of(x):
        return flat(x), 0
    return x, axis_of(axis, len(shape_of(x)))


def _cumulative(name, running, start):
    def function(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
        only(name, dtype=dtype, out=out)
        y = operand(x)
        if axis is None and len(shape_of(y)) > 1:
            raise ValueError(
                "For arrays which have more than one dimension ``axis`` argument is required."
            )
        y, axis = _along(y, axis)
        y = running(y, axis)
        if not include_initial:
            return y
        return Concatenate(axis)(_ones(kept(shape_of(y), (axis,))) * start, y)

    array(name)(function)


_cumulative("cumulative_sum", cumsum, 0.0)
_cumulative("cumulative_prod", cumprod, 1.0)


def _without_nan(name, function, neutral):
    """np.nansum and its kin: the function with NaN replaced by the neutral element."""

    def skipping(a, *args, **options):
        x = operand(a)
        return function(choose(IsNumber()(x), x, neutral), *args, **options)

    array(name)(skipping)


@array("nanmean")
def nanmean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=None):
    only("nanmean", dtype=dtype, out=out)
    x = operand(a)
    return divide(*_sum_and_count(x, _numbers(x, where), axes_of(axis, len(shape_of(x))), keepdims))


def _numbers(x, where):
    """True where an element is a number, and where the mask (if there is one) holds."""
    good = IsNumber()(x)
    return good if where is None or where is True else good * where


def _sum_and_count(x, good, axes, keepdims=True):
    """The sum of the elements marked good, and how many they are."""
    return summed(choose(good, x, 0.0), axes, keepdims), summed(good * 1.0, axes, keepdims)


def _nanvar(a, axis, ddof, keepdims, where, center):
    x = operand(a)
    axes, good = axes_of(axis, len(shape_of(x))), _numbers(x, where)
    center = divide(*_sum_and_count(x, good, axes)) if center is None else operand(center)
    d = choose(good, x - center, 0.0)
    return divide(summed(d * d, axes, keepdims), summed(good * 1.0, axes, keepdims) - ddof)


@array("nanvar")
def nanvar(
    a,
    axis=None,
    dtype=None,
    out=None,
    ddof=0,
    keepdims=False,
    *,
    where=None,
    mean=None,
    correction=None,
):
    only("nanvar", dtype=dtype, out=out)
    return _nanvar(a, axis, ddof if correction is None else correction, keepdims, where, mean)


@array("nanstd")
def nanstd(
    a,
    axis=None,
    dtype=None,
    out=None,
    ddof=0,
    keepdims=False,
    *,
    where=None,
    mean=None,
    correction=None,
):
    only("nanstd", dtype=dtype, out=out)
    return root_of_squares(
        _nanvar(a, axis, ddof if correction is None else correction, keepdims, where, mean)
    )


_without_nan("nansum", sum_, 0.0)
_without_nan("nanprod", prod, 1.0)
_without_nan("nancumsum", cumsum, 0.0)
_without_nan("nancumprod", cumprod, 1.0)


def logsumexp(a, axis=None, b=None, keepdims=False):
    """log Σ b exp(a), shifted by the largest element so that nothing overflows."""
    x = operand(a)
    weights = None if b is None else operand(b)
    if weights is not None:
        shape = broadcast(shape_of(x), shape_of(weights))
        x, weights = expand_to(x, shape), expand_to(weights, shape)
    shape = shape_of(x)
    axes = axes_of(axis, len(shape))
    line = to_last(x, axes) if axes else reshape(x, (*shape, 1))
    last = len(shape_of(line)) - 1
    top = Level(last)(line)
    terms = exp(line - top)
    if weights is not None:
        terms = terms * (to_last(weights, axes) if axes else reshape(weights, (*shape, 1)))
    y = log(summed(terms, (last,))) + reshape(top, shape_of(line)[:last])
    return reshape(y, kept(shape, axes) if keepdims else without(shape, axes))
