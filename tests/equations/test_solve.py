"""Roots: found, checked, told where there is none, and differentiable by the implicit function theorem."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import optimize

from dfdx import NotConverged, derivative, gradient, jacobian, solve


@given(st.floats(0.01, 100), st.floats(-50, 50))
@settings(max_examples=40, deadline=None)
def test_one_equation_from_anywhere(c, start):
    x = solve(lambda x: x**3 + x - c)(start)
    assert_allclose(x**3 + x, c, rtol=1e-14)


@pytest.mark.parametrize(
    ("f", "start", "root"),
    [
        (lambda x: math.atan(x - 5), 30.0, 5.0),  # Newton alone runs away
        (math.log, 30.0, 1.0),  # Newton's first step leaves the domain
        (lambda x: math.exp(x) - 1e-8, 5.0, math.log(1e-8)),
        (lambda x: np.cbrt(x - 2), 3.0, 2.0),  # vertical tangent
        (lambda x: (x - 1) ** 2, 3.0, 1.0),
        (lambda x: x, 3, 0.0),
    ],
)
def test_where_newton_needs_help(f, start, root):
    assert_allclose(solve(f)(start), root, atol=1e-12)


def test_brackets():
    assert_allclose(solve(lambda x: math.cos(x) - x, bracket=(0, 2))(), 0.7390851332151607)
    assert_allclose(solve(lambda x, a: x * x - a, bracket=(0, 10))(a=9.0), 3.0)
    with pytest.raises(ValueError, match="different signs"):
        solve(lambda x: x * x + 1, bracket=(0, 2))(1.0)
    for bad in ((1, 1), (0, math.inf), "ab", 3):
        with pytest.raises(ValueError, match="bracket"):
            solve(lambda x: x, bracket=bad)


@pytest.mark.parametrize(
    ("f", "options"),
    [
        (lambda x: x**2 + 1, {}),
        (math.exp, {}),
        (lambda x: math.tan(x), {"bracket": (1, 2)}),
        (lambda x: -1.0 if x < 0.3 else 1.0, {"bracket": (0, 1)}),
        (lambda x: 1 / x, {"bracket": (-1, 2)}),
    ],
)
def test_where_there_is_no_root(f, options):
    with pytest.raises(NotConverged) as told:
        solve(f, **options)(1.5)
    assert abs(told.value.reached.residual) > 0 or "too small" in str(told.value)


def test_systems_in_every_structure():
    x, y = solve(lambda x, y: [x * y - 2, x - y - 1])(1.0, 2.0)
    assert_allclose([x, y], [2, 1])
    found = solve(lambda p: {"a": p["u"] ** 2 - 4, "b": p["v"] * p["u"] - 1})(
        {"u": 1.0, "v": np.ones(1)}
    )
    assert_allclose([found["u"], found["v"][0]], [2, 0.5])


@given(st.integers(2, 8), st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_systems_of_any_size(n, seed):
    rng = np.random.default_rng(seed)
    goal, matrix = rng.standard_normal(n), rng.standard_normal((n, n)) + 2 * n * np.eye(n)

    def f(x):
        return matrix @ (x - goal) + np.sin(x) - np.sin(goal)

    found = solve(f).search(np.zeros(n))
    assert_allclose(found.x, goal, atol=1e-10)
    assert found.residual < 1e-11
    assert found.evaluations < 60


def test_a_system_of_many_unknowns_by_products():
    n = 60

    def bratu(x):
        y = np.concatenate([[0], x, [0]])
        return y[2:] - 2 * y[1:-1] + y[:-2] + np.exp(y[1:-1]) / (n + 1) ** 2

    by_products, by_matrix = solve(bratu, method="krylov")(np.zeros(n)), solve(bratu)(np.zeros(n))
    assert_allclose(by_products, by_matrix, atol=1e-9)


def test_a_singular_root_is_told():
    found = solve(lambda x: [x[0] + x[1], (x[0] - 1) ** 2]).search(np.array([3.0, 1.0]))
    assert_allclose(found.x, [1, -1], atol=1e-7)
    assert any("singular" in note for note in found.notes)


def test_a_system_without_a_root():
    with pytest.raises(NotConverged, match="no root") as told:
        solve(lambda x: np.array([x[0] ** 2 + x[1] ** 2 + 1, x[0] - x[1]]))(np.array([1.0, 2.0]))
    assert told.value.reached.residual >= 1


def test_what_is_no_problem_for_a_root():
    with pytest.raises(TypeError, match=r"3 equations for 2 unknowns.*fit"):
        solve(lambda x: [x[0], x[1], 1.0])(np.ones(2))
    with pytest.raises(ValueError, match="is nan at the start"):
        solve(lambda x: x)(math.nan)
    with pytest.raises(ValueError, match="nan at the start"), np.errstate(all="ignore"):
        solve(lambda x: np.log(x))(-1.0)
    with pytest.raises(TypeError, match="complex"):
        solve(lambda x: x)(1j)
    with pytest.raises(ValueError, match="no method"):
        solve(lambda x: x, method="bisect")
    with pytest.raises(NotConverged, match="after 1 steps"):
        solve(lambda x: x**2 - 2, steps=1)(1000.0)
    with pytest.raises(NotConverged, match="not below"):
        solve(lambda x: [x[0] ** 2, x[1] - 0.1], tol=0.0)(np.array([1.0, 0.0]))


@given(st.floats(0.5, 20))
@settings(max_examples=20, deadline=None)
def test_the_root_moves_with_what_is_held_fixed(a):
    def root(a):
        return solve(lambda x, a: x**3 + x - a)(1.0, a=a)

    x = root(a)
    assert_allclose(derivative(root)(a), 1 / (3 * x * x + 1), rtol=1e-12)
    assert_allclose(derivative(root, order=2)(a), -6 * x / (3 * x * x + 1) ** 3, rtol=1e-9)
    by_closure = derivative(lambda a: solve(lambda x: x**3 + x - a)(1.0))(a)
    assert_allclose(by_closure, derivative(root)(a), rtol=1e-14)


def test_the_root_of_a_system_moves():
    def root(a, b):
        return solve(lambda x, y: [x * y - a, x - y - b])(1.0, 2.0)

    at = np.array([2.0, 1.0])
    matrix = np.array([[at[1], at[0]], [1, -1]])  # of F by (x, y); minus that by (a, b) is the unit
    assert_allclose(jacobian(root)(2.0, 1.0), np.linalg.inv(matrix), rtol=1e-12)
    held = gradient(
        lambda p: solve(lambda z: [z["u"] * p[0] - 6, z["u"] + z["v"] - p[1]])(
            {"u": 1.0, "v": 0.0}
        )["v"]
    )
    assert_allclose(held(np.array([2.0, 5.0])), [1.5, 1.0])


def test_it_agrees_with_scipy_under_a_derivative():
    def f(x, a):
        return math.cos(x) - a * x

    ours = derivative(lambda a: solve(f, bracket=(0, 2))(a=a))(1.0)
    theirs = derivative(lambda a: optimize.brentq(f, 0, 2, (a,)))(1.0)
    assert_allclose(ours, theirs, rtol=1e-12)
