"""A polynomial through samples of a window, as a series of Chebyshev polynomials.

On [m − r, m + r], with u = (p − m)/r, a smooth function is the sum of c_k T_k(u), and the c_k
fall geometrically until they meet the noise of the samples, where they stay: the plateau. So
the coefficients tell everything at once. Where they fall below the plateau the series ends;
the plateau is the noise; the derivative is the series of the derivatives,
and its error what the noise becomes in it.

The nodes are the zeros of T_n. What is sampled are the floats next to m + r·u, and the values are
carried from there to the nodes by the slope between their neighbours. (Nodes of few bits
would need no carrying, but then every sample can suffer the same rounding error in a product like
10⁶x, and no plateau shows it.) Source: Trefethen, "Approximation Theory and Approximation
Practice" (2013), chapters 3, 7, 8, 21.
"""

from functools import lru_cache
from math import cos, frexp, fsum, hypot, isfinite, isnan, ldexp, pi, sqrt
from operator import mul

_APART = (
    2.0**-40
)  # a node and its float are farther apart than this: the slope is taken at the node


@lru_cache(maxsize=16)
def zeros(n):
    """The zeros of T_n (n even), from left to right.

    >>> zeros(2)
    (-0.7071067811865476, 0.7071067811865476)
    """
    right = [cos((k + 0.5) * pi / n) for k in range(n // 2)]
    return (*(-u for u in right), *reversed(right))


@lru_cache(maxsize=16)
def nodes(n):
    """The right half of the zeros, the largest first, rounded to 10 bits: x + r·u is then mostly a float.

    >>> nodes(4)
    (0.923828125, 0.3828125)
    """
    return tuple(round(u * 2**10) / 2**10 for u in reversed(zeros(n)[n // 2 :]))


@lru_cache(maxsize=16)
def _gaps(n):
    """For every node one over the distance of its neighbours; at the ends, of it and the next one."""
    u = zeros(n)
    near = [u[0], *u, u[-1]]
    return tuple(1 / (b - a) for a, b in zip(near, near[2:], strict=False))


@lru_cache(maxsize=16)
def _rows(n):
    """For each degree k < n the weights of the odd or even parts of the values at the nodes."""
    t = zeros(n)[n // 2 :]
    rows = [None] * n
    for parity in (0, 1):
        degrees = range(parity, n, 2)
        matrix = [polynomials(n, u)[parity::2] for u in t]
        for k, row in zip(degrees, _inverse(matrix), strict=True):
            rows[k] = tuple(row)
    return tuple(rows)


@lru_cache(maxsize=16)
def _coefficients(n):
    """A function of the n values at the nodes that gives the n coefficients.

    It is written out as one expression, which takes a fifth of the time of a loop.
    """
    half = n // 2
    left, right = [f"a{k}" for k in range(half)], [f"b{k}" for k in range(half)]
    rows = [tuple(0.5 * v for v in row) for row in _rows(n)]
    parts = {0: [f"s{k}" for k in range(half)], 1: [f"d{k}" for k in range(half)]}
    sums = [
        " + ".join(f"{v!r} * {name}" for v, name in zip(row, parts[k % 2], strict=True))
        for k, row in enumerate(rows)
    ]
    lines = [
        f"def coefficients({', '.join([*reversed(left), *right])}):",
        *(f"    s{k} = b{k} + a{k}; d{k} = b{k} - a{k}" for k in range(half)),
        f"    return [{', '.join(sums)}]",
    ]
    space: dict = {}
    exec("\n".join(lines), space)
    return space["coefficients"]


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
    """The derivatives t_k = T_k⁽ᵒʳᵈᵉʳ⁾(u) for k < n, and for every end of the series two factors:

    what noise of size 1 in a sample becomes in the sum of c_k t_k, and what it may hide in the first two
    terms that are cut off (last, the largest of the two last t_k).
    """
    t = tuple(polynomials(n, u, order))
    share = sqrt(2 / n)
    sums, total = [0.0], 0.0
    for v in t:
        total += v * v
        sums.append(share * sqrt(total))
    cuts = [3 * share * max(map(abs, t[k : k + 2]), default=0.0) for k in range(n + 1)]
    return t, tuple(sums), (*cuts, max(map(abs, t[-2:])))


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
    values   the samples, from left to right
    holes    how many samples on either side of the middle have no value, (left, right)
    """

    __slots__ = (
        "c", "end", "fall", "floor", "holes", "level", "middle", "n", "noise", "r", "size", "values",
    )  # fmt: skip

    def __init__(self, samples, middle, r, n=16, floor=0.0):
        self.middle, self.r, self.n = middle, r, n
        points = [middle + r * u for u in zeros(n)]
        self.values = values = samples.at(points)
        size = max(max(values), -min(values))
        if not isfinite(sum(values)):
            half = n // 2
            self.holes = (sum(map(isnan, values[:half])), sum(map(isnan, values[half:])))
        else:
            self.holes = None
            self._fit(self._carried(points, values))
            self._read(size, floor)

    def _carried(self, points, values):
        """The values at the nodes: what was sampled are the floats beside them."""
        middle, r, n = self.middle, self.r, self.n
        off = [(p - middle) / r - u for p, u in zip(points, zeros(n))]  # noqa: B905  (half the time)
        if max(off) > _APART or min(off) < -_APART:
            moved = values
            for _ in range(8):
                self._fit(moved)
                moved = [
                    y - fsum(map(mul, self.c, polynomials(n, u + 0.5 * d, 1))) * d
                    for y, u, d in zip(values, zeros(n), off, strict=True)
                ]
            return moved
        near = [values[0], *values, values[-1]]
        return [
            y - (b - a) * g * d
            for y, a, b, g, d in zip(values, near, near[2:], _gaps(n), off)  # noqa: B905
        ]

    def _fit(self, values):
        self.c = _coefficients(self.n)(*values)

    def _read(self, size, floor):
        c, n = self.c, self.n
        self.size = size
        share = sqrt(2 / n)  # of the noise of a sample, in a coefficient
        self.floor = floor = max(floor, 2.0**-54 * size)
        quarter = n // 4
        least = floor * share
        tail = hypot(*c[-quarter:]) / sqrt(quarter)
        before = hypot(*c[-2 * quarter : -quarter]) / sqrt(quarter)
        self.fall = max(before, least) / max(tail, least) if before or tail or least else 1.0
        last = 2 * quarter if self.fall < 3 else 2
        tail = self.level = hypot(*c[-last:]) / sqrt(last)
        limit = 3.5 * max(tail, least)
        end = n - 2
        if abs(c[-1]) <= limit and abs(c[-2]) <= limit:
            while end > 1 and -limit <= c[end - 1] <= limit:
                end -= 1
        self.end = end
        rest = c[end:]
        found = hypot(*rest) / sqrt(n - end)
        self.noise = max(found / share * (1 + 1 / (n - end)), floor)

    def derivative(self, p, order, end=None):
        """The derivative of the series at p."""
        t, *_ = self._functional(p, order)
        c = self.c[: self.end if end is None else end]
        return _over(fsum(map(mul, c, t)), self.r, order)

    def amplified(self, p, order):
        """What noise of size 1 in the samples becomes in the derivative at p."""
        _, sums, _ = self._functional(p, order)
        return _over(sums[max(self.end, order)], self.r, order)

    def error(self, p, order):
        """How far the derivative at p may be off: the noise, and what was cut off.

        A series that ends below the order has no such derivative: all of it was cut off.
        """
        _, sums, cuts = self._functional(p, order)
        end = max(self.end, order)
        found = (5 * sums[end] + cuts[end]) * self.noise
        if self.fall > 3:
            found += cuts[-1] * self.level
        if self.end <= order:  # nothing stands out from the noise, and much may be hidden in it
            found *= 2
        return _over(found, self.r, order)

    def _functional(self, p, order):
        if p == self.middle:
            return _functional(self.n, 0.0, order)
        return _functional(self.n, (p - self.middle) / self.r, order)


def _over(v, r, order):
    """v / r^order, where the power itself may be too small for a float."""
    for _ in range(order):
        v /= r
    return v
