"""Gaps in a grid: what the other samples say of the missing ones, and how surely.

With S the smoother of the whole grid, the missing samples have, given the others, the precision (1 − S)/σ²
among themselves. So their mean solves (1 − S) u = S y, and a draw of them solves it for a random right
side. Both take conjugate gradients, each step one look at the whole grid. The lengths are found on a
grid that is completed by a draw, noise and all, in turns with it.

Source: Tanner and Wong, "The calculation of posterior distributions by data augmentation", J. Am. Statist.
Assoc. 82 (1987).
"""

from math import sqrt

import numpy as np

from .waves import Waves, along

DRAWS = 16
_TURNS = 4
_STEPS = 200
_TOLERANCE = 1e-4


class Completed:
    """A grid without gaps: `mean` is filled by what is expected, `drawn` by a draw of what was measured.

    `draws` are further draws, less the mean, as an array with one axis more; 0 where nothing is missing.
    """

    def __init__(self, modes, y, m, variance):
        rng, missing = np.random.default_rng(0), np.isnan(y)
        known = np.where(missing, 0.0, y)
        filled = mean = _nearest(y, missing)
        for turn in range(_TURNS):
            waves = Waves(modes, filled, m)
            logs = waves.best(variance)
            last = turn == _TURNS - 1
            smoother = _Smoother(waves, logs, waves.evidence(logs, variance)[2], missing)
            mean, draws = smoother.guess(known, mean, rng, DRAWS if last else 1)
            filled = known + mean + draws[..., 0]
        self.mean, self.drawn, self.draws = known + mean, filled, draws
        self.converged = smoother.converged


class _Smoother:
    """S at some lengths, between samples."""

    def __init__(self, waves, logs, variance, missing):
        fit = waves.posterior(logs, variance)
        kept = fit.kept((0,) * missing.ndim)
        part = tuple(slice(0, k) for k in kept)
        self.rows = [one.values[:, :k] for one, k in zip(waves.modes, kept, strict=True)]
        self.missing, self.deviation = missing[..., None], sqrt(variance)
        self.share = (fit.spread[part] / variance)[..., None]
        seen = waves.seen[part][..., None]
        rest = 1.0 - np.sqrt(np.maximum(1.0 - seen * self.share, 0.0))
        self.rest = rest / np.maximum(seen, 1e-12)
        self.converged = True

    def _through(self, y, share):
        found = along(y, [row.T for row in self.rows])
        return along(share * found, self.rows)

    def guess(self, known, filled, rng, count):
        """`(mean, draws less the mean)` of the missing samples, 0 elsewhere."""
        random = rng.standard_normal((*known.shape, count))
        noisy = self.deviation * (random - self._through(random, self.rest))
        right = np.concatenate([self._through(known[..., None], self.share), noisy], axis=-1)
        start = np.zeros_like(right)
        start[..., 0] = filled
        found = self._solved(self.missing * right, self.missing * start)
        return found[..., 0], found[..., 1:]

    def _solved(self, right, x):
        """The missing samples with (1 − S) x = right, all right sides side by side."""
        axes = tuple(range(right.ndim - 1))

        def apply(v):
            return v - self.missing * self._through(v, self.share)

        left = right - apply(x)
        step, size = left, (left * left).sum(axis=axes)
        goal = _TOLERANCE**2 * np.maximum((right * right).sum(axis=axes), 1e-300)
        for _ in range(_STEPS):
            if (size <= goal).all():
                break
            moved = apply(step)
            length = size / np.maximum((step * moved).sum(axis=axes), 1e-300)
            x = x + length * step
            left = left - length * moved
            before, size = size, (left * left).sum(axis=axes)
            step = left + size / np.maximum(before, 1e-300) * step
        else:
            self.converged = False
        return x


def _nearest(y, missing):
    """Gaps filled by the nearest sample."""
    from scipy.ndimage import distance_transform_edt

    where = distance_transform_edt(missing, return_distances=False, return_indices=True)
    return y[tuple(where)]
