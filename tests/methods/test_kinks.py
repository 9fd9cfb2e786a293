"""The generalised gradient of least norm, whatever made the kink."""

import math

import numpy as np
import pytest

from dfdx import gradient
from dfdx.errors import NotDifferentiable

TIES = [
    (lambda x, y: max(x, y), (1.0, 1.0), (0.5, 0.5)),
    (lambda x, y, z: max(x, y, z), (1.0, 1.0, 1.0), (1 / 3, 1 / 3, 1 / 3)),
    (lambda x, y: min(x, 2 * y), (2.0, 1.0), (0.8, 0.4)),
    (lambda x, y: x if x > y else y, (1.0, 1.0), (0.5, 0.5)),
    (lambda x, y: sorted([x, y])[1], (1.0, 1.0), (0.5, 0.5)),
    (lambda x, y: max(3 * x + y, x + 3 * y), (0.0, 0.0), (2.0, 2.0)),
    (lambda x, y: max(abs(x), abs(y)), (0.0, 0.0), (0.0, 0.0)),
    (lambda x, y: abs(x - y) + x, (1.0, 1.0), (0.5, 0.5)),
    (lambda x, y: math.hypot(x, y), (0.0, 0.0), (0.0, 0.0)),
]


@pytest.mark.parametrize(("f", "point", "want"), TIES)
def test_ties_and_branches(f, point, want):
    assert gradient(f)(*point) == pytest.approx(want, abs=1e-7)
    found = gradient(f).estimate(*point)
    assert "generalised gradient of least norm" in found.notes[-1]


def test_selections_that_the_function_does_not_have_do_not_count():
    assert gradient(lambda x: np.maximum(x, 0) - np.maximum(-x, 0))(0.0) == 1.0
    assert gradient(lambda x: np.maximum(x, 0) + np.minimum(x, 0))(0.0) == 1.0
    assert gradient(lambda x: abs(x) + 2 * x)(0.0) == 1.0


def test_arrays():
    slant = np.array([1.0, -2.0])
    assert gradient(lambda x: (slant * x).max())(np.zeros(2)) == pytest.approx(
        [0.8, -0.4], abs=1e-7
    )
    assert gradient(lambda x: max(x[0], x[1]))(np.ones(2)) == pytest.approx([0.5, 0.5], abs=1e-7)
    assert not gradient(lambda x: np.abs(x).sum())(np.zeros(300)).any()

    def f(x):
        return (1.0 if x[0] == 0 else math.expm1(x[0]) / x[0]) + x[1]

    found = gradient(f).estimate(np.zeros(2))
    assert np.all(np.abs(found.value - [0.5, 1.0]) <= found.error)


def test_a_jump_has_no_gradient():
    with pytest.raises(NotDifferentiable):
        gradient(lambda x: np.floor(x).sum())(np.array([1.0, 1.5]))
