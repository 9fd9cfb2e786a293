"""Which processes and penalties are worth their weight: the walk over the lattice of the evidence.

First every smoothing length is tried for the three orders at the lowest rate, where they are smoothing
splines. Then the rate is raised step by step, each summit sought from the one before, and the damping is
lowered as long as that does not harm.
"""

from math import exp, log

import numpy as np

from .correlated import Correlated
from .evidence import TURN, Evidence
from .moments import RATIO
from .process import Process
from .views import View

_COARSEST = 6  # cells of the first level, at least
_MANY, _STRETCH, _STRETCHES = (
    20_000,
    1_500,
    6,
)  # points of a long record, and of what is probed of it
_NEAR_CELLS = 12
_STEP = 0.04375  # of log ω
_COARSE = 16  # steps at the damping 1
_SLOWEST = -48  # steps from 1 / span
_SLOW, _QUICK = (
    0.04,
    6.0,
)  # rates, in units of 1 / smoothing length: outside, an order more or less says the same
_DAMPINGS = ((0.4, 8), (0.15, 4), (0.05, 2), (0.015, 1))  # and the steps of the rate
_HARM = 3.0  # nats that a lower damping may cost before even lower ones are left out
_HEARD = 0.6  # smoothing lengths, in 1 / rate, at which waves are listened for
_FAINT = 12.0  # nats below the best: too faint to look closer
_FADED = 4.0  # nats below the best: no further


def ladder(points):
    """The numbers of cells, the fewest first."""
    cells, rungs = _needed(points), 0
    while cells > RATIO * _COARSEST:
        cells, rungs = -(-cells // RATIO), rungs + 1
    return tuple(cells * RATIO**k for k in range(rungs + 1))


def narrow(points, cells):
    """Those levels on which neighbouring points stand in near cells, so that their bands are narrow."""
    widest = float(np.diff(points.places.t).max()) / points.span
    return tuple(c for c in cells if c <= points.count or c * widest <= _NEAR_CELLS)


def _needed(points):
    """The cells of the finest level: three between neighbours, or what stretches of a long record ask for."""
    full = max(3 * (points.count - 1), _COARSEST)
    if points.count <= _MANY:
        return full
    starts = np.linspace(0, points.count - _STRETCH, _STRETCHES).astype(int)
    shortest = np.inf
    for start in starts:
        part = points.part(start, start + _STRETCH)
        (k,), _ = _plain(part).scan(Process(2), 2)
        shortest = min(shortest, Process(2).length(float(k.min()), points.spacing))
    return min(full, int(6 * points.span / shortest))


def _plain(points):
    return look(points, ladder(points))


def look(points, cells, rho=0.0):
    """The evidence of points on that ladder, in noise correlated by ρ from one sample to the next."""
    season = points.season

    def view():
        if rho:
            return Correlated(points.places, cells, season, rho)
        return View(points.places, cells, season)

    key = None if season is None else season.key
    return Evidence(points.places.made((cells, rho, key), view).record(points))


class Summits:
    """For each process the series that looked at it, with the best place and the height of each."""

    def __init__(self, evidence):
        self.evidence = evidence
        self.span, self.spacing = evidence.points.span, evidence.points.spacing
        self.found = {}
        self.top = np.full(evidence.series, -np.inf)

    def add(self, process, series, k, height):
        if process in self.found:
            before = self.found[process]
            series, k, height = (
                np.concatenate(p) for p in zip(before, (series, k, height), strict=True)
            )
        self.found[process] = series, k, height
        np.maximum.at(self.top, series, height)

    def climb(self, process, lengths, series):
        """`(height, smoothing length)` of the summit near a length, for each series."""
        start = [round(process.log_penalty(n, self.spacing)) for n in lengths]
        k, height = self.evidence.climb(process, start, series)
        self.add(process, series, k, height)
        return height, np.array([process.length(float(j), self.spacing) for j in k])


def explore(evidence):
    """Look at the evidence wherever it may count; the summits."""
    summits = Summits(evidence)
    span, spacing = summits.span, summits.spacing
    everyone = np.arange(evidence.series)
    heights, lengths = [], []
    for process in (Process(2), *(Process(m, _rate(_SLOWEST, span)) for m in (3, 4))):
        k, height = evidence.scan(process, process.m)
        summits.add(process, everyone, k, height)
        heights.append(height)
        lengths.append([process.length(float(j), spacing) for j in k])
    lengths = np.array(lengths)
    length = lengths[np.argmax(heights, axis=0), everyone]
    first, last = (
        (np.rint(np.log(f * span / length) / (_COARSE * _STEP)) * _COARSE).astype(int)
        for f in (_SLOW, _QUICK)
    )
    first = np.maximum(first, _SLOWEST + _COARSE)
    finest = TURN * evidence.view.ladder[-1]
    last = np.maximum(first, np.minimum(last, int(log(finest) / _STEP)))
    for m in (3, 4):
        near = lengths[m - 2].copy()
        height, rate = heights[m - 2].copy(), np.full(evidence.series, _SLOWEST)
        best = near.copy()
        for step in range(first.min(), last.max() + 1, _COARSE):
            here = everyone[(first <= step) & (step <= last)]
            if len(here):
                h, near[here] = summits.climb(Process(m, _rate(step, span)), near[here], here)
                higher = h > height[here]
                height[here] = np.maximum(h, height[here])
                rate[here[higher]], best[here[higher]] = step, near[here[higher]]
    _swing(summits, everyone, rate, best, height)
    _listen(summits, everyone, last)
    for process, (series, k, height) in list(summits.found.items()):
        near = height > summits.top[series] - _FADED
        if near.any():
            chosen = series[near]
            evidence.spread(process, k[near], chosen, summits.top[chosen] - _FADED)
    return summits


def _listen(summits, series, last):
    """Look for waves that are faster than the curve found, up to two samples a wave."""
    fastest = int(log(np.pi * summits.evidence.points.count) / _STEP)
    damping, width = _DAMPINGS[2]
    rates = np.arange(last.min(), fastest + 1, width)
    if not len(rates) or not summits.evidence.view.shared:
        return
    heard = np.full((len(rates), len(series)), -np.inf)
    for height, rate in zip(heard, rates, strict=True):
        process = Process(4, _rate(int(rate), summits.span), damping)
        k = round(process.log_penalty(_HEARD / process.rate, summits.spacing))
        here = series[last <= rate]
        if len(here):
            height[here] = summits.evidence.at(process, k, here)
    best = heard.argmax(axis=0)
    found = heard[best, series] > summits.top - _FAINT
    if found.any():
        loud, rate = series[found], rates[best[found]]
        lengths = _HEARD / np.exp(_STEP * rate) * summits.span
        _swing(summits, loud, rate, lengths, summits.top[loud])


def _swing(summits, series, rate, length, height):
    """Lower the damping, and look for the rate anew each time."""
    before = 1.0
    for damping, width in _DAMPINGS:
        lengths = [length * (before / damping) ** 0.125] * 3  # as strong a swing is pushed less
        rates, lengths = [rate, rate + width, rate - width], lengths
        tried = [
            _climbed(summits, damping, r, n, series) for r, n in zip(rates, lengths, strict=True)
        ]
        seen = np.array([h for h, _ in tried])
        best = seen.argmax(axis=0)
        top, at = seen.max(axis=0), np.choose(best, rates)
        found = np.choose(best, [n for _, n in tried])
        moving = np.flatnonzero(best > 0)
        way = np.where(best == 1, width, -width)
        while len(moving):
            h, n = _climbed(
                summits, damping, at[moving] + way[moving], found[moving], series[moving]
            )
            higher = h > top[moving]
            moving = moving[higher]
            top[moving], found[moving] = h[higher], n[higher]
            at[moving] += way[moving]
        going = top > height - _HARM
        series, rate, length, height = series[going], at[going], found[going], top[going]
        if not len(series):
            return
        before = damping


def _climbed(summits, damping, rates, lengths, series):
    height, length = np.empty(len(series)), np.empty(len(series))
    for step in np.unique(rates):
        here = rates == step
        process = Process(4, _rate(int(step), summits.span), damping)
        height[here], length[here] = summits.climb(process, lengths[here], series[here])
    return height, length


def prior(process):
    """The log of what is expected beforehand of a place on the lattice.

    As much for each step of log ℓ and of log ω.
    """
    widths = dict(((1.0, _COARSE), *_DAMPINGS))
    swing = 0.5 * log(process.damping)  # a curve that swings for long is a rarer thing
    return swing + log(widths[process.damping] / _COARSE) - log(2 * process.m)


def _rate(step, span):
    return exp(_STEP * step) / span
