"""How far every reading of a card is from the truth, point by point.

Errors are in ulp: units in the last place of the true number or, where that is
larger, of what a relative change of the operands makes of it (near a zero of the
slope no algorithm can do better). For a slope in a parameter that is found by a
fit, the function's own size over the parameter counts too, as the card's note says.
"""

from functools import cache

import numpy as np

from . import oracle
from .oracle import ulps
from .samples import draw
from .sweeps import FIRST, forward, reverse_of_reverse

POINTS = 20
PAIRS = 3  # points at which second derivatives are compared
FLOATS = 2  # points at which a reading is run on plain floats besides
FEWER = {  # mpmath is slow there
    "owens_t": 6,
    "k1": 10,
    "kerp": 6,
    "keip": 6,
    "itk0": 8,
    "hyperu": 5,
    "wright_bessel": 6,
    "log_wright_bessel": 6,
    "lpmv": 5,
    "chndtr": 4,
    "betaincinv": 10,
    "betainccinv": 10,
    "gammainccinv": 12,
    "chdtri": 12,
    "stdtrit": 12,
    "fdtri": 12,
}
_STEP = 1e-5
exact = cache(oracle.exact)


class Sample:
    """The points of a card, one array per operand, and its values there."""

    def __init__(self, card, count=None):
        self.card = card
        self.points = draw(card, count or FEWER.get(card.name, POINTS))
        self.args = [np.array(column) for column in zip(*self.points, strict=True)]
        with np.errstate(all="ignore"):
            self.y = card(*self.args)

    @property
    def operands(self):
        """Those in which the card has a slope: whole numbers have none."""
        return [
            k
            for k, partial in enumerate(self.card.partials)
            if partial is not None and self.args[k].dtype.kind == "f"
        ]

    def slope(self, k, args=None):
        """The slope at every point, as the forward reading gives it."""
        with np.errstate(all="ignore"):
            dy = forward(self.card, self.args if args is None else args, k)
        return np.broadcast_to(dy, self.y.shape)

    def value_scale(self):
        """The size of the changes of the value for a relative change of the operands."""
        return sum((abs(self.args[k] * self.slope(k)) for k in self.operands), abs(self.y))

    def slope_scale(self, k):
        """The same for the slope in operand k."""
        slope = self.slope(k)
        scale = abs(slope) + abs(self.y / self.args[k]) * (1 if k in self.card.notes else 1e-20)
        for i in self.operands:
            moved = [a * (1 + _STEP) if j == i else a for j, a in enumerate(self.args)]
            scale = scale + abs(self.slope(k, moved) - slope) / _STEP
        return scale

    def curvature_scale(self, j, k):
        """The sizes of value and slopes, over the operands."""
        x, z = self.args[j], self.args[k]
        fitted = j in self.card.notes or k in self.card.notes
        scale = abs(self.slope(k) / x) + abs(self.slope(j) / z)
        return scale + abs(self.y / (x * z)) * (1 if fitted else 1e-13)


@cache
def sample(card):
    """The card's sample, drawn once."""
    return Sample(card)


def _finite(scale):
    return float(scale) if abs(scale) < 1e300 else 0.0


def values(card):
    """(ulps, ulps relative to the conditioning, point) of the value, on arrays and on floats."""
    s = sample(card)
    scales = s.value_scale()
    for y, scale, point in zip(s.y, scales, s.points, strict=True):
        truth = exact(card, point)
        for found in (y, card(*point)):
            yield ulps(found, truth), ulps(found, truth, _finite(scale)), point


def slopes(card, reading):
    """(ulps, operand, point) of the slopes in every operand, on arrays and on floats."""
    s = sample(card)
    for k in s.operands:
        with np.errstate(all="ignore"):
            found = FIRST[reading](card, s.args, k)
        scales = s.slope_scale(k)
        found = np.broadcast_to(found, s.y.shape)
        for i, (point, scale) in enumerate(zip(s.points, scales, strict=True)):
            truth = exact(card, point, (k,))
            yield ulps(found[i], truth, _finite(scale)), k, point
            if i < FLOATS:
                with np.errstate(all="ignore"):
                    number = FIRST[reading](card, point, k)
                yield ulps(number, truth, _finite(scale)), k, point


def curvatures(card):
    """(ulps, operands, point) of the second derivatives, reverse of reverse."""
    s = sample(card)
    args = [a[:PAIRS] for a in s.args]
    for k in s.operands:
        for j in s.operands:
            if j < k:
                continue
            with np.errstate(all="ignore"):
                found = np.broadcast_to(reverse_of_reverse(card, args, j, k), (PAIRS,))
            scales = s.curvature_scale(j, k)
            for i in range(PAIRS):
                truth = exact(card, s.points[i], (k, j))
                scale = _finite(scales[i] + abs(found[i]))
                yield ulps(found[i], truth, scale), (k, j), s.points[i]
