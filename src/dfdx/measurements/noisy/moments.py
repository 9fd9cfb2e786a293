"""All that a piecewise polynomial can see of measurements: their moments in every cell.

In a cell a spline of degree m is a polynomial, so least squares need no points, only the sums of w τᵏ to
k = 2m and of w y τᵏ to k = m, with τ from −1 to 1 across the cell. The moments of a wide cell follow
exactly from those of the narrow ones inside it: a million points are read once. The sums of w τᵏ belong to
the places alone, so many series at the same places share them, and all that is made of them.
"""

from collections import OrderedDict
from functools import cached_property
from math import comb

import numpy as np

RATIO = 4  # narrow cells in a wide one
_DEGREE = 4  # the highest degree that is served
_REMEMBERED = 4  # sets of places that are kept for the next call
_SMALL = 1000  # places of such a set, at most


class Places:
    """Increasing times t with weights w (the inverse of the relative variance measured there)."""

    def __init__(self, t, w=None):
        self.t = t
        self.w = np.ones(len(t)) if w is None else w
        self.count = len(t)
        self.start, self.span = float(t[0]), float(t[-1] - t[0])
        self.spacing = self.span / len(t)
        self.log_weights = float(np.log(self.w).sum())
        self.kept = {}  # what was made for these places, by what it is

    def made(self, key, make):
        """What `make` gives, made once."""
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]

    def within(self, cells):
        """`(cell, τ)` of each place."""
        place = (self.t - self.start) * (cells / self.span)
        cell = np.minimum(place, cells - 1).astype(np.intp)
        return cell, 2.0 * (place - cell) - 1.0

    def seen_in(self, cells):
        """The moments of the places themselves in equal cells."""
        cell, tau = self.within(cells)
        return _sums(cell, tau, self.w, 2 * _DEGREE, cells)


_places = OrderedDict()


def places_at(t, w=None):
    """The places, with what was made for them before where they are few and were seen of late."""
    if len(t) > _SMALL:
        return Places(t, w)
    key = t.tobytes(), None if w is None else w.tobytes()
    found = _places.pop(key, None) or Places(t, w)
    _places[key] = found
    while len(_places) > _REMEMBERED:
        _places.popitem(last=False)
    return found


class Points:
    """Measurements y at places; y has a column for each series.

    `variance` is that of the noise at weight 1, where it is known; `season` what else the measurements
    are made of, besides the curve.
    """

    def __init__(self, places, y, variance=None, season=None):
        self.places, self.variance, self.season = places, variance, season
        self.y = y.reshape(len(y), -1)
        self.count, self.spacing, self.span = places.count, places.spacing, places.span

    @cached_property
    def columns(self):
        """The season at each place."""
        return self.season.at(self.places.t, 0)

    def part(self, start, stop):
        part = slice(start, stop)
        places = Places(self.places.t[part], self.places.w[part])
        return Points(places, self.y[part], self.variance, self.season)

    def series(self, k):
        """One of the series alone."""
        return Points(self.places, self.y[:, k], self.variance, self.season)

    def seen_in(self, cells):
        """The moments of the measurements in equal cells: (order, cell, series)."""
        cell, tau = self.places.within(cells)
        weighted = self.places.w[:, None] * self.y
        found = [_sums(cell, tau, column, _DEGREE, cells) for column in weighted.T]
        return np.stack(found, axis=-1)


def _sums(cell, tau, weights, degree, cells):
    found, powers = np.empty((degree + 1, cells)), weights.copy()
    for k in range(degree + 1):
        found[k] = np.bincount(cell, powers, minlength=cells)
        powers *= tau
    return found


def wider(moments):
    """The moments in cells that are RATIO times as wide; their number divides by it.

    Σ (τ')ᵏ with τ' = (τ + offset) / RATIO, by the binomial theorem.
    """
    parts = moments.reshape(len(moments), -1, RATIO, *moments.shape[2:])
    total = np.zeros((len(moments), parts.shape[1], *moments.shape[2:]))
    for j in range(RATIO):
        offset = 2 * j - RATIO + 1
        for k in range(len(moments)):
            for i in range(k + 1):
                total[k] += comb(k, i) * float(offset) ** (k - i) / RATIO**k * parts[i, :, j]
    return total


def crossed(start, rows, columns, size):
    """The sum over points of row · column, the rows standing at their starts."""
    total = np.zeros((size, columns.shape[1]))
    for c in range(rows.shape[1]):
        for k in range(columns.shape[1]):
            product = rows[:, c] * columns[:, k]
            total[:, k] += np.bincount(start + c, product, minlength=size)[:size]
    return total
