"""Interpolants of scipy.interpolate made of traced data: each becomes a form of `known.scipy.splines`."""

import numpy as np
from scipy import interpolate as theirs

from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules.arrays import operand
from ....rules.arrays_moves import moveaxis
from ....rules.choice import equal
from ....rules.splines import bspline_jumps, polynomial_jumps
from ....structure import take
from ...numpy_protocol.plain import seen_through, traced_in
from ...traced import plain
from .polynomials import at_once, cubic_slopes, newton
from .splines import (
    Polynomials,
    akima_slopes,
    along_axis,
    bspline,
    hermite,
    linear_in,
    pchip_slopes,
    polynomial_basis,
)
from .tools import by_name, logged, only_default, tapes_of, unwrapped, where_traced


def interp1d_pieces(self):
    """The function inside its range, as SciPy's object, and its degree."""
    if self._kind == "spline":
        return self._spline, self._spline.k
    if self._kind == "linear":
        y = self._y
        slopes = np.diff(y, axis=0) / np.diff(self.x)[:, None]
        return theirs.PPoly(np.stack([slopes, y[:-1]]), self.x), 1
    return theirs.PPoly(self._y[None, :-1] * 0.0, self.x), 0


def interp1d_jumps(self):
    ends = not self._extrapolate
    pieces, degree = interp1d_pieces(self)
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
    if traced_in(x) and isinstance(bc, str) and len(shape_of(y)) == 1:
        return hermite(x, y, cubic_slopes(x, y, bc), given.get("extrapolate"), axis)
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
            if np.isin(numbers, interp1d_jumps(self.places)(0)).any():
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


def interpolant_stand_ins():
    """From the classes and makers of scipy.interpolate to their stand-ins for traced data."""
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
        theirs.BarycentricInterpolator: newton,
        theirs.KroghInterpolator: newton,
    }
    made = {cls: _constructor(cls, ours) for cls, ours in classes.items()}
    pchip = _interpolate_with(_pchip)
    made[theirs.pchip_interpolate] = where_traced(theirs.pchip_interpolate, pchip)
    for function in (theirs.barycentric_interpolate, theirs.krogh_interpolate):
        made[function] = where_traced(function, at_once)
    return made
