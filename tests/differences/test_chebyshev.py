"""Windows: the fit is the interpolating polynomial, and its plateau is the noise."""

import math
import random

import pytest

from dfdx.differences.chebyshev import Window, polynomials, short, zeros
from dfdx.differences.samples import Samples


@pytest.mark.parametrize("n", [4, 6, 10, 16, 32])
def test_a_polynomial_is_its_own_fit(n):
    random_numbers = random.Random(n)
    c = [random_numbers.uniform(-1, 1) for _ in range(n)]
    w = Window(
        Samples(lambda x: sum(map(float.__mul__, c, polynomials(n, (x - 3) / 0.5)))), 3.0, 0.5, n
    )
    assert w.c == pytest.approx(c, abs=1e-13)
    for u in (-1.0, -0.3, 0.0, 0.8):
        for order in (0, 1, 2):
            want = sum(map(float.__mul__, c, polynomials(n, u, order))) / 0.5**order
            assert w.derivative(3 + 0.5 * u, order, n) == pytest.approx(want, rel=1e-10, abs=1e-10)


def test_the_nodes_are_zeros_of_the_polynomial():
    for n in (4, 16, 32):
        assert max(abs(polynomials(n + 1, u)[n]) for u in zeros(n)) < 1e-13


def test_derivatives_of_the_polynomials():
    for k, order, u in ((5, 1, 0.3), (7, 3, -0.6), (9, 2, 1.0)):
        h = 1e-3
        low, high = polynomials(k + 1, u - h, order - 1)[k], polynomials(k + 1, u + h, order - 1)[k]
        assert polynomials(k + 1, u, order)[k] == pytest.approx((high - low) / (2 * h), rel=1e-3)


def test_floats_beside_the_nodes_are_carried_to_them():
    w = Window(Samples(lambda x: math.sin(x - 1e12)), 1e12, 0.5)  # 8192 floats in 1
    assert w.derivative(1e12, 1) == pytest.approx(1.0, rel=1e-13)


def test_the_plateau_is_the_noise():
    draw = random.Random(1).gauss
    for size in (1e-4, 1e-8):
        w = Window(Samples(lambda x, size=size: math.exp(x) + size * draw()), 0.0, 0.5, 32)
        assert 0.5 * size < w.noise < 2 * size
        assert w.end < 12


def test_holes_are_counted_by_side():
    w = Window(Samples(math.log), 0.5, 1.0)
    assert w.holes[0] > 0 == w.holes[1]


def test_short():
    assert short(0.7) == 0.625
    assert short(3e-300) <= 3e-300 < 1.2 * short(3e-300)
