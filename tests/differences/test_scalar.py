"""Derivatives from samples: right, and never further off than they say."""

import math
from fractions import Fraction

import mpmath
import pytest

from dfdx.differences.scalar import differentiate
from dfdx.differences.stencils import weights
from dfdx.errors import NotDifferentiable

SMOOTH = [
    (math.sin, 1.0, math.cos(1.0)),
    (math.exp, -3.0, math.exp(-3.0)),
    (math.exp, 20.0, math.exp(20.0)),
    (lambda x: x**3, 0.0, 0.0),
    (lambda x: 1 / (1 + x * x), 0.5, -1 / 1.25**2),
    (math.log, 1e-3, 1e3),
    (math.sqrt, 4.0, 0.25),
    (lambda x: math.sin(1e3 * x), 0.3, 1e3 * math.cos(300.0)),
    (lambda x: x, 1e10, 1.0),
    (lambda x: 5.0, 2.0, 0.0),
    (math.gamma, 3.7, float(mpmath.diff(mpmath.gamma, 3.7))),
]


@pytest.mark.parametrize(("f", "x", "want"), SMOOTH)
def test_error_within_the_bar(f, x, want):
    value, error, _ = differentiate(f, x)
    assert abs(value - want) <= error
    assert error <= 1e-6 * max(abs(want), 1.0)


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_higher_orders(order):
    value, error, _ = differentiate(math.exp, 0.7, order)
    assert abs(value - math.exp(0.7)) <= error < 1e-4


@pytest.mark.parametrize("f", [abs, math.floor, lambda x: math.copysign(1.0, x)])
def test_a_kink_or_jump_is_refused(f):
    with pytest.raises(NotDifferentiable):
        differentiate(f, 0.0)


def test_weights_are_exact():
    assert weights((-1, 0, 1), 2) == (1, -2, 1)
    assert weights((0, 1, 2), 1) == (Fraction(-3, 2), 2, Fraction(-1, 2))
    w = weights(tuple(range(-4, 5)), 3)
    for k in range(9):
        moment = sum(a * Fraction(o) ** k for a, o in zip(w, range(-4, 5), strict=True))
        assert moment == (6 if k == 3 else 0)


def test_a_fast_oscillation_is_not_taken_for_its_mean():
    value, error, _ = differentiate(lambda x: x + 1e-3 * math.sin(3e5 * x), 2.5)
    want = 1 + 300 * math.cos(7.5e5)
    assert abs(value - want) <= error <= 1e-3 * abs(want)


def test_zero_has_the_derivative_zero():
    value, error, _ = differentiate(lambda x: 0.0, 3.0)
    assert value == 0.0
    assert error < 1e-290


def test_a_parabola_near_its_vertex_settles():
    for x in (0.99999946, 0.99999104, 1.0 + 1e-9):
        value, _, _ = differentiate(lambda t: 100.0 * (t - 0.9999987) ** 2, x)
        assert value == pytest.approx(200 * (x - 0.9999987), rel=1e-4)
