"""The difference quotient: its two errors add up, and mpmath says the same."""

import mpmath
import pytest

from dfdx import derivative
from dfdx.capture.formula import parse
from dfdx.explain.quotient import quotient

FUNCTIONS = {
    "x^2": lambda m, x: x**2,
    "x^2 sin x": lambda m, x: x**2 * m.sin(x),
    "exp(-x^2)": lambda m, x: m.exp(-(x**2)),
    "1/(1 + x)": lambda m, x: 1 / (1 + x),
    "sqrt(x) ln x": lambda m, x: m.sqrt(x) * m.log(x),
}


@pytest.mark.parametrize("formula", FUNCTIONS)
@pytest.mark.parametrize("h", [0.5, 1e-1, -1e-2, 1e-4, 1e-8, 1e-13])
def test_the_parts_are_what_mpmath_says(formula, h):
    f, g, x = parse(formula), FUNCTIONS[formula], 1.3
    q = quotient(f, x, h, derivative(f, x), (f.graph, f.graph))
    with mpmath.workdps(60):
        at, step = mpmath.mpf(x), mpmath.mpf(h)
        secant = (g(mpmath, at + step) - g(mpmath, at)) / step
        tangent = mpmath.diff(lambda t: g(mpmath, t), at)
        assert q.truncation == pytest.approx(float(secant - tangent), rel=1e-9)
        assert q.roundoff == pytest.approx(float(mpmath.mpf(q.value) - secant), rel=1e-9, abs=1e-25)
        assert q.off == pytest.approx(float(mpmath.mpf(q.value) - tangent), rel=1e-9, abs=1e-25)
    assert q.value == (f(x + h) - f(x)) / h


def test_the_first_lesson():
    f = parse("x^2")
    q = quotient(f, 3.0, 1e-4, 6.0, (f.graph, f.graph))
    assert q.value == pytest.approx(6.0001, abs=1e-9)
    assert q.truncation == pytest.approx(1e-4, rel=1e-12)


def test_a_line_has_no_truncation():
    f = parse("3x + 1")
    q = quotient(f, 1.0, 0.1, 3.0, (f.graph, f.graph))
    assert q.truncation == 0.0 and q.off == q.roundoff != 0.0


def test_without_a_derivative_there_is_only_the_quotient():
    f = parse("abs(x)")
    q = quotient(f, 0.0, 0.1, float("nan"), (f.graph, f.graph))
    assert q.value == 1.0 and q.truncation != q.truncation


def test_without_a_graph_only_the_sum_is_known():
    q = quotient(lambda x: x * x, 3.0, 1e-4, 6.0)
    assert q.off == q.value - 6.0 and q.roundoff != q.roundoff
