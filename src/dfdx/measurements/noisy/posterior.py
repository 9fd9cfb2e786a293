"""What measurements say of a curve and its derivatives, with what is unknown of the smoothing left in.

The posterior is a mixture over processes and penalties, with and without calmer places, each weighted by
its evidence; so the band holds also what the choice of the smoothing costs.

Source: Hoeting et al., "Bayesian model averaging: a tutorial", Statist. Sci. 14 (1999).
"""

from math import log, sqrt

import numpy as np

from .calm import varied
from .search import prior

_SMALL, _MOST = 0.03, 24  # shares that count, relative to the largest, and how many
_LOW = 25.0  # nats below the best: not even calmer places will help
_BLOCK = 16_384  # times that are read at once


class Part:
    """One process at one penalty: the curve's coefficients and how well they are known."""

    def __init__(self, precision, evidence, variance, coefficients, amplitudes, length):
        self.precision, self.evidence, self.variance = precision, evidence, variance
        self.coefficients, self.amplitudes, self.length = coefficients, amplitudes, length

    @property
    def process(self):
        return self.precision.prior.process

    def mean(self, t, order, season):
        level = self.precision.level
        cell, rows = level.rows(t, order)
        where = cell[:, None] + np.arange(rows.shape[1])
        mean = np.einsum("nk,nk->n", rows, self.coefficients[where])
        if self.amplitudes is not None and season:
            mean = mean + level.season.at(t, order) @ self.amplitudes
        return mean

    def at(self, t, order, season):
        """`(mean, variance)` of the derivative of that order at the times t."""
        spread = self.precision.spread(t, order, season)
        return self.mean(t, order, season), self.variance * spread


def parts(evidence, precision, series):
    """The part of each of these series at one penalty of one process."""
    height, variance, coefficients, amplitudes = evidence.judge(precision, np.array(series))
    length = precision.prior.process.length(precision.log_penalty, evidence.points.spacing)
    return [
        Part(
            precision,
            float(height[k]),
            float(variance[k]),
            coefficients[:, k].copy(),
            None if amplitudes is None else amplitudes[:, k],
            length,
        )
        for k in range(len(series))
    ]


class Posterior:
    """The mixture; `at(t, order)` gives the mean and the standard deviation of a derivative.

    A derivative of order k is known to processes of an order above k: each has its own parts and shares.
    """

    def __init__(self, parts, heights):
        self.parts, self.heights = parts, heights

    def shared(self, order):
        """The parts that know the derivative of that order, and their shares."""
        use = _weighty(self.heights, np.array([part.process.m > order for part in self.parts]))
        if not len(use):
            raise ValueError(
                f"noisy measurements have no derivative of order {order} that is known"
            )
        shares = np.exp(self.heights[use] - self.heights[use].max())
        return [self.parts[k] for k in use], shares / shares.sum()

    @property
    def best(self):
        """The part of the greatest share."""
        return self.parts[int(self.heights.argmax())]

    @property
    def noise(self):
        """The standard deviation of the noise."""
        return sqrt(sum(s * p.variance for p, s in zip(*self.shared(0), strict=True)))

    def at(self, t, order=1, season=True):
        """`(mean, standard deviation)` of the derivative of that order at the times t."""
        parts, shares = self.shared(order)
        mean, deviation = np.empty(len(t)), np.empty(len(t))
        for start in range(0, len(t), _BLOCK):
            block = slice(start, start + _BLOCK)
            found = [part.at(t[block], order, season) for part in parts]
            means = np.array([m for m, _ in found])
            variances = np.array([v for _, v in found])
            mean[block] = shares @ means
            deviation[block] = np.sqrt(shares @ (variances + (means - mean[block]) ** 2))
        return mean, deviation


def mixed(posteriors):
    """One posterior of several that explain the same measurements."""
    parts = [part for posterior in posteriors for part in posterior.parts]
    return Posterior(parts, np.concatenate([posterior.heights for posterior in posteriors]))


def _weighty(heights, allowed):
    """Which of those allowed count: the highest, as many as there is reason to read."""
    order = np.argsort(-heights, kind="stable")
    order = order[allowed[order]][:_MOST]
    return order[heights[order] > heights[order[:1]] + log(_SMALL)]


def posteriors(evidence, summits):
    """The posterior of each series, from what was explored."""
    keys = list(evidence.found)
    heights = np.array([evidence.found[key][0] + prior(key[0]) for key in keys])
    heights = np.where(np.isnan(heights), -np.inf, heights)
    kept, wanted = [], {}
    for series, promising in enumerate(_promising(summits, evidence.series)):
        kept.append(_kept(evidence, series, promising, keys, heights[:, series]))
        for what, _ in kept[-1]:
            wanted.setdefault(what, []).append(series)
    made = {}
    for what, series in wanted.items():
        precision = evidence.precision(*what) if isinstance(what, tuple) else what
        for k, part in zip(series, parts(evidence, precision, series), strict=True):
            made[what, k] = part
    return [
        Posterior([made[what, k] for what, _ in each], np.array([h for _, h in each]))
        for k, each in enumerate(kept)
    ]


def _kept(evidence, series, promising, keys, heights):
    """`(place on the lattice or precision, height)` of what counts for one series."""
    found = [(keys[k], heights[k]) for k in np.flatnonzero(heights > -np.inf)]
    for process, k in promising:
        expected = prior(process)
        found += [(p, h + expected) for p, h in varied(evidence, process, k, series)]
    heights = np.array([h for _, h in found])
    orders = np.array([_order(what) for what, _ in found])
    chosen = np.unique(np.concatenate([_weighty(heights, orders > k) for k in (1, 2, 3)]))
    return [found[k] for k in chosen]


def _order(what):
    return what[0].m if isinstance(what, tuple) else what.prior.process.m


def _promising(summits, count):
    """The best summits of every series, one for each order, unless far too low."""
    best, least = [{} for _ in range(count)], summits.top - _LOW
    for process, (who, k, height) in summits.found.items():
        for i in np.unique(who, return_index=True)[1]:  # what was looked at first
            known = best[who[i]]
            if height[i] > known.get(process.m, (least[who[i]],))[0]:
                known[process.m] = height[i], process, int(k[i])
    return [[(process, k) for _, process, k in known.values()] for known in best]
