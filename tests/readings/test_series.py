"""Taylor series of graphs: every card against mpmath, and the laws of power series."""

import math

import mpmath
import numpy as np
import pytest
from readings.series_truth import SLOW, graph_of, line, truth, ulps, worst

from dfdx import walk
from dfdx.capture.traced import Tape
from dfdx.contraction import contraction
from dfdx.convolution import Convolve
from dfdx.errors import NotDifferentiable
from dfdx.graph import Graph, variable
from dfdx.readings.precise import precise_series
from dfdx.readings.series import series
from dfdx.readings.series_cells import Expansion
from dfdx.rules import linalg
from dfdx.rules.arithmetic import absolute, maximum
from dfdx.rules.choice import choose, less
from dfdx.rules.elementary import asinh, atan, cos, cosh, exp, log, sin, sqrt, tan, tanh
from dfdx.rules.table import all_cards
from dfdx.selection import Sort
from dfdx.structure import Concatenate, Put, reshape, take
from dfdx.transforms.tangent import slope

NAMES = sorted(all_cards())


def one(f):
    """The graph of a function of one variable."""
    x = variable("x")
    return Graph([x], [f(x)])


def ten(x):
    """A composite of ten functions."""
    inner = log(1 + exp(sin(tanh(sqrt(1 + x * x) * atan(x)))))
    return inner * cosh(cos(x)) / (2 + asinh(x))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SLOW])
def test_card(name):
    """In doubles to 12 digits of the largest coefficient; with more digits, correctly rounded."""
    card = all_cards()[name]
    point, direction = line(card, 0)
    wanted = truth(card, 0, 6)
    (found,) = series(graph_of(card), point, 6, direction)
    assert worst(found, wanted) <= 1e-12
    (rounded,), digits, notes = precise_series(graph_of(card), point, 6, direction, patience=0.5)
    if notes:
        assert "mpmath is slow" in notes[0] and digits == 15 and rounded == found
    else:
        size = max(map(abs, wanted))
        for a, b in zip(rounded, wanted, strict=True):
            assert ulps(a, b) <= 0.51 or abs(a - b) < 1e-30 * size


@pytest.mark.parametrize("name", sorted(SLOW))
def test_card_by_its_derivatives(name):
    """Where mpmath is slow: coefficient k is derivative k over k!, found by transforming the graph."""
    card = all_cards()[name]
    point, direction = line(card, 0)
    t = variable("t")
    g = Graph([t], [card(*[x + t * v if v else x for x, v in zip(point, direction, strict=True)])])
    (found,) = series(g, [0.0], 3)
    for k in range(4):
        (wanted,) = walk.run(g, 0.0)
        scale = max(map(abs, found))
        assert abs(found[k] - wanted / math.factorial(k)) <= 1e-9 * scale
        g = slope(g)


def test_polynomials_at_zero():
    """Whole powers are products, so they have a series where x is 0."""
    assert series(one(lambda x: x**3 + x**2), [0.0], 5) == [[0, 0, 1, 1, 0, 0]]
    assert series(one(lambda x: x**7), [0.0], 7) == [[0] * 7 + [1]]
    assert series(one(lambda x: x**0), [0.0], 2) == [[1, 0, 0]]
    assert series(one(lambda x: 1 / x**2), [1.0], 3) == [[1, -2, 3, -4]]


def test_real_powers():
    (found,) = series(one(lambda x: x**2.5), [2.0], 9)
    with mpmath.workdps(40):
        wanted = mpmath.taylor(lambda x: x**2.5, 2, 9)
    assert worst(found, wanted) < 1e-15
    (found,) = series(one(lambda x: x**x), [1.5], 9)
    with mpmath.workdps(40):
        wanted = mpmath.taylor(lambda x: x**x, 1.5, 9)
    assert worst(found, wanted) < 1e-15


def test_real_powers_at_zero():
    """x^2.5 has two derivatives at 0."""
    assert series(one(lambda x: x**2.5), [0.0], 2) == [[0, 0, 0]]
    with pytest.raises(NotDifferentiable, match="order 3"):
        series(one(lambda x: x**2.5), [0.0], 3)


def test_infinite_derivatives():
    assert series(one(sqrt), [0.0], 0) == [[0.0]]
    with pytest.raises(NotDifferentiable, match=r"sqrt at 0.0 cannot be differentiated once"):
        series(one(sqrt), [0.0], 1)
    with pytest.raises(ArithmeticError):
        series(one(lambda x: sin(sqrt(x * x))), [0.0], 4)


def test_the_function_raises_as_it_does():
    with pytest.raises(ValueError, match="domain"):
        series(one(log), [-1.0], 3)
    with pytest.raises(ZeroDivisionError):
        series(one(lambda x: 1 / x), [0.0], 3)


def test_bad_questions():
    with pytest.raises(ValueError, match="order"):
        series(one(sin), [0.0], -1)
    with pytest.raises(ValueError, match="centre"):
        series(one(sin), [0.0, 1.0], 1)
    x, y = variable("x"), variable("y")
    with pytest.raises(ValueError, match="along"):
        series(Graph([x, y], [x * y]), [1.0, 2.0], 1)


def test_direction():
    """2 z^3 x^2 along (3, 4), against the polynomial in t written out."""
    x, z = variable("x"), variable("z")
    (found,) = series(Graph([x, z], [2 * z**3 * x**2]), [1.0, 2.0], 5, along=[3.0, 4.0])
    wanted = 2 * np.polynomial.Polynomial([2, 4]) ** 3 * np.polynomial.Polynomial([1, 3]) ** 2
    assert found == list(wanted.coef)


def test_an_input_that_stays():
    """J_n(x) for a whole order n given as an input: its neighbours close the circle."""
    n, x = variable("n"), variable("x")
    graph = Graph([n, x], [all_cards()["jv"](n, x)])
    (found,) = series(graph, [2.0, 1.5], 12, along=[0.0, 1.0])
    with mpmath.workdps(40):
        wanted = mpmath.taylor(lambda t: mpmath.besselj(2, t), 1.5, 12)
    assert worst(found, wanted) < 1e-13


def test_constants_and_several_outputs():
    x = variable("x")
    found = series(Graph([x], [x, sin(1.0) + 0 * x, x * x]), [3.0], 3)
    assert found == [[3, 1, 0, 0], [math.sin(1.0), 0, 0, 0], [9, 6, 1, 0]]


def test_series_of_the_derivative():
    """The series of the derivative is the derivative of the series."""
    graph = one(ten)
    (whole,) = series(graph, [0.4], 21)
    (derived,) = series(slope(graph), [0.4], 20)
    for k in range(21):
        assert derived[k] == pytest.approx((k + 1) * whole[k + 1], rel=1e-9)


def test_product_and_quotient():
    """exp(-x) exp(x) = 1 and tan cos = sin, coefficient by coefficient."""
    (found,) = series(one(lambda x: exp(-x) * exp(x)), [0.7], 30)
    assert found == pytest.approx([1] + [0] * 30, abs=1e-15)
    (found,) = series(one(lambda x: tan(x) * cos(x)), [0.7], 30)
    (wanted,) = series(one(sin), [0.7], 30)
    assert found == pytest.approx(wanted, abs=1e-9)


def test_branches():
    """The branch that is taken at the centre decides."""
    graph = one(lambda x: choose(less(x, 1), sin(x), log(x)))
    assert series(graph, [0.5], 4) == series(one(sin), [0.5], 4)
    assert series(graph, [2.0], 4) == series(one(log), [2.0], 4)
    assert series(one(lambda x: maximum(absolute(x), 1)), [-3.0], 2) == [[3, -1, 0]]


def test_cells_grow_with_the_order_only_where_rules_do_not_close():
    """sin and cos ask for each other, gamma for one polygamma function per order."""
    x = variable("x")

    def cells(f, order):
        return len(Expansion([f(x)], order, {}).cells)

    assert cells(ten, 64) == cells(ten, 8)
    gamma, jv = all_cards()["gamma"], all_cards()["jv"]
    for f in (gamma, lambda x: jv(2, x)):
        steps = [cells(f, n + 1) - cells(f, n) for n in range(8, 32)]
        assert max(steps) <= 20


def test_long_chain():
    """40,000 operations, no recursion."""
    x = variable("x")
    y = x
    for _ in range(20_000):
        y = sin(y) + 1
    (found,) = series(Graph([x], [y]), [0.5], 1)
    (value,) = walk.run(Graph([x], [y]), 0.5)
    assert found[0] == value
    assert all(map(math.isfinite, found))


def test_on_traced_values():
    """The coefficients of a traced centre are traced: here its cosine, differentiated by hand."""
    tape = Tape()
    center = tape.variable(0.3)
    (found,) = series(one(sin), [center], 1)
    assert found[1].value == math.cos(0.3)
    assert found[1].tape is tape


def test_on_nodes():
    """A node as centre gives the coefficients as a graph."""
    c = variable("c")
    (found,) = series(one(lambda x: x * exp(x)), [c], 3)
    values = [walk.run(Graph([c], [node]), 0.5)[0] for node in found]
    assert values == pytest.approx(series(one(lambda x: x * exp(x)), [0.5], 3)[0])


# arrays


def fitted(f, x, v, order):
    """Coefficients of f(x + t v) from values on a circle, where f takes complex arrays."""
    n = 32
    circle = 0.05 * np.exp(2j * np.pi * np.arange(n) / n)
    values = np.array([f(x + t * v) for t in circle])
    c = np.fft.fft(values, axis=0) / n
    return [np.real(c[k]) / 0.05**k for k in range(order + 1)]


def check_arrays(build, f, x, v, order=5):
    """The series of build(node) against that of the same function f on arrays."""
    node = variable("x", x.shape)
    (found,) = series(Graph([node], [build(node)]), [x], order, along=[v])
    for c, wanted in zip(found, fitted(f, x, v, order), strict=True):
        assert np.shape(c) == wanted.shape
        np.testing.assert_allclose(c, wanted, rtol=1e-7, atol=1e-7)


RANDOM = np.random.default_rng(3)
A = RANDOM.uniform(0.5, 1.5, (3, 3)) + 2 * np.eye(3)
V = RANDOM.normal(size=(3, 3))
B = RANDOM.normal(size=(3, 2))


def test_pointwise_on_arrays():
    check_arrays(lambda x: sin(x) * 2 + 1 / x, lambda x: np.sin(x) * 2 + 1 / x, A, V)
    check_arrays(lambda x: x**2.5, lambda x: x**2.5, A, V)
    powers = np.array([0.0, 1.0, 3.0])
    check_arrays(lambda x: x**powers, lambda x: x**powers, A, V)
    check_arrays(lambda x: x**powers, lambda x: x**powers, 0 * A, V)


def test_broadcasting():
    """A number plus, times and over an array has coefficients of the array's shape."""
    ramp = np.arange(1.0, 4.0)
    x = variable("x")
    for f in (lambda x: x + ramp, lambda x: x * ramp, lambda x: ramp / x, lambda x: x - ramp):
        (found,) = series(Graph([x], [f(x)]), [2.0], 3)
        one_by_one = [series(Graph([x], [take(f(x), k)]), [2.0], 3)[0] for k in range(3)]
        np.testing.assert_allclose(found, np.transpose(one_by_one), rtol=1e-14)


def test_contractions():
    def mm(spec, *args):
        return contraction(spec)(*args)

    check_arrays(lambda x: mm("ij,jk->ik", x, sin(x)), lambda x: x @ np.sin(x), A, V)
    check_arrays(lambda x: mm("ij->ji", x) + mm("ii->", x), lambda x: x.T + np.trace(x), A, V)
    check_arrays(
        lambda x: mm("ij,jk,kl->il", x, x, exp(x)), lambda x: x @ x @ np.exp(x), A, V, order=4
    )


def test_moves():
    def build(x):
        y = Put((0, slice(None)))(sin(x), take(x, (slice(None), 1)))
        return reshape(Concatenate(0)(y, x * x), (18,))

    def f(x):
        y = np.sin(x)
        y[0, :] = x[:, 1]
        return np.concatenate([y, x * x]).reshape(18)

    check_arrays(build, f, A, V)
    check_arrays(lambda x: Sort(0)(x) ** 2, lambda x: _sorted(x) ** 2, A, V)
    check_arrays(
        lambda x: Convolve()(take(x, 0), exp(take(x, 1))),
        lambda x: np.convolve(x[0], np.exp(x[1])),
        A,
        V,
    )


def _sorted(x):
    order = np.argsort(x.real, axis=0)
    return np.take_along_axis(x, order, axis=0)


def test_implicit():
    """Solving, inverting, the determinant, and eigenvalues: the rate of an equation's solution."""
    check_arrays(lambda x: linalg.solve(x, B), lambda x: np.linalg.solve(x, B), A, V)
    check_arrays(lambda x: linalg.solve(A, sin(x)), lambda x: np.linalg.solve(A, np.sin(x)), A, V)
    check_arrays(linalg.inv, np.linalg.inv, A, V, order=4)
    check_arrays(linalg.det, np.linalg.det, A, V, order=4)
