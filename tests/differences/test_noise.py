"""Noise of any kind: it is measured, not guessed, and the bar holds."""

import math
import random
import struct
import zlib

import pytest

from dfdx.differences.scalar import sampled
from dfdx.errors import NotConverged


def shake(x, salt=0):
    """A number in [-1, 1] that depends on every bit of x."""
    bits = zlib.crc32(struct.pack("<dq", x, salt))
    return zlib.crc32(struct.pack("<I", bits)) / 2**31 - 1


@pytest.mark.parametrize("size", [1e-3, 1e-5, 1e-7, 1e-9, 1e-11, 1e-13])
def test_deterministic_noise(size):
    for salt in range(4):
        found = sampled(lambda x, salt=salt: math.sin(2 * x) + size * shake(x, salt), 0.4)
        off = abs(found.value - 2 * math.cos(0.8))
        assert off <= found.error <= 400 * size
        assert 0.02 * size <= found.noise <= 3 * size


@pytest.mark.parametrize("size", [1e-3, 1e-6, 1e-9])
def test_random_noise(size):
    draw = random.Random(5).gauss
    found = sampled(lambda x: math.atan(x) + size * draw(), 0.6)
    assert abs(found.value - 1 / 1.36) <= found.error <= 100 * size


def test_rounded_and_single():
    np = pytest.importorskip("numpy")
    functions = [
        (lambda x: round(math.exp(x), 6), math.exp(0.3)),
        (lambda x: round(math.exp(x), 12), math.exp(0.3)),
        (lambda x: float(f"{math.exp(x):.8g}"), math.exp(0.3)),
        (lambda x: float(np.exp(np.float32(x))), math.exp(0.3)),
    ]
    for f, want in functions:
        found = sampled(f, 0.3)
        assert abs(found.value - want) <= found.error <= 1e-3


def test_a_solver_that_stops_early():
    def root(x):  # y³ + y = x, by Newton to 1e-5
        y = 1.0
        while abs(y**3 + y - x) > 1e-5:
            y -= (y**3 + y - x) / (3 * y * y + 1)
        return y

    found = sampled(root, 3.0, complex_step=False)
    y = 1.2134116627622296
    assert abs(found.value - 1 / (3 * y * y + 1)) <= found.error <= 1e-2


def test_cancellation_is_noise_too():
    found = sampled(lambda x: (1e6 + math.sin(x)) - 1e6, 1.0)
    assert abs(found.value - math.cos(1.0)) <= found.error <= 1e-7


def test_the_noise_that_the_user_knows():
    found = sampled(lambda x: math.sin(x) + 1e-6 * shake(x), 1.0, noise=1e-6)
    assert abs(found.value - math.cos(1.0)) <= found.error <= 1e-3


def test_nothing_but_noise():
    try:
        found = sampled(lambda x: shake(x), 1.0)
    except (NotConverged, ArithmeticError):
        return
    assert found.error >= abs(found.value)


@pytest.mark.parametrize("x", [1e-2, 1e-3, 1e-4, -2e-3, 1e-5, 1e-6])
def test_a_stair_of_rounding_is_not_the_slope(x):
    """1 − cos x is constant between two roundings: there (1 − cos x)/x² runs like 1/x², and jumps back."""

    def f(x):
        return (1 - math.cos(x)) / x**2

    found = sampled(f, x)
    truth = x**3 / 180 - x / 12
    assert abs(found.value - truth) <= found.error < max(1e-2, 1e-13 / x**3)


def test_a_ripple_that_is_meant_is_the_slope():
    found = sampled(lambda t: math.sin(t) + 1e-7 * math.sin(1e9 * t), 1.0)
    assert abs(found.value - (math.cos(1) + 100 * math.cos(1e9))) <= found.error < 1e-2
