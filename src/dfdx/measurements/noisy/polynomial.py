"""One polynomial for all samples: least squares in Chebyshev's basis, its degree by prediction.

Each sample is predicted by the polynomial through the others (that costs nothing: the residual over one minus
its leverage), and the degree that predicts best is taken. Near the ends the leverage shows Runge's waves
before they harm.

Sources: Trefethen, "Approximation Theory and Approximation Practice" (2013), chapters 3 and 13; Allen, "The
relationship between variable selection and data augmentation", Technometrics 16 (1974) (the prediction).
"""

import numpy as np
from numpy.polynomial import chebyshev

_HIGHEST = 150
_NUMBERS = 2e7  # of the basis at the samples
_DIGITS = 1e-11
_AHEAD = 4  # degrees beside the best that vote on its error
_CLOSE = 2.0  # times its squared prediction error


class Polynomial:
    """Values, derivatives and bands of the polynomial of best prediction."""

    def __init__(self, t, y, w):
        from scipy.special import stdtrit

        if len(t) < 3:
            raise ValueError(f"{len(t)} samples are too few to choose a degree; 3 are needed")
        self.low, self.half = float(t[0]), 0.5 * float(t[-1] - t[0])
        if not self.half:
            raise ValueError("all samples stand at one coordinate; there is no slope to find")
        most = int(min(len(t) - 2, _HIGHEST, max(_NUMBERS / len(t), 10)))
        root = np.ones(len(t)) if w is None else np.sqrt(w / np.mean(w))
        self.center = float(np.average(y, weights=root**2))
        self.size = float(np.abs(y - self.center).max()) or 1.0
        right = root * ((y - self.center) / self.size)
        basis, triangle = np.linalg.qr(root[:, None] * chebyshev.chebvander(self._turned(t), most))
        strength = np.abs(np.diag(triangle))
        most = int(np.argmax(np.append(strength < _DIGITS * strength[0], True)))
        seen = basis[:, :most].T @ right
        left, leverage = right.copy(), np.zeros(len(t))
        scores, misfits = [], []
        for k in range(most):
            left = left - seen[k] * basis[:, k]
            leverage = leverage + basis[:, k] ** 2
            scores.append(float(np.mean((left / np.maximum(1.0 - leverage, 1e-9)) ** 2)))
            misfits.append(float(left @ left))
        floor = (4 * np.finfo(float).eps) ** 2  # below, all predict as well as digits allow
        scores = np.maximum(scores, floor)
        self.degree = int(np.argmin(scores))
        degrees = range(max(self.degree - _AHEAD, 0), min(self.degree + _AHEAD + 1, most))
        close = [d for d in degrees if scores[d] <= _CLOSE * scores[self.degree]]
        beside = {self.degree, *close, max(self.degree - 1, 0), min(self.degree + 1, most - 1)}
        self.fits = {
            d: np.linalg.solve(triangle[: d + 1, : d + 1], seen[: d + 1])
            for d in beside | {self.degree}
        }
        free = len(t) - self.degree - 1
        self.deviation = np.sqrt(max(misfits[self.degree], floor) / free)
        self.noise = self.size * self.deviation
        self.quantile = float(stdtrit(free, 0.975))
        k = self.degree + 1
        self.spread = np.linalg.inv(triangle[:k, :k])

    def _turned(self, t):
        return np.clip((t - self.low) / self.half - 1.0, -1.0, 1.0)

    @property
    def method(self):
        return f"polynomial of degree {self.degree} by least squares"

    @property
    def notes(self):
        return (f"what the polynomial leaves has a standard deviation of {self.noise:.3g}",)

    def without_season(self):
        return self

    def amplified(self):
        return 0.0

    def at(self, t, order):
        """`(values, half-widths)`: what residuals make uncertain, and what neighbouring degrees differ by."""
        s, unit = self._turned(t), self.size / self.half**order
        found = {d: _derived(s, c, order) for d, c in self.fits.items()}
        value = found[self.degree]
        rows = np.array([_derived(s, e, order) for e in np.eye(self.degree + 1)])
        deviation = self.deviation * np.sqrt(((rows.T @ self.spread) ** 2).sum(axis=1))
        apart = np.max([np.abs(other - value) for other in found.values()], axis=0)
        return (
            unit * value + (0.0 if order else self.center),
            unit * (self.quantile * deviation + apart),
        )


def _derived(s, coefficients, order):
    return chebyshev.chebval(s, chebyshev.chebder(coefficients, order) if order else coefficients)
