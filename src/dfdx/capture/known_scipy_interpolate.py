"""Stand-ins for scipy.interpolate: interpolants called at traced points, and made of traced data.

An object made of plain data has a card of its own, whose slope is the object's derivative.
Made of traced data it becomes one of the forms of `known_scipy_splines`.
"""

from functools import cache

import numpy as np
from scipy import interpolate as theirs

from ..errors import NotTraceable
from ..graph import Operand
from ..primitive import shape_of
from ..rules.arrays import operand
from ..rules.arrays_moves import moveaxis
from ..rules.choice import equal
from ..rules.splines import Curve, bspline_jumps, card, no_jumps, polynomial_jumps
from ..structure import take
from .known_scipy_grids import grid_stand_ins
from .known_scipy_splines import (
    Polynomials,
    akima_slopes,
    along_axis,
    bspline,
    hermite,
    linear_in,
    pchip_slopes,
    polynomial_basis,
)
from .known_scipy_tools import by_name, logged, only_default, tapes_of, unwrapped, where_traced
from .numpy_protocol_plain import seen_through, traced_in
from .traced import plain


def evaluated(name, function, jumps, x, own=(), axis=0):
    """The function of plain data at the traced x."""
    x = operand(x)
    if not own:
        return card(name, function, jumps)(x)
    return along_axis(Curve(name, function, jumps, own)(x), len(shape_of(x)), axis)


def _polynomial(self, x, nu=0, extrapolate=None):
    """PPoly, CubicSpline, PchipInterpolator, Akima1DInterpolator, BPoly …: `spline(x, nu)`."""
    extrapolate = self.extrapolate if extrapolate is None else extrapolate
    if not isinstance(self, theirs.PPoly):
        raise NotTraceable(f"{type(self).__name__} is not followed at traced points")
    c, knots = np.array(self.c, dtype=float), np.array(self.x)
    own = theirs.PPoly.construct_fast(c, knots, extrapolate, 0)

    def function(p, order):
        return own(p, order + nu) if order + nu < c.shape[0] else _nothing(own, p)

    jumps = polynomial_jumps(c, knots, extrapolate is False)
    return evaluated(
        type(self).__name__, function, lambda n: jumps(n + nu), x, c.shape[2:], self.axis
    )


def _nothing(spline, p):
    return 0.0 * spline(p)


def _bspline_call(self, x, nu=0, extrapolate=None):
    extrapolate = self.extrapolate if extrapolate is None else extrapolate
    if extrapolate == "periodic":
        raise NotTraceable("a periodic BSpline is not followed at traced points")
    own = theirs.BSpline.construct_fast(self.t.copy(), self.c.copy(), self.k, extrapolate, 0)

    def function(p, order):
        return own(p, order + nu) if order + nu <= self.k else 0.0 * own(p)

    jumps = bspline_jumps(own.t, own.k, extrapolate is False)
    return evaluated("BSpline", function, lambda n: jumps(n + nu), x, own.c.shape[1:], self.axis)


def _univariate(self, x, nu=0, ext=None):
    """UnivariateSpline and its kin."""
    if ext not in (None, self.ext):
        raise NotTraceable("UnivariateSpline: give ext= when the spline is made, not in a call")
    t, _, k = self._eval_args

    def function(p, order):
        n = order + nu
        return (self.derivative(n) if n else self)(p) if n <= k else np.zeros(np.shape(p))

    jumps = bspline_jumps(t, k, self.ext in (1, 3))
    return evaluated("UnivariateSpline", function, lambda n: jumps(n + nu), x)


def splev(x, tck, der=0, ext=0):
    """scipy.interpolate.splev."""
    if isinstance(tck, theirs.BSpline):
        tck = tck.tck
    t, c, k = tck
    if traced_in((t, k)):
        raise NotTraceable("scipy.interpolate.splev: the knots cannot vary")
    if isinstance(c, Operand):
        only_default("scipy.interpolate.splev", ext=(ext, 0))
        n = len(t) - k - 1
        return bspline(t, k, c[:n])(x, der)
    if isinstance(c, (list, tuple)):
        return [splev(x, (t, part, k), der, ext) for part in c]
    t, c = np.array(t), np.array(c)

    def function(p, order):
        n = order + der
        if n > k:
            return np.zeros(np.shape(p))
        return theirs.splev(p, (t, c, k), n, ext if ext != 3 or not n else 1)

    jumps = bspline_jumps(t, k, ext in (1, 3))
    return evaluated("splev", function, lambda n: jumps(n + der), x)


def splint(a, b, tck, full_output=0):
    """scipy.interpolate.splint."""
    only_default("scipy.interpolate.splint", full_output=(full_output, 0))
    t, c, k = tck
    if isinstance(c, Operand):
        return bspline(t, k, c[: len(t) - k - 1]).integrate(a, b)
    whole = theirs.splantider((t, c, k))
    return splev(operand(b), whole) - splev(operand(a), whole)


def splrep(
    x, y, w=None, xb=None, xe=None, k=3, task=0, s=None, t=None, full_output=0, per=0, quiet=1
):
    """scipy.interpolate.splrep without smoothing: the weights are linear in y."""
    given = {"w": w, "xb": xb, "xe": xe, "t": t}
    only_default(
        "splrep", task=(task, 0), full_output=(full_output, 0), per=(per, 0), s=(s or 0, 0)
    )
    only_default("splrep", **{key: (v, None) for key, v in given.items()})
    if traced_in(x):
        raise NotTraceable("scipy.interpolate.splrep: the places x cannot vary")
    units = [theirs.splrep(x, e, k=k, s=0) for e in np.eye(len(x))]
    matrix = np.stack([c for _, c, _ in units], axis=1)
    return units[0][0], np.dot(matrix, operand(y)), k


def integral_of(method):
    """`spline.integrate(a, b)` for traced bounds: the antiderivative between them."""

    def integrate(self, a, b, extrapolate=None):
        only_default("integrate", extrapolate=(extrapolate, None))
        whole = self.antiderivative()
        return method(whole, operand(b)) - method(whole, operand(a))

    return integrate


def _one_dimensional(self, x):
    """interp1d, BarycentricInterpolator, KroghInterpolator made of plain data."""
    self(plain(x))  # raises what SciPy raises outside its range
    own = self.y.shape[: self.axis] + self.y.shape[self.axis + 1 :] if hasattr(self, "y") else ()
    if isinstance(self, theirs.interp1d):
        function, jumps = _interp1d_function(self), _interp1d_jumps(self)
        return evaluated("interp1d", function, jumps, x, own, self.axis)
    own = self._y_extra_shape

    def function(p, order):
        y = self.derivative(p, order) if order else self(p)
        rank = np.ndim(p)
        return np.moveaxis(y, range(self._y_axis, self._y_axis + rank), range(rank))

    return evaluated(type(self).__name__, function, no_jumps, x, own, self._y_axis)


def _interp1d_function(self):
    """The values, and the slopes inside, with the points' axes in front."""
    pieces, degree = _interp1d_pieces(self)

    def function(p, order):
        rank = np.ndim(p)
        if not order:
            y = self(p)
            return np.moveaxis(y, range(self.axis, self.axis + rank), range(rank))
        y = pieces(p, order) if order <= degree else 0.0 * pieces(p)
        y = y.reshape((*np.shape(p), *self.y.shape[: self.axis], *self.y.shape[self.axis + 1 :]))
        if not self._extrapolate:
            outside = (p < self.x[0]) | (p > self.x[-1])
            y = np.where(np.reshape(outside, np.shape(outside) + (1,) * (y.ndim - rank)), 0.0, y)
        return y

    return function


def _interp1d_pieces(self):
    """The function inside its range, as SciPy's object, and its degree."""
    if self._kind == "spline":
        return self._spline, self._spline.k
    if self._kind == "linear":
        y = self._y
        slopes = np.diff(y, axis=0) / np.diff(self.x)[:, None]
        return theirs.PPoly(np.stack([slopes, y[:-1]]), self.x), 1
    return theirs.PPoly(self._y[None, :-1] * 0.0, self.x), 0


def _interp1d_jumps(self):
    ends = not self._extrapolate
    pieces, degree = _interp1d_pieces(self)
    if self._kind == "spline":
        return bspline_jumps(pieces.t, degree, ends)
    inner = polynomial_jumps(pieces.c, pieces.x, ends)
    if self._kind.startswith("nearest"):
        return lambda order: np.union1d(inner(order), self.x_bds if not order else [])
    if self._kind in ("previous", "next"):
        return lambda order: np.union1d(inner(order), self.x if not order else [])
    return inner


def _data(given):
    """The places, and the values with the interpolated axis in front."""
    x, y = operand(given["x"]), operand(given["y"])
    axis = given.get("axis", 0) % max(len(shape_of(y)), 1)
    return x, moveaxis(y, axis, 0) if axis else y, axis


def _need_plain(x, name):
    if traced_in(x):
        raise NotTraceable(f"{name}: the places x cannot vary")


def _constructor(cls, ours):
    """The stand-in of a class: SciPy's own object for plain data."""

    def made(*args, **kwargs):
        given = by_name(cls, args, kwargs)
        seen = traced_in(given)
        if not seen:
            return cls(**given)
        with logged(tapes_of(seen)):
            cls(**seen_through(given))  # raises for data that do not fit
            return ours(given)

    return made


def _cubic(given):
    x, y, axis = _data(given)
    bc = given.get("bc_type", "not-a-knot")
    _need_plain(x, "CubicSpline")
    if traced_in(bc):
        raise NotTraceable("CubicSpline: boundary conditions cannot vary")
    if bc == "periodic" or (
        isinstance(bc, tuple) and any(isinstance(b, tuple) and np.any(b[1]) for b in bc)
    ):
        raise NotTraceable("CubicSpline of traced values: this boundary condition is not followed")
    n = len(x)
    if isinstance(bc, tuple):
        bc = tuple((b[0], np.zeros(n)) if isinstance(b, tuple) else b for b in bc)
    made = linear_in(lambda e: theirs.CubicSpline(x, e, bc_type=bc), n)
    return polynomial_basis(made, y, given.get("extrapolate"), axis)


def _pchip(given):
    x, y, axis = _data(given)
    return hermite(x, y, pchip_slopes(x, y), given.get("extrapolate"), axis)


def _akima(given):
    x, y, axis = _data(given)
    slopes = akima_slopes(x, y, given.get("method", "akima"))
    return hermite(x, y, slopes, bool(given.get("extrapolate")), axis)


def _hermite(given):
    x, y, axis = _data(given)
    d = operand(given["dydx"])
    return hermite(x, y, moveaxis(d, axis, 0) if axis else d, given.get("extrapolate"), axis)


def _ppoly(given):
    return Polynomials(
        operand(given["c"]), operand(given["x"]), given.get("extrapolate"), given.get("axis", 0)
    )


def _bspline(given):
    only_default("BSpline", extrapolate=(given.get("extrapolate", True), True))
    _need_plain(given["t"], "BSpline")
    axis, c = given.get("axis", 0), operand(given["c"])
    c = moveaxis(c, axis, 0) if axis else c
    return bspline(given["t"], given["k"], c[: len(given["t"]) - given["k"] - 1], axis)


def _interp_spline(given):
    x, y, axis = _data(given)
    _need_plain((x, given.get("t")), "make_interp_spline")
    if given.get("bc_type") not in (None, "natural", "clamped", "not-a-knot"):
        raise NotTraceable(
            "make_interp_spline of traced values: only named conditions are followed"
        )
    rest = {key: v for key, v in given.items() if key in ("k", "t", "bc_type")}
    unit = linear_in(lambda e: theirs.make_interp_spline(x, e, **rest), len(x))
    return bspline(unit.t, unit.k, np.tensordot(unit.c, y, 1), axis)


def _lsq_spline(given):
    x, y, axis = _data(given)
    _need_plain((x, given["t"], given.get("w")), "make_lsq_spline")
    rest = {key: v for key, v in given.items() if key in ("t", "k", "w", "method")}
    unit = linear_in(lambda e: theirs.make_lsq_spline(x, e, **rest), len(x))
    return bspline(unit.t, unit.k, np.tensordot(unit.c, y, 1), axis)


def _smoothing_spline(given):
    x, y, axis = _data(given)
    _need_plain((x, given.get("w"), given.get("lam")), "make_smoothing_spline")
    if given.get("lam") is None:
        raise NotTraceable("make_smoothing_spline of traced values: give lam")
    rest = {key: given.get(key) for key in ("w", "lam")}
    units = [theirs.make_smoothing_spline(x, e, **rest) for e in np.eye(len(x))]
    c = np.stack([u.c for u in units], axis=1)
    return bspline(units[0].t, units[0].k, np.tensordot(c, y, 1), axis)


def _interp1d(given):
    """interp1d made of traced values (for "linear" also at traced places)."""
    x, y = operand(given["x"]), operand(given["y"])
    axis = given.get("axis", -1) % len(shape_of(y))
    y = moveaxis(y, axis, 0) if axis else y
    if not given.get("assume_sorted", False):
        order = np.argsort(plain(x), kind="stable")
        x, y = x[order], y[order]
    kind = given.get("kind", "linear")
    fill = given.get("fill_value", np.nan)
    example = theirs.interp1d(**seen_through(given))
    if kind in ("linear", "slinear", 1):
        h = np.diff(x)
        slopes = np.diff(y, axis=0) / h.reshape(shape_of(h) + (1,) * (len(shape_of(y)) - 1))
        inner = Polynomials(np.stack([slopes, y[:-1]]), x, True, axis)
    elif kind in ("quadratic", "cubic", 2, 3):
        inner = _interp_spline({"x": x, "y": y, "k": {"quadratic": 2, "cubic": 3}.get(kind, kind)})
        inner.axis = axis
    elif isinstance(kind, str) and kind != "zero":
        count = np.arange(len(plain(x)))
        inner = _Steps(theirs.interp1d(plain(x), count, kind, fill_value="extrapolate"), y, axis)
    else:
        raise NotTraceable(f"interp1d of traced values: kind={kind!r} is not followed")
    if isinstance(fill, str):
        return inner
    return _Filled(inner, example, fill if isinstance(fill, tuple) else (fill, fill), x)


class _Steps:
    """An interp1d that takes the value at a place nearby; `places` gives the place's number."""

    def __init__(self, places, y, axis):
        self.places = places
        self.y = y
        self.axis = axis

    def __call__(self, x):
        numbers = np.asarray(plain(operand(unwrapped(x))), dtype=float)
        found = self.places(numbers)
        for v in traced_in(unwrapped(x)):
            v.tape.guards.append((equal, v, plain(v), True))
            if np.isin(numbers, _interp1d_jumps(self.places)(0)).any():
                v.on_edge("interp1d")
        found = np.clip(found, 0, len(self.places.x) - 1).astype(int)
        return along_axis(take(self.y, found if found.shape else int(found)), found.ndim, self.axis)


class _Filled:
    """An interp1d with constants beside its range, or an error there."""

    def __init__(self, inner, example, fill, x):
        self.inner = inner
        self.example = example
        self.fill = fill
        self.x = x

    def __call__(self, x):
        x = operand(unwrapped(x))
        numbers = np.asarray(plain(x), dtype=float)
        self.example(numbers)  # raises where SciPy raises
        low, high = numbers < plain(self.x)[0], numbers > plain(self.x)[-1]
        if not (low.any() or high.any()):
            return self.inner(x)
        if self.inner.axis or len(self.example.y.shape) > 1:
            raise NotTraceable("interp1d: fill values for several columns are not followed")
        inside = np.where(low | high, plain(self.x)[0], numbers)
        y = self.inner(np.where(low | high, inside, x))
        return np.where(low, self.fill[0], np.where(high, self.fill[1], y))


def _interpolate_with(make):
    """pchip_interpolate and its kin: an interpolant made and called at once."""

    def function(xi, yi, x, der=0, axis=0, **options):
        return make({"x": xi, "y": yi, "axis": axis, **options})(x, der)

    return function


@cache
def stand_ins():
    """From what scipy.interpolate has to its stand-in: classes, functions and methods."""
    methods = {
        theirs.PPoly.__call__: _polynomial,
        theirs.BSpline.__call__: _bspline_call,
        theirs.UnivariateSpline.__call__: _univariate,
        theirs.interp1d.__call__: _one_dimensional,
        theirs.BarycentricInterpolator.__call__: _one_dimensional,
        theirs.PPoly.integrate: integral_of(_polynomial),
        theirs.BSpline.integrate: integral_of(_bspline_call),
        theirs.UnivariateSpline.integral: integral_of(_univariate),
        theirs.splev: splev,
        theirs.splint: splint,
        theirs.splrep: splrep,
        theirs.pchip_interpolate: _interpolate_with(_pchip),
    }
    made = {f: where_traced(f, ours) for f, ours in methods.items()}
    classes = {
        theirs.CubicSpline: _cubic,
        theirs.PchipInterpolator: _pchip,
        theirs.Akima1DInterpolator: _akima,
        theirs.CubicHermiteSpline: _hermite,
        theirs.PPoly: _ppoly,
        theirs.BSpline: _bspline,
        theirs.interp1d: _interp1d,
        theirs.make_interp_spline: _interp_spline,
        theirs.make_lsq_spline: _lsq_spline,
        theirs.make_smoothing_spline: _smoothing_spline,
        theirs.InterpolatedUnivariateSpline: _interpolated_univariate,
    }
    made |= {cls: _constructor(cls, ours) for cls, ours in classes.items()}
    return made | grid_stand_ins()


def _interpolated_univariate(given):
    x, y = operand(given["x"]), operand(given["y"])
    _need_plain((x, given.get("w")), "InterpolatedUnivariateSpline")
    only_default(
        "InterpolatedUnivariateSpline", w=(given.get("w"), None), ext=(given.get("ext", 0), 0),
        bbox=(given.get("bbox", [None, None]), [None, None]),
    )  # fmt: skip
    k = given.get("k", 3)
    units = [theirs.InterpolatedUnivariateSpline(x, e, k=k)._eval_args for e in np.eye(len(x))]
    n = len(units[0][0]) - k - 1
    matrix = np.stack([c[:n] for _, c, _ in units], axis=1)
    return bspline(units[0][0], k, np.dot(matrix, y))
