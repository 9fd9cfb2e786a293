"""The best smoothing: over all lengths, and calmer in some places than in others where that pays.

Long smoothing lengths are looked at on coarse cells, short ones on fine cells; one evidence compares
them all. Where the process changes along the way its log calm is a broken line of a few hats, found
by Fisher scoring and kept only if the evidence rises by more than its freedom costs.
"""

from math import log, sqrt

import numpy as np

from .correlated import Correlated
from .moments import RATIO
from .process import Level

_COARSEST = 6  # cells of the first level, at least
_LENGTHS = (2.5, 3.5, 5.0, 7.0)  # in cells: what one level looks at
_LONG = (10.0, 16.0, 30.0, 46.0, 100.0, 300.0)  # also at the coarsest: up to a polynomial
_SHORT = (1.7, 1.2, 0.8, 0.5, 0.3)  # also at the finest: down to interpolation
_MANY, _STRETCH, _STRETCHES = (
    20_000,
    1_500,
    6,
)  # points of a long record, and of what is probed of it
_HATS = 8
_CELLS = 8192  # beyond, calmer places are looked for on the cells as they are
_WIDE = 3.0  # the standard deviation that a log calm is expected to have
_GAIN = 2.0  # nats
_PROMISING = 0.5  # of the price: what the first step must expect to gain
_PROBE = 3  # the order at which correlation is looked for
_ROUGH = 4.0  # spacings: a smoothing length below is suspicious
_RHOS = (0.15, 0.3, 0.45, 0.6, 0.7, 0.8, 0.87, 0.93, 0.97)
_PERSUADED = 4.0  # nats that correlated noise must explain better


def ladder(points, rho=0.0):
    """What splines see of the points on wider and wider cells, the widest first.

    `rho` is the correlation of the noise from one sample to the next.
    """
    cells = min(_needed(points), points.count) if rho else _needed(points)
    rungs = 0
    while cells > RATIO * _COARSEST:
        cells, rungs = -(-cells // RATIO), rungs + 1
    cells *= RATIO**rungs
    found = [Correlated(points, rho, cells) if rho else points.seen_in(cells)]
    while rungs:
        found.append(found[-1].wider())
        rungs -= 1
    return found[::-1]


def _needed(points):
    """The cells of the finest level: three between neighbours, or what stretches of a long record ask for."""
    full = max(3 * (points.count - 1), _COARSEST)
    if points.count <= _MANY:
        return full
    starts = np.linspace(0, points.count - _STRETCH, _STRETCHES).astype(int)
    fits = [best_fit(ladder(points.part(k, k + _STRETCH)), 2) for k in starts]
    shortest = min(f.level.length(f.log_penalty) for f in fits)
    return min(full, int(2 * _LENGTHS[0] * points.span / shortest))


def best_fit(rungs, m):
    """The fit of highest evidence over all smoothing lengths of a process of order m."""
    best = None
    for moments in rungs:
        level = Level(moments, m)
        lengths = _LENGTHS + _LONG * (moments is rungs[0]) + _SHORT * (moments is rungs[-1])
        for length in lengths:
            fit = level.fit(level.log_penalty(length))
            if best is None or fit.evidence > best.evidence:
                best = fit
    return _summit(best)


def correlation(points, rungs):
    """The correlation ρ of the noise from one sample to the next; 0 where independent noise will do.

    Looked for where the residuals of independent noise are alike, or where the curve found is so
    rough that it may be noise itself.
    """
    if points.variance is not None:
        return 0.0
    if points.count > _MANY:
        points = points.part(0, 2 * _STRETCH)
        rungs = ladder(points)
    best = best_fit(rungs, _PROBE)
    left = (points.y - best.at(points.t, 0)[0]) * np.sqrt(points.w)
    alike = float(left[1:] @ left[:-1]) / max(float(left @ left), 1e-300)
    rough = best.level.length(best.log_penalty) < _ROUGH * points.spacing
    if alike < 2.5 / sqrt(points.count) and not rough:
        return 0.0
    found = {rho: best_fit(ladder(points, rho), _PROBE).evidence for rho in _RHOS}
    rho = max(found, key=found.get)
    return rho if found[rho] > best.evidence + _PERSUADED else 0.0


def _summit(best):
    """The penalty of highest evidence near a good one: parabolas that shrink."""
    level, step = best.level, 0.7 * best.level.m
    while step > 0.1:
        below, above = (level.fit(best.log_penalty + s) for s in (-step, step))
        drop, other = best.evidence - below.evidence, best.evidence - above.evidence
        if min(drop, other) < 0:
            best = below if drop < other else above
            continue
        if drop + other > 1e-9:
            between = level.fit(best.log_penalty + 0.5 * step * (drop - other) / (drop + other))
            if between.evidence > best.evidence:
                best = between
        step *= 0.4
    return best


def varied(best, rungs):
    """`(fit, price)` where the process is calmer in places, or None where that does not pay."""
    k = next(k for k, moments in enumerate(rungs) if moments is best.level.moments)
    if k + 1 < len(rungs) and rungs[k + 1].cells <= _CELLS:
        k += 1
    level = Level(rungs[k], best.level.m)
    cells = level.cells
    edges = level.basis.edges
    hats = np.linspace(edges[0], edges[-1], _HATS)
    middle = 0.5 * (edges[:-1] + edges[1:])
    shapes = np.maximum(0, 1 - np.abs(middle[:, None] - hats) / (hats[1] - hats[0]))
    shapes = np.concatenate([np.ones((cells, 1)), shapes], axis=1)  # column 0 is the penalty itself
    ridge = np.array([0.0] + [_WIDE**-2] * _HATS)
    p = np.array([best.log_penalty] + [0.0] * _HATS)
    plain = fit = level.fit(best.log_penalty)
    score = fit.evidence
    price = 0.5 * _HATS * log(2.0)
    step = 1.0
    for turn in range(20):
        slopes, known = fit.calmer()
        down = shapes.T @ slopes - ridge * p
        bend = 0.5 * (shapes.T * np.maximum(known, 1e-6)) @ shapes + np.diag(ridge + 1e-6)
        move = np.linalg.solve(bend, down)
        if turn == 0 and 0.5 * float(down @ move) < _PROMISING * (price + _GAIN):
            return None
        move = np.clip(move, -3.0, 3.0)
        while step > 0.05:
            q = p + step * move
            level.shape(shapes[:, 1:] @ q[1:])
            tried = level.fit(q[0])
            found = tried.evidence - 0.5 * float(ridge @ (q * q))
            if found > score:
                break
            step *= 0.5
        else:
            break
        gained, p, fit, score = found - score, q, tried, found
        step = min(1.0, 2 * step)
        if gained < 0.05:
            break
    if score - plain.evidence < price + _GAIN:
        return None
    level.shape(shapes[:, 1:] @ p[1:])
    return level.fit(p[0]), price + 0.5 * float(ridge @ (p * p))
