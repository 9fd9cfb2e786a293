"""Slopes in orders and shape parameters: higher orders, mixed orders, arrays, graphs, limits."""

import mpmath
import numpy as np
import pytest

from dfdx.errors import NoRule
from dfdx.graph import Graph, variable
from dfdx.rules.parameter import HIGHEST, slope
from dfdx.rules.special_bessel import jv
from dfdx.rules.special_gamma import zeta, zetac
from dfdx.rules.special_incomplete import betainc, gammainc
from dfdx.walk import run


def relative(found, truth):
    return float(abs(found - truth) / abs(truth))


def test_order_of_a_bessel_function_has_its_closed_form():
    # DLMF 10.15.3: at order 0 the slope is π/2 Y₀
    x = np.linspace(0.3, 20, 50)
    truth = [float(mpmath.pi / 2 * mpmath.bessely(0, t)) for t in x]
    np.testing.assert_allclose(slope(jv, 0)(0.0, x), truth, atol=1e-14)


@pytest.mark.parametrize("order, digits", [(1, 12), (2, 11), (3, 9), (4, 8)])
def test_higher_orders(order, digits):
    args = 1.7, 3.3
    value, y = slope(jv, 0), slope(jv, 0)(*args)
    for _ in range(order - 1):
        y = value.partial(0, y, args)
        value = _next(value)
    truth = mpmath.diff(lambda v: mpmath.besselj(v, args[1]), args[0], order)
    assert relative(y, truth) < 10.0**-digits


def _next(card):
    """The card of the slope of a slope card in its first operand, read off its symbolic partial."""
    return card.symbolic(0).outputs[0].op


def test_no_rule_beyond_the_highest_order():
    card = slope(jv, 0)
    for _ in range(HIGHEST - 1):
        card = _next(card)
    with pytest.raises(NoRule, match="up to order"):
        card.partial(0, 0.0, (1.0, 2.0))


def test_mixed_slopes_in_both_parameters_agree():
    args = 2.5, 1.3, 0.4
    first, second = slope(betainc, 0), slope(betainc, 1)
    a = first.partial(1, first(*args), args)
    b = second.partial(0, second(*args), args)
    truth = mpmath.diff(
        lambda p, q: mpmath.betainc(p, q, 0, args[2], regularized=True), args[:2], (1, 1)
    )
    assert relative(a, truth) < 1e-11
    assert relative(b, truth) < 1e-11


def test_in_the_variable_it_is_the_slope_of_the_closed_form():
    args = 2.5, 1.7
    card = slope(gammainc, 0)
    found = card.partial(1, card(*args), args)
    truth = mpmath.diff(lambda a, x: mpmath.gammainc(a, 0, x, regularized=True), args, (1, 1))
    assert relative(found, truth) < 1e-13


def test_shapes():
    card = slope(jv, 0)
    v, x = np.linspace(0, 3, 7)[:, None], np.linspace(1, 4, 5)
    whole = card(v, x)
    assert whole.shape == (7, 5)
    assert isinstance(card(1.0, 2.0), float)
    np.testing.assert_allclose(whole[3, 2], card(float(v[3, 0]), float(x[2])), rtol=1e-13)
    many = card(np.linspace(0, 3, 1500), 2.0)  # more than fit into one sweep
    np.testing.assert_allclose(many[[0, 700, 1499]], card(np.array([0, 700 / 1499 * 3, 3]), 2.0))


def test_in_a_graph():
    v, x = variable("v"), variable("x")
    y = slope(jv, 0)(v, x)
    assert run(Graph([v, x], [y]), 0.5, 2.0) == [slope(jv, 0)(0.5, 2.0)]


def test_walls_are_not_crossed():
    # the pole of zeta at 1, and the end of the domain of the incomplete gamma function at 0
    for s in (1.05, 0.9, 2.0):
        assert relative(zeta.partial(0, zeta(s), (s,)), mpmath.zeta(s, derivative=1)) < 1e-11
    s = 40.0  # zeta is 1 to twelve digits there; its slope has all of them
    assert relative(zetac.partial(0, zetac(s), (s,)), mpmath.zeta(s, derivative=1)) < 1e-11
    truth = mpmath.diff(lambda a: mpmath.gammainc(a, 0, 0.5, regularized=True), 0.01)
    assert relative(slope(gammainc, 0)(0.01, 0.5), truth) < 1e-11
    assert np.isnan(slope(gammainc, 0)(-1.0, 0.5))


def test_the_name_says_what_it_is():
    assert repr(slope(jv, 0)) == "∂₁jv"
    assert slope(jv, 0) is slope(jv, 0)
