"""Minima: found by every method, told truthfully, in every structure, and differentiable themselves."""

import math
import struct
from collections import namedtuple
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import optimize

from dfdx import derivative, gradient, jacobian, minimize
from dfdx.descent.scipy_methods import TAKES


def rosenbrock(x):
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


START = np.array([-1.2, 1.0, 1.5])
SMOOTH = [m for m, takes in TAKES.items() if "g" in takes and m != "dogleg"]


@pytest.mark.parametrize("method", SMOOTH)
def test_every_method_with_a_gradient(method):
    found = minimize(rosenbrock, method=method)(START)
    assert found.converged, found.reason
    assert_allclose(found.x, 1, atol=1e-6)
    assert_allclose(found.gradient, 0, atol=1e-6)
    assert found.evaluations < 250


def test_dogleg_where_it_may():
    found = minimize(lambda x: np.sum(np.cosh(x)) + x[0] * x[1] / 2, method="dogleg")(START)
    assert found.converged
    assert_allclose(found.x, 0, atol=1e-7)
    concave = minimize(rosenbrock, method="dogleg")(START)
    assert not concave.converged
    assert "non-psd" in concave.reason


@pytest.mark.parametrize("method", ["Nelder-Mead", "Powell", "COBYQA"])
def test_methods_that_see_values_alone(method):
    found = minimize(rosenbrock, method=method)(START)
    assert found.converged
    assert_allclose(found.x, 1, atol=1e-4)


@given(st.integers(1, 6), st.integers(0, 10**6), st.floats(-6, 6), st.booleans())
@settings(max_examples=25, deadline=None)
def test_a_quadratic_of_any_size_and_scale(n, seed, scale, quick):
    rng = np.random.default_rng(seed)
    half = rng.standard_normal((n, n)) + n * np.eye(n)
    goal, size = rng.standard_normal(n), 10.0**scale
    found = minimize(
        lambda x: size * np.sum((half @ (x - goal)) ** 2), method="L-BFGS-B" if quick else None
    )(np.zeros(n))
    assert found.converged, found.reason
    assert_allclose(found.x, goal, atol=1e-6)


@dataclass
class Line:
    slope: float
    offsets: np.ndarray


Pair = namedtuple("Pair", "first second")


@pytest.mark.parametrize(
    "start",
    [
        {"slope": 1, "offsets": [1.0, np.zeros(2)]},
        [1.0, (2.0, np.ones((2, 2)))],
        Pair(1.0, np.array([3.0])),
        Line(1.0, np.ones(3)),
    ],
)
def test_every_structure(start):
    def leaves(p):
        if isinstance(p, dict):
            p = list(p.values())
        elif isinstance(p, Line):
            p = [p.slope, p.offsets]
        if isinstance(p, (list, tuple)):
            return [leaf for part in p for leaf in leaves(part)]
        return [p]

    def f(p):
        return sum(np.sum((leaf - k) ** 2) for k, leaf in enumerate(leaves(p)))

    found = minimize(f)(start)
    assert type(found.x) is type(start)
    for k, leaf in enumerate(leaves(found.x)):
        assert_allclose(leaf, k, atol=1e-8)


def test_several_arguments_and_what_is_held():
    found = minimize(lambda a, b, c: (a - c) ** 2 + (b + a) ** 2)(1, 2, c=3)
    assert_allclose(found.x, [3, -3], atol=1e-8)
    held = minimize(lambda a, b: (a - b) ** 2 + b**2, wrt="b")(4.0, 1.0)
    assert_allclose(held.x, 2, atol=1e-8)


def test_the_start_stays_as_it_is():
    start = {"w": np.ones(2), "n": 3}
    minimize(lambda p: np.sum((p["w"] - 2) ** 2) + p["n"] ** 2)(start)
    assert_array_equal(start["w"], 1)
    assert start["n"] == 3


def test_bounds_in_every_form():
    def f(x):
        return np.sum((x - np.array([2.0, -3.0])) ** 2)

    x0, ends = np.array([0.5, 0.5]), [1.0, 0.0]
    for bounds in (
        (0, 1),
        [(0, 1), (0, 1)],
        optimize.Bounds(0, 1),
        [(0, 1), (0, None)],
        np.array([[0, 1.0]] * 2),
    ):
        found = minimize(f, bounds=bounds)(x0)
        assert found.converged
        assert_allclose(found.x, ends, atol=1e-12)
        assert "bound" in found.reason
    named = minimize(
        lambda p: (p["a"] - 3) ** 2 + np.sum((p["b"] - 3) ** 2), bounds={"b": (None, 1)}
    )
    best = named({"a": 0.0, "b": np.zeros(2)}).x
    assert_allclose(best["a"], 3)
    assert_array_equal(best["b"], 1)
    record = minimize(
        lambda p: (p.slope - 3) ** 2 + np.sum(p.offsets**2), bounds=Line((0, 1), None)
    )
    assert record(Line(0.5, np.ones(2))).x.slope == 1
    assert minimize(lambda a, b: (a - 3) ** 2 + b**2, bounds={"a": (0, 1)})(0.0, 1.0).x[0] == 1


@pytest.mark.parametrize("method", ["SLSQP", "trust-constr", None])
def test_constraints(method):
    def f(x, y):
        return (x - 2) ** 2 + (y - 1) ** 2

    found = minimize(
        f,
        method=method,
        constraints=[lambda x, y: 1 - x * x - y * y, ("==", lambda x, y: x - 2 * y)],
    )
    best = found(0.1, 0.2)
    assert best.converged, best.reason
    assert_allclose(best.x, np.array([2, 1]) / math.sqrt(5), atol=1e-7)


def test_scipys_own_constraints():
    def f(x):
        return np.sum(x**2)

    for c in (
        {"type": "eq", "fun": lambda x, b: np.sum(x) - b, "args": (3.0,)},
        optimize.LinearConstraint(np.ones((1, 3)), 3, 3),
        optimize.NonlinearConstraint(lambda x: np.sum(x), 3, np.inf),
        {"==": lambda x: np.sum(x) - 3},
    ):
        found = minimize(f, constraints=c)(np.zeros(3))
        assert found.converged
        assert_allclose(found.x, 1, atol=1e-9)


def test_constraints_that_cannot_be_kept_are_told():
    found = minimize(lambda x: x * x, constraints=[lambda x: x - 1, lambda x: -x - 1])(0.0)
    assert not found.converged
    assert "violated by 1" in found.reason


def test_counts_history_and_callback():
    calls, seen = [], []

    def f(x):
        calls.append(1)
        return np.sum((x - 1) ** 4) + np.sum(x**2)

    found = minimize(f, callback=lambda x: seen.append(x.copy()), keep=True)(np.zeros(3))
    assert len(found.history) == len(seen) + 1 == found.steps + 1
    assert_array_equal(found.history.points[1:], seen)
    assert np.all(np.diff(found.history.value) <= 0)
    assert found.history.slope[-1] < 1e-7
    assert found.evaluations <= len(calls)


def test_a_callback_may_stop_it():
    def enough(x):
        if x[0] > 0:
            raise StopIteration("far enough")

    for method in SMOOTH:
        found = minimize(rosenbrock, method=method, callback=enough)(START)
        assert not found.converged
        assert "far enough" in found.reason
        assert found.x[0] > 0


def test_steps_are_counted():
    found = minimize(rosenbrock, steps=4)(START)
    assert found.steps == 4
    assert not found.converged
    assert "after 4 steps" in found.reason


def test_small_numbers_are_no_minimum():
    found = minimize(lambda x: 1e-10 * (x - 3) ** 2)(0.0)
    assert_allclose(found.x, 3)


def test_the_last_digit_is_an_end():
    found = minimize(lambda x: 1e12 * np.sum((x - 1) ** 2) + 3e13, method="BFGS")(
        np.array([3.0, -2.0])
    )
    assert found.converged
    assert_allclose(found.x, 1, atol=1e-9)


@pytest.mark.parametrize("start", [(0.0, 1.0), (0.0, 0.0)])
def test_a_saddle_is_left(start):
    found = minimize(lambda x, y: x**4 - x**2 + y**2)(*start)
    assert found.converged
    assert_allclose(found.value, -0.25)


def test_a_saddle_is_told_where_the_method_was_named():
    found = minimize(lambda x, y: x**4 - x**2 + y**2, method="BFGS")(0.0, 1.0)
    assert not found.converged
    assert "saddle" in found.reason
    top = minimize(math.cos, method="BFGS")(0.0)
    assert not top.converged


def test_no_minimum_is_told():
    for f in (lambda x: -x, lambda x: x**3, lambda x: -(x**2)):
        found = minimize(f)(1.0)
        assert not found.converged
        assert "without end" in found.reason or "no minimum" in found.reason
    away = minimize(lambda x: math.exp(-x))(0.0)
    assert not away.converged
    assert "goes on falling" in away.reason


def test_kinks_are_told():
    found = minimize(lambda x, y: abs(x - 1) + 2 * abs(y) + 0.1 * x * x + abs(x + y))(3.0, 2.0)
    assert found.converged or any("kink" in note and "abs" in note for note in found.notes)
    assert minimize(abs)(3.0).value < 1e-8


def test_what_f_does_not_depend_on_is_named():
    found = minimize(lambda p: (p["a"] - 1) ** 2)({"a": 0.0, "b": 2.0})
    assert found.x["b"] == 2.0
    assert any("p['b']" in note for note in found.notes)


def test_points_without_a_value_are_avoided():
    found = minimize(lambda x: x - math.log(x))(20.0)
    assert_allclose(found.x, 1)
    with np.errstate(all="ignore"):
        array = minimize(lambda x: np.sum(x - np.log(x)))(np.array([9.0, 30.0]))
    assert_allclose(array.x, 1, atol=1e-7)


def test_opaque_functions_are_sampled_and_say_so():
    def hidden(x):
        return sum(v**2 for v in struct.unpack("2d", struct.pack("2d", x[0], x[1] - 1)))

    found = minimize(hidden)(np.array([1.0, 3.0]))
    assert_allclose(found.x, [0, 1], atol=1e-6)
    assert any("differences" in note for note in found.notes)


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ((1, 0), "contradict"),
        ((2, 3), "outside its bounds"),
        ((0, math.nan), "nan"),
        ([(0, 1)], "1 pairs for 2"),
        ([(0, 1), (5, 6)], r"x\[1\] starts at"),
        ({"a": (0, 1)}, "pair"),
    ],
)
def test_bounds_that_cannot_be(bounds, said):
    with pytest.raises(ValueError, match=said):
        minimize(lambda x: np.sum(x**2), bounds=bounds)(np.array([0.5, 0.5]))


@pytest.mark.parametrize(
    ("f", "start", "said"),
    [
        (lambda x: np.log(x), -1.0, "nan at the start"),
        (lambda x: 1 / np.float64(x) ** 2, 0.0, "at the start"),
        (lambda x: x, math.nan, "x is nan"),
        (lambda x: np.sum(x), np.array([]), "no number"),
    ],
)
def test_starts_that_cannot_be(f, start, said):
    with pytest.raises((ValueError, ArithmeticError), match=said):
        minimize(f)(start)


def test_what_is_no_problem_for_a_minimum():
    with pytest.raises(TypeError, match="complex"):
        minimize(lambda x: np.sum(x**2))(np.array([1j]))
    with pytest.raises(TypeError, match="one number"):
        minimize(lambda x: x**2)(np.ones(2))
    with pytest.raises(ValueError, match="there are BFGS"):
        minimize(abs, method="steepest")
        minimize(abs, method="steepest")(1.0)
    with pytest.raises(ValueError, match="takes no bounds"):
        minimize(lambda x: x**2, method="BFGS", bounds=(0, 2))(1.0)
    with pytest.raises(TypeError, match="no option"):
        minimize(abs, speed=3)
    for option in ({"steps": 0}, {"gtol": -1}):
        with pytest.raises(ValueError, match=next(iter(option))):
            minimize(abs, **option)
    with pytest.raises(ZeroDivisionError):
        minimize(lambda x: x * x, callback=lambda x: 1 / 0)(1.0)


def test_integers_are_numbers():
    assert_allclose(minimize(lambda x: np.sum((x - 0.5) ** 2))(np.array([3, 4])).x, 0.5)


def test_the_minimum_moves_with_what_is_held_fixed():
    """The implicit function theorem at ∇f = 0, against closed forms."""

    def f(x, y, a):
        return (x - a) ** 2 + math.exp(a) * y**2 + a * y

    slopes = jacobian(lambda a: minimize(f)(1.0, 1.0, a=a).x)(0.5)
    assert_allclose(slopes, [1, -0.5 * math.exp(-0.5) * (1 - 0.5)], rtol=1e-9)
    closed = jacobian(lambda a: minimize(lambda x, y: f(x, y, a))(1.0, 1.0).x)(0.5)
    assert_allclose(closed, slopes, rtol=1e-12)


@given(st.floats(0.2, 3))
@settings(max_examples=10, deadline=None)
def test_the_least_value_has_the_slope_of_f_alone(a):
    """The envelope theorem: d min f / da = ∂f/∂a at the minimum; and once more by the operator."""

    def f(p, a):
        return (p["u"] - a) ** 4 + (p["u"] - 1) ** 2 + math.cos(a) * p["v"] + p["v"] ** 2

    start = {"u": 0.5, "v": 0.1}
    found = minimize(f)(start, a=a)
    whole = derivative(lambda a: minimize(f)(start, a=a).value)(a)
    assert_allclose(whole, derivative(lambda b: f(found.x, b))(a), rtol=1e-7, atol=1e-8)


def test_second_derivatives_of_a_minimum():
    def value(a):
        return minimize(lambda x, a: x**4 + a * x)(1.0, a=a).value

    # x = -(a/4)^(1/3) is the slope of the least value
    assert_allclose(
        derivative(value, order=2)(2.0), -(0.25 ** (1 / 3)) / 3 * 2 ** (-2 / 3), rtol=1e-9
    )


def test_bounds_and_constraints_hold_the_minimum():
    def slope(a):
        return derivative(lambda a: minimize(lambda x, a: (x - a) ** 2, bounds=(0, 1))(0.5, a=a).x)(
            a
        )

    assert slope(2.0) == 0.0
    assert_allclose(slope(0.3), 1.0)
    on_circle = derivative(
        lambda a: minimize(lambda x, y, a: x + y, constraints=lambda x, y, a: a - x * x - y * y)(
            -0.1, 0.0, a=a
        ).x[0]
    )
    assert_allclose(on_circle(2.0), -0.25, rtol=1e-6)


def test_the_gradient_with_respect_to_data():
    data = np.array([1.0, 2.0, 6.0])
    mean = gradient(lambda d: minimize(lambda m: np.sum((d - m) ** 2))(0.0).x)(data)
    assert_allclose(mean, 1 / 3, rtol=1e-9)
