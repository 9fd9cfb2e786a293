"""What measurements say of a curve and its derivatives, with what is unknown of the smoothing left in.

The posterior is a mixture over the order of the process, with and without calmer places, and over a
few penalties around the best, each weighted by its evidence; so the band holds also what the choice of
the smoothing costs. To compare orders, the coefficients of the polynomials of which one order knows
more than another get a broad prior on the scale of the data.

Source: Hoeting et al., "Bayesian model averaging: a tutorial", Statist. Sci. 14 (1999).
"""

from math import exp, factorial, log, pi, sqrt

import numpy as np

from .search import best_fit, correlation, ladder, varied

_ORDERS = (2, 3, 4)
_BROAD = 10.0  # the prior scale of polynomial terms, in standard deviations of the data
_STEPS = 8  # penalties on either side of the best
_FADED = 3.5  # nats below the best: no further
_SMALL = 0.01  # shares that are left out


class Posterior:
    """The mixture; `at(t, order)` gives the mean and the standard deviation of a derivative."""

    def __init__(self, points):
        rungs = ladder(points)
        self.correlation = correlation(points, rungs)
        if self.correlation:
            rungs = ladder(points, self.correlation)
        self.free = points.count - 2
        found = []
        for m in _ORDERS:
            if points.count < m + 3:
                continue
            best = best_fit(rungs, m)
            apart = _broad(points, m)
            candidates = [(best, 0.0)]
            bent = varied(best, rungs)
            if bent:
                candidates.append(bent)
            for fit, price in candidates:
                found += [(c, e - price - apart) for c, e in _around(fit)]
        top = max(e for _, e in found)
        shares = np.array([exp(e - top) for _, e in found])
        shares /= shares.sum()
        kept = [(c, s) for (c, _), s in zip(found, shares, strict=True) if s > _SMALL]
        total = sum(s for _, s in kept)
        self.fits = [c for c, _ in kept]
        self.shares = np.array([s / total for _, s in kept])

    @property
    def noise(self):
        """The standard deviation of the noise."""
        return sqrt(sum(s * f.variance for f, s in zip(self.fits, self.shares, strict=True)))

    @property
    def quantile(self):
        """Half-widths of a 95 % band, in standard deviations: Student's t."""
        from scipy.special import stdtrit

        return float(stdtrit(max(self.free, 1), 0.975))

    def at(self, t, order=1, season=True):
        """`(mean, standard deviation)` of the derivative of that order at the times t."""
        use = [k for k, fit in enumerate(self.fits) if fit.level.m > order]
        if not use:
            raise ValueError(
                f"noisy measurements have no derivative of order {order} that is known"
            )
        shares = self.shares[use][:, None] / self.shares[use].sum()
        parts = [self.fits[k].at(t, order, season) for k in use]
        means = np.array([mean for mean, _ in parts])
        variances = np.array([variance for _, variance in parts])
        mean = (shares * means).sum(axis=0)
        return mean, np.sqrt((shares * (variances + (means - mean) ** 2)).sum(axis=0))


def _around(best):
    """The penalties around the best one with their log evidence, each for its width."""
    m, level = best.level.m, best.level
    step = 0.5 * m
    beside = [level.fit(best.log_penalty + s).evidence for s in (-step, step)]
    curve = (2 * best.evidence - sum(beside)) / step**2
    width = 0.8 * min(1 / sqrt(max(curve, 1e-4)), 0.8 * m)
    fits = [best]
    for direction in (-width, width):
        for k in range(1, _STEPS + 1):
            at = best.log_penalty + k * direction
            if at > level.stiffest + width:
                break
            fit = level.fit(at)
            if fit.evidence < best.evidence - _FADED:
                break
            fits.append(fit)
    return [(fit, fit.evidence + log(width / (2 * m))) for fit in fits]


def _broad(points, m):
    """What the broad prior of the polynomial terms 2, …, m − 1 costs, in nats."""
    t, y = points.t, points.y
    scale = _BROAD * max(np.std(y - np.polyval(np.polyfit(t, y, 1), t)), 1e-300)
    return sum(
        0.5 * log(2 * pi) + log(scale * factorial(j) / (t[-1] - t[0]) ** j) for j in range(2, m)
    )
