"""Signals on [0, 1] with their slopes, and what measuring does to them."""

import numpy as np


def _peaks(t, *peaks):
    return sum(h * np.exp(-(((t - c) / w) ** 2)) for h, c, w in peaks)


def _peaks_slope(t, *peaks):
    return sum(-2 * (t - c) / w**2 * h * np.exp(-(((t - c) / w) ** 2)) for h, c, w in peaks)


_TWO = ((1.0, 0.3, 0.03), (0.5, 0.7, 0.1))

NOISY = {
    "wave": (lambda t: np.sin(2 * np.pi * t), lambda t: 2 * np.pi * np.cos(2 * np.pi * t)),
    "six waves": (lambda t: np.sin(12 * np.pi * t), lambda t: 12 * np.pi * np.cos(12 * np.pi * t)),
    "chirp": (lambda t: np.sin(20 * t**2), lambda t: 40 * t * np.cos(20 * t**2)),
    "decay": (lambda t: np.exp(-3 * t), lambda t: -3 * np.exp(-3 * t)),
    "cubic": (lambda t: 4 * t**3 - 3 * t**2 + t, lambda t: 12 * t**2 - 6 * t + 1),
    "peak": (lambda t: _peaks(t, (1, 0.5, 0.06)), lambda t: _peaks_slope(t, (1, 0.5, 0.06))),
    "two peaks": (lambda t: _peaks(t, *_TWO), lambda t: _peaks_slope(t, *_TWO)),
    "step": (lambda t: np.tanh((t - 0.4) / 0.05), lambda t: 20 / np.cosh((t - 0.4) / 0.05) ** 2),
    "ringing": (
        lambda t: np.exp(-4 * t) * np.sin(30 * t),
        lambda t: np.exp(-4 * t) * (30 * np.cos(30 * t) - 4 * np.sin(30 * t)),
    ),
    "trend and wave": (lambda t: 5 * t + np.sin(15 * t), lambda t: 5 + 15 * np.cos(15 * t)),
    "Runge": (
        lambda t: 1 / (1 + 25 * (2 * t - 1) ** 2),
        lambda t: -100 * (2 * t - 1) / (1 + 25 * (2 * t - 1) ** 2) ** 2,
    ),
    "kink": (lambda t: np.abs(t - 0.4), lambda t: np.sign(t - 0.4)),
    "logarithm": (lambda t: np.log(t + 0.05), lambda t: 1 / (t + 0.05)),
}  # fmt: skip

# Derivatives of any order, where they are short: (t, order).
BENDS = {
    "wave": lambda t, k: (2 * np.pi) ** k * np.sin(2 * np.pi * t + k * np.pi / 2),
    "six waves": lambda t, k: (12 * np.pi) ** k * np.sin(12 * np.pi * t + k * np.pi / 2),
    "decay": lambda t, k: (-3.0) ** k * np.exp(-3 * t),
    "trend and wave": lambda t, k: 5 * (k == 1) + 15**k * np.sin(15 * t + k * np.pi / 2),
    "logarithm": lambda t, k: (-1.0) ** (k + 1) * (1, 1, 2)[k - 1] * (t + 0.05) ** -float(k),
}

CLEAN = {
    "wave": (lambda t: np.sin(6 * t), lambda t: 6 * np.cos(6 * t)),
    "Runge": NOISY["Runge"],
    "growth": (lambda t: np.exp(3 * t), lambda t: 3 * np.exp(3 * t)),
    "peak": NOISY["peak"],
    "rough": (lambda t: np.abs(t - 0.4) ** 3, lambda t: 3 * np.abs(t - 0.4) * (t - 0.4)),
}


def places(spacing, n, rng):
    """n points on [0, 1]: even, jittered, crowded at the ends, random."""
    if spacing == "even":
        return np.linspace(0, 1, n)
    if spacing == "jittered":
        return np.linspace(0, 1, n) + rng.uniform(-0.3, 0.3, n) / n
    if spacing == "crowded ends":
        return 0.5 - 0.5 * np.cos(np.pi * np.arange(n) / (n - 1))
    return np.sort(rng.uniform(0, 1, n))


def correlated(rng, n, rho):
    """Normal noise of variance 1 whose neighbours are correlated by rho."""
    e = rng.standard_normal(n)
    for i in range(1, n):
        e[i] = rho * e[i - 1] + np.sqrt(1 - rho**2) * e[i]
    return e


def relative(found, truth):
    """Root mean square error over the size of the truth."""
    return float(np.sqrt(np.mean((found - truth) ** 2) / np.mean(truth**2)))
