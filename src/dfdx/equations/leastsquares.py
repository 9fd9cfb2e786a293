"""The least sum of squares, by SciPy's Levenberg and Marquardt with exact Jacobians.

How far it came is judged without units: by the angle between what is left over and what the parameters can
change. At the minimum they stand at right angles (Bates and Watts 1981).
"""

import numpy as np
from scipy import optimize

from ..errors import NoRule

LOSSES = ("linear", "soft_l1", "huber", "cauchy", "arctan")
_ANGLE = 1e-6
_FIT = 1e-12  # of the data: less than this left over counts as nothing
_FAR = 1e3
_MOST = {"lm": 1000, "trf": 100, "dogbox": 100}  # evaluations for each parameter: valleys are long
_LAST = 30
_LEVEL = 1e-9  # by so little a sum of squares may seem to rise at its minimum
_MANY = 100


class Squares:
    """The residuals of a Flat for a solver: no number counts as far off, the best point is remembered."""

    def __init__(self, flat, start, level=0.0):
        self.flat, self.outside, self.level = flat, 0, level  # level: how large the data are
        first, matrix = flat.values_and_jacobian(start)
        self.size = float(np.abs(first).max(initial=0.0))
        self.first, self._last = first, (np.array(start), first, matrix)

    def values(self, x):
        if np.array_equal(self._last[0], x):
            return self._last[1]
        try:
            with np.errstate(all="ignore"):
                found = self.flat.values(x)
        except (ArithmeticError, ValueError):
            found = np.full(self.first.shape, np.nan)
        if not np.isfinite(found).all():
            self.outside += 1
            return np.full(self.first.shape, _FAR * (1 + self.size))
        return found

    def both(self, x):
        if not np.array_equal(self._last[0], x):
            with np.errstate(all="ignore"):
                self._last = (np.array(x), *self.flat.values_and_jacobian(x))
        return self._last[1:]

    def jacobian(self, x):
        return self.both(x)[1]


def least(squares, start, method, box, loss, scale, steps):
    """`(x, what SciPy said, name)` of the least sum of squares that was found."""
    plain = loss == "linear" and box is None and len(squares.first) >= len(start)
    if method is not None:
        runs = [method]
    else:
        runs = ["lm", "trf"] if plain else ["trf", "dogbox"] if box is not None else ["trf"]
    best = None
    for name in runs:
        for begin in (start,) if best is None or name == "lm" else (best[0], start):
            found = _by(squares, begin, name, box, loss, scale, steps)
            if best is None or found[3] < best[3]:
                best = found
        if is_least(squares, best[0], box, loss, scale):
            break
    return (polished(squares, best[0], box) if loss == "linear" else best[0]), *best[1:3]


def polished(squares, x, box):
    """x after steps of Gauss, or where they fail Newton's, while the angle comes nearer to a right one.

    The sum of squares is flat to half of its digits at its minimum; the angle is not.
    """
    free = free_of(squares, x, box, "linear", 1.0)
    left = angle(squares, x, box, "linear", 1.0)
    by_newton = False
    for _ in range(_LAST):
        values = squares.both(x)[0]
        there = x + (newton_step if by_newton else gauss_step)(squares, x, free)
        there = there if box is None else np.clip(there, *box)
        new = np.inf
        if np.isfinite(there).all():
            after = squares.values(there)
            if after @ after <= (values @ values) * (1 + _LEVEL):
                new = angle(squares, there, box, "linear", 1.0)
        if new < left:
            x, left = there, new
        elif by_newton or len(x) > _MANY or left <= _ANGLE * _LEVEL:
            break
        else:
            by_newton = True
    return x


def gauss_step(squares, x, free):
    """To the minimum, if the residuals were linear."""
    values, matrix = squares.both(x)
    length = np.linalg.norm(matrix, axis=0)
    at, step = np.flatnonzero(free & (length > 0)), np.zeros(len(x))
    step[at] = -np.linalg.lstsq(matrix[:, at] / length[at], values, rcond=1e-14)[0] / length[at]
    return step


def newton_step(squares, x, free):
    """To the minimum, if the sum of squares were quadratic: counts how the residuals bend."""
    values, matrix = squares.both(x)
    at, step = np.flatnonzero(free), np.zeros(len(x))
    try:
        second = squares.flat.combined(lambda r: 0.5 * (r * r).sum()).hessian(x)[np.ix_(at, at)]
        step[at] = -np.linalg.solve(second, (matrix.T @ values)[at])
    except (ArithmeticError, ValueError, TypeError, NoRule):
        return step * np.nan
    return step


def _by(squares, begin, name, box, loss, scale, steps):
    limits = (-np.inf, np.inf) if box is None else _loosened(box)
    begin = np.clip(begin, *limits) if box is not None else begin
    tolerance = {"ftol": 1e-15, "xtol": 1e-15, "gtol": 1e-15}
    with np.errstate(all="ignore"):
        end = optimize.least_squares(
            squares.values, begin, squares.jacobian, bounds=limits, method=name, loss=loss,
            f_scale=scale, x_scale="jac", max_nfev=steps or _MOST[name] * (1 + len(begin)), **tolerance,
        )  # fmt: skip
    x = np.asarray(end.x, dtype=float)
    if box is not None:
        x = _at_bounds(x, box)
    return x, str(end.message).strip().rstrip("."), name, float(end.cost)


def _loosened(box):
    """Bounds that are equal are held apart by a digit: SciPy wants room between them."""
    low, high = box
    return low, np.where(high > low, high, np.nextafter(low, np.inf))


def _at_bounds(x, box):
    """x on the bound that it came so near to that nothing but rounding is between."""
    low, high = box
    with np.errstate(invalid="ignore"):
        near = 1e-10 * np.maximum(1.0, np.abs(x))
        x = np.where(x - low <= near, low, x)
        return np.where(high - x <= near, high, x)


def weights_of(values, loss, scale):
    """`(ρ′, ρ″)` of a loss at z = (r/scale)², as scipy.optimize.least_squares has them."""
    z = (values / scale) ** 2
    if loss == "soft_l1":
        return (1 + z) ** -0.5, -0.5 * (1 + z) ** -1.5
    if loss == "huber":
        inside, root = z <= 1, np.sqrt(np.maximum(z, 1.0))
        return np.where(inside, 1.0, 1 / root), np.where(inside, 0.0, -0.5 / root**3)
    if loss == "cauchy":
        return 1 / (1 + z), -1 / (1 + z) ** 2
    if loss == "arctan":
        return 1 / (1 + z * z), -2 * z / (1 + z * z) ** 2
    return np.ones_like(z), np.zeros_like(z)


def free_of(squares, x, box, loss, scale):
    """Which parameters no bound holds."""
    if box is None:
        return np.ones(len(x), dtype=bool)
    values, matrix = squares.both(x)
    slope = matrix.T @ (weights_of(values, loss, scale)[0] * values)
    low, high = box
    return ~(((x <= low) & (slope >= 0)) | ((x >= high) & (slope <= 0)))


def angle(squares, x, box, loss, scale):
    """The share of what is left over that the free parameters could still take away."""
    values, matrix = squares.both(x)
    matrix = matrix[:, free_of(squares, x, box, loss, scale)]
    first = weights_of(values, loss, scale)[0]
    pulled = first * values
    size = float(np.linalg.norm(pulled))
    if not size or not matrix.shape[1]:
        return 0.0
    length = np.linalg.norm(matrix, axis=0)
    matrix = matrix[:, length > 0] / length[length > 0]
    if not matrix.shape[1]:
        return 0.0
    left, values_of, _ = np.linalg.svd(matrix, full_matrices=False)
    kept = left[:, values_of > 1e-12 * values_of[0]]
    return float(np.linalg.norm(kept.T @ pulled)) / size


def is_least(squares, x, box, loss, scale):
    """True at a minimum: a right angle, or nothing left over."""
    values = squares.both(x)[0]
    size, level = float(np.abs(values).max(initial=0.0)), max(squares.size, squares.level)
    if size <= _FIT * level:
        return True
    blur = 100 * np.finfo(float).eps * level / size
    return angle(squares, x, box, loss, scale) <= _ANGLE + blur
