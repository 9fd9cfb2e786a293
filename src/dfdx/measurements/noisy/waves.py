"""A rough field of one order seen in the modes of a grid: posterior and evidence by divisions.

A product of modes has, a priori, a normal coefficient of precision p = (r₁ω₁² + r₂ω₂² + …)ᵐ / σ², with
ω²ᵐ the roughness of a mode; the samples add g, the product of what they see of each mode. So the evidence
and its slope in log r are sums over the grid; the noise σ² is profiled out where it is not known.

Sources: Wood, "Generalized Additive Models" (2017), chapters 5 and 6 (tensor products, restricted
likelihood); Lindgren, Rue and Lindström, J. R. Statist. Soc. B 73 (2011) (the field).
"""

from functools import reduce
from math import exp, log, pi, sqrt

import numpy as np

_SEEN = 1e-8  # of a whole sample: modes that are seen less say nothing
_BROAD = 10.0  # the prior scale of polynomial terms, in standard deviations of the data
_COMMON = 2  # polynomials of an axis that every order leaves free
_WAVES = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0)  # half waves along the axis: where the search begins
_SMOOTHEST, _ROUGHEST = 0.02, 5_000.0  # half waves: where it ends
_ENOUGH = 1 - 1e-5  # of the variance of a partial
_TINY = 1e-30
_ROUNDING = 1e-15
_WIDE = 3.0  # the most that a log r is taken to be uncertain


class Waves:
    """Samples y (mean 0, deviation 1) on a grid whose axes have those modes; the field's order is m."""

    def __init__(self, modes, y, m):
        self.modes, self.m = modes, m
        self.data = along(y, [one.values.T for one in modes])
        seen = [one.seen for one in modes]
        self.seen = reduce(np.multiply.outer, seen)
        self.bends = [one.rough ** (1.0 / one.m) for one in modes]
        free = reduce(np.logical_and.outer, [one.rough == 0 for one in modes])
        self.data[self.seen <= _SEEN] = 0.0
        told = (self.seen > _SEEN) & ~free
        self.squares = np.where(told, self.data**2, 0.0)
        self.told = np.where(told, self.seen, 0.0)
        self.lengths = np.where(told, 1.0 / np.maximum(self.seen, _SEEN), 0.0)
        apart = float((self.squares * self.lengths).sum())
        apart += float((self.data[free] ** 2 / self.seen[free]).sum())
        total = float((y * y).sum())
        self.outside = max(total - apart, _ROUNDING * total, _TINY)
        self.free, self.count = int(free.sum()), y.size
        own = free.sum() - min(_COMMON ** len(modes), free.sum())
        self.price = own * log(_BROAD * sqrt(2 * pi * y.size))

    def _precision(self, logs):
        """`(p to the power 1/m, what each axis adds to it)` at the logs of r, in units of 1/σ²."""
        parts = [exp(log_r) * bend for log_r, bend in zip(logs, self.bends, strict=True)]
        return reduce(np.add.outer, parts), parts

    def evidence(self, logs, variance=None):
        """`(log evidence, its slope by each log r, σ²)`."""
        total, parts = self._precision(logs)
        below = total ** (self.m - 1)
        p = below * total + _TINY
        whole = self.seen + p
        share = self.squares / whole
        free = self.count - self.free
        misfit = self.outside + float(np.vdot(share * p, self.lengths))
        odds = self.told / p
        if variance is None:
            variance = misfit / free
        found = (
            -0.5 * free * log(2 * pi * variance)
            - 0.5 * misfit / variance
            - 0.5 * float(np.log1p(odds).sum())
            - self.price
        )
        by_p = (0.5 * self.m) * below * (odds - share / variance) / whole
        others = tuple(range(len(parts)))
        slopes = [
            float((by_p.sum(axis=others[:k] + others[k + 1 :]) * part).sum())
            for k, part in enumerate(parts)
        ]
        return found, np.array(slopes), variance

    def best(self, variance=None):
        """The log r of highest evidence."""
        from scipy.optimize import minimize

        def down(logs):
            found, slopes, _ = self.evidence(logs, variance)
            return -found, -slopes

        def at(waves):
            return np.full(len(self.modes), -2 * log(pi * waves))

        starts = sorted((down(at(w))[0], w) for w in _WAVES)
        bounds = [(-2 * log(pi * _ROUGHEST), -2 * log(pi * _SMOOTHEST))] * len(self.modes)
        found = [
            minimize(
                down, at(w), jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-10}
            )
            for _, w in starts[:2]
        ]
        return min(found, key=lambda f: f.fun).x

    def posterior(self, logs, variance=None, beside=None):
        """What is known of the coefficients at those logs of r; of those of other samples with this noise."""
        return Posterior(self, logs, variance, (beside or self).data)

    def around(self, variance=None):
        """`(log r, log weight)` of a few points that stand for all that the evidence allows.

        As far on either side of the best as a normal law of its curvature asks for (the cubature of
        degree 3), weighted by what the evidence there really is.
        """
        best = self.best(variance)
        d = len(best)
        top = self.evidence(best, variance)[0]
        step = 0.1
        curve = np.array(
            [
                (
                    self.evidence(best - step * e, variance)[1]
                    - self.evidence(best + step * e, variance)[1]
                )
                / (2 * step)
                for e in np.eye(d)
            ]
        )
        known, turned = np.linalg.eigh(0.5 * (curve + curve.T))
        widths = 1 / np.sqrt(np.maximum(known, _WIDE**-2))
        volume = 0.5 * d * log(2 * pi) + float(np.log(widths).sum())
        nodes = []
        for width, axis in zip(widths, turned.T, strict=True):
            for sign in (-1, 1):
                at = best + sign * sqrt(d) * width * axis
                gained = self.evidence(at, variance)[0]
                nodes.append((at, min(gained + 0.5 * d, top) + volume - log(2 * d)))
        return nodes


class Posterior:
    """The normal law of the coefficients at one choice of lengths, in the units of the samples."""

    def __init__(self, waves, logs, variance, data):
        self.modes, self.m = waves.modes, waves.m
        self.bends, self.logs = waves.bends, logs
        total, _ = waves._precision(logs)
        self.variance = waves.evidence(logs, variance)[2]
        spread = 1.0 / (waves.seen + total**waves.m)
        self.mean, self.spread = data * spread, self.variance * spread

    def kept(self, orders):
        """How many modes of each axis count in the partial of those orders."""
        counts = []
        for bend, log_r, order in zip(self.bends, self.logs, orders, strict=True):
            share = bend**order / (1.0 + (exp(log_r) * bend) ** self.m)
            share[bend == 0] = 1.0 if order == 0 else bend[bend > 0].min() ** order
            ahead = np.cumsum(share)
            counts.append(int(np.searchsorted(ahead, _ENOUGH * ahead[-1])) + 1)
        return counts


def along(values, matrices):
    """A matrix applied to each axis of an array."""
    for k, matrix in enumerate(matrices):
        values = np.moveaxis(np.tensordot(matrix, values, (1, k)), 0, k)
    return values
