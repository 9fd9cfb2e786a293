"""The one-sided limits that decide existence."""

import math

import pytest

from dfdx.errors import NotDifferentiable
from dfdx.methods.limits import decide, one_sided
from dfdx.rules.elementary import cbrt, exp, log, sin, sqrt


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
