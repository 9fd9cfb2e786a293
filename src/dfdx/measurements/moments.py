"""All that a piecewise polynomial can see of measurements: their moments in every cell.

In a cell a spline of degree m is a polynomial, so least squares need no points, only the sums of w τᵏ to
k = 2m and of w y τᵏ to k = m, with τ from −1 to 1 across the cell. The moments of a wide cell follow
exactly from those of the narrow ones inside it: a million points are read once.
"""

from math import comb

import numpy as np

RATIO = 4  # narrow cells in a wide one
_DEGREE = 4  # the highest degree that is served


class Points:
    """Measurements y at increasing times t with weights w (the inverse of their relative variance).

    `variance` is that of the noise at weight 1, where it is known; `columns` holds, for each time, what
    else the measurements are made of, besides the curve (`season`).
    """

    def __init__(self, t, y, w=None, variance=None, season=None):
        self.t, self.y = t, y
        self.season = season
        self.columns = None if season is None else season.at(t, 0)
        self.w = np.ones(len(t)) if w is None else w
        self.variance = variance
        self.count = len(t)
        self.start, self.span = float(t[0]), float(t[-1] - t[0])
        self.spacing = self.span / len(t)
        self.squares = float(self.w @ (y * y))
        self.log_weights = float(np.log(self.w).sum())

    def part(self, start, stop):
        part = slice(start, stop)
        return Points(self.t[part], self.y[part], self.w[part], self.variance, self.season)

    def seen_in(self, cells):
        """What splines on that many equal cells see of the points."""
        place = (self.t - self.start) * (cells / self.span)
        cell = np.minimum(place, cells - 1).astype(np.intp)
        tau = 2.0 * (place - cell) - 1.0
        powers, weighted = self.w.copy(), self.y
        found, values = np.empty((2 * _DEGREE + 1, cells)), np.empty((_DEGREE + 1, cells))
        for k in range(2 * _DEGREE + 1):
            found[k] = np.bincount(cell, powers, minlength=cells)
            if k <= _DEGREE:
                values[k] = np.bincount(cell, powers * weighted, minlength=cells)
            powers *= tau
        return Moments(self, found, values)


class Moments:
    """`weights[k]` and `values[k]`: the sums of w τᵏ and of w y τᵏ in every cell."""

    def __init__(self, points, weights, values):
        self.points, self.weights, self.values = points, weights, values
        self.cells = weights.shape[1]
        self.squares, self.log_weights = points.squares, points.log_weights

    def wider(self):
        """The moments in cells that are RATIO times as wide; their number divides by it."""
        return Moments(self.points, _combined(self.weights), _combined(self.values))

    def normal(self, basis):
        """`(bands, right)` of the normal equations of least squares by the B-splines on the cells."""
        m, polynomials = basis.m, basis.polynomials
        size = self.cells + m
        order = np.arange(m + 1)
        hankel = self.weights[order[:, None] + order].transpose(2, 0, 1)
        blocks = (polynomials @ hankel @ polynomials.T).transpose(1, 2, 0)
        right = polynomials @ self.values[: m + 1]
        bands, total = np.zeros((m + 1, size)), np.zeros(size)
        for c in range(m + 1):
            total[c : c + self.cells] += right[c]
            for k in range(m + 1 - c):
                bands[k, c : c + self.cells] += blocks[c + k, c]
        return bands, total

    def beside(self, basis):
        """What the columns share with the B-splines, with one another, and with the measurements."""
        points = self.points
        cell, rows = basis.rows(points.t)
        x = points.columns * points.w[:, None]
        return crossed(cell, rows, x, basis.size), x.T @ points.columns, x.T @ points.y


def crossed(start, rows, columns, size):
    """The sum over points of row · column, the rows standing at their starts."""
    total = np.zeros((size, columns.shape[1]))
    for c in range(rows.shape[1]):
        for k in range(columns.shape[1]):
            product = rows[:, c] * columns[:, k]
            total[:, k] += np.bincount(start + c, product, minlength=size)[:size]
    return total


def _combined(moments):
    """Σ (τ')ᵏ with τ' = (τ + offset) / RATIO, by the binomial theorem."""
    parts = moments.reshape(len(moments), -1, RATIO)
    total = np.zeros(parts.shape[:2])
    for j in range(RATIO):
        offset = 2 * j - RATIO + 1
        for k in range(len(moments)):
            for i in range(k + 1):
                total[k] += comb(k, i) * float(offset) ** (k - i) / RATIO**k * parts[i, :, j]
    return total
