"""What numpy.gradient's arguments mean: axes, steps and outputs, with its errors for bad ones."""

from math import prod
from operator import index

import numpy as np

from .formulas import Stencil
from .spacing import spacing

SMALL = 1 << 18  # numbers that fit the cache as they are


def stencils_for(shape, varargs, axis, edge_order, fused=False):
    """A stencil for each axis that is differentiated."""
    axes = axes_of(axis, len(shape))
    if len(varargs) == 0:
        steps = [1.0] * len(axes)
    elif len(varargs) == 1 and np.ndim(varargs[0]) == 0:
        steps = list(varargs) * len(axes)
    elif len(varargs) == len(axes):
        large = prod(shape) > SMALL
        steps = [spacing(x, shape[a], large) for x, a in zip(varargs, axes, strict=True)]
    else:
        raise TypeError("invalid number of arguments")
    enough(shape, axes, edge_order)
    return [Stencil(s, a, edge_order, fused) for s, a in zip(steps, axes, strict=True)]


def enough(shape, axes, edge_order):
    """numpy.gradient's errors for edges that are of an unknown order, or have too few places."""
    if edge_order > 2:
        raise ValueError("'edge_order' greater than 2 not supported")
    for a in axes:
        if shape[a] < edge_order + 1:
            raise ValueError(
                "Shape of array too small to calculate a numerical gradient, "
                "at least (edge_order + 1) elements are required."
            )


def axes_of(axis, ndim):
    """The numbers of the axes, counted from the first."""
    if axis is None:
        return tuple(range(ndim))
    try:
        given = (index(axis),)
    except TypeError:
        given = tuple(index(a) for a in axis)
    for a in given:
        if not -ndim <= a < ndim:
            raise np.exceptions.AxisError(a, ndim)
    axes = tuple(a % ndim for a in given)
    if len(set(axes)) != len(axes):
        raise ValueError("repeated axis")
    return axes


def numbers(f):
    """The array with whole numbers as floats."""
    return f.astype(np.float64) if f.dtype.kind in "biu" else f


def outputs_for(shape, dtype, count, out, read):
    """The caller's `count` arrays to write to, if they are fit for it; `read` are not to be written."""
    outs = [out] if isinstance(out, np.ndarray) else list(out)
    if len(outs) != count or any(getattr(o, "shape", None) != shape for o in outs):
        raise ValueError(f"out must be {count} array{'s' * (count > 1)} of shape {shape}")
    for k, o in enumerate(outs):
        if o.dtype != dtype:
            raise TypeError(f"out must be of the kind of the derivative, {dtype}, not {o.dtype}")
        if not o.flags.writeable:
            raise ValueError("out is read-only")
        if any(np.may_share_memory(o, f) for f in read):
            raise ValueError("out shares memory with what is read while out is written")
        if any(np.may_share_memory(o, other) for other in outs[:k]):
            raise ValueError("the arrays of out share memory with one another")
    return outs
