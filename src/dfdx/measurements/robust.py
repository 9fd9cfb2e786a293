"""Outliers: noise with heavy tails, where a measurement far from the curve counts little.

Student's t with few degrees of freedom is normal noise whose variance differs from point to point; the
expected inverse variances are weights, found by turns with the curve (EM). The first weights come from
running medians, which no single outlier moves.

Source: Lange, Little and Taylor, "Robust statistical modeling using the t distribution", J. Am. Statist.
Assoc. 84 (1989).
"""

import numpy as np

from .moments import Points
from .search import best_fit, ladder

_FREE = 4.0  # degrees of freedom
_ORDER = 3
_WINDOW = 9  # of the running median
_TURNS = 12


def tamed(points):
    """The same points, those far from the curve with small weights."""
    left = points.y - _running_median(points.y)
    scale = 1.4826 * float(np.median(np.abs(left))) or float(np.std(left)) or 1.0
    weights = _weights(left * np.sqrt(points.w) / scale)
    for _ in range(_TURNS):
        now = Points(points.t, points.y, points.w * weights, points.variance, points.season)
        fit = best_fit(ladder(now), _ORDER)
        mean, variance = fit.at(points.t, 0)
        squares = points.w * ((points.y - mean) ** 2 + variance)
        spread = points.variance or float(weights @ squares) / points.count
        before, weights = weights, _weights(np.sqrt(squares / spread))
        if np.abs(weights - before).max() < 0.02:
            break
    return Points(points.t, points.y, points.w * weights, points.variance, points.season)


def _weights(z):
    return (_FREE + 1) / (_FREE + z * z)


def _running_median(y):
    window = min(_WINDOW, len(y) - 1 + len(y) % 2)
    half = window // 2
    padded = np.concatenate([y[half:0:-1], y, y[-2 : -half - 2 : -1]]) if half else y
    return np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1), axis=1)
