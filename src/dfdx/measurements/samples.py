"""Measurements as a function: y at x, to be evaluated and differentiated like any other.

`Samples` reads the data once (missing values, direction, time), asks one engine, and answers for the
whole function: values, derivatives of any order with a band, and calls with traced numbers, so that
functions made of measurements are differentiated too.
"""

import warnings
from copy import copy

import numpy as np

from ..errors import AccuracyWarning
from ..estimate import Estimate
from ..graph import Operand
from .data import axis_of, measurements_of
from .exact.clean import Exact
from .exact.periodic import Periodic
from .exact.wrapped import turn
from .kinds import kind_of
from .named import ENGINES, ONE_EACH
from .noisy.smooth import smoothed
from .options import way_of
from .recorded import Recorded

_ORDERS = {
    "derivative": 1, "gradient": 1, "partial": 1, "jacobian": 1, "hessian": 2, "laplacian": 2,
}  # fmt: skip
_AMPLIFIED = 0.05  # of the derivative: more noise than that is worth a warning


class Samples:
    """A function known from samples; made by `sampled`."""

    def __init__(self, y, x, noise, weights, periodic, robust, season, method, unit):
        self.kind = kind_of(y)
        y = self.kind.numbers()
        own = self.kind.axes()
        x = own[0] if x is None and own else x
        self.axis = axis_of(x, len(y) if y.ndim else 0, unit)
        way = way_of(method, noise, weights, periodic, robust, season)
        if periodic is None and way == "exact":
            periodic = turn(self.axis.kind, self.axis.points)
        ties = way not in ONE_EACH and way != "exact"
        t, y, w = measurements_of(self.axis, y, weights, noise, ties=ties)
        self.t, self.y = t, y
        self.many = y.ndim > 1
        columns = y if self.many else y[:, None]
        self.engines = _engines(t, columns, w, noise, periodic, robust, season, way, self.axis)
        self.period = self.axis.period(periodic) if periodic else None
        if self.period:  # the place behind the last sample belongs to the period too
            self.axis.high = max(self.axis.high, self.axis.low + self.period)
        self._warned, self._plain = False, noise is None and way == "exact"

    def __call__(self, t):
        """The value at t: a number or an array of times.

        >>> from dfdx import sampled
        >>> round(sampled([0.0, 1.0, 4.0, 9.0, 16.0], [0, 1, 2, 3, 4])(2.5), 12)
        6.25
        """
        if isinstance(t, Operand):
            return self._primitive(0)(t)
        return self._read(t, 0)[0]

    @property
    def noise(self):
        """The standard deviation of the noise that was found or given; one for each column."""
        found = [engine.noise for engine in self.engines]
        return np.array(found) if self.many else found[0]

    @property
    def method(self):
        """How derivatives are found, in words."""
        return self.engines[0].method

    @property
    def trend(self):
        """The curve without its season, as measurements of its own."""
        beside = copy(self)
        beside.engines = [engine.without_season() for engine in self.engines]
        return beside

    def derivative(self, order=1):
        """The derivative at the samples themselves, in the order in which they were given."""
        return self._read(self.axis.given, order)[0]

    def __differentiated__(self, operator, order=1, wrt=None, **options):
        own = _ORDERS.get(operator)
        if own is None:
            return None
        if options:
            raise TypeError(f"{operator} of measurements has no option {next(iter(options))!r}")
        return SampledDerivative(self, own * order)

    def plot(self, ax=None):
        """Draw samples and curve with matplotlib, on `ax` or on new axes, which are given back.

        Raises ImportError where matplotlib is not installed: pip install 'dfdx[plot]'.
        """
        from .plot import plot_samples

        return plot_samples(self, ax)

    def _read(self, t, order):
        """`(value, error)` in the form of t."""
        value, error = self.plain(t, order)
        return self._as_given(value, t, order), self._as_given(error, t, order)

    def plain(self, t, order):
        """`(value, error)` of that derivative, as numbers and NumPy's arrays."""
        at = self.axis.numbers(t)
        flat = np.atleast_1d(at).ravel()
        flat = self._wrapped(flat)
        self.axis.inside(flat)
        parts = [engine.at(flat * self.axis.direction, order) for engine in self.engines]
        if order and not self._warned and len(flat):
            self._warn(parts)
        shape = at.shape
        unit = self.axis.direction**order
        if self.many:
            value = np.stack([unit * v for v, _ in parts], axis=-1)
            error = np.stack([e for _, e in parts], axis=-1)
            shape = (*shape, len(parts))
        else:
            value, error = unit * parts[0][0], parts[0][1]
        value, error = value.reshape(shape), error.reshape(shape)
        if shape == ():
            return float(value), float(error)
        return value, error

    def _wrapped(self, t):
        """Times in the period of the samples, where they have one."""
        if not self.period:
            return t
        low, turn = self.axis.low, self.axis.direction
        return turn * (low + np.mod(turn * t - low, self.period))

    def _as_given(self, value, t, order):
        """A value at the times t in the kind of array that the measurements came in."""
        if t is self.axis.given:
            return self.kind.back(value, self.axis.kind, order)
        return self.kind.elsewhere(value, kind_of(t), self.axis.kind, order)

    def _warn(self, parts):
        for engine, (value, _) in zip(self.engines, parts, strict=True):
            doubts = getattr(engine, "doubts", ())
            for doubt in doubts:
                self._warned = True
                warnings.warn(doubt, AccuracyWarning, stacklevel=5)
            if doubts:
                return
            noisy = engine.amplified() if self._plain else 0.0
            largest = float(np.abs(value).max()) or 1.0  # squares of tiny numbers vanish
            size = largest * float(np.sqrt(np.mean((value / largest) ** 2)))
            if noisy > _AMPLIFIED * size and noisy > 0:
                self._warned = True
                share = f"{100 * noisy / size:.0f} % of it" if size else "all of it"
                warnings.warn(
                    f"the samples carry noise of about {engine.noise:.2g}; in the derivative that is "
                    f'{share}. sampled(y, x, noise="auto") smooths, noise=0 says that they are exact',
                    AccuracyWarning,
                    stacklevel=5,
                )
                return

    def _primitive(self, order):
        """The derivative of that order as a primitive, whose own slope is the next one."""
        return Recorded(
            lambda t: self._read(t, order),
            (lambda y, t: self._primitive(order + 1)(t),),
            f"sampled{chr(8242) * order}",
            self.method,
        )

    def __repr__(self):
        low, high = self.axis.ends()
        return f"<sampled at {len(self.t)} points from {low:g} to {high:g}>"

    __name__ = "sampled"


class SampledDerivative:
    """The derivative of measurements, as a function."""

    def __init__(self, samples, order):
        self.samples, self.order = samples, order

    def __call__(self, t):
        if isinstance(t, Operand):
            return self.samples._primitive(self.order)(t)
        return self.samples._read(t, self.order)[0]

    def estimate(self, t):
        """The derivative with its band: `error` is the half-width that holds 95 times in 100."""
        value, error = self.samples._read(t, self.order)
        engine = self.samples.engines[0]
        return Estimate(value, error, engine.method, 0, notes=engine.notes)

    def plot(self, ax=None):
        """Draw the derivative and its band with matplotlib, on `ax` or on new axes, which are given back.

        Raises ImportError where matplotlib is not installed: pip install 'dfdx[plot]'.
        """
        from .plot import plot_derivative

        return plot_derivative(self.samples, self.order, ax)

    def __differentiated__(self, operator, order=1, wrt=None, **options):
        found = self.samples.__differentiated__(operator, order, **options)
        return found and SampledDerivative(self.samples, self.order + found.order)

    @property
    def __name__(self):
        return f"derivative({self.samples.__name__})"

    def __repr__(self):
        return f"<{self.__name__} of order {self.order}>"


def _engines(t, columns, w, noise, periodic, robust, season, way, axis):
    """An engine for each column of measurements; those with the same gaps are looked at together."""
    known = ~np.isnan(columns)
    groups = {}
    for k in range(columns.shape[1]):
        groups.setdefault(known[:, k].tobytes(), []).append(k)
    made = [None] * columns.shape[1]
    for group in groups.values():
        here = known[:, group[0]]
        there = t[here], columns[np.ix_(here, group)], None if w is None else w[here]
        engines = _of_one_group(*there, noise, periodic, robust, season, way, axis)
        for k, engine in zip(group, engines, strict=True):
            made[k] = engine
    return made


def _of_one_group(t, columns, w, noise, periodic, robust, season, way, axis):
    if len(t) < 2:
        raise ValueError(f"{len(t)} of the samples are known; a derivative needs 2")
    if way in ENGINES:
        return [ENGINES[way](t, y, w, noise) for y in columns.T]
    if way == "smooth":
        return smoothed(t, columns, w, "auto" if noise is None else noise, robust, season)
    if periodic:
        return [Periodic(t, y, axis.period(periodic), noise) for y in columns.T]
    return [Exact(t, y, noise) for y in columns.T]
