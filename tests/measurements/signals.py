"""Signals with known derivatives, for the tests of measurements."""

import numpy as np

SIGNALS = {
    "wave": (lambda t: np.sin(9 * t), lambda t: 9 * np.cos(9 * t)),
    "decay": (lambda t: np.exp(-3 * t), lambda t: -3 * np.exp(-3 * t)),
    "peak": (
        lambda t: np.exp(-(((t - 0.5) / 0.1) ** 2)),
        lambda t: -200 * (t - 0.5) * np.exp(-(((t - 0.5) / 0.1) ** 2)),
    ),
    "chirp": (lambda t: np.sin(12 * t**2), lambda t: 24 * t * np.cos(12 * t**2)),
    "step": (lambda t: np.tanh((t - 0.4) / 0.1), lambda t: 10 / np.cosh((t - 0.4) / 0.1) ** 2),
    "cubic": (lambda t: 4 * t**3 - 3 * t**2 + t, lambda t: 12 * t**2 - 6 * t + 1),
}


def relative(found, truth):
    """Root mean square error, relative to the size of the truth."""
    return float(np.sqrt(np.mean((found - truth) ** 2) / np.mean(truth**2)))


def noise_of(rng, n, rho=0.0):
    """Normal noise of variance 1, correlated by rho from one sample to the next."""
    e = rng.standard_normal(n)
    for i in range(1, n):
        e[i] = rho * e[i - 1] + np.sqrt(1 - rho**2) * e[i]
    return e
