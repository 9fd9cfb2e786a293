"""The noise of a grid of samples that are said to be exact, and what differentiation would make of it."""

import numpy as np

from .unrest import noise_of

_LINES = 12  # along each axis
_SEEN = 50.0  # times the rounding: noise that is told
_AMPLIFIED = 0.05  # of the partial derivative: more is worth a warning
_LONG = 2000  # samples of a line


def amplified(axes, y):
    """What to warn of, or None: noise of the samples that would be a good part of a partial derivative.

    The noise of a grid is the least that any axis shows, as structure may be fine along another.
    """
    noise = min(_along(t, y, k) for k, t in enumerate(axes))
    if not noise > _SEEN * np.finfo(float).eps * np.nanmax(np.abs(y)):
        return None
    worst = 0.0
    for k, t in enumerate(axes):
        steps = np.diff(t).reshape((-1,) + (1,) * (y.ndim - 1 - k))
        slopes = np.diff(y, axis=k) / steps
        size = np.sqrt(np.nanmean(slopes * slopes)) if np.isfinite(slopes).any() else 0.0
        if size > 0:
            worst = max(worst, noise / float(np.median(np.diff(t))) / np.sqrt(2.0) / float(size))
    if worst <= _AMPLIFIED:
        return None
    return (
        f"the samples carry noise of about {noise:.2g}; in a partial derivative that is "
        f'{100 * worst:.0f} % of it. sampled(y, x, noise="auto") smooths, noise=0 says that they are exact'
    )


def _along(t, y, k):
    """The typical noise of a few lines along axis k."""
    lines = np.moveaxis(y, k, -1).reshape(-1, len(t))
    lines = lines[:: -(-len(lines) // _LINES)]
    found = []
    for line in lines:
        known = np.flatnonzero(np.isfinite(line))[:_LONG]
        if len(known) > 3:
            found.append(noise_of(t[known], line[known], None))
    return float(np.median(found)) if found else 0.0
