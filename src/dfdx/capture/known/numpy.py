"""Stand-ins for what NumPy does not hand to its protocols: constructors, types, vectorize."""

from functools import cache

import numpy as np

from ...graph import Operand
from ...primitive import shape_of
from ...rules.arrays import operand
from ..buffers import Buffer, content, wrapped
from ..complex_arrays import as_complex
from ..handles import bare
from ..numpy_protocol import fourier
from ..rounded import is_off, rounded
from ..traced import Traced, plain
from . import random


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
    made[np.asfortranarray] = _asarray
    made[np.arange] = _arange
    made[np.kaiser] = _kaiser
    made[np.frompyfunc] = lambda function, nin, nout, **options: _vectorize(function)
    made[np.ndenumerate] = _ndenumerate
    made[np.nditer] = _nditer
    for name in dir(np.testing):
        if name.startswith("assert_"):
            made[getattr(np.testing, name)] = _looking_through(getattr(np.testing, name))
    made.update(_inside())
    made.update(random.stand_ins())
    made[np.complex128] = lambda x=0.0: (
        as_complex(x) if isinstance(x, Operand) else np.complex128(x)
    )
    return made


def _round(a, decimals=0, out=None):
    """np.round: to a number of digits it is looked through, as `round` is."""
    x = content(joined(a))
    if type(x) is Traced:
        return wrapped(rounded(x, decimals, out))
    return a if is_off() and decimals > 0 else wrapped(np.round(x, decimals, out))


def _inside():
    """Stand-ins for functions that NumPy's own code calls."""
    made = {}
    bases = getattr(np.lib, "_function_base_impl", None) or np.lib.function_base  # NumPy 2 and 1
    gaps = getattr(np.lib, "_nanfunctions_impl", None) or np.lib.nanfunctions
    if hasattr(bases, "_lerp"):
        made[bases._lerp] = lambda a, b, t, out=None: a + (b - a) * t
    transforms = getattr(np.fft, "_pocketfft", None)
    if hasattr(transforms, "_raw_fft"):
        made[transforms._raw_fft] = _where_it_varies(transforms._raw_fft, fourier.raw)
    if hasattr(gaps, "_nanmedian_small"):
        made[gaps._nanmedian_small] = _nanmedian
    return made


def _where_it_varies(plainly, ours):
    def call(*args, **options):
        args = [content(a) for a in args]
        if isinstance(args[0], Operand):
            return wrapped(ours(*args, **options))
        return wrapped(plainly(*args, **options))

    return call


def _nanmedian(a, axis=None, out=None, overwrite_input=False):
    """np.nanmedian line by line."""
    from ..calls import follow

    def middle(line):
        return np.median(line[~np.isnan(line)])

    return wrapped(np.apply_along_axis(follow(middle), axis, content(a)))


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
    return not shape_of(x) and isinstance(x, (Operand, float, int, complex, np.number))


def _unbuffered(x):
    if isinstance(x, (list, tuple)):
        return [_unbuffered(v) for v in x]
    return content(x)


def _array(x, dtype=None, **options):
    """np.array of anything that holds a traced value; a fresh handle."""
    x = bare(x)
    if not _holds_traced(x):
        return wrapped(np.array(x, dtype, **options))
    made = operand(_unbuffered(x))
    if dtype is not None:
        made = made.astype(dtype)
    for _ in range(options.get("ndmin", 0) - len(made.shape)):
        made = made[None]
    return wrapped(np.array(made)) if type(made) is np.ndarray else wrapped(made)


def _asarray(x, dtype=None, **options):
    x = bare(x)
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


def _arange(*args, **options):
    """np.arange: how many there are is a step, where they stand is linear."""
    args = [content(a) for a in args]
    if not any(isinstance(a, Operand) for a in args):
        return wrapped(np.arange(*args, **options))
    start, stop, step = (0.0, args[0], 1.0) if len(args) == 1 else (*args, 1.0)[:3]
    pieces = (plain(stop) - plain(start)) / plain(step)
    if pieces % 1 == 0:
        next(a for a in args if isinstance(a, Operand)).on_edge("arange")
    return wrapped(start + step * np.arange(max(int(np.ceil(pieces)), 0)))


def _kaiser(M, beta):
    """The Kaiser window, I₀(β √(1 − t²)) / I₀(β)."""
    if not isinstance(beta, Operand):
        return wrapped(np.kaiser(M, beta))
    M = int(plain(M))
    if M <= 1:
        return np.kaiser(M, 0.0)
    t = 2.0 * np.arange(M) / (M - 1) - 1.0
    return wrapped(np.i0(content(beta) * np.sqrt(1.0 - t * t)) / np.i0(content(beta)))


def _ndenumerate(arr):
    if not isinstance(arr, Operand):
        return np.ndenumerate(arr)
    return ((place, arr[place]) for place in np.ndindex(arr.shape))


def _nditer(op, *args, **options):
    """np.nditer of one array, read one by one."""
    if isinstance(op, Operand) and not args and not options:
        return iter(np.ravel(content(op)))
    return np.nditer(op, *args, **options)


def _looking_through(check):
    """An assertion about plain numbers."""

    def checked(*args, **options):
        return check(*_seen(args), **_seen(options))

    return checked


def _seen(x):
    if type(x) in (list, tuple):
        return type(x)(map(_seen, x))
    if type(x) is dict:
        return {key: _seen(v) for key, v in x.items()}
    return plain(content(x))


def _vectorize(function, *args, **options):
    """np.vectorize: the function on every element, its calls followed."""
    return _mapped(np.vectorize(function, *args, **options))


def _mapped(plainly):
    def mapped(*points, **named):
        points = [content(p) for p in points]
        if not any(_holds_traced(p) for p in (*points, *named.values())):
            return wrapped(plainly(*points, **named))
        return on_elements(plainly, points, named)

    return mapped


_vectorize.of = _mapped  # type: ignore[attr-defined]


def on_elements(v, points, named):
    """What the vectorized function v gives for points of which some are traced."""
    from ..calls import call

    if v.signature is not None:
        return call(np.vectorize._vectorize_call_with_signature, v, v.pyfunc, points)
    fixed = {k for k in v.excluded if isinstance(k, int)}
    named = dict(named)
    free = [k for k in range(len(points)) if k not in fixed]
    keys = [key for key in named if key not in v.excluded]
    varied = [operand(points[k]) for k in free] + [operand(content(named[key])) for key in keys]
    shaped = np.broadcast_arrays(*varied) if len(varied) > 1 else varied
    shape = shape_of(shaped[0])
    flat = [np.ravel(p) for p in shaped]

    def one(k):
        given = list(points)
        for place, p in zip(free, flat, strict=False):
            given[place] = p[k] if shape else shaped[free.index(place)]
        for key, p in zip(keys, flat[len(free) :], strict=True):
            named[key] = p[k]
        return call(v.pyfunc, *given, **named)

    if not shape:
        return one(0)
    found = [one(k) for k in range(flat[0].size)]
    if not isinstance(found[0], tuple):
        return wrapped(np.reshape(operand(found), shape))
    return tuple(wrapped(np.reshape(operand(list(y)), shape)) for y in zip(*found, strict=True))
