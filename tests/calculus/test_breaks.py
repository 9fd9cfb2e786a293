"""Matrices, fields and tangents on a break: the derivative where it exists, an error where it does not."""

import math

import numpy as np
import pytest

from dfdx import (
    curl,
    derivative,
    directional_derivative,
    divergence,
    gradient,
    hessian,
    jacobian,
    laplacian,
    partial,
    tangent,
)
from dfdx.errors import NotDifferentiable


def growth(x):
    return 1.0 if x == 0 else math.expm1(x) / x  # 1 + x/2 + x²/6 + …


def interest(x, y):
    return y if x == 0 else (math.exp(x * y) - 1) / x  # y + x y²/2 + x² y³/6 + …


def field(x):
    return np.array([growth(x[0]), x[1]])


def test_a_branch_that_computes_nothing_has_the_slopes_of_its_neighbours():
    assert jacobian(growth)(0.0) == pytest.approx(1 / 2, rel=1e-10)
    assert hessian(growth)(0.0) == pytest.approx(1 / 3, rel=1e-10)
    assert np.allclose(hessian(interest)(0.0, 3.0), [[9, 3], [3, 0]], rtol=1e-9)
    assert divergence(lambda x, y: (growth(x), y**2))(0.0, 1.0) == pytest.approx(2.5, rel=1e-10)
    assert laplacian(lambda x, y: growth(x) + y**2)(0.0, 1.0) == pytest.approx(7 / 3, rel=1e-9)
    assert curl(lambda x, y: (growth(y), 3 * growth(x)))(0.0, 0.0) == pytest.approx(1, rel=1e-9)
    line = tangent(growth, 0.0)
    assert (line.push(2.0), line.pull(2.0), line(2.0)) == pytest.approx((1, 1, 2), rel=1e-10)
    plane = tangent(field, np.zeros(2))
    assert np.allclose(plane.push(np.array([2.0, 1.0])), [1, 1], rtol=1e-10)
    assert np.allclose(plane.pull(np.array([2.0, 1.0])), [1, 1], rtol=1e-10)


NOWHERE = [
    lambda: jacobian(np.floor)(np.array([1.0, 1.5])),
    lambda: hessian(lambda x: abs(x[0]) * x[1])(np.array([0.0, 1.0])),
    lambda: hessian(lambda x, y: max(x, y) ** 2)(1.0, 1.0),
    lambda: hessian(lambda x: x * abs(x))(0.0),
    lambda: hessian(np.linalg.norm)(np.zeros(2)),
    lambda: laplacian(lambda x, y: abs(x) + y**2)(0.0, 1.0),
    lambda: divergence(lambda x, y: (abs(x), y**2))(0.0, 1.0),
    lambda: tangent(abs, 0.0).push(1.0),
    lambda: tangent(abs, 0.0).pull(1.0),
    lambda: tangent(abs, 0.0)(1.0),
]


@pytest.mark.parametrize("k", range(len(NOWHERE)))
def test_what_does_not_exist_is_not_given(k):
    with pytest.raises(NotDifferentiable):
        NOWHERE[k]()


def test_smooth_functions_on_breaks_keep_their_exact_matrices():
    assert np.array_equal(jacobian(lambda x: x * np.abs(x))(np.array([0.0, 1.0])), [[0, 0], [0, 2]])
    assert np.array_equal(
        hessian(lambda x: (np.maximum(x, 0) ** 3).sum())(np.zeros(2)), np.zeros((2, 2))
    )
    assert np.array_equal(hessian(lambda x, y: max(x * y, y * x))(1.0, 2.0), [[0, 1], [1, 0]])
    many = jacobian(lambda x: np.where(x > 0, x**2, 0.0))(np.zeros(300))
    assert not many.any()


def test_long_and_short_directions():
    def f(x, y):
        return x * y

    for size in (1e-200, 1.0, 1e200):
        along = (3 * size, 4 * size)
        assert directional_derivative(f, 1.0, 2.0, along=along) == pytest.approx(2.0, rel=1e-14)


def test_partial_names_the_options_it_has():
    with pytest.raises(TypeError, match="partial has no option 'order'"):
        partial(math.hypot, 0, order=2)


def test_derivatives_of_derivatives_on_a_break():
    second = derivative(derivative(growth)).estimate(0.0)
    assert abs(second.value - 1 / 3) <= second.error <= 1e-8
    assert derivative(gradient(growth))(0.0) == pytest.approx(1 / 3, rel=1e-9)
