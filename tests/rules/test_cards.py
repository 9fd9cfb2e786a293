"""Every card of the table against mpmath: a new line in a table needs no new test."""

from random import Random

import numpy as np
import pytest
from rules.measures import curvatures, exact, sample, slopes, values
from rules.sweeps import FIRST, graph_of

from dfdx.errors import NoRule
from dfdx.readings.formula import latex, mathml
from dfdx.readings.formula.text import text
from dfdx.readings.interval import enclose
from dfdx.rules.parameter import SAMPLED
from dfdx.rules.table import all_cards
from dfdx.transforms.tangent import slope

NAMES = sorted(all_cards())
CARDS = [all_cards()[name] for name in NAMES]
each_card = pytest.mark.parametrize("card", CARDS, ids=NAMES)

SLOPE = 64  # ulps that a slope may be off
FITTED = 1e4  # the same for a slope in a parameter, found by a fit: 2e-12
CURVATURE = 512  # ulps that a second derivative may be off
FITTED_TWICE = 1e6  # 2e-10, where a fit is differentiated

NO_BETTER = {  # (slopes, second derivatives) in ulps, and why more is allowed
    "ber": (1e6, 1e6),  # SciPy's Kelvin functions have only 10 digits beyond |x| = 10
    "bei": (1e6, 1e6),  # the same
    "ker": (1e6, 1e6),  # the same
    "kei": (1e6, 1e6),  # the same
    "berp": (1e6, 1e6),  # the same
    "beip": (1e6, 1e6),  # the same
    "kerp": (1e6, 1e6),  # the same
    "keip": (1e6, 1e6),  # the same
    "hyp0f1": (1e5, 1e6),  # near the pole b = 0 the fit's window is narrow
    "hyp2f1": (1e6, 1e8),  # SciPy's value loses up to 6 digits for x < -1
    "ive": (1e4, 1e6),  # for negative orders two large terms cancel
    "voigt_profile": (1e4, 1e5),  # inside |z| = 6.5 the recurrence for w'' cancels by |z|^4
    "binom": (2048, 1e5),  # for k > n the slopes of the gamma functions are huge and cancel
    "stdtrit": (1e4, 1e7),  # at the median the slope in the degrees of freedom is 0
    "fdtri": (1e4, 1e7),  # for few degrees of freedom the quantiles span 100 powers of ten
}


def bounds_of(card):
    slope = FITTED if SAMPLED in card.notes.values() else SLOPE
    curvature = FITTED_TWICE if SAMPLED in card.notes.values() else CURVATURE
    return NO_BETTER.get(card.name, (slope, curvature))


def worst(measured, bound):
    """The measurements above the bound, worst first: what a failing test shows."""
    return sorted((m for m in measured if not m[0] <= bound), key=lambda m: -m[0])[:3]


def test_the_table_is_long_enough():
    assert len(CARDS) >= 170


@each_card
def test_value(card):
    """The card's `ulps` hold: of the value itself up to 2, above that relative to the conditioning."""
    measured = ((ulps if card.ulps <= 2 else relative, at) for ulps, relative, at in values(card))
    assert not worst(measured, max(card.ulps, 0.5))


@each_card
def test_slopes(card):
    for reading in FIRST:
        assert (reading, worst(slopes(card, reading), bounds_of(card)[0])) == (reading, [])


@each_card
def test_second_derivatives(card):
    assert not worst(curvatures(card), bounds_of(card)[1])


@each_card
def test_intervals_hold_the_value(card):
    """At a point and around it; an enclosure of a function of several operands may be all numbers."""
    s = sample(card)
    graph = graph_of(card)
    for point in s.points[:3]:
        for width in (0.0, 1e-3):
            around = [
                (a, a) if type(a) is int else (a - width * abs(a), a + width * abs(a))
                for a in point
            ]
            ((low, high),) = enclose(graph, around)
            assert low <= exact(card, point) <= high


@each_card
def test_formulas_can_be_written(card):
    graph = graph_of(card)
    for write in (text, latex, mathml):
        assert write(graph)
        for k in sample(card).operands:
            assert write(slope(graph, k))


@each_card
def test_forward_equals_reverse(card):
    s = sample(card)
    for k in s.operands:
        with np.errstate(all="ignore"):
            forward, reverse = (FIRST[name](card, s.args, k) for name in ("forward", "reverse"))
        np.testing.assert_array_equal(forward, reverse)


@each_card
def test_shapes_and_transposition(card):
    """On shapes (3, 1) and (4,): <w, push v> = <pull w, v>, and every slope has its operand's shape."""
    s = sample(card)
    random = np.random.default_rng(7)
    shapes = [(3, 1), (4,), (), (1,)][: card.arity]
    args = [a[: int(np.prod(n))].reshape(n) for a, n in zip(s.args, shapes, strict=True)]
    if len(args) == 1:
        args = [s.args[0][:4].reshape(2, 2)]
    with np.errstate(all="ignore"):
        y = np.asarray(card(*args))
        assert y.shape == np.broadcast_shapes(*(a.shape for a in args))
        wanted = [k in s.operands for k in range(card.arity)]
        vs = [
            random.normal(size=a.shape) if on else None for a, on in zip(args, wanted, strict=True)
        ]
        w = random.normal(size=y.shape)
        pushed = card.push(y, args, vs) if any(wanted) else None
        pulled = card.pull(w, y, args, wanted)
    if pushed is None:
        return
    assert np.shape(pushed) == y.shape
    finite = np.isfinite(pushed)
    if not finite.all():  # operands that were drawn for other partners
        return
    total = 0.0
    for g, v, a in zip(pulled, vs, args, strict=True):
        if g is not None:
            assert np.shape(g) == a.shape
            total += np.sum(g * v)
    size = np.sum(abs(w * pushed)) + sum(
        np.sum(abs(g * v)) for g, v in zip(pulled, vs, strict=True) if g is not None
    )
    assert abs(np.sum(w * pushed) - total) <= 1e-13 * size


@each_card
def test_facts(card):
    """Bounds hold, trends hold, and every operand has an interval."""
    s = sample(card)
    assert len(card.domain) == card.arity
    low, high = card.bounds
    slack = 4 * np.finfo(float).eps
    assert np.all(s.y >= low - slack * abs(low)) and np.all(s.y <= high + slack * abs(high))
    if card.trend:
        ordered = s.y[np.argsort(s.args[0])]
        steps = np.diff(ordered) * {"up": 1, "down": -1}[card.trend]
        assert np.all(steps >= -slack * abs(ordered[1:]))


@each_card
def test_whole_numbers_and_unknown_slopes_say_so(card):
    s = sample(card)
    point = Random(1).choice(s.points)
    for k, partial in enumerate(card.partials):
        if partial is None:
            with pytest.raises(NoRule, match=card.name):
                card.partial(k, card(*point), point)
