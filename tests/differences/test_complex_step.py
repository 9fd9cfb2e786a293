"""Complex samples: all digits where the function is at home there, never a wrong answer elsewhere."""

import math

import numpy as np
import pytest

from dfdx.differences.scalar import sampled

SAFE = [
    (lambda x: x**4 - 3 * x**2 + x, 0.7, 4 * 0.7**3 - 6 * 0.7 + 1),
    (lambda x: np.exp(np.sin(x)), 2.0, math.exp(math.sin(2.0)) * math.cos(2.0)),
    (lambda x: np.sqrt(1 + x * x), 0.8, 0.8 / math.sqrt(1.64)),
    (lambda x: x**2.5, 1.7, 2.5 * 1.7**1.5),
    (lambda x: np.array([x * x]), 3.0, 6.0),
]


@pytest.mark.parametrize(("f", "x", "want"), SAFE)
def test_all_digits(f, x, want):
    found = sampled(f, x)
    assert found.method == "complex step"
    assert found.evaluations <= 10
    assert abs(found.value - want) <= 4e-16 * abs(want)
    assert found.error <= 1e-14 * abs(want)


UNSAFE = [
    (lambda x: abs(x**3 - 5 * x + 1), 1.0, 2.0),
    (lambda x: np.real(x) ** 2 + x, 0.9, 2.8),
    (lambda x: np.conj(x) * x * np.cos(x), 0.7, 1.4 * math.cos(0.7) - 0.49 * math.sin(0.7)),
    (lambda x: np.abs(np.exp(1j * x) + 2) ** 2, 0.6, -4 * math.sin(0.6)),
    (lambda x: math.sqrt(abs(x) ** 2 + 4), 1.5, 0.6),
    (lambda x: float(np.asarray(x)) ** 2, 1.5, 3.0),
    (lambda x: np.array([x, 0.0], dtype=float)[0] * 2.0, 1.5, 2.0),
]


@pytest.mark.parametrize(("f", "x", "want"), UNSAFE)
def test_what_is_not_at_home_there_is_found_out(f, x, want):
    found = sampled(f, x)
    assert found.method != "complex step"
    assert abs(found.value - want) <= found.error <= 1e-11


@pytest.mark.parametrize("order", [2, 3, 4, 5, 6])
def test_higher_orders_on_a_circle(order):
    f = lambda x: 1 / (1 - x)
    found = sampled(f, 0.3, order)
    want = math.factorial(order) / 0.7 ** (order + 1)
    assert "circle" in found.method
    assert abs(found.value - want) <= found.error <= 1e-11 * want


def test_complex_numbers_can_be_kept_out():
    seen = []

    def f(x):
        seen.append(type(x))
        return x * x

    sampled(f, 1.0, complex_step=False)
    assert set(seen) == {float}
