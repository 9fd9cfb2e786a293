"""Interpolants: functions of one number whose derivatives the library knows.

A spline made of plain data is a card whose slope is the card of its derivative. A spline
made of traced data is linear in them: its value is a row of basis functions (a `Curve`, a
function with arrays as values) times the data. Where a derivative jumps, at a knot, is a
break of the card whose value or slope it is.
"""

import numpy as np

from ..contraction import ascii_letters, contraction
from ..pointwise import Pointwise
from ..primitive import Primitive, shape_of


def card(name, function, jumps, order=0):
    """The card of x ↦ function(x, order); `jumps(order)` lists where that derivative jumps.

    >>> card("cube", lambda x, n: [x**3, 3 * x**2, 6 * x][n], lambda n: np.empty(0))(2.0)
    8.0
    """
    slope = []

    def partial(y, x):
        if not slope:
            slope.append(card(name, function, jumps, order + 1))
        return slope[0](x)

    return Pointwise(
        name + "′" * order,
        (partial,),
        numpy=lambda x: np.asarray(function(x, order), dtype=float)[()],
        mp="",
        breaks=lambda x: _away(x, kinks(jumps, order)),
        ulps=1e4,
    )


def kinks(jumps, order):
    """The places where a derivative, or the slope of it, jumps."""
    return np.union1d(jumps(order), jumps(order + 1))


def _away(x, places):
    """0 where x is one of the places."""
    return 1.0 - np.isin(x, places)


class Curve(Primitive):
    """x ↦ function(x, order), with arrays of the shape `own` as values; as `card` else."""

    __slots__ = ("function", "jumps", "name", "order", "own", "slope")
    arity = 1

    def __init__(self, name, function, jumps, own, order=0):
        self.name = name
        self.function = function
        self.jumps = jumps
        self.own = own
        self.order = order
        self.slope = None

    def breaks(self, x):
        return _away(x, kinks(self.jumps, self.order))

    def value(self, x):
        return np.asarray(self.function(x, self.order), dtype=float)

    def shape(self, x):
        return x + self.own

    def _slope_at(self, x):
        if self.slope is None:
            self.slope = Curve(self.name, self.function, self.jumps, self.own, self.order + 1)
        return self.slope(x)

    def _letters(self, x):
        n, m = len(shape_of(x)), len(self.own)
        return ascii_letters[:n], ascii_letters[n : n + m]

    def push(self, y, args, tangents):
        s, r = self._letters(args[0])
        return contraction(f"{s}{r},{s}->{s}{r}")(self._slope_at(args[0]), tangents[0])

    def pull(self, g, y, args, wanted):
        s, r = self._letters(args[0])
        return (contraction(f"{s}{r},{s}{r}->{s}")(g, self._slope_at(args[0])),)

    def batch(self, args, batched):
        return self(args[0])


def polynomial_jumps(c, x, ends=False):
    """`jumps` for a piecewise polynomial with coefficients c (highest power first) over the knots x.

    With `ends` it is constant, or nan, outside, and the first and last knot count too.
    """
    c = np.asarray(c, dtype=float).reshape(c.shape[0], c.shape[1], -1)
    steps = np.diff(x)
    real = steps > 0
    c, left = c[:, real], x[:-1][real]
    steps = steps[real]
    outer = [left[0], left[-1] + steps[-1]] if ends and left.size else []

    def jumps(order):
        degree = c.shape[0] - 1
        if order > degree or left.size < 2:
            return np.asarray(outer)
        powers = np.arange(degree, order - 1, -1)
        factors = np.array([np.prod(np.arange(p, p - order, -1.0)) for p in powers])
        d = c[: degree - order + 1] * factors[:, None, None]
        terms = d * (steps[None, :, None] ** (powers - order)[:, None, None])
        before, after = terms.sum(axis=0)[:-1], d[-1][1:]
        size = np.abs(terms).sum(axis=0)
        apart = np.abs(before - after) > 1e-8 * (size[:-1] + size[1:]) + 1e-300
        return np.union1d(left[1:][apart.any(axis=-1)], outer)

    return jumps


def bspline_jumps(t, k, ends=False):
    """`jumps` for a spline of degree k over the knots t: after k − m slopes at a knot of multiplicity m.

    With `ends` it is constant, zero or nan outside, and the first and last knot count too.
    """
    t = np.asarray(t)
    low, high = t[k], t[-k - 1]
    knots, counts = np.unique(t, return_counts=True)
    inner = (knots > low) & (knots < high)
    knots, counts = knots[inner], counts[inner]
    outer = [low, high] if ends else []
    return lambda order: np.union1d(knots[order > k - counts], outer)


def no_jumps(order):
    """For functions that are smooth everywhere."""
    return np.empty(0)
