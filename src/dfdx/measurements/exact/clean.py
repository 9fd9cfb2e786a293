"""Exact samples: polynomials of many orders answer, and each counts as much as it can be trusted.

Two families of answers climb in order: stencils on the nearest 2, 3, …, 15 samples, and interpolating splines
of degree 3, 5, 7, 9. How far an answer is from the next one of its family is the error it admits, taken as
the largest among the neighbouring samples, so that two orders that meet by chance at one place win nothing.
The answer is the mean of all, weighted by the inverse squares of these errors: where one is far ahead it is
alone, and where the samples hardly resolve the function, the errors of several, which have no reason to be
alike, partly cancel.

Source of the weights: Bates and Granger, "The combination of forecasts", Operational Research Quarterly 20
(1969).
"""

from functools import cached_property
from math import factorial

import numpy as np

from .stencils import growing, nearest
from .unrest import SEEN, noise_level, noise_of

_NODES = 15
_BLOCK = 4096
_SAFETY = 4.0
_DEGREES = (3, 5, 7, 9)
_SPLINED = range(
    8, 100_001
)  # how many samples: fewer say nothing of their neighbours, more are fine enough
_AROUND = 3  # samples on either side whose errors count as one's own
_FASTEST = 3.0  # times the digits that an order has, the next of twice that order may have
_CROWDED = 0.2  # of the usual step: closer samples lose digits
_KINKED = 2.5  # over the square of the nodes: how far a kink lets the steps fall
_ROUNDED = 8.0  # times what rounding may do: not more is exact
_FINE = 4.0  # over the usual step: what a spline makes of rounding
_UNKNOWN = 1e300


class Exact:
    """Values and derivatives of exact samples; `noise` None: what noise there is, is found out.

    Where noise is found, stencils on samples thinned where they crowd answer too, and splines, which pass
    through all of it, do not.
    """

    notes = ()
    method = "stencils on the nearest samples and splines, weighted point by point"

    def __init__(self, t, y, noise):
        self.t, self.y = t, y
        digit = np.finfo(float).eps * float(np.abs(y).max())
        self.rounding = min(max(noise_level(t, y)[0], digit), SEEN * digit)
        self.noise = noise_of(t, y, noise)
        self._scales = {}

    def at(self, t, order):
        """`(values, error bounds)`."""
        if len(self.t) <= order:
            raise ValueError(
                f"a derivative of order {order} needs {order + 1} samples, not {len(self.t)}"
            )
        values, errors = np.empty(len(t)), np.empty(len(t))
        sequence = np.argsort(t, kind="stable")
        for start in range(0, len(t), _BLOCK):
            part = sequence[start : start + _BLOCK]
            values[part], errors[part] = self._together(t[part], order)
        return values, errors

    def _together(self, t, order):
        """The same for a few increasing places."""
        probes = self.t if order else (self.t[1:] + self.t[:-1]) / 2  # values are exact at samples
        window = _window(probes, t)
        places = np.unique(np.concatenate([probes[np.unique(window)], t]))
        own, around = np.searchsorted(places, t), np.searchsorted(places, probes[window])
        values, errors, unseen = [], [], None
        for answers, steps, orders, floor in self._families(places, order):
            worst = steps[:, own]
            for column in around.T:
                np.maximum(worst, steps[:, column], out=worst)
            unseen = _between(worst) if unseen is None else unseen
            values.append(answers[:, own])
            errors.append(_no_faster(worst, orders, self._scale(order), floor[:, own]))
        return _weighted(np.concatenate(values), np.concatenate(errors), unseen)

    def _families(self, places, order):
        """`(answers, steps, orders of accuracy, rounding or noise)`; a row for each order."""
        noise = max(self.noise, self.rounding)
        every = [slice(None)]
        if self.noise and order and self.thinned is not None:
            every.append(self.thinned)
        for taken in every:
            answers, spread = self._stencils(self.t[taken], self.y[taken], places, order)
            steps = _steps(answers)
            steps[:-1] = np.maximum(steps[:-1], steps[1:])  # by symmetry every other may vanish
            rows = slice(-len(steps), None)
            yield answers[rows], steps, np.arange(1, len(steps) + 1), noise * spread[rows]
        splines = [] if self.noise else [s for s in self.splines if s.k > order]
        if len(splines) > 1:
            answers = np.array([s(places, order) for s in splines])
            orders = np.array([s.k + 1 - order for s in splines[:-1]])
            floor = self.rounding * (_FINE / np.median(np.diff(self.t))) ** float(order)
            floor = np.full((len(orders), len(places)), floor)
            yield answers[:-1], _steps(answers), orders, floor

    def _stencils(self, x, y, places, order):
        index = nearest(x, places, min(max(_NODES, order + 2), len(x)))
        offsets = x[index] - places[:, None]
        scale = np.abs(offsets).max(axis=1, keepdims=True)
        answers, spread = growing(offsets / scale, y[index], order)
        unit = scale[:, 0] ** -float(order)
        return answers * unit, spread * unit

    @cached_property
    def splines(self):
        """Interpolating splines, their degrees increasing."""
        if len(self.t) not in _SPLINED:
            return []
        from scipy.interpolate import make_interp_spline

        made = []
        for degree in _DEGREES:
            if len(self.t) > degree + _AROUND:
                try:
                    made.append(make_interp_spline(self.t, self.y, k=degree))
                except (ValueError, np.linalg.LinAlgError):  # samples too close to solve for
                    break
        return made

    @cached_property
    def thinned(self):
        """Samples at least a fraction of the usual step apart; None where all are."""
        steps = np.diff(self.t)
        least = _CROWDED * float(np.median(steps))
        if not (steps < least).any():
            return None
        kept, last = [0], self.t[0]
        for i, at in enumerate(self.t.tolist()):
            if at - last >= least:
                kept.append(i)
                last = at
        return np.array(kept) if len(kept) > 3 else None

    def _scale(self, order):
        """The usual size of the derivative, from divided differences."""
        if order not in self._scales:
            table = self.y - self.y.mean() if order == 0 else self.y
            for n in range(1, order + 1):
                table = np.diff(table) / (self.t[n:] - self.t[:-n])
            largest = float(np.abs(table).max()) or 1.0  # squares of tiny numbers vanish
            size = largest * float(np.sqrt(np.mean((table / largest) ** 2)))
            self._scales[order] = factorial(order) * size
        return self._scales[order]

    def without_season(self):
        return self

    def amplified(self):
        """What the noise becomes in the first derivative, at best, as a standard deviation."""
        if not self.noise:
            return 0.0
        step = np.diff(self.t)
        both = np.maximum(step[1:] + step[:-1], 2 * _CROWDED * np.median(step))
        return self.noise * float(np.sqrt(2.0 * np.mean(both**-2.0)))


def _window(probes, t):
    """The numbers of the probes around each place, a row of 2 · _AROUND + 1 (some twice)."""
    first, after = np.searchsorted(probes, t), np.searchsorted(probes, t, "right")
    last = np.minimum(after + _AROUND, len(probes)) - 1
    steps = np.arange(2 * _AROUND + 1)
    return np.clip(first[:, None] - _AROUND + steps, 0, last[:, None])


def _steps(answers):
    """How far each answer is from the next; what a single one is worth is not known."""
    if len(answers) == 1:
        return np.full_like(answers, _UNKNOWN)
    steps = np.abs(np.diff(answers, axis=0))
    steps[~np.isfinite(steps)] = _UNKNOWN
    return steps


def _between(steps):
    """What may happen between samples unseen: kinks and jumps, and features too narrow.

    All orders interpolate |t| alike and agree in the end, beside it. Such samples betray themselves by steps
    that fall like a power of the number n of nodes, 1 / n² at the fastest; those of smooth functions fall
    geometrically. Where they do not, the first step is what a kink is worth.
    """
    first, least = steps[0], steps.min(axis=0)
    fall = least / np.where(first > 0, first, 1.0)
    return 0.5 * first * np.minimum(1.0, fall * (len(steps) + 2) ** 2 / _KINKED) ** 3


def _no_faster(wrong, orders, scale, floor):
    """Errors no smaller than those of lower orders allow: digits grow with the order, not in leaps.

    An order p that errs by s of the scale lets one of order q expect s ** (q / p); less than that to the
    power 3 is luck, unless nothing but rounding is left: then the samples are those of a polynomial.
    """
    if not scale:
        return wrong + floor
    digits = np.log(np.maximum(wrong, 1e-300) / scale) / orders[:, None]
    least = np.maximum.accumulate(digits, axis=0)[:-1]
    least = np.where(least < 0, _FASTEST * least, least) * orders[1:, None]
    least = np.where(
        wrong[1:] > _ROUNDED * floor[1:], scale * np.exp(np.minimum(least, 600.0)), 0.0
    )
    wrong[1:] = np.maximum(wrong[1:], least)
    return wrong + floor


def _weighted(values, errors, unseen):
    """The mean weighted by the inverse squares of the errors, and a bound from the smallest."""
    values = np.where(np.isfinite(values), values, 0.0)
    best = errors.min(axis=0)
    shares = np.where(errors > 0, best / np.where(errors > 0, errors, 1.0), 1.0) ** 2
    value = (shares * values).sum(axis=0) / shares.sum(axis=0)
    return value, np.where(best < _UNKNOWN, _SAFETY * np.maximum(best, unseen), np.nan)
