"""How much noise samples carry that are said to be exact."""

import numpy as np

from .stencils import nearest

_NODES = 9
_LOOKED_AT = 20_000  # samples from which the noise is estimated


def noise_level(t, y):
    """The standard deviation of what no smooth curve explains: samples against their neighbours.

    Each sample is predicted from its nearest 2, 3, …, 8; truncation falls with the order, noise does
    not, so the smallest typical misfit is the noise, or an upper bound of it.
    """
    count = min(_NODES, len(t))
    if count < 4:
        return 0.0
    at = t if len(t) <= _LOOKED_AT else t[:: -(-len(t) // _LOOKED_AT)]
    index = nearest(t, at, count)
    offsets = t[index[:, 1:]] - at[:, None]
    z = offsets / np.abs(offsets).max(axis=1, keepdims=True)
    values, own = y[index[:, 1:]], y[index[:, 0]]
    least = np.inf
    for m in range(1, count):
        weights = _lagrange(z[:, :m])
        misfit = np.abs((weights * values[:, :m]).sum(axis=1) - own)
        misfit /= np.sqrt(1.0 + (weights * weights).sum(axis=1))
        least = min(least, float(np.median(misfit)))
    return least / 0.6745


def _lagrange(z):
    """The weights that carry values at z (places, nodes) to 0."""
    weights = np.ones_like(z)
    for j in range(z.shape[1]):
        others = np.delete(z, j, axis=1)
        weights[:, j] = np.prod(others / (others - z[:, j : j + 1]), axis=1)
    return weights
