"""Gradients, Jacobians, Hessians and derivatives inside derivatives, exactly on edges."""

import math

import numpy as np
import pytest

from dfdx import (
    AccuracyWarning,
    NotConverged,
    NotDifferentiable,
    NotTraceable,
    derivative,
    gradient,
    hessian,
    jacobian,
    laplacian,
    tangent,
)

A = np.array


def sinc(x):
    return 1.0 if x == 0 else math.sin(x) / x


def growth(x):
    return 1.0 if -1e-8 < x < 1e-8 else math.expm1(x) / x


def root_within(a, tolerance):
    """Newton's method from 2, which ends by a tolerance."""
    x = 2.0
    while abs(x * x - a) > tolerance:
        x = 0.5 * (x + a / x)
    return x


def quotient(numerator):
    """numerator(x, y) / (x² + y²), and 0 at the origin."""
    return lambda x, y: 0.0 if x == 0 and y == 0 else numerator(x, y) / (x * x + y * y)


def _huber(v):
    return np.where(np.abs(v) <= 1, 0.5 * v * v, np.abs(v) - 0.5)


GRADIENTS = [
    # f, point, the gradient, or the shortest of the generalised gradients
    (lambda x, y: max(x, y), (1.0, 1.0), [0.5, 0.5]),
    (lambda x, y: abs(x - y), (1.0, 1.0), [0.0, 0.0]),
    (lambda x, y: max(2 * x + y, x + 2 * y), (0.0, 0.0), [1.5, 1.5]),
    (lambda x, y: max(4 * x + y, x - y), (0.0, 0.0), [1.0, -1.0]),
    (lambda x, y: max(x, y, 0), (0.0, 0.0), [0.0, 0.0]),
    (lambda x, y: min(abs(x), abs(y)), (0.0, 0.0), [0.0, 0.0]),
    (math.hypot, (0.0, 0.0), [0.0, 0.0]),
    (lambda x, y: math.sqrt(x * x + y * y), (0.0, 0.0), [0.0, 0.0]),
    (lambda x, y: x * y if x > 3 else y * x, (3.0, 2.0), [2.0, 3.0]),
    (lambda x, y: (x * x * math.sin(1 / x) if x else 0.0) + y, (0.0, 2.0), [0.0, 1.0]),
    (quotient(lambda x, y: x**3), (0.0, 0.0), [1.0, 0.0]),
    (np.max, (A([2.0, 2.0, 1.0]),), [0.5, 0.5, 0.0]),
    (np.max, (A([2.0, 2.0, 2.0]),), [1 / 3] * 3),
    (np.median, (A([2.0, 2.0, 1.0]),), [0.5, 0.5, 0.0]),
    (lambda v: v[np.argmax(v)], (A([1.0, 1.0]),), [0.5, 0.5]),
    (lambda v: np.sort(v).sum(), (A([2.0, 2.0, 1.0]),), [1.0, 1.0, 1.0]),
    (lambda v: np.abs(v).sum(), (A([0.0, 0.0, 1.0]),), [0.0, 0.0, 1.0]),
    (np.linalg.norm, (A([0.0, 0.0]),), [0.0, 0.0]),
    (lambda v: np.sqrt((v**2).sum()), (A([0.0, 0.0]),), [0.0, 0.0]),
    (lambda v: np.maximum(v, 0).sum(), (A([0.0, 1.0, -1.0]),), [0.0, 1.0, 0.0]),
    (lambda v: np.clip(v, 0, 1).sum(), (A([0.0, 1.0, 0.5, 2.0]),), [0.0, 0.0, 1.0, 0.0]),
    (lambda v: _huber(v).sum(), (A([1.0, -1.0, 0.5]),), [1.0, -1.0, 0.5]),
    (lambda v: max(v[0], -2 * v[0]), (A([0.0]),), [0.0]),
    (lambda v: max(v[0], 2 * v[0]), (A([0.0]),), [1.0]),
    (lambda v: np.log(np.exp(v - v.max()).sum()) + v.max(), (A([1.0, 1.0]),), [0.5, 0.5]),
    (lambda v: growth(v[0]) + growth(v[1]), (A([0.0, 1.0]),), [0.5, 1.0]),
    (lambda x, y: growth(x) * y, (0.0, 3.0), [1.5, 1.0]),
    (lambda a, b: root_within(a, 1e-6) + b * b, (4.0, 0.0), [0.25, 0.0]),
    (lambda a, b: root_within(a, 1e-10) * b, (4.0, 3.0), [0.75, 2.0]),
    (lambda m: np.linalg.eigvalsh(m).sum(), (np.eye(2),), np.eye(2)),
]

NO_GRADIENT = [
    (math.atan2, (0.0, 0.0)),
    (math.atan2, (0.0, -1.0)),
    (lambda x, y: 1.0 if x > y else 0.0, (1.0, 1.0)),
    (lambda v: np.unique(v).sum(), (A([1.0, 1.0, 2.0]),)),
]

JACOBIANS = [
    (np.sort, A([1.0, 1.0]), [[0.5, 0.5], [0.5, 0.5]]),
    (lambda v: np.maximum(v, 0), A([0.0, 1.0]), [[0.0, 0.0], [0.0, 1.0]]),
    (lambda v: np.where(v > 0, np.sqrt(np.where(v > 0, v, 1)), 0), A([1.0]), [[0.5]]),
    (lambda v: A([sinc(x) for x in v]), A([0.0, 1.0]), np.diag([0.0, math.cos(1) - math.sin(1)])),
    (
        lambda v: np.exp(v - v.max()) / np.exp(v - v.max()).sum(),
        A([1.0, 1.0]),
        [[0.25, -0.25], [-0.25, 0.25]],
    ),
]

HESSIANS = [
    (lambda x, y: x * x + y * y if x > 0 else x * x + y**2, (0.0, 0.0), 2 * np.eye(2)),
    (lambda v: abs(v[0]) ** 3, (A([0.0]),), [[0.0]]),
    (lambda v: sinc(v[0]), (A([0.0]),), [[-1 / 3]]),
    (lambda v: (np.sort(v) ** 2).sum(), (A([1.0, 1.0, 2.0]),), 2 * np.eye(3)),
    (lambda v: np.linalg.norm(v) ** 2, (A([0.0, 0.0]),), 2 * np.eye(2)),
    (lambda v: np.linalg.norm(v) ** 4, (A([0.0, 0.0]),), 0 * np.eye(2)),
    (
        lambda v: np.log(np.exp(v - v.max()).sum()) + v.max(),
        (A([1.0, 1.0]),),
        [[0.25, -0.25], [-0.25, 0.25]],
    ),
]

NO_HESSIAN = [
    (lambda v: _huber(v).sum(), (A([1.0, 0.2]),)),
    (lambda v: np.abs(v).sum(), (A([0.0, 1.0]),)),
    (lambda x, y: max(x * x, y * y), (1.0, 1.0)),
    (lambda v: (np.maximum(v, 0) ** 2).sum(), (A([0.0, 1.0]),)),
    # both mixed partials exist, −1 and +1
    (quotient(lambda x, y: x * y * (x * x - y * y)), (0.0, 0.0)),
]


@pytest.mark.parametrize(("f", "point", "want"), GRADIENTS)
def test_the_gradient(f, point, want):
    assert gradient(f)(*point) == pytest.approx(A(want), abs=1e-7)


@pytest.mark.parametrize(("f", "point"), NO_GRADIENT)
def test_there_is_no_gradient(f, point):
    with pytest.raises(NotDifferentiable):
        gradient(f)(*point)


def test_partials_that_the_gradients_around_do_not_approach_are_told():
    f = quotient(lambda x, y: x * y)
    found = gradient(f).estimate(0.0, 0.0)
    assert np.array_equal(found.value, [0.0, 0.0])
    assert any("do not approach" in note for note in found.notes)


@pytest.mark.parametrize(("f", "x", "want"), JACOBIANS)
def test_the_jacobian(f, x, want):
    assert jacobian(f, x) == pytest.approx(A(want), abs=1e-9)


def test_rows_of_the_jacobian_are_gradients():
    f = lambda v: A([max(v[0], v[1]), abs(v[0] - v[1]), v[0] * v[1], np.sort(v)[0]])
    x = A([1.0, 1.0])
    rows = [gradient(lambda v, k=k: f(v)[k], x) for k in range(4)]
    assert jacobian(f, x) == pytest.approx(A(rows), abs=1e-9)


@pytest.mark.parametrize(("f", "point", "want"), HESSIANS)
def test_the_hessian(f, point, want):
    assert hessian(f)(*point) == pytest.approx(A(want), abs=1e-7)


@pytest.mark.parametrize(("f", "point"), NO_HESSIAN)
def test_there_is_no_hessian(f, point):
    with pytest.raises(NotDifferentiable):
        hessian(f)(*point)


def test_a_hessian_inside_a_window_is_answered_or_refused():
    try:
        found = hessian(lambda v: growth(v[0]) + v[1] ** 2, A([0.0, 1.0]))
    except (NotConverged, NotTraceable):
        return
    assert found == pytest.approx(A([[1 / 3, 0.0], [0.0, 2.0]]), abs=1e-6)


# Several values of one variable


def test_every_value_of_a_curve_is_decided():
    curve = lambda x: [sinc(x), 1.0 if x == 0 else math.expm1(x) / x, x * abs(x)]
    assert derivative(curve, 0.0) == pytest.approx([0.0, 0.5, 0.0], abs=1e-9)


def test_a_curve_with_a_corner_has_no_derivative():
    curve = lambda x: np.array([abs(x), x])
    with pytest.raises(NotDifferentiable):
        derivative(curve, 0.0)
    assert list(derivative(curve, 0.0, side="right")) == [1.0, 1.0]
    assert list(derivative(curve, 0.0, side="left")) == [-1.0, 1.0]


# Inside one another


def parabola(x):
    return x * x if x > 1 else 2 * x - 1


INSIDE = [
    (lambda: derivative(derivative(parabola), 0.5), 0.0),
    (lambda: derivative(derivative(sinc), 0.0), -1 / 3),
    (lambda: derivative(derivative(derivative(sinc)), 0.0), 0.0),
    (lambda: derivative(lambda a: derivative(lambda x: max(a * x * x, 0), 1.0), 0.5), 2.0),
    (lambda: derivative(lambda a: derivative(lambda x: a * sinc(x), 0.0), 0.5), 0.0),
    (lambda: derivative(lambda a: derivative(lambda x: max(a * x, 0) ** 2, 0.0), 0.5), 0.0),
    (
        lambda: derivative(
            lambda a: derivative(lambda x: a if x == 0 else a * math.expm1(x) / x, 0.0), 0.5
        ),
        0.5,
    ),
    (lambda: tangent(sinc, 0.0).slope, 0.0),
    (lambda: laplacian(lambda v: np.linalg.norm(v) ** 2, A([0.0, 0.0])), 4.0),
]


@pytest.mark.parametrize(("thunk", "want"), INSIDE)
def test_inside_another_derivative(thunk, want):
    assert thunk() == pytest.approx(want, abs=1e-7)


def test_a_window_inside_another_derivative_is_answered_or_refused():
    try:
        found = derivative(derivative(growth)).estimate(0.0)
    except (NotConverged, NotTraceable):
        return
    assert abs(found.value - 1 / 3) <= max(found.error, 1e-6)


def test_joints_and_kinks_inside_another_derivative():
    with pytest.raises(NotDifferentiable):
        derivative(derivative(parabola), 1.0)
    with pytest.raises(NotDifferentiable):
        derivative(lambda a: derivative(lambda x: abs(x - a), 1.0), 1.0)


# Many points at once


POINTS = [1.0, 2.0, 0.0005, 3.0, 4.0, 5.0, 2.5, 7.0]

BRANCHING = [
    lambda x: 1.0 if math.isclose(x, 0, abs_tol=1e-3) else x * x,
    lambda x: 1.0 if np.isclose(x, 0, atol=1e-3) else x * x,
    lambda x: 5 * x if x in {1.25, 3.25} else x,
    lambda x: x**3 if x > 2.2 else x * x,
    lambda x: max(x, 2.2) * x,
    lambda x: sorted([x, 2.2, 3.3])[1] * x,
    lambda x: np.array([1.0, 2, 3, 4])[np.digitize(x, [1.5, 2.2, 3.3])] * x,
    lambda x: np.unique(np.array([x, 2.2]))[0] * x,
    lambda x: -x if np.signbit(x - 2.2) else x * x,
    lambda x: sum(x for _ in range(math.ceil(x + 0.25))),
    lambda x: (lambda a: a[a > 2.1].sum())(np.array([x, 1.0, 2 * x])),
]


@pytest.mark.parametrize("f", BRANCHING)
def test_many_points_are_answered_as_one_by_one(f):
    assert list(derivative(f, POINTS)) == pytest.approx([derivative(f, x) for x in POINTS])


def test_a_question_about_whole_numbers_is_asked_at_every_point():
    f = lambda x: 5 * x if x.is_integer() else x * x
    with pytest.warns(AccuracyWarning):
        found = derivative(f, [2.5, 3.5, 4.5, 3.0, 5.5])
    assert np.array_equal(found, [5.0, 7.0, 9.0, math.nan, 11.0], equal_nan=True)


# Many kinks at once


def test_many_rectifiers_at_their_joint():
    x = np.r_[np.zeros(300), np.ones(300)]
    want = np.r_[np.zeros(300), np.ones(300)]
    assert np.array_equal(gradient(lambda v: np.maximum(v, 0).sum(), x), want)
    assert np.array_equal(
        gradient(lambda v: (np.maximum(v, 0) - 2 * v).sum(), x), want - 2 + (x == 0)
    )
    assert np.array_equal(gradient(lambda v: np.abs(v).sum(), 0 * x), 0 * x)


def test_kinks_that_move_two_parts_are_not_taken_apart():
    f = lambda v: np.abs(v[0] - v[1]) + v[0] + (v[2:] ** 2).sum()
    found = gradient(f, np.r_[1.0, 1.0, np.zeros(40)])
    assert found[:2] == pytest.approx([0.5, 0.5], abs=1e-6)


def test_a_kink_that_rounding_hides():
    angle = lambda t: math.acos(max(-1.0, min(1.0, math.cos(t))))
    with pytest.raises(NotDifferentiable) as caught:
        derivative(angle, 0.0)
    assert (caught.value.left, caught.value.right) == pytest.approx((-1.0, 1.0))


def test_the_hessian_of_a_removable_point_in_an_array():
    f = lambda v: np.where(v == 0, 1.0, np.expm1(v) / np.where(v == 0, 1.0, v)).sum()
    found = hessian(f, A([0.0, 1.0]))
    assert found == pytest.approx(np.diag([1 / 3, math.e - 2]), abs=1e-7)
