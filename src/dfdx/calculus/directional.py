"""The directional derivative: the slope along a direction."""

from math import hypot, ulp

from ..capture.trace import value_of
from ..estimate import Estimate
from ..graph import Operand
from ..methods.accuracy import error_of
from ..methods.choose import exactly_at
from ..methods.ladder import SAMPLING, Sampling, climb
from ..methods.partials import slope_by_samples
from ..primitive import shape_of
from ..trees import flatten
from .form import called
from .operator import Derived, need_side, operator
from .tangent import _is_leaf, _same_shapes


class _Line:
    """t -> f(point + t along); what is known of f serves for it too."""

    operator = "line"

    def __init__(self, call, direction):
        self.f = call
        self.direction = direction
        self.__name__ = call.__name__

    def __call__(self, t):
        return self.f(*(x + t * v for x, v in zip(self.f.leaves, self.direction, strict=True)))


class DirectionalDerivative(Derived):
    operator = "directional_derivative"
    options = ("along", "unit", "wrt", "side", *SAMPLING)
    guide = """The slope of a function per unit of length along a direction.

    `along` has the form of what varies: as many numbers as there are scalar
    arguments, or an array, dict, … like the argument. With `unit=False` it is taken as
    it is (then the result is the derivative of f(x + t v) at t = 0).

    Raises ValueError for a direction of length zero, NotDifferentiable where the slopes
    ahead and behind differ (`side="right"` gives the one ahead). A function that cannot be
    traced is sampled along the direction (options as for `gradient`).

    >>> directional_derivative(lambda x, z: 2 * z**3 * x**2, 1, 2, along=(3, 4))
    38.4
    """

    def __init__(self, f, *, along, unit=True, wrt=None, side=None, **sampling):
        super().__init__(f)
        self.sampling = Sampling(**sampling)
        need_side(side)
        self.along = along
        self.unit = unit
        self.wrt = wrt
        self.side = side

    def __call__(self, *point, **fixed):
        a, length = self._answer(point, fixed)
        return _scaled(a.value, length)

    def estimate(self, *point, **fixed):
        """The directional derivative as an Estimate."""
        a, length = self._answer(point, fixed)
        sides = [s if s is None else s / length for s in (a.left, a.right)]
        error = _scaled(error_of(a, 0.0, 1), length)
        value = _scaled(a.value, length)
        if length != 1.0 and isinstance(value, float) and not isinstance(value, Operand):
            error += 2 * ulp(value)  # the length and the quotient are rounded
        return Estimate(value, error, a.method, a.evaluations, *sides, a.notes)

    def _answer(self, point, fixed):
        """The derivative of f(point + t along) at t = 0 as an Answer, and the length of `along`."""
        call, direction, line, length = self._line(point, fixed)
        nested = any(isinstance(x, Operand) for x in (*call.leaves, *direction))
        a = climb(
            call.f,
            lambda: exactly_at(line, 0.0, {}, 1, self.side),
            lambda smooth: slope_by_samples(call, direction, self.sampling, self.side, smooth),
            lambda: line(0.0),
            self.sampling.method,
            nested,
        )
        return a, length

    def _line(self, point, fixed):
        """The call, the direction, t -> f(point + t along), the length of `along` (1 if not to count)."""
        call, form = called(self, self.wrt, point, fixed)
        direction = self._direction(call, not form.several)
        line = _Line(call, direction)
        return call, direction, line, _length(direction) if self.unit else 1.0

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
