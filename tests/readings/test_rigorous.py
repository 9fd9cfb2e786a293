"""Proven derivatives: the truth lies inside, for every card that has an enclosure; and nothing is guessed."""

import math
import random

import mpmath
import pytest

pytest.importorskip("flint")

from random_formulas import exact_value, random_graph, random_point
from rules.oracle import exact
from rules.samples import draw

import dfdx
from dfdx.errors import NoRule, NotConverged, NotDifferentiable, NotTraceable
from dfdx.graph import Graph, as_node, variable
from dfdx.readings.balls import Ball, Uncertain
from dfdx.readings.rigorous import proven_derivatives
from dfdx.rules.table import all_cards
from dfdx.transforms.tangent import slope

CARDS = all_cards()
# Cards without an enclosure: sums and integrals in mpmath, inverses by a secant, Kelvin, Struve, Jacobi.
WITHOUT = {
    "wright_bessel", "log_wright_bessel", "ndtri_exp", "owens_t", "voigt_profile", "gammaincinv",
    "gammainccinv", "betaincinv", "betainccinv", "ber", "bei", "ker", "kei", "berp", "beip",
    "kerp", "keip", "struve", "modstruve", "itj0", "ity0", "iti0", "itk0", "ellipj_sn",
    "ellipj_cn", "ellipj_dn", "ellipj_am", "lpmv", "chdtri", "chndtr", "gdtrix", "stdtrit",
    "fdtri", "bdtri", "pdtri", "nbdtri",
}  # fmt: skip


def inside(value, error, truth):
    return abs(mpmath.mpf(value) - truth) <= mpmath.mpf(error) + abs(truth) * mpmath.mpf(10) ** -25


@pytest.mark.parametrize("name", CARDS)
def test_every_card(name):
    card = CARDS[name]
    (point,) = draw(card, 1, seed=5)
    xs = [variable(f"x{k}") for k in range(card.arity)]
    graph = Graph(xs, [as_node(card(*xs))])
    center = list(map(float, point))
    proved = 0
    for k in (None, *range(card.arity)):
        along = [float(k == j) for j in range(card.arity)]
        order = 0 if k is None else 1
        try:
            ((value, error),) = proven_derivatives(graph, center, order, along)
        except NoRule:
            continue
        proved += 1
        with mpmath.workdps(40):
            assert inside(value, error, exact(card, point, () if k is None else (k,)))
        assert error <= 2.0**-52 * abs(value) or error < 1e-300
    assert bool(proved) == (name not in WITHOUT)


def test_random_formulas():
    count = 0
    for seed in range(150):
        rng = random.Random(seed)
        graph = random_graph(rng, rng.randrange(3, 14))
        point = [x + 1e-3 * rng.random() for x in random_point(rng)]
        order = 1 + seed % 3
        truth = graph
        for _ in range(order):
            truth = slope(truth)
        truth = exact_value(truth, point)
        try:
            ((value, error),) = proven_derivatives(graph, point, order, [1.0, 0.0])
        except (NotConverged, NotDifferentiable, ArithmeticError, NoRule):
            continue
        if truth is not None:
            count += 1
            with mpmath.workdps(60):
                assert inside(value, error, truth)
    assert count > 80


def test_the_error_is_that_of_one_rounding():
    f = lambda x: math.exp(math.sin(x)) / x
    for order in (1, 2, 5):
        e = dfdx.derivative(f, order=order).estimate(0.7, rigorous=True)
        assert 0 < e.error <= 2.0**-52 * abs(e.value) and e.method == "proven (ball arithmetic)"
        with mpmath.workdps(40):
            g = lambda x: mpmath.exp(mpmath.sin(x)) / x
            assert inside(e.value, e.error, mpmath.diff(g, mpmath.mpf(0.7), order))


def test_cancellation_does_not_matter():
    e = dfdx.derivative(lambda x: (1 - math.cos(x)) / x**2).estimate(1e-8, rigorous=True)
    assert e.value == pytest.approx(-1e-8 / 12, rel=1e-14) and e.error < 1e-24
    e = dfdx.derivative(lambda x: math.sin(x) ** 2 + math.cos(x) ** 2).estimate(0.5, rigorous=True)
    assert e.value == 0.0 and e.error < 1e-300
    assert dfdx.derivative(lambda x: 3 * x**2).estimate(2.0, rigorous=True).error == 0.0


def test_gradients():
    f = lambda x, y: math.atan2(y, x) * math.gamma(x)
    e = dfdx.gradient(f).estimate(1.3, 0.4, rigorous=True)
    with mpmath.workdps(40):
        g = lambda x, y: mpmath.atan2(y, x) * mpmath.gamma(x)
        point = (mpmath.mpf(1.3), mpmath.mpf(0.4))
        for k, order in enumerate([(1, 0), (0, 1)]):
            assert inside(e.value[k], e.error[k], mpmath.diff(g, point, order))
    p = dfdx.partial(f, "y").estimate(1.3, 0.4, rigorous=True)
    assert p.value == e.value[1]


def test_a_typed_formula_knows_pi():
    e = dfdx.derivative(dfdx.formula("sin(pi x)")).estimate(1.0, rigorous=True)
    assert e.value == -math.pi and 1.2e-16 < e.error < 1.3e-16


def test_branches_are_proven_too():
    f = lambda x: abs(x - 1) if x > 0.1 else x**3
    assert dfdx.derivative(f).estimate(0.5, rigorous=True).value == -1.0
    near = lambda x: x if x * x < 2.0 else -x
    root = math.sqrt(2.0)  # its square is 2.0000000000000004, and that is certain
    assert dfdx.derivative(near).estimate(root, rigorous=True).value == -1.0


@pytest.mark.parametrize(
    ("f", "x", "error"),
    [
        (abs, 0.0, NotDifferentiable),
        (math.sqrt, 0.0, NotDifferentiable),
        (lambda x: x if x < 2 else x * x, 2.0, NotDifferentiable),
        (lambda x: math.floor(x) * x, 3.0, NotDifferentiable),
        (lambda x: float(f"y{x:.17g}"[1:]) ** 2, 1.5, (NotTraceable, NoRule)),
        (lambda x: __import__("numpy").full(3, x).sum(), 1.5, NoRule),
        (lambda x: abs(math.sin(x) ** 2 + math.cos(x) ** 2 - 1), 0.7, (NotConverged, NotDifferentiable)),
    ],
)  # fmt: skip
def test_nothing_is_guessed(f, x, error):
    with pytest.raises(error):
        dfdx.derivative(f).estimate(x, rigorous=True)


def test_options_that_contradict():
    with pytest.raises(ValueError, match="both sides"):
        dfdx.derivative(abs, side="right").estimate(0.0, rigorous=True)


def test_balls_do_not_guess():
    third = Ball(1) / 3
    assert third < 0.4 and third > 0.3 and third != 1 and third != 0
    for doubt in (
        lambda: third < third,
        lambda: third == third,
        lambda: bool(third - third),
        lambda: int(third),
    ):
        with pytest.raises(Uncertain):
            doubt()
    with pytest.raises(ZeroDivisionError):
        third / 0
    assert int(Ball(3)) == 3 and Ball(0.1) == 0.1
