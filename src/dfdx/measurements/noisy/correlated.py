"""Noise whose neighbours are alike: errors that fade by ρ from one sample to the next.

With r = ρ^(step / mean step), the measurement minus r times the one before has noise of its own, of
variance 1 − r²: the same least squares apply to these differences. (An Ornstein–Uhlenbeck process; AR(1)
where the steps are equal.)

Source: Brockwell and Davis, "Time Series: Theory and Methods" (1991), section 3.3 and chapter 8.
"""

import numpy as np

from .moments import crossed
from .views import View

_ROUNDING = 1e-15
_GAP = 8.0  # mean steps: over wider gaps nothing is remembered
_ALIKE = 0.999  # the noise of no two samples is more alike


class Correlated(View):
    """Places where the noise is correlated by ρ from one to the next."""

    def __init__(self, places, ladder, season, rho):
        super().__init__(places, ladder, season)
        steps = np.diff(places.t) * ((places.count - 1) / places.span)
        fade = rho ** np.minimum(steps, _GAP)  # two samples of one moment still differ
        self.fade = np.where(steps > _GAP, 0.0, np.minimum(fade, _ALIKE))[:, None]
        self.own = 1.0 / np.sqrt(1.0 - self.fade**2)
        self.root = np.sqrt(places.w)[:, None]
        self.log_weights += 2.0 * float(np.log(self.own).sum())
        self._wide = {}

    def whitened(self, values):
        """Columns of values less what the one before them says of each."""
        values = self.root * values
        found = values.copy()
        found[1:] = self.own * (values[1:] - self.fade * values[:-1])
        return found

    def bands(self, basis):
        """A row reaches over two neighbouring points."""
        start, wide = self._rows(basis)
        width = wide.shape[1]
        bands = np.zeros((width, basis.size))
        for c in range(width):
            for k in range(width - c):
                product = wide[:, c + k] * wide[:, c]
                bands[k] += np.bincount(start + c, product, minlength=basis.size)[: basis.size]
        return bands

    def _beside(self, basis):
        x = self.whitened(self.season.at(self.places.t, 0))
        start, wide = self._rows(basis)
        return crossed(start, wide, x, basis.size), x.T @ x

    def record(self, points):
        return _Whitened(self, points)

    def _rows(self, basis):
        cell, rows = basis.rows(self.places.t)
        rows = rows * self.root
        width = basis.m + 1 + int(np.diff(cell).max(initial=0))
        wide = np.zeros((len(cell), width))
        start = np.concatenate([cell[:1], cell[:-1]])  # where the row of the point before begins
        each, shift = np.arange(len(cell)), cell - start
        own = np.concatenate([[1.0], self.own[:, 0]])
        for k in range(basis.m + 1):
            wide[each, shift + k] += own * rows[:, k]
            wide[1:, k] -= self.own[:, 0] * self.fade[:, 0] * rows[:-1, k]
        return start, wide


class _Whitened:
    """Measurements less what the one before them says of each."""

    def __init__(self, view, points):
        self.view, self.points = view, points
        self.y = view.whitened(points.y)
        self.squares = (self.y * self.y).sum(axis=0)
        self.beside = None
        if points.season is not None:
            self.beside = view.whitened(points.columns).T @ self.y
        self._rights = {}

    def misfit(self, precision, coefficients, series, rough):
        """The squares that are left; of correlated noise there is always some."""
        return np.maximum(rough, _ROUNDING * self.squares[series])

    def right(self, cells, m):
        """The right sides of the normal equations, a column for each series."""
        if (cells, m) not in self._rights:
            basis = self.view.level(cells, m).basis
            start, wide = self.view._rows(basis)
            self._rights[cells, m] = crossed(start, wide, self.y, basis.size)
        return self._rights[cells, m]
