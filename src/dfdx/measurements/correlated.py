"""Noise whose neighbours are alike: errors that fade by ρ from one sample to the next.

With r = ρ^(step / mean step), the measurement minus r times the one before has noise of its own, of
variance 1 − r²: the same least squares apply to these differences. (An Ornstein–Uhlenbeck process; AR(1)
where the steps are equal.)

Source: Brockwell and Davis, "Time Series: Theory and Methods" (1991), section 3.3 and chapter 8.
"""

import numpy as np

from .moments import RATIO, crossed

_GAP = 8.0  # mean steps: over wider gaps nothing is remembered
_ALIKE = 0.999  # the noise of no two samples is more alike


class Correlated:
    """What splines see of points whose noise is correlated by ρ."""

    def __init__(self, points, rho, cells):
        self.points, self.rho, self.cells = points, rho, cells
        steps = np.diff(points.t) * ((points.count - 1) / points.span)
        fade = rho ** np.minimum(steps, _GAP)  # two samples of one moment still differ
        self.fade = np.where(steps > _GAP, 0.0, np.minimum(fade, _ALIKE))
        self.own = 1.0 / np.sqrt(1.0 - self.fade**2)
        root = np.sqrt(points.w)
        self.y = self._whitened(root * points.y)
        self.root = root
        self.squares = float(self.y @ self.y)
        self.log_weights = points.log_weights + 2.0 * float(np.log(self.own).sum())

    def wider(self):
        return Correlated(self.points, self.rho, self.cells // RATIO)

    def _whitened(self, values):
        found = values.copy()
        found[1:] = self.own * (values[1:] - self.fade * values[:-1])
        return found

    def normal(self, basis):
        """`(bands, right)` of the normal equations; a row reaches over two neighbouring points."""
        start, wide = self._rows(basis)
        size, width = basis.size, wide.shape[1]
        bands, right = np.zeros((width, size)), np.zeros(size)
        for c in range(width):
            right += np.bincount(start + c, wide[:, c] * self.y, minlength=size)[:size]
            for k in range(width - c):
                product = wide[:, c + k] * wide[:, c]
                bands[k] += np.bincount(start + c, product, minlength=size)[:size]
        return bands, right

    def beside(self, basis):
        """What the columns share with the B-splines, with one another, and with the measurements."""
        x = np.stack([self._whitened(self.root * c) for c in self.points.columns.T], axis=1)
        start, wide = self._rows(basis)
        return crossed(start, wide, x, basis.size), x.T @ x, x.T @ self.y

    def _rows(self, basis):
        cell, rows = basis.rows(self.points.t)
        rows = rows * self.root[:, None]
        width = basis.m + 1 + int(np.diff(cell).max(initial=0))
        wide = np.zeros((len(cell), width))
        start = np.concatenate([cell[:1], cell[:-1]])  # where the row of the point before begins
        each, shift = np.arange(len(cell)), cell - start
        own = np.concatenate([[1.0], self.own])
        for k in range(basis.m + 1):
            wide[each, shift + k] += own * rows[:, k]
            wide[1:, k] -= self.own * self.fade * rows[:-1, k]
        return start, wide
