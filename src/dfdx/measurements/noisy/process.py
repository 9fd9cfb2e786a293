"""What a curve is expected to do before it is measured: to bend like an oscillator that is pushed about.

The second derivative is a stationary process: of order 2 white noise, of order 3 a decay (Ornstein and
Uhlenbeck) at a rate ω, of order 4 a damped oscillator,

    f⁗ + 2ζω f‴ + ω² f″ = white noise,

which at ζ = 1 is Matérn's process of smoothness 3/2 and at small ζ swings with the frequency ω. As ω goes
to 0 these are the integrated Wiener processes whose posterior means are smoothing splines; what ω adds is
that the bend at the ends is no larger than it is elsewhere. A straight line costs nothing.

Sources: Wahba, "Improper priors, spline smoothing and the problem of guarding against model errors in
regression", J. R. Statist. Soc. B 40 (1978); Rasmussen and Williams, "Gaussian Processes for Machine
Learning" (2006), appendix B (processes given by a differential equation).
"""

from functools import lru_cache
from math import exp, log
from typing import NamedTuple

import numpy as np

_NEWTON = 8


class Process(NamedTuple):
    """The order m, the rate ω and the damping ζ."""

    m: int
    rate: float = 0.0
    damping: float = 1.0

    @property
    def operator(self):
        """The factors of f″, f‴, … in the white noise."""
        w = self.rate
        return {2: (1.0,), 3: (w, 1.0), 4: (w * w, 2 * self.damping * w, 1.0)}[self.m]

    @property
    def start(self):
        """How precisely f″, f‴, … are known where the record starts: the stationary state."""
        w = self.rate
        return {2: (), 3: (2 * w,), 4: (4 * self.damping * w**3, 4 * self.damping * w)}[self.m]

    def log_penalty(self, length, spacing):
        """log λ at which waves of frequency 1 / length are as strong as the noise (resonance apart)."""
        return -log(spacing) + 4 * log(length) - (self.m - 2) * log(length**-2.0 + self.rate**2)

    @lru_cache(maxsize=4096)  # noqa: B019 (a process is a tuple of three numbers)
    def length(self, log_penalty, spacing):
        """The smoothing length at that penalty."""
        target, u = -log_penalty - log(spacing), 0.0
        for _ in range(_NEWTON):  # 4 u + (m − 2) log(e²ᵘ + ω²) is convex and increases
            square = exp(2 * u)
            height = 4 * u + (self.m - 2) * log(square + self.rate**2)
            u += (target - height) / (4 + 2 * (self.m - 2) * square / (square + self.rate**2))
        return exp(-u)


class Prior:
    """The process in the coefficients of the B-splines of degree m: a band matrix.

    The white noise is taken in the middle of every cell, so with the state at the left end there are as
    many numbers as coefficients, and the matrix between them is triangular: its determinant is known.
    `logs` lets the process be calmer by a factor exp(logs) in each cell.
    """

    def __init__(self, basis, process, logs=None):
        self.process, self.logs = process, logs
        m, cells = basis.m, basis.cells
        self.calm = np.full(cells, basis.widths[0])
        if logs is not None:
            self.calm *= np.exp(logs)
        rows = basis.middle[2:]
        self.noise = sum(f * row for f, row in zip(process.operator, rows, strict=True))
        self.bands = np.zeros((m + 1, basis.size))
        for c in range(m + 1):
            for k in range(m + 1 - c):
                entry = self.noise[c + k] * self.noise[c]
                self.bands[k, c : c + cells] += entry * self.calm
        self.log_determinant = (
            basis.log_state + np.log(self.calm).sum() + 2 * cells * log(self.noise[-1])
        )
        known = np.array(process.start) * (1.0 if logs is None else exp(logs[0]))
        self.log_determinant += np.log(known).sum()
        self.start = np.sqrt(known)[:, None] * basis.start[2:]
        for c in range(m):
            for k in range(m - c):
                self.bands[k, c] += self.start[:, c + k] @ self.start[:, c]
