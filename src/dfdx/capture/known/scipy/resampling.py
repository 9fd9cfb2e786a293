"""Stand-ins for the transformations of scipy.ndimage: linear in the image, at fixed coordinates.

Shifts, zooms, rotations and maps of coordinates take weighted sums of elements; the weights are
SciPy's, found by transforming the units.
"""

import inspect
from functools import cache, wraps

import numpy as np
from scipy import ndimage as theirs

from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules.arrays import operand
from ....rules.linear_map import LinearMap
from ...numpy_protocol.plain import seen_through, traced_in
from .tools import handles, logged, tapes_of, unwrapped

_NAMES = (
    "map_coordinates shift zoom rotate affine_transform spline_filter spline_filter1d "
    "geometric_transform"
)


def _linear(function):
    """The stand-in of a function that is linear in `input`, the rest being fixed."""
    signature = inspect.signature(function)
    name = f"scipy.ndimage.{function.__name__}"

    @wraps(function)
    def standing_in(*args, **kwargs):
        given = signature.bind(*args, **kwargs).arguments
        given = {key: unwrapped(value) for key, value in given.items()}
        seen = traced_in(given)
        if not seen:
            return function(**given)
        with logged(tapes_of(seen)):
            x = operand(given.pop("input"))
            output = given.pop("output", None)
            if traced_in(given) or not (output is None or output is np.float64):
                raise NotTraceable(f"{name}: only the image may vary, and output= is not followed")
            level = function(np.zeros(shape_of(x)), **given)  # cval, where that is seen

            def moved(a):
                return function(np.asarray(a, dtype=float), **given) - level

            key = name, shape_of(x), tuple((k, _known(v)) for k, v in sorted(given.items()))
            y = LinearMap(name, moved, shape_of(x), level.shape, key)(x)
            return handles(y + level if np.any(level) else y)

    return standing_in


def _known(v):
    """Something by which equal options are equal."""
    v = seen_through(v)
    return (id(v) if callable(v) else v) if not hasattr(v, "dtype") else (v.shape, v.tobytes())


@cache
def stand_ins():
    """From the functions of scipy.ndimage to their stand-ins."""
    return {getattr(theirs, name): _linear(getattr(theirs, name)) for name in _NAMES.split()}
