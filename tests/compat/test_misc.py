"""`scipy.misc.derivative` and `central_diff_weights`: what SciPy 1.11 gave."""

import math

import numpy as np
import pytest

from dfdx.compat import central_diff_weights, derivative

# scipy.misc of SciPy 1.11: the tables it had, and its formula by an inverse matrix
TABLES = {
    (3, 1): np.array([-1, 0, 1]) / 2.0,
    (5, 1): np.array([1, -8, 0, 8, -1]) / 12.0,
    (7, 1): np.array([-1, 9, -45, 0, 45, -9, 1]) / 60.0,
    (9, 1): np.array([3, -32, 168, -672, 0, 672, -168, 32, -3]) / 840.0,
    (3, 2): np.array([1, -2.0, 1]),
    (5, 2): np.array([-1, 16, -30, 16, -1]) / 12.0,
    (7, 2): np.array([2, -27, 270, -490, 270, -27, 2]) / 180.0,
    (9, 2): np.array([-9, 128, -1008, 8064, -14350, 8064, -1008, 128, -9]) / 5040.0,
}


@pytest.mark.parametrize(("count", "n"), TABLES)
def test_weights(count, n):
    np.testing.assert_allclose(central_diff_weights(count, n), TABLES[count, n], rtol=1e-15)
    assert central_diff_weights(count, n).dtype == float


@pytest.mark.parametrize("n", [1, 2, 3, 4])
@pytest.mark.parametrize("count", [5, 7, 9, 11])
def test_weights_solve_the_moment_equations(count, n):
    w, x = central_diff_weights(count, n), np.arange(count) - count // 2
    for k in range(count):
        assert w @ x ** float(k) == pytest.approx(math.factorial(n) * (k == n), abs=1e-6)


@pytest.mark.parametrize("n", [1, 2])
@pytest.mark.parametrize("order", [3, 5, 7, 9])
def test_the_sum_is_formed_as_it_was(n, order):
    f = lambda x: math.exp(0.3 * x) / (1 + x * x)
    for dx in (1.0, 0.5, 1e-3):
        total = 0.0
        for k, w in enumerate(TABLES[order, n]):
            total += w * f(0.7 + (k - order // 2) * dx)
        assert derivative(f, 0.7, dx, n, order=order) == pytest.approx(total / dx**n, rel=1e-15)


def test_documented_examples_of_scipy():
    cube = lambda x: x**3 + x**2
    assert derivative(cube, 1.0, dx=1e-6) == pytest.approx(5.0, abs=1e-9)
    assert derivative(lambda x: np.exp(x), 0.0, n=2, dx=0.005) == pytest.approx(1.0, abs=1e-5)
    x = np.array([0.5, 1.0, 2.0])
    np.testing.assert_allclose(derivative(np.sin, x, dx=1e-5), np.cos(x), rtol=1e-9)
    assert derivative(lambda x, a, b: a * x + b, 2.0, args=(3.0, 1.0)) == 3.0
    np.testing.assert_allclose(
        derivative(np.sin, 0.5, dx=np.array([1e-4, 1e-5])), np.cos(0.5), rtol=1e-7
    )


def test_every_point_is_evaluated_as_there():
    seen = []
    derivative(lambda x: seen.append(x) or 0.0, 2.0, dx=0.5, order=5)
    assert seen == [1.0, 1.5, 2.0, 2.5, 3.0]


def test_errors():
    with pytest.raises(ValueError, match="must be odd"):
        derivative(math.sin, 1.0, order=4)
    with pytest.raises(ValueError, match="must be above n"):
        derivative(math.sin, 1.0, n=3, order=3)
    with pytest.raises(ValueError, match="must be odd"):
        central_diff_weights(4)
    with pytest.raises(ValueError, match="must be above ndiv"):
        central_diff_weights(3, 3)
    with pytest.raises(TypeError):
        derivative(math.sin, 1.0, order=3.0)
    assert derivative(math.sin, 1.0, dx=1e-3, order=np.int64(5)) == pytest.approx(math.cos(1.0))
