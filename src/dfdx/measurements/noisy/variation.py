"""The derivative of least total variation: it may jump, but it does not tremble.

f minimises ½ Σ w (y − f)² + λ Σ |Δ f′|, where f′ are the slopes between samples; for the second derivative
the same with f″. The kinks that stay are the fit's degrees of freedom, so λ is the one that is expected to
predict best: by Stein's estimate where the noise is known, else by generalised cross-validation. Each λ takes
a few dozen band systems: a primal-dual walk through the box |z| ≤ λ of the dual problem.

Sources: Chartrand, "Numerical differentiation of noisy, nonsmooth data", ISRN Appl. Math. (2011); Kim, Koh,
Boyd and Gorinevsky, "ℓ₁ trend filtering", SIAM Review 51 (2009) (the walk); Tibshirani and Taylor,
"Degrees of freedom in lasso problems", Ann. Statist. 40 (2012).
"""

from functools import cache
from math import exp, inf, log, sqrt
from typing import NamedTuple

import numpy as np

_LEAST = 8
_STEP = 1.2  # of log λ
_RUNGS = 20
_BENT = 0.3  # of the samples: with fewer degrees of freedom left nothing is predicted
_TURNS = 80
_GAP = 1e-5  # of the objective
_KINK = 1e-2  # of the sharpest: less is none


class Variation:
    """Values and derivatives to order 2; `noise` a standard deviation, or "auto"."""

    notes = ("this method states no error",)
    method = "least total variation of the derivative"

    def __init__(self, t, y, w, noise):
        if len(t) < _LEAST:
            raise ValueError(
                f"{len(t)} samples are too few for the total variation; {_LEAST} are needed"
            )
        if (np.diff(t) <= 0).any():
            raise ValueError(
                'method="tv" takes one sample at each coordinate; method="smooth" takes several'
            )
        self.t, self.w = t, np.ones(len(t)) if w is None else w / np.mean(w)
        self.center, self.size = float(y.mean()), float(y.std()) or 1.0
        self.y = (y - self.center) / self.size
        self.level = None if isinstance(noise, str) else noise / self.size
        self.fitted = cache(self._fitted)
        self.noise = self.size * self.fitted(1)[1]

    def without_season(self):
        return self

    def amplified(self):
        return 0.0

    def at(self, t, order):
        """`(values, nan)`: of order 1 and 2 by the fit whose own derivative of that order may jump."""
        if order > 2:
            raise ValueError(f'method="tv" gives derivatives of order 1 and 2, not {order}')
        f = self.fitted(max(order, 1))[0]
        where = self.t
        if order:
            f, where = np.diff(f) / np.diff(where), 0.5 * (where[1:] + where[:-1])
        if order == 2:
            f, where = np.diff(f) / np.diff(where), 0.5 * (where[1:] + where[:-1])
        value = self.size * np.interp(t, where, f) + (0.0 if order else self.center)
        return value, np.full(len(t), np.nan)

    def _fitted(self, order):
        """`(f, standard deviation of the noise)` with the total variation of the derivative of that order."""
        problem = _Problem(jumps(self.t, order), self.y, self.w)
        place, found = log(max(problem.most, 1e-300)), []
        for _ in range(_RUNGS):
            found.append(self._tried(problem, place, order))
            if found[-1].free < _BENT * len(self.t):
                break
            place -= _STEP
        best = min(found, key=_expected)
        for step in (0.5 * _STEP, 0.25 * _STEP):
            beside = [self._tried(problem, best.place + sign * step, order) for sign in (-1, 1)]
            best = min([best, *beside], key=_expected)
        return best.f, best.noise

    def _tried(self, problem, place, order):
        f, kinks = problem.solved(exp(place))
        left = float((self.w * (self.y - f) ** 2).sum())
        known = kinks + order + 1
        free = max(len(f) - known, 1)
        if free < _BENT * len(f):
            expected = inf
        elif self.level is None:
            expected = left / free**2
        else:
            expected = left + 2 * self.level**2 * known
        return _Tried(place, f, free, sqrt(left / free), expected)


class _Tried(NamedTuple):
    """A fit at the penalty exp(place), and the error of prediction that is expected of it."""

    place: float
    f: np.ndarray
    free: int
    noise: float
    expected: float


def _expected(tried):
    return tried.expected


def jumps(t, order):
    """The band matrix that takes samples to the jumps of their derivative of that order."""
    from scipy.sparse import diags_array

    def difference(n):
        return diags_array([-np.ones(n - 1), np.ones(n - 1)], offsets=[0, 1], shape=(n - 1, n))

    where, matrix = t, None
    for _ in range(order):
        slopes = diags_array(1.0 / np.diff(where)) @ difference(len(where))
        matrix = slopes if matrix is None else slopes @ matrix
        where = 0.5 * (where[1:] + where[:-1])
    return (difference(len(where)) @ matrix).tocsr()


class _Problem:
    """min ½ Σ w (y − f)² + λ ‖D f‖₁, by its dual: ½ zᵀ D W⁻¹ Dᵀ z − zᵀ D y in the box |z| ≤ λ."""

    def __init__(self, matrix, y, w):
        scale = 1.0 / np.sqrt(np.asarray((matrix * matrix).sum(axis=1)).ravel())
        self.scale = scale  # rows of length 1: the same problem, with a box of other sides
        self.matrix = matrix.multiply(scale[:, None]).tocsr()
        self.y, self.w = y, w
        square = (self.matrix.multiply(1.0 / w) @ self.matrix.T).tocsr()
        width = 2 * (matrix.indptr[1] - matrix.indptr[0]) - 1
        self.bands = np.zeros((width // 2 + 1, square.shape[0]))
        for k in range(len(self.bands)):
            self.bands[k, : square.shape[0] - k] = square.diagonal(-k)
        self.right = self.matrix @ y
        from scipy.linalg import solveh_banded

        free = solveh_banded(self._ridged(0.0), self.right, lower=True)
        self.most = float(np.abs(free * scale).max())  # from here on nothing is bent

    def _ridged(self, more):
        bands = self.bands.copy()
        bands[0] += more + 1e-13 * bands[0].max()
        return bands

    def _times(self, z):
        return self.matrix @ ((self.matrix.T @ z) / self.w)

    def solved(self, penalty):
        """`(f, number of kinks)`."""
        from scipy.linalg import solveh_banded

        side = penalty / self.scale
        z = np.zeros(len(side))
        above, below = (
            np.ones(len(side)),
            np.ones(len(side)),
        )  # multipliers of z ≤ side and −side ≤ z
        for _ in range(_TURNS):
            up, down = side - z, side + z
            gap = float(above @ up + below @ down)
            aim = 0.1 * gap / (2 * len(side))
            square = self._times(z)
            slope = square - self.right
            target = -(slope + aim / up - aim / down)
            change = solveh_banded(self._ridged(above / up + below / down), target, lower=True)
            more_above = (aim + above * change) / up - above
            more_below = (aim - below * change) / down - below
            step = 1.0
            for value, move in (
                (above, more_above),
                (below, more_below),
                (up, -change),
                (down, change),
            ):
                falling = move < 0
                if falling.any():
                    step = min(step, 0.99 * float((value[falling] / -move[falling]).min()))
            z, above, below = (
                z + step * change,
                above + step * more_above,
                below + step * more_below,
            )

            if gap < _GAP * (1e-12 + 0.5 * float(np.abs(z @ self.right))) and step > 0.5:
                break
        f = self.y - (self.matrix.T @ z) / self.w
        bent = np.abs(self.matrix @ f)
        return f, int((bent > _KINK * bent.max()).sum())
