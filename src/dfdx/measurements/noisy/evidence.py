"""How well a process explains measurements: the evidence on a lattice of processes and penalties.

The lattice is the same for all series (steps of 1 in log λ, of 0.7 in log ω), so series at the same places
share every factorisation; where the evidence is looked at depends on each of them.

The noise is profiled out. Evidences of all processes, orders and levels compare, because each is a density
against the same measure: that of the value and slope at one end.
"""

from math import pi

import numpy as np

_FINE = 2.5  # cells in a smoothing length, at least
TURN, _SWUNG = 1.2, 0.4  # of the phase in a cell, at most; where it swings
_QUIET, _DECADES = 0.01, 2.0  # noise is expected near a tenth of the data, within a factor e² or so
_ROUNDING = 1e-26
_CANCELLED = 1e-6  # below, the difference of squares has lost digits
_SHORTEST, _LONGEST = 0.3, 4.0  # smoothing lengths: in spacings, in spans
_WIDEST = 8  # steps of log λ on either side of a summit


class Evidence:
    """The evidence of a record, and the variance of the noise: arrays over the series.

    A place on the lattice is `(process, k)`, with log λ = k.
    """

    def __init__(self, record):
        self.record, self.points = record, record.points
        self.view = record.view
        self.series = record.squares.shape[0]
        self.found, self.ranges = {}, {}
        self.shortest, self.longest = _SHORTEST * self.points.spacing, _LONGEST * self.points.span

    def level(self, process, k):
        """The level that shows the smoothing length at this penalty."""
        length = process.length(float(k), self.points.spacing)
        turn = TURN if process.damping == 1.0 else _SWUNG
        asked = self.points.span * max(_FINE / length, process.rate / turn)
        ladder = self.view.ladder
        cells = next((c for c in ladder if c >= asked), ladder[-1])
        return self.view.level(cells, process.m)

    def precision(self, process, k):
        return self.level(process, k).precision(process, float(k))

    def at(self, process, k, series):
        """The evidence there, for these series; remembered."""
        if (process, k) not in self.found:
            self.found[process, k] = np.full((2, self.series), np.nan)
        evidence, variance = self.found[process, k]
        new = series[np.isnan(evidence[series])]
        if len(new):
            evidence[new], variance[new] = self.judge(self.precision(process, k), new)[:2]
        return evidence[series]

    def judge(self, precision, series):
        """`(evidence, variance, coefficients, amplitudes)` of these series."""
        record = self.record
        level = precision.level
        cells, m = level.basis.cells, level.basis.m
        squares = record.squares[series]
        if not np.isfinite(precision.worth):
            return np.full(len(series), -np.inf), squares, None, None
        beside = None if record.beside is None else record.beside[:, series]
        right = record.right(cells, m)[:, series]
        coefficients, amplitudes, explained = precision.solve(right, beside)
        misfit = squares - explained
        if (misfit < _CANCELLED * squares).any():
            misfit = record.misfit(precision, coefficients, series, misfit)
        misfit = np.maximum(misfit, _ROUNDING * squares + 1e-300)
        free = self.points.count - precision.free
        known = self.points.variance
        variance = misfit / free if known is None else np.full(len(series), known)
        evidence = precision.worth + 0.5 * self.view.log_weights
        if known is None:
            evidence = evidence - np.log1p((0.5 * np.log(variance / _QUIET) / _DECADES) ** 2)
        evidence = evidence - 0.5 * free * np.log(2 * pi * variance) - 0.5 * misfit / variance
        return evidence, variance, coefficients, amplitudes

    def _range(self, process):
        """The k of the shortest and of the longest smoothing length."""
        if process not in self.ranges:
            self.ranges[process] = tuple(
                round(process.log_penalty(length, self.points.spacing))
                for length in (self.shortest, self.longest)
            )
        return self.ranges[process]

    def scan(self, process, step):
        """The summit of each series: among every step-th place over all lengths, then near it."""
        low, high = self._range(process)
        series = np.arange(self.series)
        places = np.arange(low, high + 1, step)
        heights = np.array([self.at(process, int(k), series) for k in places])
        return self.climb(process, places[heights.argmax(axis=0)], series)

    def climb(self, process, start, series):
        """`(k, evidence)` of the summit near the start, for each series."""
        best = np.array(start, dtype=int)
        height = self.each(process, best, series)
        for step in (2, 1):
            moving = np.arange(len(series))
            while len(moving):
                up, down = (
                    self.each(process, best[moving] + d, series[moving]) for d in (step, -step)
                )
                gain = np.maximum(up, down) > height[moving] + 1e-9
                turned = np.where(up > down, step, -step)
                best[moving[gain]] += turned[gain]
                height[moving[gain]] = np.maximum(up, down)[gain]
                moving = moving[gain]
        return best, height

    def spread(self, process, start, series, least):
        """Look on both sides of the start as long as the evidence is at least so high."""
        for direction in (1, -1):
            moving, place = np.arange(len(series)), np.array(start)
            for _ in range(_WIDEST):
                place[moving] += direction
                height = self.each(process, place[moving], series[moving])
                moving = moving[height > least[moving]]
                if not len(moving):
                    break

    def each(self, process, places, series):
        """The evidence of each series at its own place, which is kept inside the range."""
        low, high = self._range(process)
        places = np.clip(places, low, high)
        if len(places) == 1:
            return self.at(process, int(places[0]), series)
        found = np.empty(len(series))
        for k in np.unique(places):
            here = places == k
            found[here] = self.at(process, int(k), series[here])
        return found
