"""A polynomial through samples of a window, as a series of Chebyshev polynomials.

On [m − r, m + r], with u = (p − m)/r, a smooth function is the sum of c_k T_k(u), and the c_k
fall geometrically until they meet the noise of the samples, where they stay: the plateau. So
the coefficients tell everything at once. Where they fall below the plateau the series ends;
the plateau is the noise; the derivative is the series of the derivatives,
and its error what the noise becomes in it.

The nodes are the zeros of T_n, rounded to 10 bits: then m + r·u is a float without
rounding for all usual m and r. Source: Trefethen, "Approximation Theory and Approximation
Practice" (2013), chapters 3, 7, 8, 21.
"""

from functools import lru_cache
from math import cos, frexp, fsum, hypot, ldexp, pi, sqrt
from operator import mul

_BITS = 10


@lru_cache(maxsize=16)
def nodes(n):
    """The positive half of the n nodes (n even), the largest first.

    >>> nodes(4)
    (0.923828125, 0.3828125)
    """
    return tuple(round(cos((k + 0.5) * pi / n) * 2**_BITS) / 2**_BITS for k in range(n // 2))


@lru_cache(maxsize=16)
def _rows(n):
    """For each degree k < n the weights of the odd or even parts of the values at the nodes."""
    t = nodes(n)
    rows = [None] * n
    for parity in (0, 1):
        degrees = range(parity, n, 2)
        matrix = [polynomials(n, u)[parity::2] for u in t]
        for k, row in zip(degrees, _inverse(matrix), strict=True):
            rows[k] = tuple(row)
    return tuple(rows)


def _inverse(matrix):
    """The inverse of a small matrix; Gauss-Jordan, then one step of Newton with exact sums."""
    n = len(matrix)
    work = [[*row, *(float(i == j) for j in range(n))] for i, row in enumerate(matrix)]
    for k in range(n):
        p = max(range(k, n), key=lambda i: abs(work[i][k]))
        work[k], work[p] = work[p], work[k]
        scale = work[k][k]
        work[k] = [v / scale for v in work[k]]
        for i in range(n):
            if i != k:
                factor = work[i][k]
                work[i] = [v - factor * w for v, w in zip(work[i], work[k], strict=True)]
    found = [row[n:] for row in work]
    columns = list(zip(*found, strict=True))
    rest = [
        [
            fsum([float(i == j), *(-a * b for a, b in zip(matrix[i], column, strict=True))])
            for j, column in enumerate(columns)
        ]
        for i in range(n)
    ]
    across = list(zip(*rest, strict=True))
    return [[v + fsum(map(mul, row, across[j])) for j, v in enumerate(row)] for row in found]


def polynomials(n, u, order=0):
    """[T_0(u), …, T_{n-1}(u)], or their derivatives of the given order.

    >>> polynomials(4, 0.5)
    [1.0, 0.5, -0.5, -1.0]
    >>> polynomials(4, 0.0, 1)
    [0.0, 1.0, 0.0, -3.0]
    """
    below = None
    for j in range(order + 1):
        t = [1.0 if j == 0 else 0.0]
        if n > 1:
            t.append(u if j == 0 else 1.0 if j == 1 else 0.0)
        for k in range(2, n):  # T_k = 2u T_{k-1} - T_{k-2}, differentiated j times
            v = 2 * u * t[-1] - t[-2]
            if j:
                v += 2 * j * below[k - 1]
            t.append(v)
        below = t
    return below


@lru_cache(maxsize=256)
def _functional(n, u, order):
    """The derivatives T_k⁽ᵒʳᵈᵉʳ⁾(u) for k < n, and the root of the sums of their squares up to each k."""
    t = tuple(polynomials(n, u, order))
    sums, total = [0.0], 0.0
    for v in t:
        total += v * v
        sums.append(sqrt(total))
    return t, tuple(sums)


def short(r):
    """r with a mantissa of three bits, rounded down: nodes times it stay short."""
    m, e = frexp(r)
    return ldexp(int(m * 8) / 8, e)


class Window:
    """The samples on [middle − r, middle + r] as a Chebyshev series, and what it shows.

    c        the coefficients
    noise    the noise of one sample, as the plateau has it (root of the mean square)
    end      where the series meets the plateau: coefficients from there on are noise
    fall     how much smaller the last quarter of the coefficients is than the quarter before
    level    the root mean square of the last quarter
    size     the largest value in magnitude
    holes    how many samples on either side of the middle have no value, (left, right)
    """

    __slots__ = ("c", "end", "fall", "floor", "holes", "level", "middle", "n", "noise", "r", "size")

    def __init__(self, samples, middle, r, n=16, floor=0.0):
        self.middle, self.r, self.n = middle, r, n
        t = nodes(n)
        points = [middle + r * u for u in t]
        points += [middle - r * u for u in t]
        values = samples.at(points)
        half = n // 2
        right, left = values[:half], values[half:]
        holes = (sum(map(_is_nan, left)), sum(map(_is_nan, right)))
        self.holes = holes if holes != (0, 0) else None
        if self.holes:
            self.size = self.noise = self.level = self.fall = float("nan")
            self.c = None
            return
        self._fit(left, right)
        gap = 4e-16 * r
        off = (abs((p - middle) - r * u) > gap for p, u in zip(points, t, strict=False))
        if any(off) or any(
            abs((middle - p) - r * u) > gap for p, u in zip(points[half:], t, strict=True)
        ):
            self._moved(points, left, right)
        self._read(max(max(values), -min(values)), floor)

    def _fit(self, left, right):
        odd = [0.5 * (b - a) for a, b in zip(left, right, strict=True)]
        even = [0.5 * (b + a) for a, b in zip(left, right, strict=True)]
        self.c = [
            fsum(map(mul, row, odd if k & 1 else even)) for k, row in enumerate(_rows(self.n))
        ]

    def _moved(self, points, left, right):
        """Fit again, with the values carried from the floats that were sampled to the nodes."""
        half, r = self.n // 2, self.r
        for values, sign, ps in ((right, 1, points[:half]), (left, -1, points[half:])):
            for k, (p, u) in enumerate(zip(ps, nodes(self.n), strict=True)):
                off = (p - self.middle) - sign * r * u
                if off:
                    slope = self.derivative(self.middle + sign * r * u + 0.5 * off, 1, self.n)
                    values[k] -= slope * off
        self._fit(left, right)

    def _read(self, size, floor):
        c, n = self.c, self.n
        self.size = size
        share = sqrt(2 / n)  # of the noise of a sample, in a coefficient
        floor = max(floor, 2.0**-54 * size)
        self.floor = floor
        quarter = n // 4
        tail = hypot(*c[-quarter:]) / sqrt(quarter)
        before = hypot(*c[-2 * quarter : -quarter]) / sqrt(quarter)
        self.level = tail
        least = floor * share
        self.fall = max(before, least) / max(tail, least) if before or tail or least else 1.0
        limit = 3.5 * max(tail, least)
        end = n
        while end > 1 and abs(c[end - 1]) <= limit:
            end -= 1
        self.end = min(end, n - 2)
        rest = c[self.end :]
        found = hypot(*rest) / sqrt(len(rest))
        self.noise = max(found / share * (1 + 1 / len(rest)), floor)

    def derivative(self, p, order, end=None):
        """The derivative of the series at p."""
        t, _ = _functional(self.n, (p - self.middle) / self.r, order)
        end = self.end if end is None else end
        return fsum(map(mul, self.c[:end], t)) / self.r**order

    def amplified(self, p, order):
        """What noise of size 1 in the samples becomes in the derivative at p."""
        _, sums = _functional(self.n, (p - self.middle) / self.r, order)
        return sums[self.end] * sqrt(2 / self.n) / self.r**order

    def error(self, p, order):
        """How far the derivative at p may be off: the noise, and what was cut off."""
        t, sums = _functional(self.n, (p - self.middle) / self.r, order)
        share = sqrt(2 / self.n)
        cut = 3 * max(map(abs, t[self.end : self.end + 2]), default=0.0) * self.noise * share
        tail = max(map(abs, t[-2:])) * self.level if self.fall > 3 else 0.0
        return (5 * sums[self.end] * self.noise * share + cut + tail) / self.r**order


def _is_nan(y):
    return y != y
