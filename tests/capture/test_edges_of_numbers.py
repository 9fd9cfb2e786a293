"""Functions of one number, exactly on their edges: the right value, or "does not exist: left, right".

A case is a function, a point, and what is true there: a number, or the slopes of the sides.
"""

import bisect
import cmath
import math
import statistics
from math import inf, pi

import numpy as np
import pytest
from scipy.interpolate import CubicSpline, PchipInterpolator

from dfdx import NotDifferentiable, derivative, taylor

ROOT = math.sqrt(2)


def sinc(x):
    if x == 0:
        return 1
    return math.sin(x) / x


def growth(x):
    return 1.0 if x == 0 else (math.exp(x) - 1) / x


def sinc_by_exception(x):
    try:
        return math.sin(x) / x
    except ZeroDivisionError:
        return 1.0


def root_or_nothing(x):
    try:
        return math.sqrt(x)
    except ValueError:
        return 0.0


def huber(x, d=1.0):
    return 0.5 * x * x if abs(x) <= d else d * (abs(x) - 0.5 * d)


def logistic(x):
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def smoothstep(x):
    return 0.0 if x <= 0 else 1.0 if x >= 1 else x * x * (3 - 2 * x)


def root_by_bisection(a):
    low, high = 0.0, 2.0
    for _ in range(60):
        middle = (low + high) / 2
        if middle * middle == a:
            return middle
        if middle * middle < a:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def root_by_newton(a):
    x = 2.0
    for _ in range(50):
        new = 0.5 * (x + a / x)
        if abs(new - x) < 1e-15:
            break
        x = new
    return x


def root_within(tolerance):
    def root(a):
        x = 2.0
        while abs(x * x - a) > tolerance:
            x = 0.5 * (x + a / x)
        return x

    return root


def largest_by_place(x):
    v = np.array([x, 2 * x - 1])
    return v[np.argmax(v)]


def smallest_by_index(x):
    v = [x, 2 * x - 1]
    return v[v.index(min(v))]


def halvings(x):
    count, y = 0, x
    while y > 1:
        y /= 2
        count += 1
    return count * x


def staircase_sum(x):
    total, k = 0.0, 0
    while k < x:
        total += x - k
        k += 1
    return total


def second_of_three(x):
    a, b, c = x, 1.0, 0.0
    if a > b:
        a, b = b, a
    if b > c:
        b, c = c, b
    if a > b:
        a, b = b, a
    return b


def sum_of_sorted(x):
    a, b, c = x, 1.0, 0.0
    if a > b:
        a, b = b, a
    if b > c:
        b, c = c, b
    return a + b + c


NODES, HEIGHTS = [0.0, 1.0, 2.0, 4.0], [0.0, 1.0, 4.0, 0.0]
PCHIP, CUBIC = PchipInterpolator(NODES, HEIGHTS), CubicSpline(NODES, HEIGHTS)


def table(x):
    i = min(max(bisect.bisect_right(NODES, x) - 1, 0), len(NODES) - 2)
    share = (x - NODES[i]) / (NODES[i + 1] - NODES[i])
    return HEIGHTS[i] + (HEIGHTS[i + 1] - HEIGHTS[i]) * share


EXISTS = [
    # removable points, guarded
    (sinc, 0.0, 0.0),
    (growth, 0.0, 0.5),
    (sinc_by_exception, 0.0, 0.0),
    (lambda x: x if x == 0 else math.tan(x), 0.0, 1.0),
    (lambda x: 0.5 if x == 0 else (1 - math.cos(x)) / x**2, 0.0, 0.0),
    (lambda x: math.log(x) / (x - 1) if x != 1 else 1.0, 1.0, -0.5),
    (lambda x: x / x if x else 1.0, 0.0, 0.0),
    (lambda x: x * x * math.sin(1 / x) if x else 0.0, 0.0, 0.0),
    (lambda x: math.exp(-1 / x**2) if x else 0.0, 0.0, 0.0),
    (lambda x: x * x * math.log(abs(x)) if x else 0.0, 0.0, 0.0),
    (np.sinc, 0.0, 0.0),
    # guards with a width
    (lambda x: 1.0 if abs(x) < 1e-300 else math.log1p(x) / x, 0.0, -0.5),
    (lambda x: 1.0 if abs(x) < 1e-10 else math.log1p(x) / x, 0.0, -0.5),
    (lambda x: 1.0 if abs(x) < 1e-8 else math.expm1(x) / x, 0.0, 0.5),
    (lambda x: 1.0 if -1e-9 < x < 1e-9 else math.expm1(x) / x, 0.0, 0.5),
    (lambda x: 1.0 if -1e-7 < x < 1e-7 else math.expm1(x) / x, 3e-8, 0.5),
    (lambda x: 1.0 if x * x < 1e-20 else math.expm1(x) / x, 0.0, 0.5),
    (lambda x: 1.0 if math.isclose(x, 0, abs_tol=1e-9) else math.expm1(x) / x, 0.0, 0.5),
    (lambda x: np.where(np.isclose(x, 0), 1.0, np.expm1(x) / np.where(x == 0, 1, x)), 0.0, 0.5),
    (lambda x: x + (1.0 if abs(x) < 1e-8 else math.expm1(x) / x), 0.0, 1.5),
    # iterations that stand at their end, or begin there
    (root_by_bisection, 1.0, 0.5),
    (root_by_newton, 4.0, 0.25),
    (root_within(1e-6), 4.0, 0.25),
    (root_within(1e-10), 4.0, 0.25),
    (root_within(1e-13), 4.0, 0.25),
    (root_within(1e-10), 2.0, 0.25 * ROOT),
    # the branch not taken is undefined
    (lambda x: np.where(x > 0, np.sqrt(x), 0), -1.0, 0.0),
    (lambda x: np.where(x > 0, np.log(x), x), -2.0, 1.0),
    (lambda x: np.where(x != 0, np.sin(x) / x, 1.0), 0.0, 0.0),
    (lambda x: np.where(x > 0, x * x * np.log(x), 0.0), 0.0, 0.0),
    (lambda x: np.where(x > 0, np.log(np.where(x > 0, x, 1.0)), 0.0), -1.0, 0.0),
    (lambda x: np.fmax(x, np.nan) ** 2, 1.0, 2.0),
    (root_or_nothing, -1.0, 0.0),
    # kinks that cancel, or are multiplied by zero
    (lambda x: abs(x) ** 2, 0.0, 0.0),
    (lambda x: abs(x) - abs(-x), 0.0, 0.0),
    (lambda x: abs(x) - max(x, -x) + x, 0.0, 1.0),
    (lambda x: abs(x) ** 1.5, 0.0, 0.0),
    (lambda x: np.maximum(0, x) ** 2, 0.0, 0.0),
    (lambda x: np.clip(x, 0.0, 1.0) ** 2, 0.0, 0.0),
    (lambda x: np.sign(x) * x * x, 0.0, 0.0),
    (lambda x: np.heaviside(x, 0.5) * x * x, 0.0, 0.0),
    (lambda x: math.copysign(x * x, x), 0.0, 0.0),
    (lambda x: (x - 2) ** 2 * math.floor(x), 2.0, 0.0),
    (lambda x: np.linalg.norm(np.array([x, 2 * x])) ** 2, 0.0, 0.0),
    (lambda x: math.hypot(x, x) ** 2, 0.0, 0.0),
    (lambda x: np.cbrt(x) ** 3, 0.0, 1.0),
    (lambda x: math.sqrt(x**4), 0.0, 0.0),
    (lambda x: math.log1p(math.exp(-abs(x))) + max(x, 0), 0.0, 0.5),
    (lambda x: (x > 0) * 1.0 + (x <= 0) * 1.0, 0.0, 0.0),
    # pieces that join
    (lambda x: x**3 if x < 1 else 3 * x - 2, 1.0, 3.0),
    (lambda x: np.select([x < 1, x < 2], [x * x, 2 * x - 1], default=3.0), 1.0, 2.0),
    (huber, 1.0, 1.0),
    (huber, -1.0, -1.0),
    (logistic, 0.0, 0.25),
    (smoothstep, 0.0, 0.0),
    (smoothstep, 1.0, 0.0),
    (lambda x: x * x if any(v > 1 for v in [x, 0.5]) else 2 * x - 1, 1.0, 2.0),
    # orders
    (lambda x: sorted([x, 1.0, 2 - x])[1], 1.0, 0.0),
    (lambda x: np.median(np.array([x, 1.0, 0.0, 5.0])), 1.0, 0.5),
    (lambda x: (lambda v: v[np.argsort(v)].sum())(np.array([x, 2 - x, 1.0])), 1.0, 0.0),
    (sum_of_sorted, 1.0, 1.0),
    (lambda x: np.prod(np.array([x, 2.0, 3.0])), 0.0, 6.0),
    # periods
    (lambda x: math.sin(2 * pi * (x % 1.0)), 1.0, 2 * pi),
    (lambda x: np.cos(np.mod(x, 2 * pi)), 2 * pi, 0.0),
    (lambda x: math.cos(math.atan2(x, -1.0)), 0.0, 0.0),
    (lambda x: math.remainder(x, 2.0), 0.0, 1.0),
    # powers
    (lambda x: 0.0**x, 2.0, 0.0),
    (lambda x: x**0, 0.0, 0.0),
    (lambda x: x**1.0, 0.0, 1.0),
    (lambda x: np.power(x, 2), 0.0, 0.0),
    (lambda x: math.pow(x, 3), 0.0, 0.0),
    # tables and splines
    (lambda x: np.interp(x, [0, 1, 2], [0.0, 1.0, 2.0]), 1.0, 1.0),
    (table, 1.5, 3.0),
    (PCHIP, 1.0, float(PCHIP(1.0, 1))),
    (CUBIC, 2.0, float(CUBIC(2.0, 1))),
    # whole numbers
    (lambda x: x * x, 3, 6.0),
    (lambda x: np.array([1, 2])[0] * x, 2, 1.0),
    (lambda x: int(x) * x, 2.5, 2.0),
    (lambda x: round(x) * x, 2.0, 2.0),
    (lambda x: abs(complex(x, 1.0)), 0.0, 0.0),
]

SIDES = [
    (lambda x: np.where(x > 0, np.sqrt(x), 0), 0.0, 0.0, inf),
    (root_or_nothing, 0.0, 0.0, inf),
    (lambda x: max(x, x * x), 1.0, 1.0, 2.0),
    (lambda x: min(x, x * x), 1.0, 2.0, 1.0),
    (lambda x: max(x, 2 * x - 1, 3 * x - 2), 1.0, 1.0, 3.0),
    (lambda x: np.max(np.array([x, x * x, 1.0])), 1.0, 0.0, 2.0),
    (lambda x: np.min(np.array([x, x * x, 1.0])), 1.0, 2.0, 0.0),
    (lambda x: np.sort(np.array([x, 1.0, 2 * x - 1]))[2], 1.0, 0.0, 2.0),
    (lambda x: statistics.median([x, 1.0, 5.0]), 1.0, 0.0, 1.0),
    (lambda x: np.median(np.array([x, 1.0, 0.0])), 1.0, 1.0, 0.0),
    (lambda x: np.percentile(np.array([x, 1.0, 0.0]), 50), 1.0, 1.0, 0.0),
    (lambda x: np.ptp(np.array([x, 1.0, 0.0])), 1.0, 0.0, 1.0),
    (lambda x: np.maximum.accumulate(np.array([1.0, x, 0.5])).sum(), 1.0, 0.0, 2.0),
    (lambda x: np.clip(x, 0.0, 1.0), 0.0, 0.0, 1.0),
    (lambda x: max(0.0, min(1.0, x)), 1.0, 1.0, 0.0),
    (lambda x: (x - 2) * math.floor(x), 2.0, 1.0, 2.0),
    (lambda x: np.linalg.norm(np.array([x, 1.0]), 1), 0.0, -1.0, 1.0),
    (lambda x: np.linalg.norm(np.array([x, 1.0]), np.inf), 1.0, 0.0, 1.0),
    (lambda x: abs(abs(x) - 1), 0.0, 1.0, -1.0),
    (lambda x: abs(abs(x) - 1), 1.0, -1.0, 1.0),
    (lambda x: np.abs(np.array([x, -x, x - 1])).sum(), 0.0, -3.0, 1.0),
    (lambda x: x * (x > 0), 0.0, 0.0, 1.0),
    (lambda x: np.sign(x) * x, 0.0, -1.0, 1.0),
    (lambda x: math.hypot(x, x), 0.0, -ROOT, ROOT),
    (lambda x: abs(complex(x, 0.0)), 0.0, -1.0, 1.0),
    (lambda x: math.sqrt(x * x), 0.0, -1.0, 1.0),
    (lambda x: math.sqrt(x**4 + x**2), 0.0, -1.0, 1.0),
    (lambda x: math.acos(math.cos(x)), 0.0, -1.0, 1.0),
    (lambda x: np.piecewise(x, [x < 0, x >= 0], [lambda x: -x, lambda x: x * x]), 0.0, -1.0, 0.0),
    (largest_by_place, 1.0, 1.0, 2.0),
    (smallest_by_index, 1.0, 2.0, 1.0),
    (staircase_sum, 3.0, 3.0, 4.0),
    (second_of_three, 1.0, 1.0, 0.0),
    (lambda x: abs((x % 2) - 1), 1.0, -1.0, 1.0),
    (lambda x: abs((x % 2) - 1), 2.0, 1.0, -1.0),
    (lambda x: np.interp(x, NODES, HEIGHTS), 1.0, 1.0, 3.0),
    (lambda x: np.interp(x, NODES, HEIGHTS), 4.0, -2.0, 0.0),
    (table, 2.0, 3.0, -2.0),
]

JUMPS = [
    (math.floor, 2.0),
    (lambda x: x * math.floor(x), 2.0),
    (lambda x: 1 if x == 0 else x * x, 0.0),
    (round, 2.5),
    (np.rint, 0.5),
    (np.sign, 0.0),
    (lambda x: np.heaviside(x, 0.5), 0.0),
    (lambda x: math.copysign(1.0, x), 0.0),
    (lambda x: x % 1.0, 2.0),
    (lambda x: math.fmod(x, 1.0), 1.0),
    (lambda x: math.modf(x)[0], 1.0),
    (lambda x: divmod(x, 2)[1], 2.0),
    (lambda x: math.remainder(x, 2.0), 1.0),
    (lambda x: int(x) * x, 2.0),
    (halvings, 8.0),
    (lambda x: next(k * x for k in range(1, 100) if k * x >= 2), 1.0),
    (lambda x: np.array([1.0, 2.0, 3.0])[np.digitize(x, [1.0, 2.0])] * x, 1.0),
    (lambda x: [1.0, 2.0, 3.0][np.searchsorted([1.0, 2.0], x)] * x, 1.0),
    (lambda x: np.unique(np.array([x, 1.0, 2.0])).sum(), 1.0),
    (lambda x: sum({x, 1.0, 2.0}), 1.0),
    (lambda x: math.atan2(x, x), 0.0),
    (lambda x: np.arctan2(x, -1.0), 0.0),
    (lambda x: cmath.phase(complex(-1.0, x)), 0.0),
    (lambda x: x * math.sin(1 / x) if x else 0.0, 0.0),
    (lambda x: x * math.log(abs(x)) if x else 0.0, 0.0),
    (lambda x: x**x, 0.0),
    (lambda x: x**0.5, 0.0),
    (math.acos, 1.0),
    (lambda x: 0.0**x, 0.0),
]

HIGHER = [
    (sinc, 0.0, 2, -1 / 3),
    (np.sinc, 0.0, 2, -(pi**2) / 3),
    (lambda x: 1.0 if abs(x) < 1e-8 else math.sin(x) / x, 0.0, 2, -1 / 3),
    (lambda x: 1.0 if -1e-8 < x < 1e-8 else math.sin(x) / x, 0.0, 2, -1 / 3),
    (lambda x: abs(x) ** 3, 0.0, 2, 0.0),
    (lambda x: max(x, 0) ** 4, 0.0, 3, 0.0),
    (logistic, 0.0, 2, 0.0),
    (CUBIC, 2.0, 2, float(CUBIC(2.0, 2))),
]

HIGHER_SIDES = [
    (huber, 1.0, 2, 1.0, 0.0),
    (lambda x: abs(x) ** 3, 0.0, 3, -6.0, 6.0),
    (lambda x: np.maximum(0, x) ** 2, 0.0, 2, 0.0, 2.0),
    (smoothstep, 0.0, 2, 0.0, 6.0),
    (lambda x: x**3 if x < 1 else 3 * x - 2, 1.0, 2, 6.0, 0.0),
]


def quietly(function, *args, **options):
    with np.errstate(all="ignore"):
        return function(*args, **options)


@pytest.mark.parametrize(("f", "x", "want"), EXISTS)
def test_the_derivative_exists(f, x, want):
    assert quietly(derivative, f, x) == pytest.approx(want, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize(("f", "x", "left", "right"), SIDES)
def test_the_sides_differ(f, x, left, right):
    with pytest.raises(NotDifferentiable) as caught:
        quietly(derivative, f, x)
    assert caught.value.left == pytest.approx(left, abs=1e-9)
    assert caught.value.right == pytest.approx(right, abs=1e-9)
    if math.isfinite(right):
        assert quietly(derivative, f, x, side="right") == pytest.approx(right, abs=1e-9)


@pytest.mark.parametrize(("f", "x"), JUMPS)
def test_there_is_none(f, x):
    with pytest.raises(NotDifferentiable):
        quietly(derivative, f, x)


@pytest.mark.parametrize(("f", "x", "order", "want"), HIGHER)
def test_a_higher_derivative_exists(f, x, order, want):
    assert derivative(f, order=order)(x) == pytest.approx(want, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize(("f", "x", "order", "left", "right"), HIGHER_SIDES)
def test_a_higher_derivative_has_sides(f, x, order, left, right):
    with pytest.raises(NotDifferentiable) as caught:
        derivative(f, order=order)(x)
    assert caught.value.left == pytest.approx(left, abs=1e-9)
    assert caught.value.right == pytest.approx(right, abs=1e-9)


def test_taylor_series_on_a_joint():
    assert taylor(sinc, 0.0, order=4).coefficients == pytest.approx([1, 0, -1 / 6, 0, 1 / 120])
    joint = lambda x: x * x if x > 1 else 2 * x - 1
    assert taylor(joint, 1.0, order=1).coefficients == [1.0, 2.0]
    with pytest.raises(NotDifferentiable):
        taylor(joint, 1.0, order=2)
