"""Curves that are calmer in some places than in others.

The log calm of the process along the record is a broken line of a few hats, found by Fisher scoring and
kept only if the evidence rises by more than its freedom costs.
"""

from functools import lru_cache
from math import log

import numpy as np

from .precision import Precision
from .process import Prior

_HATS = 8
_ENOUGH = 5  # samples for a hat
_CELLS = 8192  # beyond, calmer places are looked for on the cells as they are
_WIDE = 3.0  # the standard deviation that a log calm is expected to have
_GAIN = 2.0  # nats
_PROMISING = 0.5  # of the price: what the first step must expect to gain
_FADED = 3.5
_TURNS = 15


def varied(evidence, process, k, series):
    """`[(precision, evidence less the price)]` where the process is calmer in places.

    Empty where that does not pay.
    Looks at one of the series; several penalties around the best.
    """
    one = np.array([series])
    if evidence.points.count < _ENOUGH * _HATS:
        return []
    level = evidence.level(process, k)
    rungs = evidence.view.ladder
    finer = rungs.index(level.basis.cells) + 1
    if finer < len(rungs) and rungs[finer] <= _CELLS:
        level = evidence.view.level(rungs[finer], process.m)
    basis = level.basis
    shapes = _shapes(basis.cells)
    ridge = np.array([0.0] + [_WIDE**-2] * _HATS)

    def fit(p):
        if p[1:].any():
            prior = Prior(basis, process, shapes[:, 1:] @ p[1:])
            precision = Precision(level, prior, min(p[0], level.stiffest(prior)))
        else:
            precision = level.precision(process, p[0])
        height, variance, coefficients, _ = evidence.judge(precision, one)
        return precision, float(height[0]), float(variance[0]), coefficients

    p = np.array([float(k)] + [0.0] * _HATS)
    precision, plain, variance, coefficients = fit(p)
    if coefficients is None:
        return []
    score = plain
    price = 0.5 * _HATS * log(2.0)
    step = 1.0
    for turn in range(_TURNS):
        slopes, known = precision.calmer(coefficients[:, 0], variance)
        down = shapes.T @ slopes - ridge * p
        bend = 0.5 * (shapes.T * np.maximum(known, 1e-6)) @ shapes + np.diag(ridge + 1e-6)
        move = np.linalg.solve(bend, down)
        if turn == 0 and 0.5 * float(down @ move) < _PROMISING * (price + _GAIN):
            return []
        move = np.clip(move, -3.0, 3.0)
        while step > 0.05:
            q = p + step * move
            tried = fit(q)
            found = tried[1] - 0.5 * float(ridge @ (q * q))
            if found > score:
                break
            step *= 0.5
        else:
            break
        gained, p, score = found - score, q, found
        precision, _, variance, coefficients = tried
        step = min(1.0, 2 * step)
        if gained < 0.1:
            break
    if score - plain < price + _GAIN:
        return []
    price += 0.5 * float(ridge @ (p * p))
    kept = [(precision, score - price + 0.5 * float(ridge @ (p * p)))]
    for direction in (1, -1):
        q = p.copy()
        for _ in range(6):
            q[0] += direction
            beside, height, *_ = fit(q)
            if height < score - _FADED:
                break
            kept.append((beside, height - price))
    return kept


@lru_cache(maxsize=16)
def _shapes(cells):
    """By columns: the penalty itself, and the hats, in the middle of every cell."""
    middle = (np.arange(cells) + 0.5) * ((_HATS - 1) / cells)
    hats = np.maximum(0, 1 - np.abs(middle[:, None] - np.arange(_HATS)))
    return np.concatenate([np.ones((cells, 1)), hats], axis=1)
