"""The directional derivative: the slope along a direction."""

from math import hypot, ulp

from ..capture.trace import value_of
from ..estimate import Estimate
from ..graph import Operand
from ..methods.accuracy import error_of
from ..methods.choose import derivative_at
from ..primitive import shape_of
from ..trees import flatten
from .form import called
from .operator import Derived, need_side, operator
from .tangent import _is_leaf, _same_shapes


class DirectionalDerivative(Derived):
    operator = "directional_derivative"
    options = ("along", "unit", "wrt", "side")
    guide = """The slope of a function per unit of length along a direction.

    `along` has the form of what varies: as many numbers as there are scalar
    arguments, or an array, dict, … like the argument. With `unit=False` it is taken as
    it is (then the result is the derivative of f(x + t v) at t = 0).

    Raises ValueError for a direction of length zero, NotDifferentiable where the slopes
    ahead and behind differ (`side="right"` gives the one ahead).

    >>> directional_derivative(lambda x, z: 2 * z**3 * x**2, 1, 2, along=(3, 4))
    38.4
    """

    def __init__(self, f, *, along, unit=True, wrt=None, side=None):
        super().__init__(f)
        need_side(side)
        self.along = along
        self.unit = unit
        self.wrt = wrt
        self.side = side

    def __call__(self, *point, **fixed):
        line, length = self._line(point, fixed)
        return _scaled(derivative_at(line, 0.0, {}, 1, self.side).value, length)

    def estimate(self, *point, **fixed):
        """The directional derivative as an Estimate."""
        line, length = self._line(point, fixed)
        a = derivative_at(line, 0.0, {}, 1, self.side)
        sides = [s if s is None else s / length for s in (a.left, a.right)]
        error = error_of(a, 0.0, 1) / length
        value = _scaled(a.value, length)
        if length != 1.0 and isinstance(value, float) and not isinstance(value, Operand):
            error += 2 * ulp(value)  # the length and the quotient are rounded
        return Estimate(value, error, a.method, a.evaluations, *sides, a.notes)

    def _line(self, point, fixed):
        """t -> f(point + t along), and the length of `along` (1 where it is not to count)."""
        call, form = called(self, self.wrt, point, fixed)
        direction = self._direction(call, not form.several)

        def line(t):
            return call(*(x + t * v for x, v in zip(call.leaves, direction, strict=True)))

        line.__name__ = call.__name__
        return line, _length(direction) if self.unit else 1.0

    def _direction(self, call, single):
        along = self.along
        if single:
            parts = (along,)
        else:
            parts = tuple(along)
            if len(parts) != len(call.wrt):
                raise ValueError(f"along has {len(parts)} parts, {len(call.wrt)} arguments vary")
        leaves = []
        for part in parts:
            found, _ = flatten(part, _is_leaf, "the direction")
            leaves.extend(value_of(v, "the direction") for v in found)
        _same_shapes(leaves, call.leaves, "the direction", "the point")
        if not _length(leaves) > 0:
            raise ValueError("the direction has length zero: it points nowhere")
        return leaves


def _scaled(value, length):
    """The value, or every part of it, per unit of length."""
    leaves, rebuild = flatten(value, _is_leaf, "the value")
    return rebuild([v / length for v in leaves])


def _length(leaves):
    """The Euclidean length of all leaves together."""
    if not any(isinstance(v, Operand) for v in leaves):
        return hypot(*(c for v in leaves for c in (v.ravel().tolist() if shape_of(v) else [v])))
    total = 0.0
    for v in leaves:
        total = total + (v * v if not shape_of(v) else (v * v).sum())
    return total**0.5


directional_derivative = operator(DirectionalDerivative)
