"""Data seen as an integrated Wiener process in noise.

The curve's m-th derivative is white noise of spectral density q, the measurements have variance σ²/w.
In the coefficients of B-splines whose m-th derivative is constant in each cell, both are band
matrices, so one likelihood costs O(cells). The noise is profiled out; what is left to search is
λ = σ²/q, or the smoothing length ℓ = (λ Δ)^(1/2m) at the mean spacing Δ, and where the process is
calmer than elsewhere.

Sources: Wahba, "Improper priors, spline smoothing and the problem of guarding against model errors in
regression", J. R. Statist. Soc. B 40 (1978); Wood, "Generalized Additive Models" (2017), chapter 6
(restricted likelihood).
"""

from functools import cached_property
from math import exp, log, pi

import numpy as np

from .banded import Factor, gram
from .basis import equal_cells

_STIFF = 1e9  # how far the prior may outweigh the data: beyond, digits of the data are lost
_ROUNDING = 1e-15
_RIDGE = 1e-9  # of a column's own squares: what keeps it where a rough curve could take its place


class Level:
    """Measurements seen through the B-splines of degree m on equal cells."""

    def __init__(self, moments, m):
        self.points, self.moments, self.m = moments.points, moments, m
        self.cells = moments.cells
        self.basis = equal_cells(self.points.start, self.points.span, self.cells, m)
        self.data, self.right = moments.normal(self.basis)
        self.beside = None if self.points.season is None else moments.beside(self.basis)
        self.highest = self.basis.highest
        self.volume = 0.5 * np.log(self.basis.widths).sum() + self.basis.log_volume
        self.shape(np.zeros(self.cells))

    def shape(self, logs):
        """Let the process be calmer by a factor exp(logs) in each cell."""
        self.logs = logs
        self.calm = self.basis.widths * np.exp(logs)
        self.prior = np.zeros_like(self.data)
        self.prior[: self.m + 1] = gram(self.highest, self.calm)
        self.stiffest = log(_STIFF * self.data[0].max() / self.prior[0].max())

    def log_penalty(self, cells):
        """log λ at which the smoothing length is that many cells."""
        return 2 * self.m * log(cells * self.basis.widths[0]) - log(self.points.spacing)

    def length(self, log_penalty):
        """The smoothing length, in the units of time."""
        return exp((log_penalty + log(self.points.spacing)) / (2 * self.m))

    def fit(self, log_penalty):
        """The posterior at a penalty, or at the stiffest that digits allow."""
        return Fit(self, min(log_penalty, self.stiffest))


class Fit:
    """The posterior of the coefficients at one penalty λ, and the evidence for it.

    Where the points have columns beside the curve, their factors are solved for with it: `share` is
    what the curve's coefficients give way to each, `spread` the inverse covariance of the factors.
    """

    def __init__(self, level, log_penalty):
        self.level = level
        self.log_penalty = log_penalty
        self.factor = Factor(level.data + exp(log_penalty) * level.prior)
        self.coefficients = self.factor.solve(level.right)
        seen = level.moments
        misfit = seen.squares - float(level.right @ self.coefficients)
        free = level.points.count - level.m
        volume = 0.0
        if level.beside:
            cross, squares, right = level.beside
            self.share = self.factor.solve(cross)
            room = squares - cross.T @ self.share + _RIDGE * np.diag(np.diag(squares))
            spread = np.linalg.cholesky(room)
            right = right - cross.T @ self.coefficients
            half = np.linalg.solve(spread, right)
            self.root = np.linalg.inv(spread)
            self.factors = self.root.T @ half
            self.coefficients = self.coefficients - self.share @ self.factors
            misfit -= float(half @ half)
            free -= len(right)
            volume = float(np.log(np.diag(spread)).sum())
        misfit = max(misfit, _ROUNDING * seen.squares, 1e-300)
        known = level.points.variance
        self.variance = misfit / free if known is None else known
        self.evidence = (
            0.5 * seen.log_weights
            - 0.5 * free * log(2 * pi * self.variance)
            - 0.5 * misfit / self.variance
            + 0.5 * (level.cells * log_penalty + level.logs.sum())
            - 0.5 * self.factor.log_determinant()
            - volume
            + level.volume
        )

    @cached_property
    def windows(self):
        """The covariance of neighbouring coefficients, in units of the noise variance."""
        return self.factor.inverse_blocks(self.level.m)

    def at(self, t, order, season=True):
        """`(mean, variance)` of the derivative of that order, below m, at the times t.

        Without the season: that of the curve beside it.
        """
        cell, rows = self.level.basis.rows(t, order)
        where = cell[:, None] + np.arange(self.level.m + 1)
        mean = (rows * self.coefficients[where]).sum(axis=1)
        variance = np.einsum("ni,nij,nj->n", rows, self.windows[cell], rows)
        if self.level.beside:
            columns = self.level.points.season.at(t, order) * season
            mean = mean + columns @ self.factors
            own = columns - np.einsum("ni,nik->nk", rows, self.share[where])
            variance = variance + ((own @ self.root.T) ** 2).sum(axis=1)
        return mean, self.variance * np.maximum(variance, 0.0)

    def calmer(self):
        """For each cell: the slope of the evidence by its log calm, and how much the data know of it."""
        level = self.level
        where = np.arange(level.cells)[:, None] + np.arange(level.m + 1)
        jump = (level.highest * self.coefficients[where]).sum(axis=1)
        spread = np.einsum("ni,nij,nj->n", level.highest, self.windows, level.highest)
        if level.beside:
            own = np.einsum("ni,nik->nk", level.highest, self.share[where])
            spread = spread + ((own @ self.root.T) ** 2).sum(axis=1)
        share = exp(self.log_penalty) * level.calm
        return 0.5 * (1 - share * (jump * jump / self.variance + spread)), 1 - share * spread
