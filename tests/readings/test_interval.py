"""Interval enclosures hold every value; rounding bounds hold every rounding error."""

import math
from random import Random

import mpmath
import pytest
from readings.series_truth import SLOW, graph_of
from rules.oracle import function
from rules.samples import draw

from dfdx import walk
from dfdx.errors import NoRule
from dfdx.graph import Graph, constant, variable
from dfdx.numbers import pi
from dfdx.pointwise import Pointwise
from dfdx.readings.interval import enclose
from dfdx.readings.interval_rounding import rounding_bound
from dfdx.readings.precise import precise_value
from dfdx.rules import arithmetic as a
from dfdx.rules import elementary as f
from dfdx.rules import rounding as r
from dfdx.rules.choice import choose, less
from dfdx.rules.table import all_cards
from dfdx.structure import reshape
from dfdx.transforms.tangent import slope

NAMES = sorted(all_cards())
DIGITS = 40


def one(build):
    x = variable("x")
    return Graph([x], [build(x)])


def enclosed(build, *box):
    """The enclosure of a function of one or more variables on a box."""
    xs = [variable(f"x{k}") for k in range(len(box))]
    return enclose(Graph(xs, [build(*xs)]), box)[0]


def boxes(card, count):
    """Boxes around the card's points: thin ones, wide ones; whole numbers stay.

    They end just inside the domain, whose edges may be rounded, as that of Lambert's W is.
    """
    random = Random(5)
    for point in draw(card, count):
        width = 10 ** random.uniform(-13, 0.5)
        box = []
        for x, (low, high) in zip(point, card.domain, strict=True):
            if type(x) is int:
                box.append((x, x))
            else:
                w = width * abs(x)
                lo, hi = x - w * random.random(), x + w * random.random()
                within = 1e-15 * abs(x)
                box.append((lo if lo > low else low + within, hi if hi < high else high - within))
        yield box


def inside(box, random):
    """Points of the box: its middle, its ends, random ones."""
    for share in (0.5, 0.0, 1.0, None, None):
        yield tuple(
            lo
            if lo == hi
            else min(hi, max(lo, lo + (random.random() if share is None else share) * (hi - lo)))
            for lo, hi in box
        )


def exactly(card, point):
    """mpmath's value at the point, or None where it has none."""
    with mpmath.workdps(DIGITS):
        try:
            value = function(card)(*[x if type(x) is int else mpmath.mpf(x) for x in point])
        except (ValueError, ZeroDivisionError, NotImplementedError):
            return None
        return None if isinstance(value, mpmath.mpc) or value != value else mpmath.mpf(value)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SLOW])
def test_card(name):
    """What mpmath says lies in the enclosure: for boxes of all widths, at ends and inside."""
    card = all_cards()[name]
    random = Random(7)
    graph = graph_of(card)
    for box in boxes(card, 8):
        ((low, high),) = enclose(graph, box)
        assert low <= high
        for point in inside(box, random):
            value = exactly(card, point)
            assert value is None or low <= value <= high, (box, point, value, low, high)


@pytest.mark.parametrize("name", sorted(SLOW))
def test_slow_card(name):
    """Where mpmath is slow: the library's values lie in the enclosure, but for their own errors."""
    card = all_cards()[name]
    random = Random(7)
    for box in boxes(card, 3):
        ((low, high),) = enclose(graph_of(card), box)
        for point in inside(box, random):
            value = float(card(*point))
            error = card.error(value, point)
            assert value != value or low - error <= value <= high + error


TIGHT = [  # (card, interval, exact range): monotonic, with hills and valleys, with poles outside
    (f.exp, (0, 1), (1, math.e)),
    (f.log, (1, math.e), (0, 1)),
    (f.sin, (0, 3), (0, 1)),
    (f.sin, (3, 6), (-1, math.sin(3))),
    (f.cos, (-1, 2), (math.cos(2), 1)),
    (f.cos, (0, 100), (-1, 1)),
    (f.cosh, (-1, 2), (1, math.cosh(2))),
    (f.tan, (-1, 1), (-math.tan(1), math.tan(1))),
    (f.sec, (-0.5, 1), (1, 1 / math.cos(1))),
    (a.square, (-1, 3), (0, 9)),
    (a.absolute, (-2, 1), (0, 2)),
    (a.reciprocal, (2, 4), (0.25, 0.5)),
    (r.floor, (-1.5, 2.5), (-2, 2)),
    (f.sqrt, (0, 4), (0, 2)),
    (f.sqrt, (-1, 4), (0, 2)),
]


@pytest.mark.parametrize(("card", "interval", "wanted"), TIGHT)
def test_tight(card, interval, wanted):
    """The enclosure is the range, but for a few units in the last place."""
    low, high = enclosed(card, interval)
    if card is not f.sec:  # its valley is found to first order only
        assert wanted[0] - 1e-14 <= low and high <= wanted[1] + 1e-14
    assert low <= wanted[0] and wanted[1] <= high


def test_powers():
    assert enclosed(lambda x: x**2, (-2, 3)) == pytest.approx((0, 9))
    assert enclosed(lambda x: x**3, (-2, 3)) == pytest.approx((-8, 27))
    assert enclosed(lambda x: x**-2, (2, 4)) == pytest.approx((1 / 16, 1 / 4))
    assert enclosed(lambda x: x**-2, (-2, 4)) == (0, math.inf)
    assert enclosed(lambda x: x**0.5, (0, 4)) == pytest.approx((0, 2))
    assert enclosed(lambda x, n: x**n, (2, 3), (-1, 2)) == pytest.approx((1 / 3, 9))
    assert enclosed(lambda x, n: x**n, (0.5, 3), (-1, 2)) == pytest.approx((0.25, 9))
    assert enclosed(lambda x, n: x**n, (-1, 3), (-1, 2)) == (-math.inf, math.inf)


def test_breaks():
    """Across a pole nothing is known; at the edge of a pole one side is."""
    everything = (-math.inf, math.inf)
    assert enclosed(lambda x: 1 / x, (-1, 1)) == everything
    assert enclosed(f.tan, (1, 2)) == everything
    assert enclosed(all_cards()["gamma"], (-0.5, 0.5)) == everything
    low, high = enclosed(lambda x: 1 / x, (0, 2))
    assert low == pytest.approx(0.5) and high == math.inf
    assert enclosed(f.log, (0, 1)) == pytest.approx((-math.inf, 0), abs=1e-15)


def test_choice():
    """A branch that is certain is taken alone; else both."""

    def build(x):
        return choose(less(x, 1), x - 10, x + 10)

    assert enclosed(build, (2, 3)) == (12, 13)
    assert enclosed(build, (0, 0.5)) == (-10, -9.5)
    assert enclosed(build, (0, 2)) == (-10, 12)
    assert enclosed(lambda x, y: a.maximum(x, y), (0, 2), (1, 3)) == (1, 3)


def test_infinite_intervals():
    assert enclosed(f.atan, (-math.inf, math.inf)) == pytest.approx((-math.pi / 2, math.pi / 2))
    assert enclosed(f.atan, (0, math.inf))[1] > math.pi / 2  # the float is below π/2
    assert enclosed(lambda x: f.exp(-(x * x)), (-math.inf, math.inf)) == pytest.approx((0, 1))
    assert enclosed(lambda x: x * 0, (-math.inf, math.inf)) == (0, 0)
    assert enclosed(f.exp, (700, 800))[1] == math.inf


def test_wrong_questions():
    with pytest.raises(ValueError, match="lowest"):
        enclosed(f.sin, (2, 1))
    with pytest.raises(ValueError, match="lowest"):
        enclosed(f.sin, (math.nan, 1))
    with pytest.raises(ValueError, match="log is not defined on"):
        enclosed(f.log, (-2, -1))
    with pytest.raises(ZeroDivisionError):
        enclosed(lambda x: x / constant(0.0), (1, 2))
    x = variable("x", (3,))
    with pytest.raises(NoRule, match="scalars"):
        enclose(Graph([x], [reshape(x, (3, 1))]), [(0, 1)])


def test_a_function_without_facts():
    """A card that says nothing of its slope or bounds: everything is possible."""
    silent = Pointwise("silent", (None,), scalar=math.sin)
    assert enclosed(silent, (0, 1)) == (-math.inf, math.inf)
    low, high = enclosed(silent, (1, 1))
    assert low < math.sin(1) < high


def test_long_chain():
    x = variable("x")
    y = x
    for _ in range(20_000):
        y = f.sin(y) + 1
    graph = Graph([x], [y])
    ((low, high),) = enclose(graph, [(0.4, 0.5)])
    assert 0 <= low <= high <= 2
    ((bound),) = rounding_bound(graph, [0.5])
    assert 0 < bound < 1e-14  # the chain forgets its errors


# random composites

ONE = [f.sin, f.cos, f.exp, f.tanh, f.atan, f.asinh, f.cosh, a.square, f.log1p, f.sqrt, f.tan]
ONE += [a.reciprocal, f.log, f.sec, a.absolute]
TWO = [a.add, a.subtract, a.multiply, a.divide, f.hypot, a.maximum, f.atan2]


def composite(random, size):
    x = variable("x")
    pool = [x]
    for _ in range(size):
        if random.random() < 0.5:
            pool.append(random.choice(ONE)(pool[-1]))
        else:
            other = random.choice([*pool, constant(1.5), constant(0.3), constant(2.0)])
            pool.append(random.choice(TWO)(*random.sample((pool[-1], other), 2)))
    return Graph([x], [pool[-1]])


def composites(seed, count, size):
    """`(graph, x, value)` for graphs that have a finite value there."""
    random = Random(seed)
    while count:
        graph, x = composite(random, size), random.uniform(0.1, 2)
        try:
            (value,) = walk.run(graph, x)
        except (ValueError, ArithmeticError):
            continue
        if math.isfinite(value):
            count -= 1
            yield graph, x, value


def test_composites_are_enclosed():
    random = Random(3)
    for graph, x, _ in composites(1, 300, 10):
        width = 10 ** random.uniform(-9, -0.5)
        try:
            ((low, high),) = enclose(graph, [(x, x + width)])
        except ZeroDivisionError:
            continue
        for _ in range(4):
            at = random.uniform(x, x + width)
            try:
                (value,), _, notes = precise_value(graph, [at])
            except (ValueError, ArithmeticError):
                continue
            assert notes or math.isnan(value) or low <= value <= high


def ulps(bound, value):
    return bound / math.ulp(value)


def bars(seed, count, size, order):
    """Rounding bounds in ulp of composites and derivatives; asserts that each holds."""
    found = []
    for graph, x, _ in composites(seed, count, size):
        for _ in range(order):
            graph = slope(graph)
        try:
            (value,) = walk.run(graph, x)
            (truth,), _, notes = precise_value(graph, [x])
        except (ValueError, ArithmeticError):
            continue
        if notes or not math.isfinite(value):
            continue
        (bound,) = rounding_bound(graph, [x])
        if bound is None:
            found.append(math.inf)
            continue
        with mpmath.workdps(DIGITS):
            error = abs(mpmath.mpf(value) - mpmath.mpf(truth))
            assert error <= bound + math.ulp(truth) / 2
        found.append(ulps(bound, value))
    return sorted(found)


def test_rounding_of_values():
    """It always holds, and is tight: for 20 operations, at most 20 ulp or so in the median."""
    found = bars(1, 300, 20, 0)
    assert found[len(found) // 2] < 30
    assert sum(b == math.inf for b in found) < 0.03 * len(found)


def test_rounding_of_derivatives():
    found = bars(2, 150, 12, 1)
    assert found[len(found) // 2] < 60
    assert sum(b == math.inf for b in found) < 0.05 * len(found)


def test_no_rounding_no_bound():
    graph = one(lambda x: (x * x + 2 * x) / 4 - 1)
    assert rounding_bound(graph, [3.0]) == [0.0]
    assert rounding_bound(one(a.absolute), [-0.1]) == [0.0]


def test_errors_that_cancel_along_two_paths():
    """y - y, and y (1 - y) where its slope is 0: the error of y does not matter."""
    graph = one(lambda x: f.sin(x) - f.sin(x))
    assert rounding_bound(graph, [1.0])[0] < 1e-20
    graph = one(lambda x: (f.exp(x) - f.exp(x)) * 1e9 + x)
    assert rounding_bound(graph, [0.3])[0] < 1e-15


def test_constants_of_all_digits_are_rounded():
    """π is not its float: sin(π x) at 1 is off by 1.2e-16, and the bound says so; 0.1 is no tenth."""
    (bound,) = rounding_bound(one(lambda x: f.sin(pi * x)), [1.0])
    assert 1.2e-16 < bound < 1e-15
    (bound,) = rounding_bound(one(lambda x: f.sin(constant(math.pi) * x)), [1.0])
    assert 1.2e-16 < bound < 1e-15
    assert 5e-18 < rounding_bound(one(lambda x: 0.1 * x), [1.0])[0] < 5e-17
    assert rounding_bound(one(lambda x: 2.5 * x), [1.0]) == [0.0]


def test_a_jump_within_the_rounding():
    """floor(10 * 0.1 + ...) may be 0 or 1: the bound is the jump."""
    graph = one(lambda x: r.floor(x * 3 * (1 / 3.0)))
    (bound,) = rounding_bound(graph, [7.0])
    assert bound >= 1
    assert rounding_bound(one(lambda x: r.floor(x * 3)), [0.5]) == [0.0]


def test_bound_for_another_computation():
    """Numbers that came another way are as far from the truth as from ours, and ours."""
    graph = one(lambda x: x / 3)
    (ours,) = rounding_bound(graph, [1.0])
    (theirs,) = rounding_bound(graph, [1.0], [0.334])
    assert theirs == pytest.approx(0.334 - 1 / 3)
    assert 0 < ours < 3e-17


def test_no_bound_is_none():
    x = variable("x")
    silent = Pointwise("silent", (None,), scalar=math.sin)
    assert rounding_bound(Graph([x], [silent(x * 0.1), x]), [0.3]) == [None, 0.0]
    import numpy as np

    v = variable("v", (2,))
    assert rounding_bound(Graph([v], [v * 2]), [np.ones(2)]) == [None]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SLOW])
def test_rounding_of_a_card(name):
    """Each card on operands that are rounded themselves."""
    card = all_cards()[name]
    random = Random(13)
    for point in draw(card, 3):
        factors = [1 if type(x) is int else random.uniform(0.95, 1) for x in point]
        xs = [variable(f"x{k}") for k in range(card.arity)]
        operands = [x if c == 1 else x * c for x, c in zip(xs, factors, strict=True)]
        graph = Graph(xs, [card(*operands)])
        try:
            (value,) = walk.run(graph, *point)
        except (ValueError, ZeroDivisionError):
            continue
        (bound,) = rounding_bound(graph, point)
        with mpmath.workdps(DIGITS):
            exact = [
                x if c == 1 else mpmath.mpf(x) * c for x, c in zip(point, factors, strict=True)
            ]
            truth = function(card)(*exact)
            if bound is not None and not isinstance(truth, mpmath.mpc):
                assert abs(mpmath.mpf(float(value)) - truth) <= bound
