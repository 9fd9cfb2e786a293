"""What every ufunc of two operands has: reduce, accumulate, reduceat, as NumPy defines them.

Step by step along the axis, for ufuncs that have no shorter way (as add and maximum have).
"""

import numpy as np

from ...primitive import shape_of
from ...rules.arrays import axes_of, axis_of, operand, part, to_last
from ...rules.arrays_joins import stack
from ...rules.arrays_moves import moveaxis
from ...rules.arrays_select import chosen
from ...structure import reshape


def reduce(ufunc, x, axis=0, keepdims=False, initial=None, where=True):
    """x[0] ∘ x[1] ∘ x[2] …, from the left."""
    x = operand(x)
    shape = shape_of(x)
    if not shape:
        return x if initial is None else ufunc(initial, x)
    axes = axes_of(axis, len(shape))
    line = to_last(x, axes)
    last = len(shape_of(line)) - 1
    mask = None if where is True else to_last(np.broadcast_to(where, shape), axes)
    total = initial
    if total is None:
        total = ufunc.identity if mask is not None else None
    for k in range(shape_of(line)[last]):
        term = part(line, last, k)
        if total is None:
            total = term
        elif mask is None:
            total = ufunc(total, term)
        else:
            total = chosen(mask[..., k], ufunc(total, term), operand(total))
    if total is None:
        total = getattr(np, ufunc.__name__).reduce(np.zeros(shape), axis=axis)  # NumPy's own error
    if keepdims:
        total = reshape(total, tuple(1 if k in axes else n for k, n in enumerate(shape)))
    return total


def accumulate(ufunc, x, axis=0):
    """x[0], x[0] ∘ x[1], x[0] ∘ x[1] ∘ x[2], …"""
    x = operand(x)
    axis = axis_of(axis, len(shape_of(x)))
    found = []
    for k in range(shape_of(x)[axis]):
        term = part(x, axis, k)
        found.append(ufunc(found[-1], term) if found else term)
    return stack(found, axis) if found else x


def reduceat(ufunc, x, indices, axis=0):
    """The reductions of x[i:j] for neighbouring indices i < j; x[i] itself where i ≥ j."""
    x = operand(x)
    axis = axis_of(axis, len(shape_of(x)))
    size = shape_of(x)[axis]
    starts = [int(i) for i in np.ravel(indices)]
    if any(not 0 <= i < size for i in starts):
        raise IndexError(f"an index is out of bounds [0, {size})")
    found = []
    for i, j in zip(starts, [*starts[1:], size], strict=True):
        if i < j:
            found.append(ufunc.reduce(part(x, axis, slice(i, j)), axis=axis))
        else:
            found.append(part(x, axis, i))
    return stack(found, axis)


def along(ufunc, action, xs, axis=None, axes=None, keepdims=False):
    """A ufunc of vectors or matrices (matmul, vecdot) along other axes than the last ones."""
    inputs, _, output = ufunc.signature.replace(" ", "").partition("->")
    ranks = [len(s.strip("()").split(",")) for s in inputs.split("),(")]
    made = len([s for s in output.strip("()").split(",") if s])
    if axis is not None:
        axes = [(axis,)] * len(xs) + [(axis,) if keepdims else ()] * (1 if made == 0 else made)
    if axes is not None:
        xs = [moveaxis(x, _tuple(a), _last(r)) for x, a, r in zip(xs, axes, ranks, strict=False)]
    y = action(*xs)
    if axes is not None and made and len(axes) > len(xs):
        y = moveaxis(y, _last(made), _tuple(axes[-1]))
    if keepdims:
        y = reshape(operand(y), (*shape_of(y), 1)) if made == 0 else y
        y = moveaxis(y, -1, axis) if axis is not None else y
    return y


def _tuple(a):
    return tuple(a) if isinstance(a, (tuple, list)) else (a,)


def _last(rank):
    return tuple(range(-rank, 0))


METHODS = {"reduce": reduce, "accumulate": accumulate, "reduceat": reduceat}
