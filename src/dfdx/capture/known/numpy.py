"""Stand-ins for what NumPy does not hand to its protocols: constructors, types, vectorize."""

from functools import cache

import numpy as np

from ...graph import Operand
from ...primitive import shape_of
from ...rules.arrays import operand
from ..buffers import Buffer, content, wrapped
from ..rounded import is_off, rounded
from ..traced import Traced


@cache
def stand_ins():
    """From NumPy's function or type to its stand-in."""
    made = {np.array: _array, np.asarray: _asarray, np.asanyarray: _asarray}
    made[np.ascontiguousarray] = _asarray
    made[np.asarray_chkfinite] = _asarray
    made[np.float64] = _float64
    made[np.full] = _full
    made[np.full_like] = lambda a, value, *rest, **options: _full(np.shape(a), value, **options)
    made[np.vectorize] = _vectorize
    made[np.fromiter] = _fromiter
    made[np.round] = made[np.around] = _round
    return made


def _round(a, decimals=0, out=None):
    """np.round: to a number of digits it is looked through, as `round` is."""
    x = content(joined(a))
    if type(x) is Traced:
        return wrapped(rounded(x, decimals, out))
    return a if is_off() and decimals > 0 else wrapped(np.round(x, decimals, out))


def _holds_traced(x):
    if isinstance(x, Operand):
        return True
    return isinstance(x, (list, tuple)) and any(_holds_traced(v) for v in x)


def joined(x):
    """A list (of lists) of numbers, some traced, as an array; anything else as it is."""
    return _array(x) if _holds_traced(x) and _all_numbers(x) else x


def _all_numbers(x):
    if isinstance(x, (list, tuple)):
        return all(_all_numbers(v) for v in x)
    return not shape_of(x) and isinstance(x, (Operand, float, int, np.number))


def _unbuffered(x):
    if isinstance(x, (list, tuple)):
        return [_unbuffered(v) for v in x]
    return content(x)


def _array(x, dtype=None, **options):
    """np.array of anything that holds a traced value; a fresh handle."""
    if not _holds_traced(x):
        return wrapped(np.array(x, dtype, **options))
    made = operand(_unbuffered(x))
    if dtype is not None and isinstance(made, Operand):
        made = made.astype(dtype)
    for _ in range(options.get("ndmin", 0) - len(made.shape)):
        made = made[None]
    return wrapped(np.array(made)) if isinstance(made, np.ndarray) else wrapped(made)


def _asarray(x, dtype=None, **options):
    if isinstance(x, Buffer) and (dtype is None or np.dtype(dtype) == x.dtype):
        return x
    if isinstance(x, Operand) and not isinstance(x, Buffer):
        return x if dtype is None else x.astype(dtype)
    if not _holds_traced(x):
        return np.asarray(x, dtype)
    return _array(x, dtype)


def _float64(x=0.0):
    if isinstance(x, Operand):
        return x
    return np.float64(x)


def _full(shape, value, dtype=None, **options):
    """np.full: a traced value in every place."""
    if not _holds_traced(value):
        return wrapped(np.full(shape, value, dtype, **options))
    made = np.zeros(shape)
    return wrapped(made + operand(_unbuffered(value)))


def _fromiter(values, dtype, count=-1, **options):
    return _array(list(values), dtype)


def _vectorize(function, *args, **options):
    """np.vectorize: the function on every element, its calls followed."""
    from ..calls import call

    plainly = np.vectorize(function, *args, **options)

    def mapped(*points, **named):
        points = [content(p) for p in points]
        if not any(_holds_traced(p) for p in (*points, *named.values())):
            return plainly(*points, **named)
        shaped = (
            np.broadcast_arrays(*(operand(p) for p in points))
            if len(points) > 1
            else [operand(points[0])]
        )
        shape = shaped[0].shape
        if not shape:
            return call(function, *points, **named)
        flat = [np.ravel(p) for p in shaped]
        found = [call(function, *(p[k] for p in flat), **named) for k in range(flat[0].size)]
        return wrapped(np.reshape(operand(found), shape))

    return mapped
