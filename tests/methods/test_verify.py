"""Functions that hide their numbers are found out, also behind other derivatives."""

import math

import pytest

from dfdx import derivative, gradient, hessian, jacobian, partial
from dfdx.errors import NotDifferentiable, NotTraceable


def test_a_derivative_of_a_hiding_function_is_not_taken_for_a_verified_one():
    assert derivative(derivative(math.sin))(1.0) == -math.sin(1.0)
    found = derivative(derivative(lambda x: float(" " + str(x)) ** 2))(1.0)
    assert found == pytest.approx(2.0, rel=1e-9)


@pytest.mark.parametrize(("operator", "value"), [(hessian, 6.0), (jacobian, 3.0)])
def test_matrices_of_hiding_functions_are_not_zero(operator, value):
    def f(x):
        return float(" " + str(x)) ** 3

    assert operator(f)(1.0) == pytest.approx(value, rel=1e-11)
    with pytest.raises(NotTraceable):
        operator(f, method="exact")(1.0)


def test_a_hidden_kink_is_not_a_slope_of_zero():
    with pytest.raises(NotDifferentiable):
        derivative(lambda x: abs(float(" " + str(abs(x)))))(0.0)


def test_rounding_beside_a_break_hides_nothing():
    def f(x):
        return 0.5 if x == 0 else (1 - math.cos(x)) / x**2

    assert derivative(f).estimate(0.0).method.startswith("exact")


def test_a_constant_branch_has_the_slope_of_its_neighbours():
    def f(x):
        return 1.0 if x == 0 else math.expm1(x) / x

    assert gradient(f)(0.0) == pytest.approx(0.5, rel=1e-12)
    assert partial(lambda x, y: y if x == 0 else math.expm1(x * y) / x, "x")(
        0.0, 3.0
    ) == pytest.approx(4.5, rel=1e-12)


def test_samples_do_not_overrule_a_fast_oscillation():
    def f(x):
        return x + math.atan2(1.0, math.sin(3e5 * x)) / 3

    found = derivative(f).estimate(2.5)
    assert found.method.startswith("exact")
    s, c = math.sin(7.5e5), math.cos(7.5e5)
    assert found.value == pytest.approx(1 - 1e5 * c / (1 + s * s), rel=1e-8)


def test_a_partial_inside_a_partial_on_a_break_keeps_the_outer_variable():
    def f(x, y):
        return (x % x) * y + x * y * y

    assert partial(partial(f, "x"), "y")(2.0, 3.0) == 6.0


def test_code_that_was_never_met_is_verified_also_behind_a_known_function():
    def along(f):
        return derivative(lambda x: f(x))

    def cube_root(y):
        low, high = 0.0, max(1.0, y)
        for _ in range(100):
            middle = (low + high) / 2
            low, high = (middle, high) if middle**3 < y else (low, middle)
        return middle

    assert along(math.sin)(1.0) == math.cos(1.0)
    assert along(lambda y: y * y)(3.0) == 6.0
    found = along(cube_root).estimate(27.3)
    assert found.method == "differences"
    assert found.value == pytest.approx(27.3 ** (-2 / 3) / 3, rel=1e-9)


@pytest.mark.parametrize("digits", [2, 4])
def test_a_function_that_hides_its_numbers_and_rounds_is_sampled_without_its_rounding(digits):
    def cube_root(y):
        low, high = 0.0, 100.0
        for _ in range(100):
            middle = (low + high) / 2
            low, high = (middle, high) if middle**3 < y else (low, middle)
        return round(middle * y, digits)

    for found in (derivative(cube_root).estimate(27.3), gradient(cube_root).estimate(27.3)):
        assert found.method == "differences"
        assert found.value == pytest.approx(4 / 3 * 27.3 ** (1 / 3), rel=1e-9)


@pytest.mark.parametrize("y", [1e-4, 3e-6])
def test_a_slope_near_rounding_is_not_taken_for_zero(y):
    """A quotient that drowns in rounding confirms nothing about a number that went through text."""

    def f(y):
        return float(" " + repr(math.hypot(1.5, 2 * y)))

    assert derivative(f, y) == pytest.approx(4 * y / math.hypot(1.5, 2 * y), rel=1e-6)


def test_another_argument_of_a_verified_function_is_verified_too():
    def half(y):
        low, high = 0.0, 8.0
        for _ in range(80):
            middle = (low + high) / 2
            low, high = (middle, high) if 2 * middle < y else (low, middle)
        return middle

    def f(x, y):
        return x * x + half(y)

    assert partial(f, "x")(3.0, 2.0) == 6.0
    assert partial(f, "y")(3.0, 2.0) == pytest.approx(0.5, rel=1e-9)

    def g(x, y):
        return x * x + half(y)

    along = lambda h, x: derivative(lambda t: h(t))(x)
    assert along(lambda t: g(t, 2.0), 3.0) == 6.0
    assert along(lambda t: g(3.0, t), 2.0) == pytest.approx(0.5, rel=1e-9)


def test_an_infinite_value_of_the_trace_is_not_believed():
    """Code that catches what a trace raises, and gives up, gives up where the plain function does not."""
    import numpy as np

    def likelihood(v):
        try:
            root = np.sqrt(np.frombuffer(v.tobytes()))  # needs the bytes of plain numbers
        except Exception:
            return -np.inf
        return -((root @ root) ** 2)

    found = gradient(likelihood)(np.array([1.0, 3.0]))
    assert found == pytest.approx([-8.0, -8.0], rel=1e-9)
