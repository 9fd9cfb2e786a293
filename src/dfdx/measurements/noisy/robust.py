"""Outliers: noise with heavy tails, where a measurement far from the curve counts little.

Student's t with few degrees of freedom is normal noise whose variance differs from point to point; the
expected inverse variances are weights, found by turns with the curve (EM). The first weights come from
running medians, which no single outlier moves.

Source: Lange, Little and Taylor, "Robust statistical modeling using the t distribution", J. Am. Statist.
Assoc. 84 (1989).
"""

import numpy as np

from .moments import Places, Points
from .posterior import parts
from .process import Process
from .search import ladder, look

_FREE = 4.0  # degrees of freedom
_PROCESS = Process(3, 0.05)
_WINDOW = 9  # of the running median
_TURNS = 12


def tamed(points):
    """The same points, one series, those far from the curve with small weights."""
    t, w, y = points.places.t, points.places.w, points.y[:, 0]
    left = y - _running_median(y)
    scale = 1.4826 * float(np.median(np.abs(left))) or float(np.std(left)) or 1.0
    weights = _weights(left * np.sqrt(w) / scale)
    for _ in range(_TURNS):
        now = _weighted(points, weights)
        evidence = look(now, ladder(now))
        (k,), _ = evidence.scan(_PROCESS, 2)
        (part,) = parts(evidence, evidence.precision(_PROCESS, int(k)), [0])
        mean, variance = part.at(t, 0, True)
        squares = w * ((y - mean) ** 2 + variance)
        spread = points.variance or float(weights @ squares) / points.count
        before, weights = weights, _weights(np.sqrt(squares / spread))
        if np.abs(weights - before).max() < 0.02:
            break
    return _weighted(points, weights)


def _weighted(points, weights):
    places = Places(points.places.t, points.places.w * weights)
    return Points(places, points.y, points.variance, points.season)


def _weights(z):
    return (_FREE + 1) / (_FREE + z * z)


def _running_median(y):
    window = min(_WINDOW, len(y) - 1 + len(y) % 2)
    half = window // 2
    padded = np.concatenate([y[half:0:-1], y, y[-2 : -half - 2 : -1]]) if half else y
    return np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1), axis=1)
