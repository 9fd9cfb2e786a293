"""The one-sided limits that decide existence."""

import math

import pytest

from dfdx.errors import NotDifferentiable
from dfdx.methods.limits import decide, one_sided
from dfdx.rules.elementary import cbrt, cos, exp, log, sin, sqrt


@pytest.mark.parametrize("x", [0.0, 1.0, -7.3, 1e6, 1e-8])
@pytest.mark.parametrize(("low", "high"), [(-2.0, 3.0), (0.0, 1e-3), (1e5, -1e5)])
def test_a_kink_anywhere(x, low, high):
    def f(p):
        return high * (p - x) if p > x else low * (p - x)

    left, right = one_sided(f, x, -1, 0.0), one_sided(f, x, +1, 0.0)
    assert left.slope == pytest.approx(low, rel=1e-12)
    assert right.slope == pytest.approx(high, rel=1e-12)
    with pytest.raises(NotDifferentiable):
        decide(f, x, 0.0, [])


CASES = [
    # f, f(0), left, right, kind on the right
    (lambda x: sin(x) if x > 0 else x, 0.0, 1.0, 1.0, "smooth"),
    (lambda x: sqrt(x) if x > 0 else 0.0 * x, 0.0, 0.0, math.inf, "vertical"),
    (cbrt, 0.0, math.inf, math.inf, "vertical"),
    (lambda x: x * log(abs(x)), 0.0, -math.inf, -math.inf, "vertical"),
    (lambda x: x + 1 if x > 0 else x, 0.0, 1.0, math.inf, "jump"),
    (lambda x: abs(x) ** 1.5, 0.0, 0.0, 0.0, "limit"),
    (lambda x: x * x * sin(1 / x), 0.0, 0.0, 0.0, "limit"),
    (lambda x: x * sin(1 / x), 0.0, math.nan, math.nan, "oscillation"),
    (lambda x: log(x), math.nan, math.nan, math.inf, "vertical"),
    (lambda x: exp(-1 / x) if x > 0 else 0.0 * x, 0.0, 0.0, 0.0, "smooth"),
]


@pytest.mark.parametrize(("f", "here", "left", "right", "kind"), CASES)
def test_every_kind_of_side(f, here, left, right, kind):
    found = one_sided(f, 0.0, -1, here), one_sided(f, 0.0, +1, here)
    for side, want in zip(found, (left, right), strict=True):
        if math.isnan(want):
            assert math.isnan(side.slope)
        else:
            assert side.slope == pytest.approx(want, abs=1e-9)
    assert found[1].kind == kind
    assert found[0].evaluations + found[1].evaluations <= 60


DROWNED = [
    # f, x, f(x), order, derivative: beside x rounding takes the digits
    (lambda x: (exp(3 * x) - 1) / x, 0.0, 3.0, 1, 4.5),
    (lambda x: (1 - cos(x)) / x**2, 0.0, 0.5, 1, 0.0),
    (lambda x: (x - sin(x)) / x**3, 0.0, 1 / 6, 2, -1 / 60),
    (lambda x: sin(x) / x, 0.0, 1.0, 2, -1 / 3),
    (lambda x: sin(x) / x, 0.0, 1.0, 4, 1 / 5),
    (lambda x: log(x) / (x - 1), 1.0, 1.0, 1, -0.5),
]


@pytest.mark.parametrize(("f", "x", "here", "order", "want"), DROWNED)
def test_a_removable_singularity(f, x, here, order, want):
    found = decide(f, x, here, [], order)
    assert abs(found.value - want) <= found.error + 1e-15
    assert found.error < 1e-7


def test_singular_compositions_have_sides():
    with pytest.raises(NotDifferentiable) as caught:
        decide(lambda x: sqrt(1 - cos(x)), 0.0, 0.0, [])
    assert caught.value.left == pytest.approx(-math.sqrt(0.5), rel=1e-9)
    assert caught.value.right == pytest.approx(math.sqrt(0.5), rel=1e-9)


@pytest.mark.parametrize("size", [1.0, 1e-13, 1.6e-19, 1e-200])
def test_a_jump_of_any_size(size):
    with pytest.raises(NotDifferentiable) as caught:
        decide(lambda x: size * (1 + x) if x > 0 else 0.0 * x, 0.0, 0.0, [])
    assert (caught.value.left, caught.value.right) == (0.0, math.inf)


def test_a_function_at_home_in_small_numbers():
    unit = 1e-12
    found = decide(lambda x: log(x), unit, math.log(unit), [])
    assert abs(found.value - 1 / unit) <= found.error <= 1e-10 / unit
    with pytest.raises(NotDifferentiable) as caught:
        decide(lambda x: x if x > unit else unit + 0 * x, unit, unit, [])
    assert (caught.value.left, caught.value.right) == (0.0, 1.0)
