"""Taylor coefficients of the cards, from mpmath: what the tests of the series compare with."""

import math
from functools import cache
from random import Random

import mpmath
from rules.oracle import function
from rules.samples import draw

from dfdx.graph import Graph, variable

SLOW = {  # mpmath needs more than half a second for a series
    "chdtri",
    "chndtr",
    "gammainccinv",
    "hurwitz_zeta",
    "hyperu",
    "itk0",
    "ity0",
    "k0",
    "k0e",
    "k1",
    "k1e",
    "kei",
    "keip",
    "ker",
    "kerp",
    "kn",
    "log_wright_bessel",
    "lpmv",
    "owens_t",
    "voigt_profile",
    "wright_bessel",
    "y0",
    "y1",
    "yn",
}
DIGITS = 70


def graph_of(card):
    """The card on variables of its own."""
    xs = [variable(f"x{k}") for k in range(card.arity)]
    return Graph(xs, [card(*xs)])


def line(card, number):
    """`(point, direction)`: a line through the domain along which the card has an exact series.

    Whole numbers stay, and so does what has no slope or only a fitted one.
    """
    point = draw(card, number + 1)[number]
    random = Random(number)
    direction = [0.0] * card.arity
    for k, (x, p) in enumerate(zip(point, card.partials, strict=True)):
        if type(x) is float and p is not None and p != 0 and k not in card.notes:
            direction[k] = random.choice((-0.25, 0.25)) * random.uniform(0.5, 1) * abs(x)
    return point, direction


@cache
def truth(card, number, order):
    """The coefficients along the line of that number, in 70 digits."""
    point, direction = line(card, number)
    f = function(card)
    with mpmath.workdps(DIGITS):
        start = [x if type(x) is int else mpmath.mpf(x) for x in point]

        def along(t):
            return f(*[x + t * v if v else x for x, v in zip(start, direction, strict=True)])

        return [mpmath.mpf(mpmath.re(c)) for c in mpmath.taylor(along, 0, order, chop=False)]


def worst(found, wanted):
    """The largest error, relative to the largest coefficient of the truth."""
    with mpmath.workdps(DIGITS):
        size = max(abs(c) for c in wanted)
        return float(max(abs(a - b) for a, b in zip(found, wanted, strict=True)) / (size or 1))


def ulps(found, wanted):
    """How far a coefficient is off, in units of its last place."""
    with mpmath.workdps(DIGITS):
        return float(abs(found - wanted) / math.ulp(float(wanted)))
