"""Derivatives from samples: right, never further off than they say, and cheap."""

import math
import statistics

import mpmath
import pytest

from dfdx.differences.scalar import differentiate, sampled
from dfdx.differences.stencils import weights

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
    assert error <= 1e-10 * max(abs(want), 1.0)


@pytest.mark.parametrize("order", [1, 2, 3, 4, 6, 8])
def test_higher_orders(order):
    found = sampled(math.exp, 0.7, order, complex_step=False)
    assert abs(found.value - math.exp(0.7)) <= found.error <= 10.0 ** (2 * order - 15)


def test_smooth_functions_cost_five_samples_and_a_window():
    """14 digits with 22 evaluations: the median of formulas at points of all kinds."""
    pairs = [
        (math.sin, mpmath.sin),
        (math.exp, mpmath.exp),
        (math.atan, mpmath.atan),
        (math.log, mpmath.log),
        (math.sqrt, mpmath.sqrt),
        (math.tanh, mpmath.tanh),
        (math.erf, mpmath.erf),
        (lambda x: x / (1 + x * x), lambda x: x / (1 + x * x)),
        (lambda x: math.exp(math.sin(2 * x)), lambda x: mpmath.exp(mpmath.sin(2 * x))),
    ]
    digits, costs = [], []
    for k in range(6):
        x = 0.13 + 0.71 * k
        for f, exact in pairs:
            with mpmath.workdps(40):
                want = mpmath.diff(exact, mpmath.mpf(x))
            found = sampled(f, x, complex_step=False)
            off = abs(found.value - want)
            assert off <= found.error
            digits.append(-math.log10(max(float(off / abs(want)), 1e-16)))
            costs.append(found.evaluations)
    assert statistics.median(digits) >= 14.0
    assert statistics.median(costs) <= 22
    assert max(costs) <= 60


SCALES = [
    (math.log, 1e-12, 1e12),
    (math.log, 1e12, 1e-12),
    (math.sin, 1e-300, 1.0),
    (lambda x: 1e200 * math.sin(x), 0.4, 1e200 * math.cos(0.4)),
    (lambda x: 1e-300 * math.exp(x), 0.2, 1e-300 * math.exp(0.2)),
    (math.exp, 709.0, math.exp(709.0)),
    (lambda x: math.tanh(1e9 * x), 0.0, 1e9),
    (lambda x: math.sin(1e-6 * x), 1.0, 1e-6 * math.cos(1e-6)),
    (lambda x: 3 * x, 1e-310, 3.0),
    (lambda x: math.cos(x - 1e12), 1e12 + 1, -math.sin(1.0)),
    (lambda x: math.sin(1e6 * x), 0.7, 1e6 * math.cos(1e6 * 0.7)),
    (lambda x: 1 / (x - 1e-8), 0.0, -1e16),
    (lambda x: 100.0 * (x - 0.9999987) ** 2, 1.0, 200 * (1.0 - 0.9999987)),
]


@pytest.mark.parametrize(("f", "x", "want"), SCALES)
def test_any_scale(f, x, want):
    found = sampled(f, x, complex_step=False)
    assert abs(found.value - want) <= found.error + 1e-15 * abs(want)
    assert found.error <= 1e-7 * abs(want)
    assert found.evaluations <= 130


def test_weights_are_exact():
    assert weights((-1, 0, 1), 2) == (1, -2, 1)


def test_a_fast_oscillation_is_not_taken_for_its_mean():
    value, error, _ = differentiate(lambda x: x + 1e-3 * math.sin(3e5 * x), 2.5)
    want = 1 + 300 * math.cos(7.5e5)
    assert abs(value - want) <= error <= 1e-6 * abs(want)


def test_a_kink_beside_the_point_is_no_kink_at_it():
    for distance in (1e-2, 1e-5, 1e-8):
        value, error, _ = differentiate(lambda x, d=distance: abs(x - 1 + d) + x, 1.0)
        assert abs(value - 2.0) <= error <= 1e-6


def test_zero_has_the_derivative_zero():
    value, error, _ = differentiate(lambda x: 0.0, 3.0)
    assert value == 0.0
    assert error < 1e-290


def test_nan_has_the_derivative_nan_and_what_the_function_raises_is_raised():
    assert math.isnan(sampled(lambda x: math.nan, 1.0).value)
    with pytest.raises(ZeroDivisionError):
        sampled(lambda x: 1 / x, 0.0)


def test_what_functions_return():
    np = pytest.importorskip("numpy")
    for cast in (
        np.float64,
        np.float32,
        np.array,
        lambda y: np.array([y]),
        lambda y: np.array([[y]]),
    ):
        found = sampled(lambda x, cast=cast: cast(x * x + 1.0), 1.5)
        assert abs(found.value - 3.0) <= found.error <= 1e-4
    assert sampled(lambda x: 7, 1.5).value == 0.0
    with pytest.raises(TypeError, match="one number"):
        sampled(lambda x: np.array([x, x]), 1.5)


def test_strict_floats():
    def strict(x):
        if type(x) is not float:
            raise TypeError("a float is needed")
        return math.exp(-x) * x

    found = sampled(strict, 2)
    assert abs(found.value + math.exp(-2.0)) <= found.error <= 1e-13


def test_the_measured_length_serves_a_neighbour():
    first = sampled(math.sin, 1.0, complex_step=False)
    second = sampled(math.sin, 1.1, complex_step=False, scale=first.scale)
    assert second.evaluations <= 14
    assert abs(second.value - math.cos(1.1)) <= second.error <= 1e-11
