"""Measurements as splines on wider and wider cells see them: the normal equations on every level.

A view belongs to the places and holds the matrices, which all series share; a `Record` belongs to the
measurements and holds the right sides.
"""

import numpy as np

from .basis import equal_cells
from .moments import RATIO, crossed, wider
from .precision import Level


class View:
    """Places seen through cells, the widest first; the noise is independent."""

    def __init__(self, places, ladder, season=None):
        self.places, self.ladder, self.season = places, ladder, season
        self.log_weights = places.log_weights
        self.shared = len(ladder) > 0 and ladder[-1] <= _SHARED
        self._moments = {}
        self._levels = {}

    def level(self, cells, m):
        """The B-splines of degree m on that many cells, and what the places say of them."""
        if (cells, m) not in self._levels:
            basis = equal_cells(self.places.start, self.places.span, cells, m)
            beside = None if self.season is None else self._beside(basis)
            self._levels[cells, m] = Level(
                basis, self.bands(basis), beside, self.season, self.shared
            )
        return self._levels[cells, m]

    def bands(self, basis):
        """Of the normal equations of least squares by these B-splines."""
        m, polynomials, cells = basis.m, basis.polynomials, basis.cells
        order = np.arange(m + 1)
        hankel = self._weights(cells)[order[:, None] + order].transpose(2, 0, 1)
        blocks = (polynomials @ hankel @ polynomials.T).transpose(1, 2, 0)
        bands = np.zeros((m + 1, basis.size))
        for c in range(m + 1):
            for k in range(m + 1 - c):
                bands[k, c : c + cells] += blocks[c + k, c]
        return bands

    def _weights(self, cells):
        if cells not in self._moments:
            finest = cells == self.ladder[-1]
            self._moments[cells] = (
                self.places.seen_in(cells) if finest else wider(self._weights(cells * RATIO))
            )
        return self._moments[cells]

    def _beside(self, basis):
        """What the columns share with the B-splines, and with one another."""
        t, w = self.places.t, self.places.w[:, None]
        cell, rows = basis.rows(t)
        columns = self.season.at(t, 0)
        return crossed(cell, rows, w * columns, basis.size), columns.T @ (w * columns)

    def record(self, points):
        return Record(self, points)


class Record:
    """The measurements of one or many series in a view."""

    def __init__(self, view, points):
        self.view, self.points = view, points
        self.squares = np.einsum("n,nc,nc->c", points.places.w, points.y, points.y)
        self.beside = None
        if points.season is not None:
            self.beside = points.columns.T @ (points.places.w[:, None] * points.y)
        self._moments, self._rights = {}, {}

    def right(self, cells, m):
        """The right sides of the normal equations, a column for each series."""
        if (cells, m) not in self._rights:
            self._rights[cells, m] = self._right(self.view.level(cells, m).basis)
        return self._rights[cells, m]

    def misfit(self, precision, coefficients, series, rough):
        """The squares that are left and what the curve costs, added up one by one."""
        points, level = self.points, precision.level
        if self.beside is not None or points.count > _LONG:
            return np.maximum(rough, _ROUNDING * self.squares[series])
        cell, rows = level.rows(points.places.t, 0)
        total = np.empty(len(series))
        for k, c in enumerate(coefficients.T):
            where = cell[:, None] + np.arange(rows.shape[1])
            left = points.y[:, series[k]] - np.einsum("nk,nk->n", rows, c[where])
            total[k] = points.places.w @ (left * left) + precision.cost(c)
        return total

    def _right(self, basis):
        m, cells = basis.m, basis.cells
        values = self._values(cells)
        parts = np.tensordot(basis.polynomials, values[: m + 1], 1)
        total = np.zeros((basis.size, values.shape[2]))
        for c in range(m + 1):
            total[c : c + cells] += parts[c]
        return total

    def _values(self, cells):
        if cells not in self._moments:
            finest = cells == self.view.ladder[-1]
            self._moments[cells] = (
                self.points.seen_in(cells) if finest else wider(self._values(cells * RATIO))
            )
        return self._moments[cells]


_LONG = 20_000  # samples: too many to add up one by one
_ROUNDING = 1e-15
_SHARED = 4000  # cells: up to here what was factored is kept for other series
