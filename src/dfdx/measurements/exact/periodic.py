"""Exact samples of a periodic function at equal steps: differentiation of its trigonometric polynomial.

Exact to rounding as soon as the samples resolve the function. Source: Trefethen, "Spectral Methods in
MATLAB" (2000), chapter 3.
"""

import numpy as np

from .clean import Exact
from .unrest import noise_of

_TOLERANCE = 1e-9  # of a step: how equal equal steps are
_BLOCK = 1024


class Periodic:
    """The trigonometric polynomial through the samples; uneven ones are continued by copies instead."""

    notes = ()
    method = "trigonometric polynomial through all samples (FFT)"

    def __new__(cls, t, y, period, noise):
        step = period / len(t)
        if len(t) > 1 and t[-1] - t[0] > period * (1 + _TOLERANCE):
            raise ValueError(f"the samples span {t[-1] - t[0]:g}, more than the period {period:g}")
        if np.abs(np.diff(t) - step).max() > _TOLERANCE * step:
            return _continued(t, y, period, noise)
        return super().__new__(cls)

    def __init__(self, t, y, period, noise):
        self.t, self.y, self.rate = t, y, 2 * np.pi / period
        self.waves = np.fft.rfft(y) / len(y)
        self.waves[1:] *= 2.0
        if len(y) % 2 == 0:
            self.waves[-1] /= 2.0
        self.numbers = np.arange(len(self.waves))
        self.noise = noise_of(t, y, noise)

    def without_season(self):
        return self

    def amplified(self):
        """What the noise becomes in the first derivative, as a standard deviation."""
        return (
            self.noise * self.rate * float(np.sqrt(2.0 * np.sum(self.numbers**2.0) / len(self.y)))
        )

    def at(self, t, order):
        """`(values, error bounds)`: rounding, and what the highest waves seen suggest is missing."""
        turned = self.waves * (1j * self.rate * self.numbers) ** order
        if order % 2 and len(self.y) % 2 == 0:
            turned = turned.copy()
            turned[-1] = 0.0  # the highest wave is seen only at its peaks: its slope there is 0
        values = np.empty(len(t))
        for start in range(0, len(t), _BLOCK):
            phase = self.rate * (t[start : start + _BLOCK] - self.t[0])
            values[start : start + _BLOCK] = (
                np.exp(1j * np.outer(phase, self.numbers)) @ turned
            ).real
        tail = np.abs(turned[-max(len(turned) // 8, 2) :]).sum()
        rounding = 16 * np.finfo(float).eps * np.abs(turned).sum()
        return values, np.full(len(t), 2 * tail + rounding)


def _continued(t, y, period, noise):
    """Exact stencils over the seam: the samples with copies of them before and behind."""
    margin = min(len(t), 16)
    around = np.concatenate([t[-margin:] - period, t, t[:margin] + period])
    keep = np.concatenate([[True], np.diff(around) > 0])
    return Exact(around[keep], np.concatenate([y[-margin:], y, y[:margin]])[keep], noise)
