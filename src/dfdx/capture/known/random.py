"""Random numbers on the way: drawn as constants, scaled and moved by what varies.

A method of a generator that takes its parameters only to scale and to move (or an array only
to choose from it) draws the same numbers from the same seed as it does by itself.
"""

import numpy as np

from ...primitive import broadcast, shape_of
from ...rules.arrays import operand
from ...rules.elementary import exp
from ...structure import take
from ..buffers import wrapped
from ..handles import varies


def _size(size, *parameters):
    return broadcast(*map(shape_of, parameters)) or None if size is None else size


def _normal(rng):
    def normal(loc=0.0, scale=1.0, size=None):
        loc, scale = operand(loc), operand(scale)
        return loc + scale * rng.normal(size=_size(size, loc, scale))

    return normal


def _lognormal(rng):
    return lambda mean=0.0, sigma=1.0, size=None: exp(_normal(rng)(mean, sigma, size))


def _uniform(rng):
    def uniform(low=0.0, high=1.0, size=None):
        low, high = operand(low), operand(high)
        return low + (high - low) * rng.uniform(size=_size(size, low, high))

    return uniform


def _exponential(rng):
    def exponential(scale=1.0, size=None):
        scale = operand(scale)
        return scale * rng.exponential(size=_size(size, scale))

    return exponential


def _choice(rng):
    def choice(a, *args, axis=0, **options):
        x = operand(a)
        places = rng.choice(shape_of(x)[axis], *args, **options)
        return take(x, (slice(None),) * axis + (places,))

    return choice


def _permutation(rng):
    def permutation(x, axis=0):
        x = operand(x)
        return take(x, (slice(None),) * axis + (rng.permutation(shape_of(x)[axis]),))

    return permutation


_METHODS = {
    "normal": _normal,
    "lognormal": _lognormal,
    "uniform": _uniform,
    "exponential": _exponential,
    "choice": _choice,
    "permutation": _permutation,
}


def stand_ins():
    """From the methods of NumPy's generators to their stand-ins."""
    kinds = (np.random.Generator, np.random.RandomState)
    return {getattr(kind, name): _stand_in(kind, name) for kind in kinds for name in _METHODS}


def _stand_in(kind, name):
    plainly, made = getattr(kind, name), _METHODS[name]

    def method(rng, *args, **options):
        if not varies(args, options):
            return wrapped(plainly(rng, *args, **options))
        return wrapped(made(rng)(*args, **options))

    return method
