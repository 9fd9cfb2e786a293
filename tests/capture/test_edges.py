"""Points where code has an edge: the right value, or "does not exist: left, right"; never stale; threads."""

import math
import threading
import traceback
from dataclasses import dataclass

import numpy as np
import pytest

from dfdx import NotDifferentiable, derivative, gradient, hessian


def sides(f, x):
    """The one-sided slopes where the derivative does not exist."""
    with pytest.raises(NotDifferentiable) as caught:
        derivative(f, x)
    return caught.value.left, caught.value.right


# Where the derivative exists although the code has a branch or an infinite slope on the way


@pytest.mark.parametrize("x", [-1.0, 4.0])
def test_where_guards_a_root_away_from_the_edge(x):
    f = lambda x: np.where(x > 0, np.sqrt(x), 0.0)
    with np.errstate(invalid="ignore"):
        assert derivative(f, x) == pytest.approx(0.25 if x > 0 else 0.0)


def test_where_guards_a_root_in_an_array():
    f = lambda x: np.sum(np.where(x > 0, np.sqrt(np.where(x > 0, x, 1.0)), 0.0))
    assert np.allclose(gradient(f, np.array([4.0, -1.0, 0.25])), [0.25, 0.0, 1.0])


def test_where_guards_a_root_at_the_edge():
    left, right = sides(lambda x: np.where(x > 0, np.sqrt(x), 0.0), 0.0)
    assert left == 0.0 and right == math.inf


def test_root_squared_at_zero():
    left, right = _both(lambda x: math.sqrt(x) ** 2 if x > 0 else x, 0.0)
    assert left == pytest.approx(1.0) and right == pytest.approx(1.0)


def _both(f, x):
    return derivative(f, x, side="left"), derivative(f, x, side="right")


def test_special_value_written_as_a_branch():
    def sinc(x):
        if x == 0:
            return 1.0
        return math.sin(x) / x

    assert derivative(sinc, 0.0) == pytest.approx(0.0, abs=1e-9)
    assert derivative(sinc, 0.5) == pytest.approx((0.5 * math.cos(0.5) - math.sin(0.5)) / 0.25)


def test_special_value_with_a_slope():
    def f(x):
        return 2.0 if x == 1 else (x * x - 1) / (x - 1)

    assert derivative(f, 1.0) == pytest.approx(1.0)


def test_oscillation_that_is_squeezed():
    def f(x):
        return x * x * math.sin(1 / x) if x != 0 else 0.0

    assert derivative(f, 0.0) == pytest.approx(0.0, abs=1e-9)


def test_branch_that_joins_smoothly():
    f = lambda x: x**2 if x < 1 else 2 * x - 1
    assert derivative(f, 1.0) == pytest.approx(2.0)


def test_absolute_value_to_the_third():
    assert derivative(lambda x: abs(x) ** 3, 0.0) == pytest.approx(0.0, abs=1e-9)


def test_absolute_value_times_itself():
    assert derivative(lambda x: x * abs(x), 0.0) == pytest.approx(0.0, abs=1e-9)


def test_largest_of_two_that_touch():
    assert derivative(lambda x: max(x**2, -(x**2)), 0.0) == pytest.approx(0.0, abs=1e-9)


def test_largest_of_equal_things():
    assert derivative(lambda x: max(2 * x, x + x), 1.5) == pytest.approx(2.0)


def test_sorted_tie_of_equal_slopes():
    assert derivative(lambda x: sorted([x, 1.0, x])[0], 0.5) == pytest.approx(1.0)


def test_sum_of_sorted_ties_is_smooth():
    assert derivative(lambda x: sum(sorted([x, 2.0, 4.0 - x])), 2.0) == pytest.approx(0.0, abs=1e-9)


def test_floor_away_from_a_jump():
    assert derivative(lambda x: x * math.floor(x), 2.5) == pytest.approx(2.0)


def test_remainder_away_from_a_jump():
    assert derivative(lambda x: (x % 1.0) ** 2, 2.25) == pytest.approx(0.5)


def test_power_with_exponent_zero():
    assert derivative(lambda x: x**0, 0.0) == 0.0


def test_hypot_away_from_zero_in_one_coordinate():
    assert np.allclose(gradient(lambda x, y: math.hypot(x, y), 0.0, 2.0), [0.0, 1.0])


def test_norm_beside_zero():
    x = np.array([0.0, 3.0, 4.0])
    assert np.allclose(gradient(np.linalg.norm, x), x / 5)


def test_newton_started_at_the_root():
    def root(a):
        x = 2.0
        for _ in range(20):
            step = (x * x - a) / (2 * x)
            if step == 0:
                break
            x -= step
        return x

    assert derivative(root, 4.0) == pytest.approx(0.25)
    assert derivative(root, 9.0) == pytest.approx(1 / 6)


def test_newton_that_stops_by_tolerance_at_the_root():
    def root(a):
        x = 2.0
        while abs(x * x - a) > 1e-12:
            x -= (x * x - a) / (2 * x)
        return x

    found = derivative(root).estimate(4.0)
    assert found.value == pytest.approx(0.25, rel=1e-6)


def test_bisection_is_not_a_constant():
    def root(a):
        low, high = 0.0, 10.0
        for _ in range(100):
            middle = 0.5 * (low + high)
            if middle**3 > a:
                high = middle
            else:
                low = middle
        return 0.5 * (low + high)

    found = derivative(root).estimate(8.0)
    assert found.value == pytest.approx(1 / 12, rel=1e-6)
    assert "differences" in found.method


def test_exponential_of_minus_infinity():
    f = lambda g: math.exp((1.0 - math.inf) / g) + g**2
    assert derivative(f, 0.5) == pytest.approx(1.0)


# Where it does not exist


def test_absolute_value():
    assert sides(abs, 0.0) == (-1.0, 1.0)


def test_largest_on_a_tie():
    assert sides(lambda x: max(x, 2 - x), 1.0) == (-1.0, 1.0)


def test_sorted_on_a_tie():
    assert sides(lambda x: sorted([x, 1.0, 3.0])[0], 1.0) == (1.0, 0.0)


def test_rectifier_of_numpy():
    assert sides(lambda x: np.maximum(x, 0.0), 0.0) == (0.0, 1.0)


def test_norm_at_zero():
    assert sides(lambda t: np.linalg.norm(np.array([3 * t, 4 * t])), 0.0) == (-5.0, 5.0)
    assert np.array_equal(gradient(np.linalg.norm, np.zeros(3)), np.zeros(3))


def test_jump_of_floor():
    left, right = sides(lambda x: x + math.floor(x), 2.0)
    assert not (left == right == 1.0)


def test_jump_of_a_branch():
    with pytest.raises(NotDifferentiable):
        derivative(lambda x: 1.0 if x > 2 else 0.0, 2.0)


def test_root_at_zero():
    with pytest.raises(NotDifferentiable) as caught:
        derivative(math.sqrt, 0.0)
    assert caught.value.right == math.inf


def test_cube_root_at_zero():
    with pytest.raises(NotDifferentiable) as caught:
        derivative(np.cbrt, 0.0)
    assert caught.value.left == caught.value.right == math.inf


def test_a_wrong_special_value_is_no_derivative():
    def f(x):
        return 5.0 if x == 0 else x * x

    with pytest.raises(NotDifferentiable):
        derivative(f, 0.0)


# Never stale: what a function reads is read anew at every call

FACTOR = 2.0


def scaled(x):
    return FACTOR * x * math.sin(x)


def test_changed_global(monkeypatch):
    before = derivative(scaled, 0.7)
    monkeypatch.setitem(globals(), "FACTOR", 5.0)
    assert derivative(scaled, 0.7) == pytest.approx(2.5 * before)


def helper(x):
    return x**2


def calling(x):
    return helper(x) + 1


def test_changed_function(monkeypatch):
    assert derivative(calling, 3.0) == 6.0
    monkeypatch.setitem(globals(), "helper", lambda x: x**3)
    assert derivative(calling, 3.0) == 27.0


def test_changed_code_of_a_function():
    def f(x):
        return x**2

    def g(x):
        return math.exp(x)

    assert derivative(f, 1.0) == 2.0
    f.__code__ = g.__code__
    assert derivative(f, 1.0) == pytest.approx(math.e)


def test_changed_closure_cell():
    k = 2.0

    def f(x):
        return k * x**2

    df = derivative(f)
    assert df(1.0) == 4.0
    k = 3.0
    assert df(1.0) == 6.0


def test_changed_default():
    def f(x, k=2.0):
        return k * x

    df = derivative(f)
    assert df(1.0) == 2.0
    f.__defaults__ = (7.0,)
    assert df(1.0) == 7.0


@dataclass
class Model:
    k: float

    def __call__(self, x):
        return self.k * x**2

    def energy(self, x):
        return self.k * math.cosh(x)


def test_changed_attribute():
    m = Model(2.0)
    df, de = derivative(m), derivative(m.energy)
    assert df(1.0) == 4.0 and de(0.0) == 0.0
    m.k = 5.0
    assert df(1.0) == 10.0 and de(1.0) == pytest.approx(5 * math.sinh(1))


def test_changed_list_item_and_array_content():
    items, array = [1.0, 2.0], np.array([1.0, 2.0])
    df = derivative(lambda x: items[1] * x + array[0] * x**2)
    assert df(1.0) == 4.0
    items[1], array[0] = 10.0, 3.0
    assert df(1.0) == 16.0


def test_another_branch():
    df = derivative(lambda x: x**2 if x > 0 else -x)
    assert [df(3.0), df(-3.0), df(2.0)] == [6.0, -1.0, 4.0]


def test_other_lengths_and_shapes():
    df = gradient(lambda x: sum(v**2 for v in x))
    assert list(df([1.0, 2.0])) == [2.0, 4.0]
    assert list(df([1.0, 2.0, 3.0])) == [2.0, 4.0, 6.0]
    assert df(np.ones(4)).shape == (4,)


def test_a_cached_helper_does_not_keep_traced_values():
    from functools import lru_cache

    @lru_cache
    def square(x):
        return x * x

    f = lambda x: square(x) + square(2.0)
    assert derivative(f, 3.0) == 6.0
    assert derivative(f, 3.0) == 6.0
    assert f(3.0) == 13.0 and type(square(3.0)) is float


def test_state_outside_holds_no_wrong_number_later():
    log = []

    def f(x):
        log.append(float(x) * 2)
        return x**2

    assert derivative(f, 3.0) == 6.0
    assert f(3.0) == 9.0


def test_the_argument_is_not_changed():
    x = np.array([1.0, 2.0])

    def f(v):
        v *= 2
        return (v**2).sum()

    assert np.allclose(gradient(f, x), [8.0, 16.0])
    assert list(x) == [1.0, 2.0]


# Threads, nesting, tracebacks


def _work(k):
    def f(x):
        y = np.zeros(5)
        for i in range(5):
            y[i] = math.sin(k * x + i) * y[i - 1] + x
        return y.sum()

    return [derivative(f, 0.1 * j) for j in range(20)] + list(
        gradient(lambda v: (v**k).sum() * v[0], np.arange(1.0, 4.0))
    )


def test_threads_find_what_one_finds():
    alone = [_work(k) for k in range(1, 9)]
    together = [None] * 8

    def run(k):
        together[k] = _work(k + 1)

    threads = [threading.Thread(target=run, args=(k,)) for k in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert together == alone


def test_nested_derivatives_keep_apart():
    f = lambda x: x * derivative(lambda y: x + y, 1.0)
    assert derivative(f, 1.0) == 1.0
    g = lambda x: derivative(lambda y: math.sin(x * y), 2.0)
    x = 0.3
    assert derivative(g, x) == pytest.approx(math.cos(2 * x) - 2 * x * math.sin(2 * x))
    assert np.allclose(hessian(lambda x, y: math.exp(x * y), 0.0, 1.0), [[1.0, 1.0], [1.0, 0.0]])


def broken(x):
    y = x * 2
    return deeper(y)


def deeper(y):
    table = {"a": y}
    return table["b"]  # the line of the mistake


def test_a_traceback_shows_the_users_lines():
    with pytest.raises(KeyError) as caught:
        derivative(broken, 1.0)
    shown = "".join(traceback.format_exception(caught.value))
    assert "return deeper(y)" in shown and "the line of the mistake" in shown


def test_an_exception_of_the_function_is_its_own():
    class Wrong(Exception):
        pass

    def f(x):
        if x > 1:
            raise Wrong(f"{x:.1f} is too large")
        return x

    with pytest.raises(Wrong, match="is too large"):
        derivative(f, 2.0)
    assert derivative(f, 0.5) == 1.0
