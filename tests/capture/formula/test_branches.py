"""Conditions in typed formulas: one branch is computed, and the derivative on the joint is decided."""

import math

import numpy as np
import pytest

from dfdx import FormulaError, NotDifferentiable, derivative, formula, gradient, hessian

SINC = "choose(x == 0, 1, sin(x)/x)"


@pytest.mark.parametrize(
    "text", [SINC, "if(x == 0, 1, sin(x)/x)", "piecewise(x == 0, 1, sin(x)/x)"]
)
def test_the_branch_that_is_not_taken_is_not_computed(text):
    f = formula(text)
    assert f(0.0) == 1.0
    assert f(0.5) == math.sin(0.5) / 0.5
    assert derivative(f, 0.0) == pytest.approx(0.0, abs=1e-9)
    assert derivative(f, order=2)(0.0) == pytest.approx(-1 / 3)
    assert derivative(f, 0.5) == pytest.approx((0.5 * math.cos(0.5) - math.sin(0.5)) / 0.25)


def test_the_value_at_a_joint_may_have_a_slope():
    assert derivative(formula("choose(x == 0, 1, (exp(x) - 1)/x)"), 0.0) == pytest.approx(0.5)
    assert gradient(formula("choose(x == 0, y, y (exp(x) - 1)/x)"), 0.0, 3.0) == pytest.approx(
        [1.5, 1.0]
    )
    assert hessian(formula(SINC), 0.0) == pytest.approx(-1 / 3)


def test_pieces_that_do_not_join():
    with pytest.raises(NotDifferentiable) as caught:
        derivative(formula("piecewise(x < 0, -x, x < 2, x, 2)"), 0.0)
    assert (caught.value.left, caught.value.right) == (-1.0, 1.0)
    with pytest.raises(NotDifferentiable) as caught:
        derivative(formula("clip(x, 0, 2)"), 2.0)
    assert (caught.value.left, caught.value.right) == (1.0, 0.0)


def test_many_points_take_each_their_branch():
    f = formula("piecewise(x < 0, -x, x < 2, x^2, 4)")
    xs = [-1.0, 0.5, 1.0, 3.0, -2.0, 1.5, 2.5]
    assert list(derivative(f, xs)) == [-1.0, 1.0, 2.0, 0.0, -1.0, 3.0, 0.0]
    assert list(derivative(formula(SINC), xs)) == [derivative(formula(SINC), x) for x in xs]


def test_arrays_take_both_branches_where_they_must():
    f = formula("choose(x > 0, x^2, -x)")
    assert np.array_equal(f(np.array([-1.0, 2.0])), [1.0, 4.0])


def test_a_condition_on_a_number_is_one_too():
    f = formula("choose(x, 1/x, 5)")
    assert f(0.0) == 5.0 and f(2.0) == 0.5


def test_what_is_missing_is_told():
    with pytest.raises(FormulaError, match="the value for all other cases is missing"):
        formula("piecewise(x < 0, -x, x < 1, x)")


@pytest.mark.parametrize("text", ["sinn x", "coss 2", "sinn x + 1"])
def test_a_letter_too_many(text):
    with pytest.raises(FormulaError, match=f'did you mean "{text[:3]}"'):
        formula(text)


def test_a_function_and_its_letter_stay_one():
    assert formula("sinx").read_as == "sin(x)"
    assert formula("sinn").read_as == "sin(n)"
