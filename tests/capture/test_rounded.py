"""Rounding to digits is looked through: the slope of what was rounded, and the rounded value."""

import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from dfdx import derivative, gradient, tangent


def test_what_is_decided_by_a_rounded_number_comes_out_as_in_the_plain_function():
    def f(x):
        weights = [x / 3, 1 - x / 3]
        assert round(sum(weights), 9) == 1
        y = round(x * x, 2)
        return 10 * y if y == 1.69 else -1.0

    found = derivative(f).estimate(1.3)
    assert found.value == pytest.approx(26.0, rel=1e-14)
    assert "reverse sweep" in found.method  # the equality stands on no edge
    assert any("round(x, 2)" in note for note in found.notes)


def test_the_value_is_the_rounded_one():
    t = tangent(lambda x: round(x**3, 1), 1.23)
    assert (t.value, t.slope) == (1.9, pytest.approx(3 * 1.23**2))


def test_a_derivative_of_a_derivative_looks_through_it_too():
    assert derivative(lambda x: derivative(lambda t: round(t * t * x, 2))(x))(1.5) == 6.0


@pytest.mark.parametrize(
    "rounded",
    [
        lambda v: np.round(v, 3),
        lambda v: np.around(v, decimals=3),
        lambda v: v.round(3),
        lambda v: np.array([round(c, 3) for c in v]),
    ],
)
def test_arrays(rounded):
    def f(a):
        share = rounded(a / a.sum())
        assert np.all(share * 1000 == np.rint(share * 1000))
        return share @ np.array([1.0, 2.0, 3.0])

    expected = (np.array([1.0, 2.0, 3.0]) - 17 / 7) / 7
    found = gradient(f).estimate(np.array([1.0, 2.0, 4.0]))
    assert found.value == pytest.approx(expected, rel=1e-12)
    assert any("looked through" in note for note in found.notes)


def test_rounding_to_whole_numbers_is_a_step():
    assert derivative(lambda x: np.round(x) * x)(2.3) == 2.0


@pytest.mark.parametrize(
    "text",
    [
        str,
        repr,
        lambda v: f"{v}",
        lambda v: f"{v:.6e}",
        lambda v: format(v, ".5f"),
        lambda v: f"{v:.5f}",
    ],
)
def test_a_number_that_is_read_back_from_its_text_is_that_number(text):
    found = derivative(lambda x: float(text(x * x)) * x).estimate(1.234567)
    assert found.value == pytest.approx(3 * 1.234567**2, rel=1e-5)
    assert found.method.startswith("exact")


def test_text_that_is_more_than_the_number_is_found_out():
    found = derivative(lambda x: float("1" + str(x)) ** 2).estimate(0.5)
    assert (found.value, found.method) == (0.0, "differences") or found.value != 0


def test_text_that_outlives_the_trace_is_plain():
    kept = []

    def f(x):
        kept.append(str(x))
        return x * x

    derivative(f)(3.5)
    assert derivative(lambda x: x * float(kept[0]))(2.0) == 3.5
    assert pickle.loads(pickle.dumps(kept[0])) == "3.5"


@pytest.mark.parametrize(
    ("f", "x", "slope"),
    [
        (lambda x: float(Decimal(x) * Decimal("1.5") - 1 / Decimal(x)), 2.0, 1.75),
        (lambda x: float(Decimal(str(x)) ** 2), 1.25, 2.5),
        (lambda x: float(Fraction(x) ** 2 * Fraction(1, 3)), 1.5, 1.0),
        (lambda x: float(Fraction(x) / Fraction(2, 3) + x), 1.5, 2.5),
        (lambda x: x if Decimal(x) > Decimal("0.1") else 0.0, 1.5, 1.0),
    ],
)
def test_decimals_and_fractions_in_arithmetic(f, x, slope):
    found = derivative(f).estimate(x)
    assert found.value == pytest.approx(slope, rel=1e-12)
    assert found.method.startswith("exact")


def test_decimals_with_a_precision_of_their_own_are_sampled():
    found = derivative(lambda x: float(Decimal(x).sqrt())).estimate(1.5)
    assert found.method == "differences"
    assert found.value == pytest.approx(0.5 / 1.5**0.5, rel=1e-9)
