"""The second derivative at the end of a search: is this a minimum, and what is left to gain?

Where f is flat to the last digit its gradient still has digits, so Newton's steps go on where a line search
on values must stop. The eigenvalues of the Hessian tell a minimum from a saddle.
"""

import numpy as np

from ..errors import NoRule
from .scipy_methods import MANY

_EPS = np.finfo(float).eps
_STEPS = 8
_PRODUCTS = 40
_SAMPLED = 5  # parameters up to which second derivatives from samples are worth their calls
_FLAT = 1e-8  # of the largest curvature: less than this, of either sign, counts as none


class Curvature:
    """f up to second order at x, among the free coordinates.

    step   Newton's step, where curvature is positive
    gain   how much lower f would be there
    down   a direction along which the gradient falls away: x is then no minimum; else None
    """

    def __init__(self, flat, x, slope, free):
        self.step, self.gain, self.down = np.zeros(len(x)), 0.0, None
        at = np.flatnonzero(free)
        if not at.size:
            return
        if at.size <= MANY:
            self._by_eigenvalues(flat.hessian(x)[np.ix_(at, at)], slope, at)
        else:
            self._by_products(flat, x, slope, at)

    def _by_eigenvalues(self, matrix, slope, at):
        # in units in which all coordinates curve alike: parameters may differ by many powers of ten
        size = np.sqrt(np.abs(np.diag(matrix)))
        size = np.where(size > 0, size, 1.0)
        values, vectors = np.linalg.eigh(matrix / np.outer(size, size))
        top = np.abs(values).max(initial=0.0)
        along = vectors.T @ (slope[at] / size)
        bent = values > 1e-14 * top
        self.step[at] = -(vectors[:, bent] @ (along[bent] / values[bent])) / size
        self.gain = 0.5 * float(np.sum(along[bent] ** 2 / values[bent]))
        if values[0] < -_FLAT * top:
            self.down = np.zeros(len(self.step))
            self.down[at] = vectors[:, 0] / size

    def _by_products(self, flat, x, slope, at):
        """Conjugate gradients (Hestenes and Stiefel 1952), as long as curvature is positive."""
        rest = -slope[at]
        p, s, along = rest.copy(), np.zeros(at.size), float(rest @ rest)
        goal = _FLAT * along
        for _ in range(min(at.size, _PRODUCTS)):
            if along <= goal * _FLAT or not along:
                break
            wide = np.zeros(len(x))
            wide[at] = p
            curved = flat.hessian_product(x, wide)[at]
            bend = float(p @ curved)
            if bend <= _EPS * float(p @ p):
                self.down = wide if bend < 0 else None
                break
            t = along / bend
            s, rest = s + t * p, rest - t * curved
            p, along = rest + float(rest @ rest) / along * p, float(rest @ rest)
        self.step[at] = s
        self.gain = 0.5 * float(-slope[at] @ s)


def curvature_at(flat, x, slope, free):
    """The Curvature, or None where f has no second derivative that can be had for its price."""
    if "differences" in flat.method and len(x) > _SAMPLED:
        return None
    try:
        found = Curvature(flat, x, slope, free)
    except (ArithmeticError, ValueError, TypeError, NoRule):
        return None
    return found if np.isfinite(found.step).all() and np.isfinite(found.gain) else None


def projected(x, slope, box):
    """The gradient without what a reached bound forbids to follow; and which coordinates are free."""
    if box is None:
        return slope, np.ones(len(x), dtype=bool)
    low, high = box
    free = ~(((x <= low) & (slope > 0)) | ((x >= high) & (slope < 0)))
    return np.where(free, slope, 0.0), free


def polished(watch, found, box, tolerance):
    """`(x, f, ∇f)` after Newton's steps, as long as they shorten the gradient; and the Curvature there."""
    x, value, slope = found
    inner, free = projected(x, slope, box)
    curved = curvature_at(watch.flat, x, inner, free)
    blur = None
    for _ in range(_STEPS):
        if curved is None or not curved.step.any() or curved.down is not None:
            break
        there = x + curved.step
        if box is not None:
            there = np.clip(there, *box)
        if np.array_equal(there, x):
            break
        new, its = watch.both(there)
        blur = noise(watch.flat, x, value) if blur is None else blur
        ahead, loose = projected(there, its, box)
        if new > value + 8 * blur or np.abs(ahead).max() > 0.5 * np.abs(inner).max():
            break
        x, value, slope, inner, free = there, new, its, ahead, loose
        watch.step(x)
        if np.abs(inner).max() <= tolerance:
            break
        curved = curvature_at(watch.flat, x, inner, free)
    return (x, value, slope), curved


def noise(flat, x, value):
    """How far f is off in its last digits: its values where every coordinate is one unit off."""
    rng, spread = np.random.default_rng(0), _EPS * abs(value)
    for _ in range(4):
        near = np.nextafter(x, rng.choice([-np.inf, np.inf], len(x)))
        try:
            spread = max(spread, abs(flat.number(near) - value))
        except (ArithmeticError, ValueError):
            continue
    return spread if np.isfinite(spread) else _EPS * abs(value)


def lower(watch, found, down, box):
    """A point along `down`, on either side, where f is lower for certain; None where there is none."""
    x, value, _ = found
    least = 4 * noise(watch.flat, x, value)
    length = np.linalg.norm(down)
    for size in (1.0, 1e-1, 1e-2, 1e-3):
        for sign in (1.0, -1.0):
            there = x + sign * size * (1 + np.linalg.norm(x)) / length * down
            if box is not None:
                there = np.clip(there, *box)
            if watch.both(there)[1].any() and watch.both(there)[0] < value - least:
                return there
    return None
