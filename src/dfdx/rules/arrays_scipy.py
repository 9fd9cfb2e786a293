"""SciPy's functions of arrays under SciPy's names and parameters.

SciPy hands nothing to NumPy's protocols, so these are found by the identity of the
function that is called. `SCIPY` names them: "linalg.solve" is `scipy.linalg.solve`; the
families stand in the `arrays_scipy_*` modules.
"""

import numpy as np

from ..errors import NotTraceable
from ..primitive import shape_of
from ..structure import Concatenate, RunningSum, reshape
from .arrays import axis_of, kept, operand, part
from .arrays_numeric import diff, trapezoid
from .arrays_sums import logsumexp
from .elementary import exp

SCIPY = {}
_HARMLESS = {"check_finite", "overwrite_a", "overwrite_b", "lapack_driver", "lwork", "debug"}


def scipy(*names):
    """Decorator: the function stands for SciPy's functions of these names; hints are left out."""

    def register(function):
        def standing_in(*args, **options):
            told = {key: value for key, value in options.items() if key not in _HARMLESS}
            return function(*args, **told)

        for name in names:
            SCIPY[name] = standing_in
        return function

    return register


def refuse(name, **options):
    """Raise NotTraceable for options that are given and not followed."""
    for option, value in options.items():
        if value is not None:
            raise NotTraceable(
                f"scipy.{name}: the option {option}={value!r} is not followed; leave it out"
            )


@scipy("special.logsumexp")
def logsumexp_(a, axis=None, b=None, keepdims=False, return_sign=False):
    refuse("special.logsumexp", return_sign=return_sign or None)
    return logsumexp(a, axis, b, keepdims)


@scipy("special.log_softmax")
def log_softmax(x, axis=None):
    y = operand(x)
    return y - logsumexp(y, axis, keepdims=True)


@scipy("special.softmax")
def softmax(x, axis=None):
    return exp(log_softmax(x, axis))


@scipy("integrate.trapezoid")
def trapezoid_(y, x=None, dx=1.0, axis=-1):
    return trapezoid(y, x, dx, axis)


@scipy("integrate.cumulative_trapezoid")
def cumulative_trapezoid(y, x=None, dx=1.0, axis=-1, initial=None):
    f = operand(y)
    axis = axis_of(axis, len(shape_of(f)))
    middle = part(f, axis, slice(1, None)) + part(f, axis, slice(None, -1))
    h = operand(dx) if x is None else _steps(operand(x), f, axis)
    z = RunningSum(axis)(middle * h / 2.0)
    if initial is None:
        return z
    return Concatenate(axis)(np.full(kept(shape_of(f), (axis,)), float(initial)), z)


def _steps(x, f, axis):
    """The differences of the places x, in line with the axis of f."""
    if len(shape_of(x)) > 1:
        return diff(x, axis=axis)
    return reshape(diff(x), (shape_of(x)[0] - 1,) + (1,) * (len(shape_of(f)) - axis - 1))
