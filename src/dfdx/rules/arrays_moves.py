"""Functions that only move elements: reshape, transpose, flip, roll, tile, repeat, pad, diagonals.

Where no slice or transpose does it, NumPy's own function moves the places 0, 1, 2, …
instead of the elements, and the elements are taken at the places that come out.
"""

from operator import attrgetter

import numpy as np

from ..contraction import expand_to
from ..errors import NotTraceable
from ..graph import Operand
from ..primitive import broadcast, shape_of
from ..structure import Concatenate, reshape, take
from .arrays import array, axes_of, axis_of, count, flat, only, operand, permute


@array("reshape")
def reshaped(a, /, shape=None, order="C", *, newshape=None, copy=None):
    x = operand(a)
    target = newshape if shape is None else shape
    target = tuple(
        n.__index__() for n in (target if isinstance(target, (tuple, list)) else (target,))
    )
    size = count(shape_of(x))
    if -1 in target:
        known = count(n for n in target if n != -1)
        if not known or size % known or target.count(-1) > 1:
            raise ValueError(f"cannot reshape array of size {size} into shape {target}")
        target = tuple(size // known if n == -1 else n for n in target)
    if count(target) != size:
        raise ValueError(f"cannot reshape array of size {size} into shape {target}")
    if order == "F":
        return transpose(reshape(transpose(x), target[::-1]))
    if order != "C":
        only("reshape", order=order)
    return reshape(x, target)


@array("ravel")
def ravel(a, order="C"):
    return reshaped(a, -1, order)


@array("transpose", "permute_dims")
def transpose(a, axes=None):
    x = operand(a)
    rank = len(shape_of(x))
    order = tuple(reversed(range(rank))) if axes is None else axes_of(tuple(axes), rank)
    if len(order) != rank:
        raise ValueError("axes don't match array")
    return permute(x, order)


@array("matrix_transpose", "linalg.matrix_transpose")
def matrix_transpose(x, /):
    return swapaxes(x, -1, -2)


@array("swapaxes")
def swapaxes(a, axis1, axis2):
    x = operand(a)
    order = list(range(len(shape_of(x))))
    i, j = axis_of(axis1, len(order)), axis_of(axis2, len(order))
    order[i], order[j] = j, i
    return permute(x, order)


@array("moveaxis")
def moveaxis(a, source, destination):
    x = operand(a)
    rank = len(shape_of(x))
    from_, to = axes_of(source, rank), axes_of(destination, rank)
    if len(from_) != len(to):
        raise ValueError(
            "`source` and `destination` arguments must have the same number of elements"
        )
    order = [k for k in range(rank) if k not in from_]
    for place, axis in sorted(zip(to, from_, strict=True)):
        order.insert(place, axis)
    return permute(x, order)


@array("rollaxis")
def rollaxis(a, axis, start=0):
    rank = len(shape_of(a))
    axis = axis_of(axis, rank)
    start = start + rank if start < 0 else start
    return moveaxis(a, axis, start - 1 if axis < start else start)


@array("expand_dims")
def expand_dims(a, axis):
    x = operand(a)
    shape = list(shape_of(x))
    more = len(axis) if isinstance(axis, (tuple, list)) else 1
    for k in sorted(axes_of(axis, len(shape) + more)):
        shape.insert(k, 1)
    return reshape(x, tuple(shape))


@array("squeeze")
def squeeze(a, axis=None):
    x = operand(a)
    shape = shape_of(x)
    axes = [k for k, n in enumerate(shape) if n == 1] if axis is None else axes_of(axis, len(shape))
    if any(shape[k] != 1 for k in axes):
        raise ValueError("cannot select an axis to squeeze out which has size not equal to one")
    return reshape(x, tuple(n for k, n in enumerate(shape) if k not in axes))


def _at_least(name, place):
    """np.atleast_1d, _2d, _3d: `place` gives the shape from a smaller one."""

    def function(*arrays):
        made = []
        for a in arrays:
            x = operand(a)
            made.append(reshape(x, place(shape_of(x))))
        return made[0] if len(made) == 1 else tuple(made)

    array(name)(function)


_at_least("atleast_1d", lambda s: s or (1,))
_at_least("atleast_2d", lambda s: (1,) * (2 - len(s)) + s)
_at_least(
    "atleast_3d", lambda s: s if len(s) > 2 else (1, *(s or (1,)), 1) if len(s) < 2 else (*s, 1)
)


@array("broadcast_to")
def broadcast_to(array, shape, subok=False):
    return expand_to(operand(array), tuple(shape) if isinstance(shape, (tuple, list)) else (shape,))


@array("broadcast_arrays")
def broadcast_arrays(*args, subok=False):
    xs = [operand(a) for a in args]
    shape = broadcast(*map(shape_of, xs))
    return tuple(expand_to(x, shape) for x in xs)


@array("copy", "ascontiguousarray", "asfortranarray", "require", "asarray_chkfinite", "positive")
def copy(a, *_, **__):
    return operand(a)


@array("flip")
def flip(m, axis=None):
    x = operand(m)
    rank = len(shape_of(x))
    axes = axes_of(axis, rank)
    return take(x, tuple(slice(None, None, -1 if k in axes else None) for k in range(rank)))


@array("fliplr")
def fliplr(m):
    return flip(m, 1)


@array("flipud")
def flipud(m):
    return flip(m, 0)


def at_places(x, places, fill=None):
    """The elements of x (flattened) at the places; where a place is -1 stands `fill`."""
    line = flat(x)
    if fill is not None:
        places = np.where(places < 0, count(shape_of(x)), places)
        line = Concatenate(0)(line, np.array([float(fill)]))
    return take(line, places if places.shape else int(places))


def places_of(x):
    """The numbers 0, 1, 2, … in the shape of x."""
    shape = shape_of(x)
    return np.arange(count(shape)).reshape(shape)


def _moved(name, fill=None):
    """NumPy's function of that name, which only moves elements (and fills with zeros)."""
    function = attrgetter(name)(np)

    def mover(a, *args, **options):
        only(name, out=options.pop("out", None))
        for option in (*args, *options.values()):
            if isinstance(option, Operand):
                raise NotTraceable(f"np.{name}: where elements go cannot depend on what varies")
        x = operand(a)
        if fill is None:
            return at_places(x, np.asarray(function(places_of(x), *args, **options)))
        return at_places(x, function(places_of(x) + 1, *args, **options) - 1, fill)

    mover.__name__ = name
    array(name)(mover)
    return mover


for _name in ("roll", "rot90", "tile", "repeat", "delete", "resize", "diagonal", "take"):
    _moved(_name)
_moved("lib.stride_tricks.sliding_window_view")
for _name in ("tril", "triu", "diagflat"):
    _moved(_name, fill=0)


@array("linalg.diagonal")
def diagonal_of_matrices(x, /, *, offset=0):
    return at_places(operand(x), np.diagonal(places_of(x), offset, -2, -1))


@array("diag")
def diag(v, k=0):
    x = operand(v)
    if len(shape_of(x)) == 2:
        return at_places(x, np.diagonal(places_of(x), k))
    return at_places(x, np.diag(places_of(x) + 1, k) - 1, 0)


@array("extract")
def extract(condition, arr):
    return compress(np.ravel(condition), arr)


@array("compress")
def compress(condition, a, axis=None, out=None):
    only("compress", out=out)
    return at_places(operand(a), np.compress(condition, places_of(a), axis))


@array("pad")
def pad(array, pad_width, mode="constant", **options):
    x = operand(array)
    if mode == "constant":
        values = options.pop("constant_values", 0)
        if options:
            only("pad", **options)
        places = np.pad(places_of(x), pad_width, constant_values=-1)
        if not isinstance(values, Operand) and np.ndim(values) == 0:
            return at_places(x, places, values)
        if isinstance(values, Operand) and not shape_of(values):
            line = Concatenate(0)(flat(x), reshape(values, (1,)))
            return take(line, np.where(places < 0, count(shape_of(x)), places))
        border = np.pad(np.zeros(shape_of(x)), pad_width, constant_values=values)
        return at_places(x, places, 0) + border
    if mode not in ("edge", "reflect", "symmetric", "wrap") or options.get("reflect_type") == "odd":
        raise NotTraceable(
            f"np.pad: mode={mode!r} with these options is not followed; "
            'use "constant", "edge", "reflect", "symmetric" or "wrap"'
        )
    return at_places(x, np.pad(places_of(x), pad_width, mode=mode, **options))


@array("meshgrid")
def meshgrid(*xi, copy=True, sparse=False, indexing="xy"):
    xs = [flat(operand(x)) for x in xi]
    places = np.meshgrid(
        *(np.arange(count(shape_of(x))) for x in xs), sparse=sparse, indexing=indexing
    )
    return tuple(take(x, p) for x, p in zip(xs, places, strict=True))
