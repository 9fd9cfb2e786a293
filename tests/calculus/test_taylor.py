"""Taylor series, and the first-course functions within 4 ulp of mpmath in everything."""

import math

import mpmath
import numpy as np
import pytest

import dfdx


def ulps(got, want):
    """How many units in the last place a float is off a value in many digits."""
    near = float(want)
    return float(abs(mpmath.mpf(got) - want) / mpmath.mpf(math.ulp(near)))


def ten(x, m):
    """A composite of ten functions, for m = numpy or mpmath."""
    sin, cos, exp, log, sqrt, tanh = m.sin, m.cos, m.exp, m.log, m.sqrt, m.tanh
    atan = m.arctan if m is np else m.atan
    return exp(sin(sqrt(1 + x * x))) * tanh(cos(x / 3)) + log(2 + atan(x)) / (1 + exp(-x))


ONE = [
    (lambda x: x**2, lambda x: x**2),
    (lambda x: x**3 + x**2, lambda x: x**3 + x**2),
    (lambda x: ten(x, np), lambda x: ten(x, mpmath)),
]


@pytest.mark.parametrize(("f", "exact"), ONE)
@pytest.mark.parametrize("x", [3.0, 0.7, -1.3, 0.1])
def test_value_derivatives_and_taylor_within_four_ulp(f, exact, x):
    with mpmath.workdps(60):
        want = mpmath.taylor(exact, mpmath.mpf(x), 20)
        assert ulps(dfdx.tangent(f, x).value, want[0]) <= 4
        assert ulps(dfdx.derivative(f, x), want[1]) <= 4
        series = dfdx.taylor(f, x, order=20)
        for got, c in zip(series.coefficients, want, strict=True):
            assert got == 0 if abs(c) < 1e-40 else ulps(got, c) <= 1
        for order in (2, 3, 5):
            w = want[order] * math.factorial(order)
            got = dfdx.derivative(f, x, order=order)
            assert got == 0 if abs(w) < 1e-40 else ulps(got, w) <= 1


@pytest.mark.parametrize(("x", "z"), [(1, 2), (0.3, -0.7), (12.5, 3.3)])
def test_two_z_cubed_x_squared(x, z):
    f = lambda x, z: 2 * z**3 * x**2
    with mpmath.workdps(40):
        a, b = mpmath.mpf(x), mpmath.mpf(z)
        want = (4 * b**3 * a, 6 * b**2 * a**2)
        got = dfdx.gradient(f, x, z)
        assert ulps(dfdx.tangent(f, x, z).value, 2 * b**3 * a**2) <= 4
        assert all(ulps(g, w) <= 4 for g, w in zip(got, want, strict=True))
        along = (3 * want[0] + 4 * want[1]) / 5
        if x == 1:
            assert ulps(dfdx.directional_derivative(f, x, z, along=(3, 4)), along) <= 4
        h = dfdx.hessian(f, x, z)
        exact = [[4 * b**3, 12 * b**2 * a], [12 * b**2 * a, 12 * b * a**2]]
        assert all(ulps(h[i][j], exact[i][j]) <= 4 for i in range(2) for j in range(2))


def test_order_sixty_four():
    c = dfdx.taylor(np.exp, 0.0, order=64).coefficients
    assert all(ulps(c[k], 1 / mpmath.factorial(k)) <= 1 for k in range(65))
    c = dfdx.taylor(lambda x: 1 / (1 + x * x), 0.0, order=64).coefficients
    assert c == [(1.0, 0.0, -1.0, 0.0)[k % 4] for k in range(65)]


def test_the_series_is_a_polynomial_that_prints_as_mathematics():
    s = dfdx.taylor(lambda x: 1 / (1 - x), 0, order=3)
    assert str(s) == "1 + x + x² + x³ + O(x⁴)"
    assert repr(s) == "Series(1 + x + x² + x³ + O(x⁴))"
    assert s(0.5) == 1.875
    assert (len(s), s.order, s[2]) == (4, 3, 1.0)
    assert str(dfdx.taylor(lambda x: x * 0 - x**2, 2, order=2)) == (
        "−4 − 4 (x − 2) − (x − 2)² + O((x − 2)³)"
    )


def test_series_of_the_derivative_is_the_derivative_of_the_series():
    f = lambda x: np.exp(np.sin(x)) * x
    left = dfdx.taylor(dfdx.derivative(f), 0.4, order=6).coefficients
    right = dfdx.taylor(f, 0.4, order=7).derivative().coefficients
    np.testing.assert_allclose(left, right, rtol=1e-14)


def test_a_series_of_arrays():
    s = dfdx.taylor(lambda t: np.stack([np.sin(t), t * t]), 0.0, order=3)
    np.testing.assert_allclose(s.coefficients, [[0, 0], [1, 0], [0, 1], [-1 / 6, 0]])
