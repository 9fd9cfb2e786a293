"""The polynomial through points, in Newton's form: divided differences of places and values that vary."""

import numpy as np

from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules.arrays import operand
from ....rules.arrays_joins import stack
from ...traced import plain
from .tools import handles, unwrapped


class Newton:
    """Σ cₖ (x − t₀) … (x − tₖ₋₁), called at a number or an array."""

    def __init__(self, t, y):
        if len(shape_of(y)) != 1:
            raise NotTraceable("a polynomial through points: only numbers as values are followed")
        self.t = [t[k] for k in range(shape_of(t)[0])]
        c = [y[k] for k in range(shape_of(y)[0])]
        for order in range(1, len(c)):
            for k in range(len(c) - 1, order - 1, -1):
                c[k] = (c[k] - c[k - 1]) / (self.t[k] - self.t[k - order])
        self.c = c

    def __call__(self, x):
        x = operand(unwrapped(x))
        y = self.c[-1] + 0.0 * x
        for c, t in zip(self.c[-2::-1], self.t[-2::-1], strict=True):
            y = y * (x - t) + c
        return handles(y)


def newton(given):
    """The stand-in's object for BarycentricInterpolator and KroghInterpolator."""
    if given.get("axis", 0) or given.get("wi") is not None:
        raise NotTraceable("a polynomial through points: axis= and wi= are not followed")
    t = operand(given["xi"])
    if np.unique(plain(t)).size < shape_of(t)[0]:
        raise NotTraceable("a polynomial through points: repeated places are not followed")
    return Newton(t, operand(given["yi"]))


def at_once(xi, yi, x, der=0, axis=0, **options):
    """barycentric_interpolate and krogh_interpolate."""
    if np.any(der) or axis:
        raise NotTraceable("a polynomial through points: der= and axis= are not followed")
    return newton({"xi": xi, "yi": yi, **options})(x)


def cubic_slopes(x, y, kind):
    """The slopes at the knots of the cubic spline with two continuous derivatives."""
    n = shape_of(x)[0]
    h = x[1:] - x[:-1]
    m = (y[1:] - y[:-1]) / h
    rows = [[0.0] * n for _ in range(n)]
    right = [0.0] * n
    for i in range(1, n - 1):
        rows[i][i - 1 : i + 2] = h[i], 2.0 * (h[i - 1] + h[i]), h[i - 1]
        right[i] = 3.0 * (h[i] * m[i - 1] + h[i - 1] * m[i])
    if kind == "not-a-knot" and n > 3:
        for end, next_, p, q in ((0, 1, 0, 1), (n - 1, n - 2, -1, -2)):
            both = h[p] + h[q]
            rows[end][end], rows[end][next_] = h[q], both
            right[end] = ((h[p] + 2.0 * both) * h[q] * m[p] + h[p] ** 2 * m[q]) / both
    elif kind == "natural":
        for end, next_, p in ((0, 1, 0), (n - 1, n - 2, -1)):
            rows[end][end], rows[end][next_] = 2.0, 1.0
            right[end] = 3.0 * m[p]
    elif kind == "clamped":
        for end in (0, n - 1):
            rows[end][end] = 1.0
    else:
        raise NotTraceable(f"CubicSpline of traced places: bc_type={kind!r} is not followed")
    matrix = stack([operand(row) for row in rows])
    return np.linalg.solve(matrix, operand(right))
