"""The gradient of short arrays: numpy.gradient's operations and no others, its numbers to the bit.

For an array of ten numbers the time is that of calling NumPy at all, so what counts is how few calls
there are.
"""

import numpy as np

from .arguments import axes_of, enough, numbers
from .spacing import checked

_SHORT = 64
_STEPS = (float, int, np.float64)
_empty, _subtract, _divide = np.empty_like, np.subtract, np.divide


def gradient(f, varargs, axis, edge_order):
    """The partial derivatives of a plain array as numpy.gradient gives them; None where it has no numbers."""
    ndim = f.ndim
    if ndim == 1 and axis is None and edge_order == 1 and f.dtype.char == "d" and len(f) > 1:
        if not varargs:
            return _line(f, 1.0)
        if len(varargs) == 1 and type(varargs[0]) in _STEPS:
            return _line(f, varargs[0])
    if f.dtype.kind not in "fc":
        if f.dtype.kind not in "biu":
            return None
        f = numbers(f)
    axes = range(ndim) if axis is None else axes_of(axis, ndim)
    steps = _steps(varargs, f.shape, axes)
    enough(f.shape, axes, edge_order)
    found = [_partial(f, a, h, edge_order, _empty(f)) for a, h in zip(axes, steps, strict=True)]
    return found[0] if len(found) == 1 else tuple(found)


def suits(f):
    """Whether an array gains nothing from blocks: numbers that lie apart, in short rows, or are no floats."""
    return f.dtype.char not in "df" or f.shape[-1] < _SHORT or f.strides[-1] != f.itemsize


def partials(f, stencils, outs):
    """Each stencil's derivative of f, into its array."""
    for s, out in zip(stencils, outs, strict=True):
        h = s.step if s.even else _subtract(s.step[1:], s.step[:-1])
        _partial(f, s.axis, h, s.edge_order, out)


def _partial(f, axis, h, edge_order, out):
    values, g = (f, out) if axis == 0 else (f.swapaxes(0, axis), out.swapaxes(0, axis))
    if type(h) is np.ndarray and h.ndim:
        _uneven(values, h, edge_order, g)
    else:
        _even(values, h, edge_order, g, axis > 0 and f.shape[-1] < _SHORT)
    return out


def _steps(varargs, shape, axes):
    """A step, or the steps between coordinates, for each axis."""
    if not varargs:
        return [1.0] * len(axes)
    if len(varargs) == 1 and (type(varargs[0]) in _STEPS or np.ndim(varargs[0]) == 0):
        return varargs * len(axes)
    if len(varargs) != len(axes):
        raise TypeError("invalid number of arguments")
    found = []
    for h, a in zip(varargs, axes, strict=True):
        if type(h) not in _STEPS and np.ndim(h):
            x = checked(np.asanyarray(h), shape[a])
            h = _subtract(x[1:], x[:-1])
            if len(h) and (h == h[0]).all():
                h = h[0]
        found.append(h)
    return found


def _line(f, h):
    """The derivative of numbers in a row, a step apart."""
    g = _empty(f)
    inside = g[1:-1]
    _subtract(f[2:], f[:-2], inside)
    _divide(inside, 2.0 * h, inside)
    g[0] = (f[1] - f[0]) / h
    g[-1] = (f[-1] - f[-2]) / h
    return g


def _even(f, h, edge_order, g, short):
    """Along the first axis; in `short` rows a division is faster in an array of its own."""
    inside = g[1:-1]
    if short:
        inside[...] = (f[2:] - f[:-2]) / (2.0 * h)
    else:
        _subtract(f[2:], f[:-2], inside)
        _divide(inside, 2.0 * h, inside)
    if edge_order == 1:
        g[0] = (f[1] - f[0]) / h
        g[-1] = (f[-1] - f[-2]) / h
    else:
        g[0] = -1.5 / h * f[0] + 2.0 / h * f[1] + -0.5 / h * f[2]
        g[-1] = 0.5 / h * f[-3] + -2.0 / h * f[-2] + 1.5 / h * f[-1]


def _uneven(f, h, edge_order, g):
    """Along the first axis, with the steps between the places."""
    p, q = h[:-1], h[1:]
    both = p + q
    shape = (-1,) + (1,) * (f.ndim - 1)
    a = (-q / (p * both)).reshape(shape)
    b = ((q - p) / (p * q)).reshape(shape)
    c = (p / (q * both)).reshape(shape)
    inside = g[1:-1]
    inside[...] = a * f[:-2] + b * f[1:-1] + c * f[2:]
    if edge_order == 1:
        g[0] = (f[1] - f[0]) / h[0]
        g[-1] = (f[-1] - f[-2]) / h[-1]
        return
    p, q = h[0], h[1]
    a, b, c = -(2.0 * p + q) / (p * (p + q)), (p + q) / (p * q), -p / (q * (p + q))
    g[0] = a * f[0] + b * f[1] + c * f[2]
    p, q = h[-2], h[-1]
    a, b, c = q / (p * (p + q)), -(q + p) / (p * q), (2.0 * q + p) / (q * (p + q))
    g[-1] = a * f[-3] + b * f[-2] + c * f[-1]
