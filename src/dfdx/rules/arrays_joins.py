"""Functions that join arrays and take them apart: concatenate, stack, block, split."""

import numpy as np

from ..primitive import shape_of
from ..structure import Concatenate, reshape, take
from .arrays import ARRAYS, array, axis_of, flat, only, operand, part
from .arrays_moves import places_of


@array("concatenate", "concat")
def concatenate(arrays, axis=0, out=None, *, dtype=None, casting="same_kind"):
    only("concatenate", out=out, dtype=dtype)
    xs = [operand(a) for a in arrays]
    if not xs:
        raise ValueError("need at least one array to concatenate")
    if axis is None:
        xs, axis = [flat(x) for x in xs], 0
    rank = len(shape_of(xs[0]))
    if not rank:
        raise ValueError("zero-dimensional arrays cannot be concatenated")
    if any(len(shape_of(x)) != rank for x in xs):
        raise ValueError("all the input arrays must have the same number of dimensions")
    return Concatenate(axis_of(axis, rank))(*xs)


@array("stack")
def stack(arrays, axis=0, out=None, *, dtype=None, casting="same_kind"):
    only("stack", out=out, dtype=dtype)
    xs = [operand(a) for a in arrays]
    if not xs:
        raise ValueError("need at least one array to stack")
    shape = shape_of(xs[0])
    if any(shape_of(x) != shape for x in xs):
        raise ValueError("all input arrays must have the same shape")
    k = axis_of(axis, len(shape) + 1)
    longer = (*shape[:k], 1, *shape[k:])
    return Concatenate(k)(*(reshape(x, longer) for x in xs))


def _rows(tup):
    return [tup[k] for k in range(len(tup))] if hasattr(tup, "shape") else tup


@array("vstack", "row_stack")
def vstack(tup, *, dtype=None, casting="same_kind"):
    return concatenate([ARRAYS["atleast_2d"](a) for a in _rows(tup)], 0, dtype=dtype)


@array("hstack")
def hstack(tup, *, dtype=None, casting="same_kind"):
    xs = [ARRAYS["atleast_1d"](a) for a in _rows(tup)]
    return concatenate(xs, 0 if len(shape_of(xs[0])) == 1 else 1, dtype=dtype)


@array("dstack")
def dstack(tup):
    return concatenate([ARRAYS["atleast_3d"](a) for a in _rows(tup)], 2)


@array("column_stack")
def column_stack(tup):
    xs = [operand(a) for a in _rows(tup)]
    return concatenate([reshape(x, (*shape_of(x), 1, 1)[:2]) for x in xs], 1)


@array("append")
def append(arr, values, axis=None):
    if axis is None:
        return concatenate([flat(operand(arr)), flat(operand(values))], 0)
    return concatenate([arr, values], axis)


@array("insert")
def insert(arr, obj, values, axis=None):
    x, v = operand(arr), operand(values)
    both = Concatenate(0)(flat(x), flat(v))
    places = places_of(x) if axis is not None else places_of(flat(x))
    return take(both, np.insert(places, obj, places_of(v) + places.size, axis=axis))


@array("block")
def block(arrays):
    return _block(arrays, _depth(arrays), _depth(arrays))


def _depth(arrays):
    depth = 0
    while isinstance(arrays, list):
        depth, arrays = depth + 1, arrays[0]
    return depth


def _block(arrays, depth, deepest):
    """Lists at depth d (counted from the inside, 1) are joined along axis -d."""
    if not isinstance(arrays, list):
        x = operand(arrays)
        missing = deepest - len(shape_of(x))
        return reshape(x, (1,) * missing + shape_of(x)) if missing > 0 else x
    return concatenate([_block(a, depth - 1, deepest) for a in arrays], -depth)


@array("array_split")
def array_split(ary, indices_or_sections, axis=0):
    return _split(np.array_split, ary, indices_or_sections, axis)


@array("split")
def split(ary, indices_or_sections, axis=0):
    return _split(np.split, ary, indices_or_sections, axis)


def _split(how, ary, sections, axis):
    x = operand(ary)
    axis = axis_of(axis, len(shape_of(x)))
    pieces = how(np.arange(shape_of(x)[axis]), sections)
    return [
        part(x, axis, slice(int(p[0]), int(p[-1]) + 1) if p.size else slice(0, 0)) for p in pieces
    ]


@array("hsplit")
def hsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 1 if len(shape_of(ary)) > 1 else 0)


@array("vsplit")
def vsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 0)


@array("dsplit")
def dsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 2)


@array("unstack")
def unstack(x, /, *, axis=0):
    y = operand(x)
    axis = axis_of(axis, len(shape_of(y)))
    return tuple(part(y, axis, k) for k in range(shape_of(y)[axis]))
