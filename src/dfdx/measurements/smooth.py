"""The engine for noisy measurements: the smoothing posterior in the units of the data."""

from copy import copy

import numpy as np

from .moments import Points
from .posterior import Posterior
from .robust import tamed
from .season import Season

_ENOUGH = 6


class Smooth:
    """Values and derivatives with bands; `noise` is "auto", a standard deviation, or one for each sample."""

    def __init__(self, t, y, w, noise, robust, season):
        if isinstance(noise, str) and noise != "auto":
            raise ValueError(f'noise is "auto", 0, or a standard deviation, not {noise!r}')
        if isinstance(noise, (int, float)) and not 0 < noise < np.inf:
            raise ValueError(f"noise is a positive standard deviation, not {noise!r}")
        if len(t) < _ENOUGH:
            raise ValueError(
                f"{len(t)} samples are too few to tell curve from noise; {_ENOUGH} are needed"
            )
        self.start, self.span = float(t[0]), float(t[-1] - t[0])
        if not self.span:
            raise ValueError("all samples stand at one coordinate; there is no slope to find")
        s = (t - self.start) / self.span
        self.line = np.polyfit(s, y, 1)
        rest = y - np.polyval(self.line, s)
        self.size = float(np.sqrt(np.mean(rest**2))) or float(np.abs(y).max()) or 1.0
        variance = None
        if isinstance(noise, (int, float)):
            variance = (noise / self.size) ** 2
        elif not isinstance(noise, str):
            variance = self.size**-2.0  # the weights hold the variances themselves
        wave = None
        if season:
            wave = Season(season / self.span, 0.0, 1.0, 1.0 / len(t))
        points = Points(s, rest / self.size, w, variance, wave)
        self.posterior = Posterior(tamed(points) if robust else points)
        self.noise = self.size * self.posterior.noise
        self.season = True

    @property
    def method(self):
        orders = sorted({fit.level.m for fit in self.posterior.fits})
        named = " or ".join(map(str, orders))
        return f"smoothing by an integrated Wiener process of order {named}"

    @property
    def notes(self):
        found = [f"noise of standard deviation {self.noise:.3g}"]
        if self.posterior.correlation:
            found.append(
                f"the noise is correlated: {self.posterior.correlation:.2g} from one sample to the next"
            )
        return tuple(found)

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
        unit = self.size / self.span**order
        line = np.polyval(np.polyder(self.line, order), s) / self.span**order
        return line + unit * mean, unit * deviation * self.posterior.quantile
