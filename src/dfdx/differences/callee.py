"""A function that cannot be looked into, as a primitive whose partial derivatives are sampled.

Inside a trace such a function is one operation. Its value is what it returns; its partial
derivatives are taken from samples when a rule asks for them, at the point where it was called,
and remembered with their errors. They are primitives of the same kind, so that derivatives of
derivatives are sampled too: of any order for a function of one number, up to the
second for others.
"""

from ..contraction import contraction
from ..errors import NotTraceable
from ..pointwise import times
from ..primitive import Primitive, shape_of

_MOST = 256  # numbers in all operands of which partial derivatives are sampled
_NEAR = 1e-9
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Callee:
    """A function of numbers and arrays with the samples taken of it; `out` is the shape of its value."""

    __slots__ = ("_first", "_tables", "count", "f", "name", "out")

    def __init__(self, f, name, operands, y):
        self.f = f
        self.name = name
        self.out = shape_of(y)
        self.count = 1
        self._first = operands, y
        self._tables = []  # (operands, number of derivatives, value, error)

    def __call__(self, *operands):
        known, y = self._first
        if all(type(a) is float and a == b for a, b in zip(known, operands, strict=True)):
            return y
        self.count += 1
        return self.f(*operands)

    def value(self, places, operands):
        """The derivative by the operands at these places, in this order; with none the value itself."""
        return self._part(places, operands)[0] if places else self(*operands)

    def error(self, places, operands):
        """`(derivative, error)` where it was sampled, at the point or very near it."""
        return self._part(places, operands)

    def _part(self, places, operands):
        order = len(places)
        value, error = self._table(order, operands)
        if shape_of(value) == ():
            return value, error
        starts = _starts(operands)
        ends = [a + _size(shape_of(x)) for a, x in zip(starts, operands, strict=True)]
        index = (slice(None), *(slice(starts[k], ends[k]) for k in places))
        shape = self.shape(places, [shape_of(x) for x in operands])
        parts = (t[index].reshape(shape) for t in (value, error))
        return tuple(part if shape else float(part) for part in parts)

    def shape(self, places, shapes):
        """The shape of a derivative."""
        return self.out + tuple(n for k in places for n in shapes[k])

    def _table(self, order, operands):
        for known, n, value, error in self._tables:
            if n == order and _same(known, operands):
                return value, error
        value, error = self._sampled(order, operands)
        self._tables.append((operands, order, value, error))
        return value, error

    def _sampled(self, order, operands):
        """The derivatives of an order by all operands, (values, coordinates, …); floats for one of one."""
        import numpy as np

        size = sum(_size(shape_of(x)) for x in operands)
        if size == 1 and self.out == ():
            from .scalar import sampled

            shape = shape_of(operands[0])

            def line(p):
                return self(np.full(shape, p) if shape else p)

            found = sampled(line, float(np.ravel(operands[0])[0]), order)
            value, error = found.value, found.error
            if not shape:
                return value, error
            return tuple(np.full((1,) * (order + 1), v) for v in (value, error))
        from .table import Flat

        shapes = [shape_of(x) for x in operands]
        point = np.concatenate([np.ravel(x) for x in operands]).astype(float)

        def prepare(p):
            return self, _split(p, shapes), {}

        def name(i):
            return f"coordinate {i + 1} of {self.name}"

        flat = Flat(prepare, np.ravel, self.name)
        if order == 1:
            from .vector import jacobian

            found = jacobian(flat, point, name=name)
            return found.value, found.error
        if order == 2:
            from .curvature import hessian

            tables = []
            for j in range(_size(self.out)):
                one = Flat(prepare, lambda y, j=j: np.ravel(y)[j : j + 1], self.name)
                tables.append(hessian(one, point, name=name))
            return np.array([t.value for t in tables]), np.array([t.error for t in tables])
        raise NotTraceable(
            f"{self.name} cannot be looked into; its derivatives of order {order} by several "
            "numbers are not sampled"
        )


class Sampled(Primitive):
    """A callee, or its derivative by the operands at `places`, as an operation."""

    __slots__ = ("callee", "places")
    sampled = (
        True  # the graph rests on more than its inputs: readings in many digits cannot have it
    )

    def __init__(self, callee, places=()):
        self.callee = callee
        self.places = places

    def __eq__(self, other):
        same = type(other) is Sampled and self.callee is other.callee
        return same and self.places == other.places

    def __hash__(self):
        return hash((id(self.callee), self.places))

    @property
    def name(self):
        order = len(self.places)
        return self.callee.name + "′" * order

    def value(self, *args):
        return self.callee.value(self.places, args)

    def shape(self, *shapes):
        return self.callee.shape(self.places, shapes)

    def trial(self, args, rng):
        """The value, off by a random part of its error."""
        if not self.places:
            y = self.callee(*args)
            return y * (1 + 2.0**-52 * rng.uniform(-1, 1, shape_of(y)))
        value, error = self.callee.error(self.places, args)
        found = value + error * rng.uniform(-1, 1, shape_of(value))
        return found if shape_of(value) else float(found)

    def push(self, y, args, tangents):
        total = None
        for k, dx in enumerate(tangents):
            if dx is not None:
                term = _applied(self._partial(k)(*args), dx, len(shape_of(args[k])))
                total = term if total is None else total + term
        return total

    def pull(self, g, y, args, wanted):
        return tuple(
            _pulled(g, self._partial(k)(*args), shape_of(y)) if want else None
            for k, want in enumerate(wanted)
        )

    def batch(self, args, batched):
        raise NotTraceable(f"{self.name} is sampled at single points")

    def _partial(self, k):
        return Sampled(self.callee, (*self.places, k))


def opaque(f, name, operands, y):
    """The primitive for a function that gave y for plain operands; None for what is too large to sample."""
    if sum(_size(shape_of(x)) for x in operands) > _MOST:
        return None
    return Sampled(Callee(f, name, operands, y))


def _applied(table, dx, rank):
    """A table of partial derivatives applied to a tangent whose axes are its last."""
    if not shape_of(table):
        return times(dx, table)
    letters = _LETTERS[: len(shape_of(table))]
    kept, along = letters[: len(letters) - rank], letters[len(letters) - rank :]
    return contraction(f"{letters},{along}->{kept}")(table, dx)


def _pulled(g, table, out):
    if not shape_of(table):
        return times(g, table)
    letters = _LETTERS[: len(shape_of(table))]
    kept, along = letters[: len(out)], letters[len(out) :]
    return contraction(f"{letters},{kept}->{along}")(table, g)


def _same(known, operands):
    import numpy as np

    for a, b in zip(known, operands, strict=True):
        gap = np.abs(np.subtract(a, b))
        if np.max(gap, initial=0.0) > _NEAR * np.max(np.abs(a), initial=0.0):
            return False
    return True


def _split(flat, shapes):
    parts, at = [], 0
    for s in shapes:
        part = flat[at : at + _size(s)]
        parts.append(part.reshape(s) if s else part[0].item())
        at += _size(s)
    return parts


def _starts(operands):
    starts, at = [], 0
    for x in operands:
        starts.append(at)
        at += _size(shape_of(x))
    return starts


def _size(shape):
    size = 1
    for n in shape:
        size *= n
    return size
