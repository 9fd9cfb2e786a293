"""Windows along many lines at once: functions with several values, on arrays.

What `chebyshev.Window` is for one number, `Windows` is for a table of them: samples of
shape (nodes, lines, values), with a radius for each line, and for each line and value its own
coefficients, plateau, noise and error. One sample serves all values, whatever their scales.
"""

from functools import lru_cache

from .chebyshev import nodes, polynomials

_CLEAN = 24.0  # times the rounding of the values: a plateau as low as this is rounding
_FALLS = 3.0
_LOW = 3.5  # times the plateau: coefficients below belong to it


@lru_cache(maxsize=16)
def _fit(n):
    """All nodes, smallest first, the matrices values -> coefficients -> slopes at the nodes."""
    import numpy as np

    half = np.array(nodes(n))
    t = np.concatenate([-half, half[::-1]])
    rows = np.array([polynomials(n, u) for u in t])
    slopes = np.array([polynomials(n, u, 1) for u in t])
    inverse = np.linalg.inv(rows)
    inverse += inverse @ (np.eye(n) - rows @ inverse)
    return t, inverse, slopes


def offsets(n):
    """The nodes of a window of radius 1 around 0, as an array."""
    return _fit(n)[0]


class Windows:
    """Chebyshev series along lines; all tables have a row per line and a column per value.

    value, error   the derivative in the middle, and a bound on its error
    clean          true where the coefficients fall to the rounding of the values
    falls          how much smaller the last quarter of the coefficients is than the one before
    noise, size    the noise of a sample, as the plateau has it; the largest sample
    rate           the factor by which the coefficients fall from one to the next
    narrow         true where few coefficients stand above the plateau: a wider window knows more
    hole           (a number per line) true where a sample has no value
    """

    __slots__ = ("clean", "error", "falls", "hole", "narrow", "noise", "rate", "size", "value")

    def __init__(self, values, here, r, order=1, noise=0.0, off=None):
        import numpy as np

        n = len(values)
        self.hole = ~np.isfinite(values).all(axis=(0, 2))
        values = np.where(self.hole[:, None], 0.0, values)
        _, fit, slopes = _fit(n)
        middle = values[n // 2]  # near all others: their differences are exact or nearly so
        v = values - middle
        c = np.tensordot(fit, v, 1)
        if off is not None and off.any():
            v = v - np.tensordot(slopes, c, 1) * (off / r)[:, :, None]
            c = np.tensordot(fit, v, 1)
        self.size = np.abs(values).max(axis=0)
        self._read(np, c, self.size, here - middle, r, order, noise)

    def _read(self, np, c, size, here, r, order, noise):
        n = len(c)
        at = np.array(polynomials(n, 0.0, order))
        share = np.sqrt(2 / n)
        floor = np.maximum(noise, 2.0**-54 * size)
        least = np.maximum(floor * share, 1e-300)
        quarter = n // 4
        tail = np.sqrt((c[-quarter:] ** 2).mean(axis=0))
        before = np.sqrt((c[-2 * quarter : -quarter] ** 2).mean(axis=0))
        self.falls = np.maximum(before, least) / np.maximum(tail, least)
        self.clean = tail <= _CLEAN * floor
        above = np.abs(c) > _LOW * np.maximum(tail, least)
        above[0] = True
        end = np.minimum(n - np.argmax(above[::-1], axis=0), n - 2)
        kept = np.arange(n)[:, None, None] < end
        rest = np.sqrt((np.where(kept, 0.0, c) ** 2).sum(axis=0) / (n - end))
        self.noise = np.maximum(rest / share * (1 + 1 / (n - end)), floor)
        scale = r[:, None] ** order
        series = np.where(kept, c, 0.0)
        self.value = np.tensordot(at, series, 1) / scale
        grown = np.sqrt(np.cumsum(at**2))[end - 1]
        next_two = np.maximum(np.abs(at)[end], np.abs(at)[end + 1 - (end == n - 1)])
        cut = 3 * next_two * self.noise * share
        lost = np.where(self.falls > _FALLS, np.abs(at[-2:]).max() * tail, 0.0)
        rounded = 2.0**-52 * (np.abs(at)[:, None, None] * np.abs(series)).sum(axis=0)
        self.error = (5 * grown * self.noise * share + cut + lost + rounded) / scale
        gap = np.abs(here - np.tensordot(polynomials(n, 0.0), series, 1))
        self.clean &= gap <= 8 * self.noise
        self.error = np.where(gap <= 8 * self.noise, self.error, np.inf)
        largest = np.abs(c[1:]).max(axis=0)
        self.rate = np.maximum(largest / least, 1.0) ** (1 / np.maximum(end - 1, 1))
        self.narrow = self.clean & (end <= n // 2 + 1) & (largest > 4 * least)
        self.error[self.hole] = np.inf
        self.clean[self.hole] = False
