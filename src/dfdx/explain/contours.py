"""Contour lines: where a function of two variables has a given height.

The function is asked on a grid. In each square of the grid the corners above the level are parted from those
below it by straight pieces, whose ends lie on the sides where the height, taken as linear along the side,
meets the level (marching squares: W. E. Lorensen, H. E. Cline, 1987, for cubes). Where the function jumps
there is no line.
"""

from itertools import pairwise
from math import floor, isfinite, nan

from .frame import round_step
from .window import heights, jumps

_STEEP = 1 / 12  # of all heights: a step that is looked at more closely


class Heights:
    """The heights of f on a grid: `rows[k][j]` is f(xs[j], ys[k]), nan where it is undefined.

    known   all finite heights, the lowest first
    """

    __slots__ = ("_jumps", "_steep", "f", "known", "rows", "xs", "ys")

    def __init__(self, f, xs, ys):
        self.f, self.xs, self.ys = f, list(xs), list(ys)
        self.rows = [[f(x, y) for x in self.xs] for y in self.ys]
        self.known = sorted(v for row in self.rows for v in row if isfinite(v))
        low, high = heights(self.known) if self.known else (0.0, 0.0)
        self._steep, self._jumps = _STEEP * (high - low), {}

    def contour(self, level):
        """The pieces of the line where f is `level`, each as its two ends (x, y).

        >>> flat = Heights(lambda x, y: x + y, [0.0, 1.0], [0.0, 1.0])
        >>> flat.contour(0.5)
        [((0.5, 0.0), (0.0, 0.5))]
        """
        pieces = []
        for k, (low, high) in enumerate(pairwise(self.rows)):
            for j in range(len(self.xs) - 1):
                corners = (
                    low[j],
                    low[j + 1],
                    high[j + 1],
                    high[j],
                )  # round the square, from below left
                if min(corners) <= level <= max(corners):
                    pieces += self._square(j, k, corners, level)
        return pieces

    def _square(self, j, k, corners, level):
        """The pieces in one square."""
        above = [v > level for v in corners]
        if all(above) or not any(above) or any(v != v for v in corners):
            return []
        places = [(j, k), (j + 1, k), (j + 1, k + 1), (j, k + 1)]
        found = [
            self._crossing(places[i], places[(i + 1) % 4], corners[i], corners[(i + 1) % 4], level)
            if above[i] != above[(i + 1) % 4]
            else None
            for i in range(4)
        ]
        if None not in found:  # a saddle: which corners hang together, its middle says
            middle = (sum(corners) / 4 > level) == above[0]
            pairs = [(0, 1), (2, 3)] if middle else [(3, 0), (1, 2)]
        else:
            pairs = [tuple(i for i in range(4) if found[i] is not None)]
        return [
            (found[a], found[b])
            for a, b in pairs
            if found[a][0] == found[a][0] and found[b][0] == found[b][0]
        ]

    def _crossing(self, start, end, y, z, level):
        """Where the level is met between two neighbours on the grid; nan where f jumps there."""
        if start > end:
            start, end, y, z = end, start, z, y
        p = self.xs[start[0]], self.ys[start[1]]
        q = self.xs[end[0]], self.ys[end[1]]
        if abs(z - y) > self._steep:
            if (start, end) not in self._jumps:
                self._jumps[start, end] = jumps(lambda t: self.f(*_between(p, q, t)), y, z)
            if self._jumps[start, end]:
                return nan, nan
        return _between(p, q, (level - y) / (z - y) if isfinite(z - y) else 0.5)


def _between(p, q, t):
    return p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])


def nested(known, count):
    """Levels that show a valley: each goes round a share of the area, and the shares grow as squares.

    The shares of the area are the same for f and for log f, so a valley is seen however high its walls are.
    `known` are the heights, the lowest first; a level is written with few digits.

    >>> nested([0.01 * k * k for k in range(101)], 4)
    [0.2, 3.0, 10.0, 40.0]
    """
    if not known or known[0] == known[-1]:
        return []
    last = len(known) - 1
    exact = [known[round(last * ((k + 1) / (count + 1)) ** 2)] for k in range(count)]
    exact = [v for v in dict.fromkeys(exact) if known[0] < v < known[-1]]
    if not exact:  # a plain with hollows or hills
        exact = [known[0] / 2 + known[-1] / 2]
    middles = [(v + w) / 2 for v, w in pairwise([known[0], *exact, known[-1]])]
    return [fewest_digits(v, *ends) for v, ends in zip(exact, pairwise(middles), strict=True)]


def fewest_digits(value, low, high):
    """The value, rounded to so few digits that it stays between low and high.

    >>> fewest_digits(0.6180339, 0.55, 0.65), fewest_digits(1234.0, 1230.0, 1240.0)
    (0.6, 1234.0)
    """
    if low < 0 < high:
        return 0.0
    for digits in range(17):
        rounded = float(f"{value:.{digits}e}")
        if low < rounded < high:
            return rounded
    return value


def even(known, through, count):
    """Levels at equal steps, one of them through a given height: where lines are close, it is steep.

    `known` are the heights, the lowest first; far ones that are few are left out.

    >>> even([0.5 * k for k in range(21)], 3.0, 5)
    [1.0, 3.0, 5.0, 7.0, 9.0]
    """
    if not known or known[0] == known[-1]:
        return []
    low, high = heights(known)
    low, high = min(low, through), max(high, through)
    if not isfinite(high - low) or high - low <= 1e-12 * max(abs(low), abs(high)):
        return []
    step = round_step((high - low) / count)
    first, last = -floor((through - low) / step), floor((high - through) / step)
    return [through + k * step for k in range(first, last + 1)]
