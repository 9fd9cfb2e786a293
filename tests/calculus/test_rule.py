"""Derivatives of one's own."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import dfdx
from dfdx import derivative, gradient, jacobian, rule


@rule(lambda y, x: 3 * x**2)
def cube(x):
    return float(x) ** 3


@rule(lambda z, x, y: y, lambda z, x, y: x)
def area(x, y):
    return float(x) * float(y)


@rule(pull=lambda g, y, x: 2 * g * x, push=lambda y, xs, dxs: 2 * xs[0] * dxs[0])
def squares(x):
    return np.asarray(x, dtype=float) ** 2


def test_a_rule_serves_every_operator():
    assert cube(2.0) == 8.0
    assert derivative(cube, 2.0) == 12.0
    assert derivative(derivative(cube))(2.0) == 12.0
    assert derivative(cube, order=3)(2.0) == pytest.approx(6.0, rel=1e-12)
    np.testing.assert_array_equal(gradient(area)(3.0, 4.0), [4.0, 3.0])
    np.testing.assert_array_equal(jacobian(squares, np.array([1.0, 2.0])), [[2, 0], [0, 4]])
    np.testing.assert_array_equal(
        dfdx.tangent(squares, np.array([1.0, 2.0])).push(np.ones(2)), [2, 4]
    )
    assert cube.__name__ == "cube"


def test_a_rule_on_a_method():
    class Spring:
        k = 2.0

        @rule(None, lambda e, self, x: self.k * x)
        def energy(self, x):
            return 0.5 * self.k * float(x) ** 2

    assert derivative(Spring().energy, 3.0) == 6.0


def test_a_rule_that_says_nothing_of_an_operand():
    @rule(lambda z, x, y: y)
    def half(x, y):
        return float(x) * float(y)

    assert derivative(lambda x: half(x, 3.0), 2.0) == 3.0
    with pytest.raises(dfdx.NoRule, match="operand number 2"):
        derivative(lambda y: half(3.0, y), 2.0)


def test_pull_alone_is_enough_for_a_gradient():
    @rule(pull=lambda g, y, x: g * 2 * x)
    def energy(x):
        return float((np.asarray(x) ** 2).sum())

    assert_array_equal(gradient(lambda x: 3 * energy(x), np.array([1.0, 2.0])), [6.0, 12.0])

    @rule(pull=lambda g, y, x: g * 5 * x)
    def wrong(x):
        return float((np.asarray(x) ** 2).sum())

    found = gradient(lambda x: 3 * wrong(x)).estimate(
        np.array([1.0, 2.0])
    )  # found out, and sampled
    assert_allclose(found.value, [6.0, 12.0], rtol=1e-9)
    assert "differences" in found.method
