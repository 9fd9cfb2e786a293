"""What measurements at some places can tell of a curve: the posterior precision, its factor and its inverse.

In the coefficients of B-splines both the data and the process are band matrices, G and λ P, so all of it
costs O(cells). Nothing here knows the measurements themselves: many series share it.

Source: Wood, "Generalized Additive Models" (2017), chapter 6 (restricted likelihood).
"""

from functools import cached_property
from math import exp, log

import numpy as np
from scipy.linalg.lapack import dpbtrf, dpbtrs

from .banded import inverse_blocks
from .process import Prior

_STIFF = 1e11  # how far the prior may outweigh the data: beyond, digits of the data are lost
_RIDGE = 1e-9  # of a column's own squares: what keeps it where a rough curve could take its place
_READINGS = 2  # sets of times that are remembered


class Level:
    """B-splines on cells, the bands of the data in them, and the precisions for every process and penalty."""

    def __init__(self, basis, bands, beside, season, shared):
        self.basis, self.bands, self.beside, self.season = basis, bands, beside, season
        self.shared = shared
        self._stiff = log(_STIFF * self.bands[0].max())
        self._priors, self._found, self._rows = {}, {}, []

    def prior(self, process):
        if process not in self._priors:
            self._priors[process] = Prior(self.basis, process)
        return self._priors[process]

    def precision(self, process, log_penalty):
        """The precision for a process that is everywhere the same, at the stiffest that digits allow."""
        key = process, log_penalty
        found = self._found.get(key)
        if found is None:
            prior = self.prior(process)
            found = Precision(self, prior, min(log_penalty, self.stiffest(prior)))
            if self.shared:
                self._found[key] = found
        return found

    def stiffest(self, prior):
        """The largest log λ that digits allow."""
        return self._stiff - log(prior.bands[0].max())

    def rows(self, t, order):
        """`(first coefficient, values of the B-splines)` at the times, remembered for other series."""
        return _remembered(self._rows, t, order, lambda: self.basis.rows(t, order))


class Precision:
    """G + λ P, factored.

    Where a season stands beside the curve its amplitudes are solved for too: `share` is what the curve's
    coefficients give way to each, `root` the inverse root of what is then known of the amplitudes.
    """

    def __init__(self, level, prior, log_penalty):
        self.level, self.prior, self.log_penalty = level, prior, log_penalty
        bands, m = level.bands.copy(order="F"), level.basis.m
        bands[: m + 1] += exp(log_penalty) * prior.bands
        self.lower, failed = dpbtrf(bands, lower=1, overwrite_ab=1)
        self.volume = np.inf if failed else np.log(self.lower[0]).sum()
        self.free = 2  # parameters without a prior: the straight line and the season
        if level.beside and not failed:
            cross, squares = level.beside
            self.share = dpbtrs(self.lower, cross, lower=1)[0]
            room = squares - cross.T @ self.share + _RIDGE * np.diag(np.diag(squares))
            spread = np.linalg.cholesky(room)
            self.root = np.linalg.inv(spread)
            self.volume += np.log(np.diag(spread)).sum()
            self.free += len(squares)
        size = level.basis.size - 2
        self.worth = 0.5 * (size * log_penalty + prior.log_determinant) - self.volume
        self._spreads = []

    def solve(self, right, beside):
        """`(coefficients, amplitudes, what they explain of the squares)`, a column for each series."""
        found = dpbtrs(self.lower, right, lower=1)[0]
        explained = np.einsum("nc,nc->c", right, found)
        if beside is None:
            return found, None, explained
        half = self.root @ (beside - self.level.beside[0].T @ found)
        amplitudes = self.root.T @ half
        return found - self.share @ amplitudes, amplitudes, explained + (half * half).sum(axis=0)

    def cost(self, coefficients):
        """What the process takes such a curve to cost: λ times its white noise and its start, squared."""
        where = np.arange(self.level.basis.cells)[:, None] + np.arange(self.level.basis.m + 1)
        noise = coefficients[where] @ self.prior.noise
        start = self.prior.start @ coefficients[: self.level.basis.m]
        return exp(self.log_penalty) * float(self.prior.calm @ (noise * noise) + start @ start)

    @cached_property
    def windows(self):
        """The covariance of neighbouring coefficients, in units of the noise variance."""
        return inverse_blocks(self.lower, self.level.basis.m)

    def spread(self, t, order, season):
        """The variance of a derivative at the times t, in units of the noise variance."""
        key = order, season
        return _remembered(self._spreads, t, key, lambda: self._spread(t, order, season))

    def _spread(self, t, order, season):
        cell, rows = self.level.rows(t, order)
        found = np.einsum("ni,nij,nj->n", rows, self.windows[cell], rows)
        if self.level.beside:
            where = cell[:, None] + np.arange(rows.shape[1])
            own = self.level.season.at(t, order) * season
            own = own - np.einsum("ni,nik->nk", rows, self.share[where])
            found = found + ((own @ self.root.T) ** 2).sum(axis=1)
        return np.maximum(found, 0.0)

    def calmer(self, coefficients, variance):
        """For each cell: the slope of the evidence by its log calm, and how much the data know of it."""
        level, prior = self.level, self.prior
        where = np.arange(level.basis.cells)[:, None] + np.arange(level.basis.m + 1)
        noise = coefficients[where] @ prior.noise
        spread = np.einsum("nij,i,j->n", self.windows, prior.noise, prior.noise)
        if level.beside:
            own = np.einsum("i,nik->nk", prior.noise, self.share[where])
            spread = spread + ((own @ self.root.T) ** 2).sum(axis=1)
        share = exp(self.log_penalty) * prior.calm
        slope = 0.5 * (1 - share * (noise * noise / variance + spread))
        slope[0] += self._start(coefficients, variance)
        return slope, 1 - share * spread

    def _start(self, coefficients, variance):
        """The slope of the evidence by the log calm of the state at the start."""
        start, m = self.prior.start, self.level.basis.m
        state = start @ coefficients[:m]
        spread = float(np.einsum("ki,ij,kj->", start, self.windows[0, :m, :m], start))
        if self.level.beside:
            spread += float(((start @ self.share[:m] @ self.root.T) ** 2).sum())
        share = exp(self.log_penalty)
        return 0.5 * (len(start) - share * (float(state @ state) / variance + spread))


def _remembered(found, t, key, make):
    """What was made for these times of late, or made now."""
    for k, (times, what, value) in enumerate(found):
        if what == key and (times is t or np.array_equal(times, t)):
            found.append(found.pop(k))
            return value
    if len(found) >= _READINGS:
        found.pop(0)
    value = make()
    found.append((t, key, value))
    return value
