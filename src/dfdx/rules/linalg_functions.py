"""Functions of matrices: logarithm, square root, powers, from one law.

For a matrix function f the corner of f([[A, E], [0, A]]) is the derivative L(A, E) of f at A
along E (Higham, Functions of Matrices, theorem 3.6), and the transpose of L(A, ·) is L(Aᵀ, ·).
So the values of f are all that its derivatives of every order need.
"""

import numpy as np

from ..errors import NotTraceable
from ..implicit import implicit
from ..primitive import shape_of
from ..structure import Concatenate, take
from .linalg_tools import positive_definite, square, transposed


def block(corner, other):
    """The matrices [[corner, other], [0, corner]]."""
    rank = len(shape_of(corner))
    nothing = np.zeros(shape_of(corner))
    top = Concatenate(rank - 1)(corner, other)
    return Concatenate(rank - 2)(top, Concatenate(rank - 1)(nothing, corner))


def upper_corner(a):
    """The matrices in the upper right quarter."""
    n = shape_of(a)[-1] // 2
    return take(a, (Ellipsis, slice(0, n), slice(n, None)))


def matrix_function(name, value, example):
    """The cards of a function of matrices, given its values, and of its derivative along a matrix."""
    slope = implicit(
        f"{name}_slope",
        lambda a, e: upper_corner(value(block(a, e))),
        lambda a, e: square(a),
        lambda y, xs, dxs: upper_corner(
            slope(block(*xs), block(dxs[0], np.zeros(shape_of(dxs[0]))))
        ),
        arity=2,
        linear=(1, lambda g, xs: slope(transposed(xs[0]), g)),
        example=lambda rng: (*example(rng), rng.normal(size=(3, 3))),
    )
    function = implicit(
        name, value, square, lambda y, xs, dxs: slope(xs[0], dxs[0]), example=example
    )
    return function, slope


def _one_by_one(function):
    """A function of one matrix on stacks of them."""

    def on_stacks(a):
        if a.ndim == 2:
            return real(function(a))
        return np.stack([on_stacks(m) for m in a])

    return on_stacks


def real(y):
    """A matrix that must be real."""
    if np.iscomplexobj(y):
        if np.any(np.imag(y)):
            raise NotTraceable(
                "the function of this matrix is complex, and dfdx differentiates real numbers here"
            )
        return np.real(y)
    return y


def _by_scipy(name):
    def function(a):
        from scipy import linalg

        return getattr(linalg, name)(a)

    return function


def _power_of(p):
    def function(a):
        from scipy.linalg import fractional_matrix_power

        return fractional_matrix_power(a, p)

    return function


def _definite(rng):
    return (positive_definite(rng),)


expm, expm_slope = matrix_function(
    "expm", _by_scipy("expm"), lambda rng: (rng.normal(size=(3, 3)) / 2,)
)
logm, _ = matrix_function("logm", _one_by_one(_by_scipy("logm")), _definite)
sqrtm, _ = matrix_function("sqrtm", _one_by_one(_by_scipy("sqrtm")), _definite)

_NAMES = ("sinm", "cosm", "sinhm", "coshm", "tanm", "tanhm")
NAMED = {
    name: matrix_function(
        name, _one_by_one(_by_scipy(name)), lambda rng: (rng.normal(size=(3, 3)) / 4,)
    )[0]
    for name in _NAMES
}
_powers = {}


def power(p):
    """The card of A ↦ Aᵖ, the principal power."""
    if p not in _powers:
        _powers[p] = matrix_function(f"power[{p}]", _one_by_one(_power_of(p)), _definite)[0]
    return _powers[p]
