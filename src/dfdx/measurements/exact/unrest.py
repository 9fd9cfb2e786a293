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
    count = min(_NODES, len(t))
    if count < 4:
        return 0.0, False
    at = t if len(t) <= _LOOKED_AT else t[:: -(-len(t) // _LOOKED_AT)]
    index = nearest(t, at, count)
    offsets = t[index[:, 1:]] - at[:, None]
    z = offsets / np.abs(offsets).max(axis=1, keepdims=True)
    values, own = y[index[:, 1:]], y[index[:, 0]]
    levels = []
    for m in range(1, count):
        weights = _lagrange(z[:, :m])
        misfit = np.abs((weights * values[:, :m]).sum(axis=1) - own)
        misfit /= np.sqrt(1.0 + (weights * weights).sum(axis=1))
        ordinary = np.sort(misfit)[: int(np.ceil(_ORDINARY * len(misfit)))]
        largest = float(ordinary[-1]) or 1.0  # squares of tiny numbers vanish
        levels.append(largest * float(np.sqrt(np.mean((ordinary / largest) ** 2))) / _TRIMMED)
    alike = sum(level <= _ALIKE * min(levels) for level in levels)
    return min(levels), len(t) >= _ENOUGH and alike >= (6 if len(t) < 100 else 5)


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
