"""The tangent: the straight line, or plane, that touches a function at a point.

One object is the linear approximation in all its uses: a line to evaluate, the
value with the slope, the pushforward of a direction (JVP), the pullback of a
covector (VJP), the matrix.
"""

from ..capture.trace import output_leaves, value_of
from ..methods import exact
from ..methods.breaks import is_smooth
from ..methods.choose import derivative_at
from ..methods.gradients import gradient_at
from ..methods.verify import verify
from ..primitive import shape_of
from ..trees import flatten
from .form import called
from .linear import matrix, pulled, pushed
from .operator import Derived, operator


class Tangent:
    """The tangent of a function at a point; made by `tangent(f, *point)`."""

    def __init__(self, call, form):
        self._call = call
        self._form = form
        self._trace = call.trace()

    @property
    def point(self):
        """Where it touches, in the form of the arguments."""
        return self._form.pack(self._call.leaves)

    @property
    def value(self):
        """f at the point."""
        return self._trace.rebuild_out(self._trace.values)

    @property
    def slope(self):
        """The derivative, gradient or Jacobian: what `self.matrix` holds, in the operators' form.

        Raises NotDifferentiable where a function of one number has none.
        """
        t, call = self._trace, self._call
        if len(call.leaves) == 1 and not shape_of(call.leaves[0]):
            return derivative_at(call, call.leaves[0], {}).value
        if len(t.outputs) == 1 and not shape_of(t.values[0]):
            return self._form.pack(gradient_at(call).value)
        return self.matrix

    @property
    def matrix(self):
        """All partial derivatives of all values."""
        verify(self._trace)
        return self._trace.rebuild_out([self._form.pack(row) for row in matrix(self._trace)])

    def push(self, *directions):
        """The tangent of the value when the arguments move along the directions (JVP).

        One direction per argument, each of its argument's form.
        """
        moved = self._moved(self._like_point(directions))
        filled = [
            exact.zeros(shape_of(y)) if d is None else d
            for d, y in zip(moved, self._trace.values, strict=True)
        ]
        return self._trace.rebuild_out(filled)

    def pull(self, covector):
        """What a covector on the value (of its form) becomes on the arguments (VJP)."""
        t = self._trace
        given, _ = output_leaves(self._call.f, covector)
        _same_shapes(given, t.values, "the covector", "the value")
        verify(t)
        given = [value_of(g) for g in given]
        shares = exact.backward(t, given) if is_smooth(t) else pulled(matrix(t), given)
        filled = [
            exact.zeros(shape_of(x)) if g is None else g
            for g, x in zip(shares, t.inputs, strict=True)
        ]
        return self._form.pack(filled)

    def __call__(self, *point):
        """The height of the tangent at another point.

        >>> tangent(lambda x: x**2, 3)(4)
        15.0
        """
        there = self._like_point(point)
        steps = [a - b for a, b in zip(there, self._call.leaves, strict=True)]
        moved = self._moved(steps)
        values = zip(self._trace.values, moved, strict=True)
        return self._trace.rebuild_out([y if d is None else y + d for y, d in values])

    def _moved(self, directions):
        t = self._trace
        verify(t)
        return exact.forward(t, directions) if is_smooth(t) else pushed(matrix(t), directions)

    def _like_point(self, given):
        """Leaves of the same number and shapes as those of the point."""
        if len(given) != len(self._call.wrt):
            raise TypeError(f"{len(self._call.wrt)} arguments vary, {len(given)} were given")
        leaves = []
        for part in given:
            found, _ = flatten(part, _is_leaf, "the direction")
            leaves.extend(value_of(v) for v in found)
        _same_shapes(leaves, self._call.leaves, "the direction", "the point")
        return leaves

    def __repr__(self):
        leaves = self._call.leaves
        if len(leaves) == 1 and not shape_of(leaves[0]) and isinstance(self.value, float):
            return f"Tangent(y = {self.value:g} + {self.slope:g} (x − {leaves[0]:g}))"
        return f"Tangent(of {self._call.__name__})"


def _is_leaf(x, where):
    return not isinstance(x, (dict, list, tuple)) and not hasattr(type(x), "__dataclass_fields__")


def _same_shapes(given, known, what, like):
    found, wanted = [shape_of(g) for g in given], [shape_of(k) for k in known]
    if found != wanted:
        raise ValueError(f"{what} has parts of shapes {found}, {like} has {wanted}")


class _TangentAt(Derived):
    operator = "tangent"
    options = ("wrt",)
    guide = """The tangent of a function at a point: value, slope, line, push (JVP), pull (VJP), matrix.

    >>> line = tangent(lambda x: x**2, 3)
    >>> line.value, line.slope, line(4)
    (9.0, 6.0, 15.0)
    >>> tangent(lambda x, y: x * y, 2, 5).push(1, 0)
    5.0
    """

    def __init__(self, f, *, wrt=None):
        super().__init__(f)
        self.wrt = wrt

    def __call__(self, *point, **fixed):
        return Tangent(*called(self, self.wrt, point, fixed))


tangent = operator(_TangentAt)
