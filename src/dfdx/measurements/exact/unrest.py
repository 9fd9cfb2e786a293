"""How much noise samples carry that are said to be exact."""

import numpy as np

from .stencils import nearest

_NODES = 9
_LOOKED_AT = 20_000  # samples from which the noise is estimated
_ORDINARY = 0.8  # of the misfits; the largest may be features
_TRIMMED = 0.6616  # standard deviation of the ordinary ones, for normal noise of 1
SEEN = 50.0  # times the rounding: noise that is told
_ENOUGH = 12  # samples from which noise is told from curves that are hardly resolved
_ALIKE = 2.0  # times the smallest: orders that see the same


def noise_level(t, y):
    """`(level, certain)`: the standard deviation of what no smooth curve explains, or an upper bound of it.

    Each sample is predicted from its nearest 1, 2, …, 8. Truncation changes with the order, noise does not:
    the smallest typical misfit bounds the noise, and it is noise for certain where most orders see the same.

    >>> wave = np.sin(np.linspace(0, 6, 200))
    >>> level, certain = noise_level(np.linspace(0, 6, 200), wave)
    >>> bool(level < 1e-12), certain
    (True, False)
    """
    return noise_levels(t, y[:, None])[0]


def noise_levels(t, columns):
    """The same for each of several series at the same places."""
    count = min(_NODES, len(t))
    if count < 4:
        return [(0.0, False)] * columns.shape[1]
    places = np.arange(0, len(t), -(-len(t) // _LOOKED_AT))
    index = nearest(t, t[places], count)
    offsets = t[index[:, 1:]] - t[places, None]
    z = offsets / np.abs(offsets).max(axis=1, keepdims=True)
    weights = [_lagrange(z[:, :m]) for m in range(1, count)]
    norms = [np.sqrt(1.0 + (w * w).sum(axis=1)) for w in weights]
    return [_level(y[index], weights, norms, len(t)) for y in columns.T]


def _level(values, weights, norms, count):
    levels = []
    for m, (w, norm) in enumerate(zip(weights, norms, strict=True), 1):
        misfit = np.abs((w * values[:, 1 : m + 1]).sum(axis=1) - values[:, 0]) / norm
        ordinary = np.sort(misfit)[: int(np.ceil(_ORDINARY * len(misfit)))]
        largest = float(ordinary[-1]) or 1.0  # squares of tiny numbers vanish
        levels.append(largest * float(np.sqrt(np.mean((ordinary / largest) ** 2))) / _TRIMMED)
    alike = sum(level <= _ALIKE * min(levels) for level in levels)
    return min(levels), count >= _ENOUGH and alike >= (6 if count < 100 else 5)


def noise_of(t, y, noise):
    """The noise of samples about which nothing is told (`noise` None) where it is beyond doubt, else 0."""
    level, certain = noise_level(t, y)
    digit = np.finfo(float).eps * float(np.abs(y).max())
    return level if noise is None and certain and level > SEEN * digit else 0.0


def _lagrange(z):
    """The weights that carry values at z (places, nodes) to 0."""
    weights = np.ones_like(z)
    for j in range(z.shape[1]):
        others = np.delete(z, j, axis=1)
        weights[:, j] = np.prod(others / (others - z[:, j : j + 1]), axis=1)
    return weights
