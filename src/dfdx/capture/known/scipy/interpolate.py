"""Stand-ins for scipy.interpolate: interpolants called at traced points, and made of traced data.

An object made of plain data has a card of its own, whose slope is the object's derivative.
Made of traced data it becomes one of the forms of `known.scipy.splines`.
"""

from functools import cache

import numpy as np
from scipy import interpolate as theirs

from ....errors import NotTraceable
from ....graph import Operand
from ....primitive import shape_of
from ....rules.arrays import operand
from ....rules.splines import Curve, bspline_jumps, card, no_jumps, polynomial_jumps
from ...numpy_protocol.plain import traced_in
from ...traced import plain
from .grids import grid_stand_ins
from .interpolants import interp1d_jumps, interp1d_pieces, interpolant_stand_ins
from .radial import radial_stand_ins
from .splines import (
    along_axis,
    bspline,
)
from .tools import only_default, where_traced


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
        function, jumps = _interp1d_function(self), interp1d_jumps(self)
        return evaluated("interp1d", function, jumps, x, own, self.axis)
    own = self._y_extra_shape

    def function(p, order):
        y = self.derivative(p, order) if order else self(p)
        rank = np.ndim(p)
        return np.moveaxis(y, range(self._y_axis, self._y_axis + rank), range(rank))

    return evaluated(type(self).__name__, function, no_jumps, x, own, self._y_axis)


def _interp1d_function(self):
    """The values, and the slopes inside, with the points' axes in front."""
    pieces, degree = interp1d_pieces(self)

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
    }
    made = {f: where_traced(f, ours) for f, ours in methods.items()}
    return made | interpolant_stand_ins() | grid_stand_ins() | radial_stand_ins()
