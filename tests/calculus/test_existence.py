"""Where a derivative does not exist it is said, with both sides; where it does, it is found."""

import math

import numpy as np
import pytest

import dfdx
from dfdx import NotDifferentiable, derivative, gradient


def relu(x):
    return np.maximum(x, 0.0)


def kink_at_three(x):
    return abs(x - 3) * x


def by_cases(x):
    if x > 1:
        return x * x
    return 3 * x


def smooth_by_cases(x):
    if x >= 0:
        return x * x
    return -(x**3)


def sine_over_x(x):
    if x == 0:
        return 1.0
    return np.sin(x) / x


def growth(x):
    if x == 0:
        return 1.0
    return (np.exp(x) - 1) / x


def wiggle(x):
    if x == 0:
        return 0.0
    return x * x * np.sin(1 / x)


def wild(x):
    if x == 0:
        return 0.0
    return x * np.sin(1 / x)


MISSING = [
    (abs, 0.0, -1.0, 1.0),
    (relu, 0.0, 0.0, 1.0),
    (kink_at_three, 3.0, -3.0, 3.0),
    (by_cases, 1.0, 3.0, -math.inf),  # 3 at and to the left of it, 1 just to the right: a fall
    (np.floor, 2.0, math.inf, 0.0),
    (np.sign, 0.0, math.inf, math.inf),
    (np.sqrt, 0.0, math.nan, math.inf),
    (np.cbrt, 0.0, math.inf, math.inf),
    (lambda x: np.sqrt(abs(x)), 0.0, -math.inf, math.inf),
    (lambda x: np.sqrt(x * x), 0.0, -1.0, 1.0),
    (lambda x: max(x, 2 * x), 0.0, 1.0, 2.0),
    (lambda x: min(x * x, 1.0), 1.0, 2.0, 0.0),
    (lambda x: abs(np.sin(x)) + abs(x), 0.0, -2.0, 2.0),
    (lambda x: np.where(x > 0, 2 * x, 5 * x), 0.0, 5.0, 2.0),
    (wild, 0.0, math.nan, math.nan),
]


@pytest.mark.parametrize(("f", "x", "left", "right"), MISSING)
def test_a_missing_derivative_is_told_with_both_sides(f, x, left, right):
    with pytest.raises(NotDifferentiable) as told:
        derivative(f, x)
    for found, want in ((told.value.left, left), (told.value.right, right)):
        if math.isnan(want):
            assert math.isnan(found)
        else:
            assert found == pytest.approx(want, abs=1e-9)


PRESENT = [
    (lambda x: x * abs(x), 0.0, 0.0),
    (lambda x: abs(x) ** 3, 0.0, 0.0),
    (smooth_by_cases, 0.0, 0.0),
    (sine_over_x, 0.0, 0.0),
    (growth, 0.0, 0.5),
    (wiggle, 0.0, 0.0),
    (lambda x: max(x, x), 2.0, 1.0),
    (lambda x: np.where(x > 0, x**2, 0.0), 0.0, 0.0),
    (lambda x: abs(x - 1) + x if x > 5 else x**3, 1.0, 3.0),
    (lambda x: relu(x) ** 2 + x, 0.0, 1.0),
]


@pytest.mark.parametrize(("f", "x", "want"), PRESENT)
def test_a_derivative_on_a_break_is_found_where_it_exists(f, x, want):
    found = derivative(f).estimate(x)
    assert found.value == pytest.approx(want, abs=1e-9)


def test_one_side_on_request():
    assert derivative(abs, 0.0, side="left") == -1.0
    assert derivative(abs, 0.0, side="right") == 1.0
    assert derivative(kink_at_three, 3.0, side="right") == pytest.approx(3.0, rel=1e-12)
    assert derivative(lambda x: x**1.5, 0.0, side="right") == pytest.approx(0.0, abs=1e-9)
    assert derivative(np.sin, 1.0, side="left") == pytest.approx(math.cos(1.0), rel=1e-15)
    with pytest.raises(NotDifferentiable):
        derivative(np.sqrt, 0.0, side="left")


def test_the_message_names_the_place_and_the_ways_out():
    with pytest.raises(NotDifferentiable) as told:
        derivative(kink_at_three, 3.0)
    text = str(told.value)
    assert (
        "kink_at_three is not differentiable at 3: slope -3 from the left, +3 from the right"
        in text
    )
    assert "test_existence.py:" in text
    assert "return abs(x - 3) * x" in text
    assert 'side="right"' in text
    assert "gradient(" in text


def test_in_an_array_such_a_point_is_nan_with_a_warning():
    with pytest.warns(dfdx.AccuracyWarning, match="not differentiable at 0"):
        got = derivative(abs)([-1.0, 0.0, 2.0, 3.0, 4.0])
    np.testing.assert_array_equal(got, [-1.0, np.nan, 1.0, 1.0, 1.0])


def test_second_derivatives_exist_or_not():
    with pytest.raises(NotDifferentiable):
        derivative(lambda x: x * abs(x), 0.0, order=2)
    with pytest.raises(NotDifferentiable):
        derivative(derivative(lambda x: x * abs(x)))(0.0)
    assert derivative(lambda x: x**3 * abs(x), 0.0, order=2) == pytest.approx(0.0, abs=1e-9)


def test_the_gradient_is_the_generalised_one_of_least_norm():
    assert gradient(abs, 0.0) == 0.0
    assert gradient(relu, 0.0) == 0.0
    assert gradient(lambda x: max(x, 2 * x), 0.0) == pytest.approx(1.0)
    np.testing.assert_allclose(gradient(np.maximum)(1.0, 1.0), [0.5, 0.5])
    np.testing.assert_allclose(gradient(lambda x, y: abs(x) + 3 * y)(0.0, 1.0), [0.0, 3.0])
    np.testing.assert_allclose(gradient(lambda x, y: abs(x + 2 * y) + x)(2.0, -1.0), [0.8, -0.4])
    told = gradient(abs).estimate(0.0)
    assert "generalised gradient" in told.notes[0]


def test_where_guards_a_pole_without_nan():
    def f(x):
        return np.where(x > 0, np.sqrt(x), 0.0)

    def g(v):
        return np.where(v > 0, np.log(np.where(v > 0, v, 1.0)), v).sum()

    assert derivative(f, 4.0) == 0.25
    with np.errstate(invalid="ignore"):  # the plain function warns too
        assert derivative(f, -4.0) == 0.0
    np.testing.assert_array_equal(gradient(g, np.array([2.0, -1.0, 0.5])), [0.5, 1.0, 2.0])
    with np.errstate(invalid="ignore"):
        trap = gradient(lambda v: np.where(v > 0, np.sqrt(v), 0.0).sum(), np.array([4.0, -1.0]))
    np.testing.assert_array_equal(trap, [0.25, 0.0])


def test_the_jacobian_at_a_kink_is_the_generalised_one():
    v = np.array([0.0, 1.0, -1.0])
    got = dfdx.jacobian(lambda v: np.maximum(v, 0.0) * 2, v)
    np.testing.assert_allclose(got, np.diag([0.0, 2.0, 0.0]), atol=1e-12)
    with pytest.raises(NotDifferentiable):
        dfdx.hessian(lambda v: (np.maximum(v, 0.0) ** 2).sum(), v)
    with pytest.raises((NotDifferentiable, dfdx.NotConverged)):
        dfdx.jacobian(lambda v: np.floor(v), v)
