"""Interpolants whose data are traced: they answer the calls that SciPy's objects answer.

Two forms cover them: piecewise polynomials with traced coefficients (or knots), and sums of basis
functions with traced weights.
"""

import numpy as np
from scipy import interpolate

from ....contraction import ascii_letters, contraction
from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules.arrays import operand
from ....rules.arrays_moves import moveaxis
from ....rules.choice import equal
from ....rules.splines import Curve, bspline_jumps, polynomial_jumps
from ....structure import Concatenate, reshape, take
from ...numpy_protocol.plain import traced_in
from ...traced import plain
from .tools import unwrapped


class Polynomials:
    """A piecewise polynomial over the knots x; c has highest power first, then pieces, then axes."""

    def __init__(self, c, x, extrapolate=True, axis=0):
        self.c = c
        self.x = x
        self.extrapolate = True if extrapolate is None else extrapolate
        self.axis = axis

    def __call__(self, x, nu=0, extrapolate=None):
        if nu:
            return self.derivative(nu)(x, 0, extrapolate)
        x = operand(unwrapped(x))
        extrapolate = self.extrapolate if extrapolate is None else extrapolate
        if extrapolate == "periodic":
            raise NotTraceable("a periodic spline of traced data is not followed")
        numbers, knots = np.asarray(plain(x), dtype=float), np.asarray(plain(self.x))
        places = np.clip(np.searchsorted(knots, numbers, side="right") - 1, 0, knots.size - 2)
        self._note(x, numbers, knots)
        inside = x - take(operand(self.x), places if places.shape else int(places))
        trail = len(shape_of(self.c)) - 2
        letters = ascii_letters[: places.ndim + trail]
        times = contraction(f"{letters},{letters[: places.ndim]}->{letters}")
        y = None
        for k in range(shape_of(self.c)[0]):
            part = take(self.c, (k, places if places.shape else int(places)))
            y = part if y is None else times(y, inside) + part
        if extrapolate is False:
            outside = (numbers < knots[0]) | (numbers > knots[-1])
            if outside.any():
                y = y + np.where(outside, np.nan, 0.0).reshape(outside.shape + (1,) * trail)
        return along_axis(y, places.ndim, self.axis)

    def _note(self, x, numbers, knots):
        """The piece is chosen by plain numbers: the trace holds for these; kinks at knots are edges."""
        jumps = polynomial_jumps(plain(self.c), knots, self.extrapolate is False)
        sharp = np.isin(numbers, np.union1d(jumps(0), jumps(1))).any()
        for v in traced_in((x, self.x)):
            v.tape.guards.append((equal, v, plain(v), True))
            if sharp:
                v.on_edge("spline")

    def derivative(self, nu=1):
        if nu < 0:
            return self.antiderivative(-nu)
        c = self.c
        for _ in range(nu):
            n = shape_of(c)[0]
            if n == 1:
                c = c * 0.0
                continue
            factors = np.arange(n - 1, 0, -1.0).reshape((-1,) + (1,) * (len(shape_of(c)) - 1))
            c = take(c, slice(0, n - 1)) * factors
        return type(self)(c, self.x, self.extrapolate, self.axis)

    def antiderivative(self, nu=1):
        made = self
        for _ in range(nu):
            made = made._integral()
        return made

    def _integral(self):
        c, n = self.c, shape_of(self.c)[0]
        ones = (1,) * (len(shape_of(c)) - 1)
        raised = c / np.arange(n, 0, -1.0).reshape((-1, *ones))
        steps = operand(np.diff(self.x))
        steps = reshape(steps, shape_of(steps) + (1,) * (len(ones) - 1))
        whole = 0.0
        for k in range(n):
            whole = (whole + take(raised, k)) * steps
        starts = np.cumsum(whole, axis=0)
        zero = np.zeros((1, *shape_of(starts)[1:]))
        starts = Concatenate(0)(zero, take(starts, slice(0, -1)))
        c = Concatenate(0)(raised, reshape(starts, (1, *shape_of(starts))))
        return Polynomials(c, self.x, self.extrapolate, self.axis)

    def integrate(self, a, b, extrapolate=None):
        whole = self.antiderivative()
        return whole(b, 0, extrapolate) - whole(a, 0, extrapolate)


class Basis:
    """A sum of basis functions, plain functions of x with `basis(x, nu)` in rows, times traced weights."""

    def __init__(self, basis, jumps, weights, axis=0, nu=0, limits=None):
        self.basis = basis
        self.jumps = jumps
        self.weights = weights
        self.axis = axis
        self.nu = nu
        self.limits = limits

    @property
    def c(self):
        return self.weights

    def __call__(self, x, nu=0, extrapolate=None):
        if extrapolate is not None:
            raise NotTraceable("extrapolate= is not followed here; give it when the spline is made")
        x = operand(unwrapped(x))
        n = shape_of(self.weights)[0]
        rows = Curve("basis", self.basis, self.jumps, (n,), self.nu + nu)(x)
        s = ascii_letters[: len(shape_of(x))]
        r = ascii_letters[len(s) : len(s) + len(shape_of(self.weights)) - 1]
        y = contraction(f"{s}Z,Z{r}->{s}{r}")(rows, self.weights)
        return along_axis(y, len(s), self.axis)

    def derivative(self, nu=1):
        return Basis(self.basis, self.jumps, self.weights, self.axis, self.nu + nu)

    def antiderivative(self, nu=1):
        return self.derivative(-nu)

    def integrate(self, a, b, extrapolate=None):
        whole = self.antiderivative()
        return whole(b) - whole(a)

    integral = integrate


def along_axis(y, rank, axis):
    """The axes of the points (the first `rank`) moved to where the data's axis was."""
    if not axis:
        return y
    return moveaxis(y, list(range(rank)), list(range(axis, axis + rank)))


def hermite(x, y, slopes, extrapolate=True, axis=0):
    """The cubic pieces through y with the given slopes at the knots x."""
    h = _steps(x, y)
    m = np.diff(y, axis=0) / h
    first, last = take(slopes, slice(0, -1)), take(slopes, slice(1, None))
    t = (first + last - 2.0 * m) / h
    c = [t / h, (m - first) / h - t, first, take(y, slice(0, -1))]
    return Polynomials(stacked(c), x, extrapolate, axis)


def stacked(parts):
    """The arrays one behind the other along a new first axis."""
    return Concatenate(0)(*(reshape(operand(p), (1, *shape_of(p))) for p in parts))


def _steps(x, y):
    h = operand(np.diff(x))
    return reshape(h, shape_of(h) + (1,) * (len(shape_of(y)) - 1))


def pchip_slopes(x, y):
    """The slopes of Fritsch and Butland's monotone interpolant, as PchipInterpolator has them."""
    h = _steps(x, y)
    m = np.diff(y, axis=0) / h
    if shape_of(y)[0] == 2:
        return Concatenate(0)(m, m)
    before, after = take(m, slice(0, -1)), take(m, slice(1, None))
    hb, ha = take(h, slice(0, -1)), take(h, slice(1, None))
    flat = (
        (np.sign(plain(before)) != np.sign(plain(after)))
        | (plain(before) == 0)
        | (plain(after) == 0)
    )
    _edges(flat & ((plain(before) == 0) | (plain(after) == 0)), m, "pchip")
    w1, w2 = 2.0 * ha + hb, ha + 2.0 * hb
    one = np.where(flat, 1.0, 0.0)  # a slope that is not used, in place of zeros
    mean = (w1 / (before * (1.0 - one) + one) + w2 / (after * (1.0 - one) + one)) / (w1 + w2)
    inner = (1.0 - one) / mean
    return Concatenate(0)(_pchip_end(h, m, 0, 1), inner, _pchip_end(h, m, -1, -2))


def _pchip_end(h, m, near, next_):
    """The one-sided slope at an end, limited to keep the shape."""
    h0, h1, m0, m1 = (take(v, slice(k, k + 1 or None)) for v in (h, m) for k in (near, next_))
    d = ((2.0 * h0 + h1) * m0 - h0 * m1) / (h0 + h1)
    pd, p0, p1 = plain(d), plain(m0), plain(m1)
    turned = np.sign(pd) != np.sign(p0)
    steep = ~turned & (np.sign(p0) != np.sign(p1)) & (np.abs(pd) > 3.0 * np.abs(p0))
    return d * np.where(turned | steep, 0.0, 1.0) + m0 * np.where(steep, 3.0, 0.0)


def akima_slopes(x, y, method="akima"):
    """The slopes of Akima's interpolant (or of its modification)."""
    m = np.diff(y, axis=0) / _steps(x, y)
    if shape_of(y)[0] == 2:
        return Concatenate(0)(m, m)

    def at(v, a, b=None):
        return take(v, slice(a, b))

    n = shape_of(m)[0]
    left = 2.0 * at(m, 0, 1) - at(m, 1, 2)
    lefter = 2.0 * left - at(m, 0, 1)
    right = 2.0 * at(m, n - 1, n) - at(m, n - 2, n - 1)
    righter = 2.0 * right - at(m, n - 1, n)
    m = Concatenate(0)(lefter, left, m, right, righter)
    change = np.abs(np.diff(m, axis=0))
    f1, f2 = at(change, 2), at(change, 0, -2)
    if method == "makima":
        both = np.abs(at(m, 1) + at(m, 0, -1))
        f1, f2 = f1 + 0.5 * at(both, 2), f2 + 0.5 * at(both, 0, -2)
    total = f1 + f2
    flat = plain(total) <= 1e-9 * np.max(plain(total))
    one = np.where(flat, 1.0, 0.0)
    share = f2 / (total * (1.0 - one) + one)
    bent = at(m, 1, -2) + share * (at(m, 2, -1) - at(m, 1, -2))
    return bent * (1.0 - one) + 0.5 * (at(m, 3) + at(m, 0, -3)) * one


def _edges(where, m, name):
    if np.any(where):
        for v in traced_in(m):
            v.on_edge(name)


def linear_in(make, n):
    """The SciPy object made of the unit vectors: its values are the basis functions."""
    return make(np.eye(n))


def polynomial_basis(made, y, extrapolate, axis):
    """A piecewise polynomial whose coefficients are linear in y, by the one made of unit vectors."""
    r = ascii_letters[: len(shape_of(y)) - 1]
    c = contraction(f"XYZ,Z{r}->XY{r}")(np.asarray(made.c), y)
    return Polynomials(c, made.x, extrapolate, axis)


def bspline(t, k, weights, axis=0):
    """The B-spline over the knots t, of degree k, with traced weights."""
    t = np.asarray(t, dtype=float)
    n = t.size - k - 1
    whole = interpolate.BSpline(t, np.eye(n), k)
    made = {0: whole}

    def basis(x, nu):
        if nu > k:
            return np.zeros((*np.shape(x), n))
        if nu not in made:
            made[nu] = whole.derivative(nu) if nu > 0 else whole.antiderivative(-nu)
        return made[nu](x)

    return Basis(basis, bspline_jumps(t, k), weights, axis)
