"""The engine for noisy measurements: the smoothing posterior in the units of the data."""

from copy import copy

import numpy as np

from ..exact.clean import Exact
from ..exact.unrest import noise_levels
from .alike import correlations, suspicious
from .doubts import doubts, hidden, unit_of
from .moments import Points, places_at
from .posterior import mixed, posteriors
from .robust import tamed
from .search import explore, ladder, look, narrow
from .season import Season

_ENOUGH = 6
_FOUND = 4  # numbers of the process that are found beside the noise
_STRAIGHT = 1.0  # spans: a smoothing length beyond which the curve is a line
_ROUNDING = 4 * float(np.finfo(float).eps)  # of the largest measurement
_NOTHING = 1e-7  # of the usual size: such noise is none
_HELD = 0.2  # share of samples that repeat the one before
_LOCAL = 20  # samples: fewer may agree with their neighbours by chance
_TOGETHER = 1024  # series that are looked at at once


def smoothed(t, columns, w, noise, robust, season):
    """An engine for each column of measurements at the same times."""
    _check(t, noise)
    found = [None] * columns.shape[1]
    if isinstance(noise, str) and not season and not robust and (np.diff(t) > 0).all():
        levels = noise_levels(t, columns) if len(t) >= _LOCAL else [None] * len(found)
        found = [_if_exact(t, y, level) for y, level in zip(columns.T, levels, strict=True)]
    open_ = [k for k, engine in enumerate(found) if engine is None]
    for start in range(0, len(open_), _TOGETHER):
        chosen = open_[start : start + _TOGETHER]
        made = _together(t, columns[:, chosen], w, noise, robust, season)
        for k, engine in zip(chosen, made, strict=True):
            found[k] = engine
    return found


def _if_exact(t, y, level):
    """The engine for exact samples where there is no noise to speak of, else None."""
    held = float(np.mean(np.diff(y) == 0)) > _HELD
    if len(t) < _LOCAL or held or unit_of(y):  # such numbers agree with their neighbours anyway
        return None
    usual = float(np.median(np.abs(y - np.median(y))))
    return Exact(t, y, None) if level[0] <= _NOTHING * usual else None


def _together(t, columns, w, noise, robust, season):
    start, span = float(t[0]), float(t[-1] - t[0])
    s = (t - start) / span
    largest = np.abs(columns).max(axis=0)
    largest[largest == 0] = 1.0
    columns = columns / largest
    lines = np.polyfit(s, columns, 1)
    rest = columns - (lines[0] * s[:, None] + lines[1])
    sizes = np.maximum(np.sqrt(np.mean(rest**2, axis=0)), _ROUNDING)
    wave = season and Season(season / span, 0.0, 1.0, 1.0 / len(t))
    places = places_at(s, w)
    if isinstance(noise, str) and not robust:
        points = Points(places, rest / sizes, None, wave)
        made = _found(points)
    else:
        made = []
        for k, size in enumerate(sizes):
            variance = None
            if isinstance(noise, (int, float)):
                variance = (noise / largest[k] / size) ** 2
            elif not isinstance(noise, str):
                variance = (
                    1.0 / largest[k] / size
                ) ** 2  # the weights hold the variances themselves
            points = Points(places, rest[:, k] / size, variance, wave)
            made += _found(tamed(points) if robust else points)
    quantile, told = _quantile(len(t), noise), robust or not isinstance(noise, str)
    engines = []
    for k, (posterior, rho, left) in enumerate(made):
        scale, bend = largest[k], sizes[k]
        said = doubts(left * bend, places.w, columns[:, k], told, scale)
        if isinstance(noise, str) and posterior.best.length > _STRAIGHT:
            said += hidden(bend * posterior.noise, columns[:, k], scale)
        line = lines[:, k]
        engines.append(Smooth(start, span, line, bend, scale, posterior, rho, quantile, said))
    return engines


def _found(points):
    """`(posterior, correlation of the noise, what the curve leaves)` of every series."""
    cells = ladder(points)
    evidence = look(points, cells)
    made = posteriors(evidence, explore(evidence))
    w = points.places.w
    found = []
    for k, posterior in enumerate(made):
        left = points.y[:, k] - posterior.best.mean(points.places.t, 0, True)
        rhos = []
        if suspicious(left * np.sqrt(w), posterior.best, points):
            one = points.series(k)
            rhos = correlations(one, posterior.best)
            alone = [look(one, narrow(one, cells), rho) for rho in rhos]
            if alone:
                posterior = mixed([posteriors(each, explore(each))[0] for each in alone])
        found.append((posterior, rhos[0] if rhos else 0.0, left))
    return found


def _check(t, noise):
    if isinstance(noise, str) and noise != "auto":
        raise ValueError(f'noise is "auto", 0, or a standard deviation, not {noise!r}')
    if isinstance(noise, (int, float)) and not 0 < noise < np.inf:
        raise ValueError(f"noise is a positive standard deviation, not {noise!r}")
    if len(t) < _ENOUGH:
        raise ValueError(
            f"{len(t)} samples are too few to tell curve from noise; {_ENOUGH} are needed"
        )
    if t[0] == t[-1]:
        raise ValueError("all samples stand at one coordinate; there is no slope to find")


def _quantile(count, noise):
    """Half-widths of a 95 % band, in standard deviations: Student's t, normal where the noise is known.

    Noise, roughness, order, rate and damping are found from the same samples as the line: so many are not
    free to say how large the noise is, and among few samples that counts.
    """
    from scipy.special import ndtri, stdtrit

    if not isinstance(noise, str):
        return float(ndtri(0.975))
    free = max(count - 2 - _FOUND, 2)
    return float(stdtrit(free, 0.975)) * ((count - 2) / free) ** 0.5


class Smooth:
    """Values and derivatives with bands of one series."""

    def __init__(self, start, span, line, size, scale, posterior, rho, quantile, said):
        self.start, self.span, self.line = start, span, line
        self.size, self.scale = float(size), float(scale)
        self.posterior, self.correlation, self.quantile = posterior, rho, quantile
        self.noise = self.scale * (self.size * posterior.noise)
        self.season = True
        self.doubts = said

    @property
    def method(self):
        orders = sorted({part.process.m for part in self.posterior.parts})
        named = " or ".join(map(str, orders))
        return f"smoothing by a Gaussian process of order {named}"

    @property
    def notes(self):
        found = [f"noise of standard deviation {self.noise:.3g}"]
        if self.correlation:
            found.append(
                f"the noise is correlated: {self.correlation:.2g} from one sample to the next"
            )
        if self.posterior.best.length > _STRAIGHT:
            found.append("no bend stands out: a straight line in noise explains the measurements")
        return (*found, *self.doubts)

    def amplified(self):
        """Nothing is amplified: the band says what the noise does."""
        return 0.0

    def without_season(self):
        """The same posterior, read without the season."""
        beside = copy(self)
        beside.season = False
        return beside

    def at(self, t, order):
        """`(values, half-widths of the 95 % band)`."""
        s = (t - self.start) / self.span
        mean, deviation = self.posterior.at(s, order, self.season)
        value = np.polyval(np.polyder(self.line, order), s) + self.size * mean
        error = self.size * self.quantile * deviation + _ROUNDING
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            for _ in range(order):
                value, error = value / self.span, error / self.span
            return self.scale * value, self.scale * error
