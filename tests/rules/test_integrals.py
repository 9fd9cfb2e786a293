"""The integrals that the slopes of special functions stand on: values and slopes against mpmath."""

from random import Random

import mpmath
import numpy as np
import pytest

from dfdx.rules.integrals import bessel_k_integral, carlson, tricomi
from dfdx.rules.special_error import faddeeva


def points(seed, *ranges):
    random = Random(seed)
    return [tuple(random.uniform(*one) for one in ranges) for _ in range(12)]


def spread(seed, count, low=-3, high=3):
    """Points whose coordinates have evenly spread logarithms."""
    return [tuple(10.0**c for c in p) for p in points(seed, *((low, high),) * count)]


def ulps(found, truth):
    return float(abs(found - truth) / abs(truth)) * 2**52


def test_carlson_is_the_symmetric_integrals():
    for x, y, z in spread(1, 3):
        with mpmath.workdps(30):
            assert ulps(carlson(0, (1, 1, 1))(x, y, z), 2 * mpmath.elliprf(x, y, z)) < 20
            assert ulps(carlson(0, (1, 1, 3))(x, y, z), 2 * mpmath.elliprd(x, y, z) / 3) < 20
            assert ulps(carlson(0, (1, 1, 3))(0.0, y, z), 2 * mpmath.elliprd(0, y, z) / 3) < 20


def test_bessel_k_in_order_and_variable():
    for x, v in zip(spread(2, 1, -3, 4), points(3, (-20, 20)), strict=True):
        args = v[0], x[0]
        with mpmath.workdps(40):

            def scaled(v, x):
                return mpmath.besselk(v, x) * mpmath.exp(x)

            for m, j in ((0, 0), (1, 0), (0, 1), (2, 0), (0, 2)):
                truth = (-1) ** m * mpmath.diff(scaled, args, (j, m))
                assert ulps(bessel_k_integral(m, j)(*args), truth) < 100
    assert bessel_k_integral(0, 1)(0.0, 2.0) == 0
    assert bessel_k_integral(0, 1)(np.array([-1.0, 0.0, 1.0]), 2.0).sum() == 0


def test_tricomi_keeps_its_digits_where_scipy_does_not():
    for a, b, x in points(4, (0.1, 12), (-4, 6), (0.01, 60)):
        with mpmath.workdps(30):
            assert ulps(tricomi(a, b, x), mpmath.hyperu(a, b, x)) < 200


@pytest.mark.parametrize("order", range(4))
def test_faddeeva(order):
    for x, y in points(5, (-12, 12), (0.05, 9)):
        with mpmath.workdps(40):

            def w(z):
                return mpmath.exp(-z * z) * mpmath.erfc(-1j * z)

            truth = mpmath.diff(w, mpmath.mpc(x, y), order)
            size = abs(truth)
            found = faddeeva(order, 0)(x, y), faddeeva(order, 1)(x, y)
            for got, part in zip(found, (truth.real, truth.imag), strict=True):
                assert abs(got - part) / size * 2**52 < 10 * 40 ** (order + 1)
