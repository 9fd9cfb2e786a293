"""The derivative of a function of one variable, of any order."""

import warnings
from math import nan

from ..capture.trace import Call, value_of
from ..errors import AccuracyWarning, NotConverged, NotDifferentiable
from ..estimate import Estimate
from ..graph import Operand
from ..methods.accuracy import error_of, rule_notes
from ..methods.choose import derivative_at
from ..methods.ladder import SAMPLING, Sampling
from ..methods.mapped import map_slope
from ..primitive import shape_of
from ..trees import real
from .operator import Derived, need_point, need_side, operator


class Derivative(Derived):
    operator = "derivative"
    options = ("order", "side", *SAMPLING)
    guide = """The derivative of a function of one variable: f′, or f⁽ⁿ⁾ with `order=n`.

    `derivative(f, x)` is a number (or has the form of what f returns);
    `derivative(f)` is the function f′. An array or list of points gives an array:
    the derivative at each. `side="left"` or `"right"` asks for a one-sided derivative;
    `method="exact"` refuses, and `method="differences"` demands, samples.

    Where samples answer, these say how they are taken: `bounds=(lowest, highest)` where f may be
    called; `rtol=`, a relative error that is small enough; `budget=`, how often f may be called;
    `noise=`, how far its values may be off; `step=`, one fixed step; `workers=`, a number of threads
    or an executor.

    Raises NotDifferentiable (with `.left` and `.right`) where the derivative does not
    exist; in an array of points such a point is nan, with an AccuracyWarning. A nan
    in the point gives nan.

    >>> derivative(lambda x: x**2, 3)
    6.0
    >>> derivative(lambda x: x**4, order=2)(2.0)
    48.0
    """

    def __init__(self, f, *, order=1, side=None, method=None, **sampling):
        super().__init__(f)
        if isinstance(order, bool) or not isinstance(order, int) or order < 0:
            raise ValueError(f"order is a whole number, 0 or more, not {order!r}")
        need_side(side)
        self.order = order
        self.side = side
        self.method = method
        self.sampling = Sampling(method, **sampling)

    def __call__(self, *point, **fixed):
        x = self._one(point)
        if self._is_many(x):
            return self._map(x, fixed)
        return self._answer(x, fixed).released()

    def estimate(self, *point, rigorous=False, **fixed):
        """The derivative as an Estimate: value, error, method, evaluations, …, noise and reach of samples.

        With `rigorous=True` the error is proven (needs python-flint): the true derivative of the function
        that the code says, for real numbers, is not farther away. Raises NotTraceable, NoRule or
        NotConverged where there is no such proof.
        """
        x = self._one(point)
        if self._is_many(x):
            raise TypeError("estimate takes one point; map it over several")
        x = value_of(x)
        if rigorous:
            return self._proven(x, fixed)
        a = self._answer(x, fixed)
        error = error_of(a, x, self.order)
        notes = (*a.notes, *rule_notes(a))
        return Estimate(
            a.value, error, a.method, a.evaluations, a.left, a.right, notes, a.noise, a.reach
        )

    def _proven(self, x, fixed):
        from ..methods.proven import METHOD, proven  # late: python-flint is an extra

        if self.side is not None:
            raise ValueError("a proof is about both sides: rigorous=True goes without side=")
        [(value, error)], notes = proven(Call(self.f, (x,), fixed, (0,)), self.order, [[1.0]])
        return Estimate(value, error, METHOD, notes=notes)

    def _one(self, point):
        need_point(self, point)
        if len(point) > 1:
            raise TypeError(
                f"a derivative has one variable, {len(point)} were given; pass the others by name "
                f"({self.__name__}(x, name=value)) or use partial or gradient"
            )
        return point[0]

    def _answer(self, x, fixed):
        return derivative_at(self.f, x, fixed, self.order, self.side, self.sampling)

    @staticmethod
    def _is_many(x):
        return isinstance(x, (list, tuple)) or (not isinstance(x, float) and bool(shape_of(x)))

    def _map(self, points, fixed):
        """The derivative at every point of an array or list."""
        import numpy as np

        if isinstance(points, Operand):
            return np.stack([self._answer(p, fixed).value for p in points])
        xs = _points(np, points)
        flat = xs.ravel()
        slopes, done = np.empty(flat.shape), np.zeros(flat.shape, dtype=bool)
        if self.order == 1 and self.side is None and self.method != "differences":
            slopes, done = map_slope(self.f, flat, fixed)
        if done.all():
            return slopes.reshape(xs.shape)
        found = [
            s if ok else self._or_nan(float(x), fixed)
            for s, ok, x in zip(slopes, done, flat, strict=True)
        ]
        first = np.asarray(found[0])
        return np.asarray(found, dtype=float).reshape(xs.shape + first.shape)

    def _or_nan(self, x, fixed):
        try:
            return self._answer(x, fixed).released()
        except (NotDifferentiable, NotConverged) as error:
            first = str(error).splitlines()[0]
            warnings.warn(f"nan at one of the points: {first}", AccuracyWarning, stacklevel=4)
            return nan


def _points(np, points):
    """The points as a float array; ValueError for a ragged list, TypeError for other things."""
    try:
        xs = np.asarray(points)
    except ValueError:
        raise ValueError("the list of points is ragged: its parts differ in length") from None
    if xs.size == 0:
        return xs.astype(float)
    return np.asarray(real(xs, "the array of points"))


derivative = operator(Derivative)
