"""The tangent: the straight line, or plane, that touches a function at a point.

One object is the linear approximation in all its uses: a line to evaluate, the
value with the slope, the pushforward of a direction (JVP), the pullback of a
covector (VJP), the matrix.
"""

from ..capture.trace import output_leaves, value_of
from ..estimate import Estimate
from ..methods import exact
from ..methods.answer import Answer
from ..methods.breaks import is_smooth
from ..methods.choose import derivative_at
from ..methods.gradients import gradient_at
from ..methods.ladder import SAMPLING, Sampling, climb
from ..methods.partials import jacobian_by_samples, slope_by_samples
from ..methods.verify import verify
from ..primitive import shape_of
from ..trees import alone, flatten
from .form import called
from .jacobian import is_nested, partials_at
from .linear import matrix, pulled, pushed
from .operator import Derived, operator


class Tangent:
    """The tangent of a function at a point; made by `tangent(f, *point)`."""

    def __init__(self, call, form, sampling):
        self._call = call
        self._form = form
        self._sampling = sampling
        self._map = climb(
            call.f,
            lambda: _Traced(call),
            lambda _: _Sampled(call, sampling),
            lambda: output_leaves(call.f, call(*call.leaves)),
            sampling.method,
            is_nested(call),
        )

    @property
    def point(self):
        """Where it touches, in the form of the arguments."""
        return self._form.pack(self._call.leaves)

    @property
    def value(self):
        """f at the point."""
        return self._map.rebuild(self._map.values)

    @property
    def slope(self):
        """The derivative, gradient or Jacobian: what `self.matrix` holds, in the operators' form.

        Raises NotDifferentiable where a function of one number has none.
        """
        call, sampling, values = self._call, self._sampling, self._map.values
        if len(call.leaves) == 1 and not shape_of(call.leaves[0]):
            if self._map.trace is None:
                return slope_by_samples(call, [1.0], sampling).value
            return derivative_at(call, call.leaves[0], {}).value
        if len(values) == 1 and not shape_of(values[0]):
            return self._form.pack(gradient_at(call, sampling).value)
        return self.matrix

    @property
    def matrix(self):
        """All partial derivatives of all values."""
        return self._map.rebuild([self._form.pack(row) for row in self._map.table()])

    def push(self, *directions):
        """The tangent of the value when the arguments move along the directions (JVP).

        One direction per argument, each of its argument's form.
        """
        return self._map.rebuild(self._map.push(self._like_point(directions)))

    def pull(self, covector):
        """What a covector on the value (of its form) becomes on the arguments (VJP)."""
        given, _ = output_leaves(self._call.f, covector)
        _same_shapes(given, self._map.values, "the covector", "the value")
        return self._form.pack(self._map.pull([value_of(g) for g in given]))

    def __call__(self, *point):
        """The height of the tangent at another point.

        >>> tangent(lambda x: x**2, 3)(4)
        15.0
        """
        there = self._like_point(point)
        steps = [a - b for a, b in zip(there, self._call.leaves, strict=True)]
        moved = self._map.push(steps)
        return self._map.rebuild([y + d for y, d in zip(self._map.values, moved, strict=True)])

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


class _Traced(Answer):
    """The linear map behind a tangent, by sweeps over a trace."""

    def __init__(self, call):
        t = call.trace()
        verify(t)
        super().__init__(None, "exact", t, t.tape.notes, values=t.values, rebuild=t.rebuild_out)

    def table(self):
        return matrix(self.trace)

    def push(self, directions):
        t = self.trace
        moved = exact.forward(t, directions) if is_smooth(t) else pushed(matrix(t), directions)
        return _filled(moved, self.values)

    def pull(self, covectors):
        t = self.trace
        shares = exact.backward(t, covectors) if is_smooth(t) else pulled(matrix(t), covectors)
        return _filled(shares, t.inputs)


class _Sampled(Answer):
    """The linear map behind a tangent, by samples: of all coordinates, or along one direction."""

    def __init__(self, call, sampling):
        values, rebuild = output_leaves(call.f, call(*call.leaves))
        values = [value_of(y, f"the value of {call.__name__}") for y in values]
        super().__init__(None, "differences", values=values, rebuild=rebuild)
        self.call, self.sampling, self.known = call, sampling, None

    def table(self):
        if self.known is None:
            self.known = jacobian_by_samples(self.call, self.sampling).value
        return self.known

    def push(self, directions):
        if self.known is not None or not any(_is_moving(d) for d in directions):
            return _plain(pushed(self.table(), directions))
        found, _ = flatten(slope_by_samples(self.call, directions, self.sampling).value, alone)
        return found

    def pull(self, covectors):
        return _plain(pulled(self.table(), covectors))


def _filled(parts, like):
    return [exact.zeros(shape_of(x)) if p is None else p for p, x in zip(parts, like, strict=True)]


def _plain(parts):
    return [p if shape_of(p) else float(p) for p in parts]


def _is_moving(direction):
    return bool(direction.any()) if shape_of(direction) else bool(direction)


def _is_leaf(x, where):
    return not isinstance(x, (dict, list, tuple)) and not hasattr(type(x), "__dataclass_fields__")


def _same_shapes(given, known, what, like):
    found, wanted = [shape_of(g) for g in given], [shape_of(k) for k in known]
    if found != wanted:
        raise ValueError(f"{what} has parts of shapes {found}, {like} has {wanted}")


class _TangentAt(Derived):
    operator = "tangent"
    options = ("wrt", *SAMPLING)
    guide = """The tangent of a function at a point: value, slope, line, push (JVP), pull (VJP), matrix.

    A function that cannot be traced is sampled (options as for `gradient`), `push` along
    its direction alone.

    >>> line = tangent(lambda x: x**2, 3)
    >>> line.value, line.slope, line(4)
    (9.0, 6.0, 15.0)
    >>> tangent(lambda x, y: x * y, 2, 5).push(1, 0)
    5.0
    """

    def __init__(self, f, *, wrt=None, **sampling):
        super().__init__(f)
        self.wrt = wrt
        self.sampling = Sampling(**sampling)

    def __call__(self, *point, **fixed):
        return Tangent(*called(self, self.wrt, point, fixed), self.sampling)

    def estimate(self, *point, **fixed):
        """The tangent as an Estimate: `value` is the Tangent, `error` that of its matrix, in its form."""
        call, form = called(self, self.wrt, point, fixed)
        a = partials_at(call, self.sampling, bars=True)
        error = a.rebuild([form.pack(row) for row in a.error])
        touching = Tangent(call, form, self.sampling)
        return Estimate(touching, error, a.method, a.evaluations, notes=a.notes)


tangent = operator(_TangentAt)
