"""Stand-ins for the filters of scipy.ndimage, from which the others are made.

A filter looks at the neighbours of every element. Which element is the k-th neighbour, over the
edge too, SciPy says itself: it is asked to filter the places. So every mode, origin and footprint
is SciPy's, and the neighbours are elements of the traced array.
"""

import inspect
from functools import cache, wraps
from itertools import product

import numpy as np
from scipy import ndimage as theirs
from scipy.ndimage import _filters, _measurements

from ....contraction import contraction
from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules.arrays import axis_of, flat, operand
from ....rules.arrays_joins import concatenate
from ....rules.arrays_moves import moveaxis
from ....rules.arrays_order import max_, min_, sort
from ....structure import Scatter, reshape, take
from ...buffers import Buffer
from ...numpy_protocol.plain import traced_in
from .tools import handles, logged, tapes_of, unwrapped


def _places(filtered, shape, constant):
    """The places that a filter of places gives, as whole numbers; −1 is outside."""
    size = int(np.prod(shape))
    if constant:  # one more than the place, so that 0 is outside
        return np.rint(filtered(np.arange(1.0, size + 1).reshape(shape))).astype(int) - 1
    return np.rint(filtered(np.arange(float(size)).reshape(shape))).astype(int)


def _elements(x, places, cval):
    """The elements of x at the flat places; cval outside."""
    line = flat(x)
    if np.any(places < 0):
        line = concatenate([line, reshape(operand(cval), (1,))])
        places = np.where(places < 0, shape_of(line)[0] - 1, places)
    return take(line, (places,))


def _neighbours(x, shape, mode, cval, origin):
    """The neighbours within a window of the shape, along a last axis."""
    rank = len(shape_of(x))
    constant = mode in ("constant", "grid-constant")
    kernels = []
    for k in product(*map(range, shape)):
        window = np.zeros(shape)
        window[k] = 1.0

        def filtered(a, window=window):
            return theirs.correlate(a, window, mode=mode, cval=0.0, origin=origin)

        kernels.append(_places(filtered, shape_of(x), constant))
    places = np.stack(kernels, axis=rank)
    return _elements(x, places, cval)


def correlate1d(input, weights, axis=-1, output=None, mode="reflect", cval=0.0, origin=0):
    x, w = operand(input), operand(weights)
    axis = axis_of(axis, len(shape_of(x)))
    n, size = shape_of(x)[axis], shape_of(w)[0]
    constant = mode in ("constant", "grid-constant")
    rows = []
    for k in range(size):
        unit = np.zeros(size)
        unit[k] = 1.0

        def filtered(a, unit=unit):
            return theirs.correlate1d(a, unit, mode=mode, cval=0.0, origin=origin)

        rows.append(_places(filtered, (n,), constant))
    places = np.stack(rows)
    y = moveaxis(x, axis, -1)
    if np.any(places < 0):
        rest = shape_of(y)[:-1]
        y = concatenate([y, operand(cval) + np.zeros((*rest, 1))], -1)
        places = np.where(places < 0, n, places)
    letters = "abcdefgh"[: len(shape_of(x)) - 1]
    z = contraction(f"{letters}ki,k->{letters}i")(take(y, (Ellipsis, places)), w)
    return moveaxis(z, -1, axis)


def uniform_filter1d(input, size, axis=-1, output=None, mode="reflect", cval=0.0, origin=0):
    return correlate1d(input, np.full(size, 1.0 / size), axis, None, mode, cval, origin)


def correlate(input, weights, output=None, mode="reflect", cval=0.0, origin=0, *, axes=None):
    return _weighted(input, weights, None, mode, cval, origin, False, axes)


def convolve(input, weights, output=None, mode="reflect", cval=0.0, origin=0, *, axes=None):
    return _weighted(input, weights, None, mode, cval, origin, True, axes)


def _weighted(input, weights, output, mode, cval, origin, convolution, axes=None):
    """The body of SciPy's correlate and convolve."""
    x, w = operand(input), operand(weights)
    if axes is not None and len(np.atleast_1d(axes)) != len(shape_of(x)):
        raise NotTraceable("scipy.ndimage: axes= is not followed here")
    rank = len(shape_of(x))
    origin = [int(o) for o in np.broadcast_to(origin, (rank,))]
    if convolution:
        w = w[tuple([slice(None, None, -1)] * rank)]
        origin = [-o if size % 2 else -o - 1 for o, size in zip(origin, shape_of(w), strict=True)]
    near = _neighbours(x, shape_of(w), mode, cval, origin)
    letters = "abcdefgh"[:rank]
    return contraction(f"{letters}k,k->{letters}")(near, flat(w))


def _extreme1d(name, choose):
    def function(input, size, axis=-1, output=None, mode="reflect", cval=0.0, origin=0):
        x = operand(input)
        axis = axis_of(axis, len(shape_of(x)))
        window = tuple(size if k == axis else 1 for k in range(len(shape_of(x))))
        origins = [origin if k == axis else 0 for k in range(len(window))]
        return choose(_neighbours(x, window, mode, cval, origins), -1)

    function.__name__ = name
    return function


maximum_filter1d = _extreme1d("maximum_filter1d", max_)
minimum_filter1d = _extreme1d("minimum_filter1d", min_)


def _window(x, size, footprint):
    """The shape of the window, and which of its elements count."""
    rank = len(shape_of(x))
    if footprint is None:
        shape = tuple(int(s) for s in np.broadcast_to(size, (rank,)))
        return shape, np.ones(shape, dtype=bool)
    footprint = np.asarray(footprint, dtype=bool)
    return footprint.shape, footprint


def _extreme(input, size, footprint, structure, output, mode, cval, origin, minimum, axes=None):
    """The body of SciPy's minimum_filter and maximum_filter."""
    x = operand(input)
    if structure is not None or axes is not None or not isinstance(mode, str):
        raise NotTraceable("scipy.ndimage: structure=, axes= and several modes are not followed")
    shape, counted = _window(x, size, footprint)
    near = _neighbours(x, shape, mode, cval, origin)
    return (min_ if minimum else max_)(take(near, (Ellipsis, counted.ravel())), -1)


def _ranked(
    input, rank, size=None, footprint=None, output=None, mode="reflect", cval=0.0, origin=0,
    operation="rank", axes=None,
):  # fmt: skip
    """The body of SciPy's rank, median and percentile filters."""
    x = operand(input)
    if axes is not None or not isinstance(mode, str):
        raise NotTraceable("scipy.ndimage: axes= and several modes are not followed")
    shape, counted = _window(x, size, footprint)
    near = take(_neighbours(x, shape, mode, cval, origin), (Ellipsis, counted.ravel()))
    count = int(counted.sum())
    if operation == "median":
        rank = count // 2
    elif operation == "percentile":
        percentile = rank + 100.0 if rank < 0 else rank
        rank = count - 1 if percentile == 100.0 else int(count * percentile / 100.0)
    return take(sort(near, -1), (Ellipsis, int(rank)))


# what is measured on labelled parts
def _labelled(input, labels, index):
    """(flat elements, their part or −1, how many parts, the shape of the result)."""
    x = operand(input)
    if labels is None:
        return flat(x), np.zeros(int(np.prod(shape_of(x))), dtype=int), 1, ()
    labels = np.broadcast_to(np.asarray(labels), shape_of(x)).ravel()
    if index is None:
        return flat(x), np.where(labels > 0, 0, -1), 1, ()
    wanted = np.atleast_1d(index).ravel()
    where = np.full(labels.shape, -1)
    for k, label in enumerate(wanted):
        where[labels == label] = k
    return flat(x), where, len(wanted), np.shape(index)


def sum_labels(input, labels=None, index=None):
    x, where, count, shape = _labelled(input, labels, index)
    inside = np.flatnonzero(where >= 0)
    y = Scatter((where[inside],), (count,))(take(x, (inside,)))
    return reshape(y, shape)


def _counts(input, labels, index):
    return sum_labels(np.ones(shape_of(input)), labels, index)


def mean(input, labels=None, index=None):
    return sum_labels(input, labels, index) / _counts(input, labels, index)


def variance(input, labels=None, index=None):
    x, where, count, _ = _labelled(input, labels, index)
    center = flat(operand(mean(input, labels, index)) + np.zeros(count))
    moved = x - take(center, (np.maximum(where, 0),))
    y = sum_labels(reshape(moved * moved, shape_of(input)), labels, index)
    return y / _counts(input, labels, index)


def standard_deviation(input, labels=None, index=None):
    return np.sqrt(variance(input, labels, index))


def center_of_mass(input, labels=None, index=None):
    """The mean place, weighted by the elements."""
    x = operand(input)
    total = sum_labels(x, labels, index)
    grids = np.indices(shape_of(x)).astype(float)
    means = [sum_labels(x * grid, labels, index) / total for grid in grids]
    if shape_of(total) == ():
        return tuple(means)
    return [tuple(m[k] for m in means) for k in range(shape_of(total)[0])]


def _extreme_of(name, choose):
    def function(input, labels=None, index=None):
        x, where, count, shape = _labelled(input, labels, index)
        rows = [choose(take(x, (np.flatnonzero(where == k),)), 0) for k in range(count)]
        return rows[0] if not shape else concatenate([reshape(r, (1,)) for r in rows])

    function.__name__ = name
    return function


_FILTERS = (
    correlate1d, uniform_filter1d, correlate, convolve, maximum_filter1d, minimum_filter1d,
)  # fmt: skip
_MEASURES = (
    sum_labels, mean, variance, standard_deviation, center_of_mass, _extreme_of("maximum", max_),
    _extreme_of("minimum", min_),
)  # fmt: skip


def filtering(function, ours):
    """The stand-in of a filter, which stores into `output` where an array is given there."""
    signature = inspect.signature(function)

    @wraps(function)
    def standing_in(*args, **kwargs):
        given = signature.bind(*args, **kwargs).arguments
        output = given.pop("output", None)
        given = {key: unwrapped(value) for key, value in given.items()}
        seen = traced_in(given)
        if not seen:
            return function(*map(unwrapped, args), **unwrapped(kwargs))
        with logged(tapes_of(seen)):
            made = ours(**given, output=None) if "output" in signature.parameters else ours(**given)
            if isinstance(output, Buffer):
                output[...] = made
                return output
            if isinstance(output, np.ndarray) or (
                output is not None and np.dtype(output) != np.float64
            ):
                raise NotTraceable(f"scipy.ndimage.{function.__name__}: output= is not followed")
            return handles(made)

    return standing_in


@cache
def stand_ins():
    """From the functions of scipy.ndimage to their stand-ins."""
    made = {}
    for ours in _FILTERS:
        function = getattr(theirs, ours.__name__)
        made[function] = filtering(function, ours)
    bodies = {
        "_correlate_or_convolve": _weighted,
        "_min_or_max_filter": _extreme,
        "_rank_filter": _ranked,
    }
    for name, ours in bodies.items():
        function = getattr(_filters, name, None)
        if function is not None:
            made[function] = filtering(function, ours)
    for ours in _MEASURES:
        for function in {getattr(theirs, ours.__name__), getattr(_measurements, ours.__name__)}:
            made[function] = filtering(function, ours)
    made[_measurements.sum] = filtering(_measurements.sum, sum_labels)
    return made
