"""Pointwise primitives: a function of numbers, applied element by element.

A card says what is special about the function, in one line: its partial
derivatives, each a function of the value y and of the operands. Written through
y where that closes the table (the derivative of exp is y), they are ordinary
expressions: on numbers they compute, on nodes they build graph.
"""

import math

from .contraction import expand_to, sum_to
from .errors import NoRule
from .graph import Graph, Operand, as_node, variable
from .numbers import Known
from .primitive import Primitive, broadcast, shape_of

PLAIN = (float, int, bool, Known)
CARDS = {}


class Pointwise(Primitive):
    """A card. See `pointwise` for the meaning of the fields."""

    __slots__ = (
        "_array",
        "_symbolic",
        "arity",
        "bounds",
        "breaks",
        "domain",
        "kinks",
        "latex",
        "module",
        "mp",
        "name",
        "notes",
        "numpy",
        "on_floats",
        "partials",
        "trend",
        "ulps",
    )

    def __init__(self, name, partials, **facts):
        self.name = name
        self.partials = partials
        self.arity = len(partials)
        # the value on Python floats, with Python's errors
        self.on_floats = facts.pop("scalar", None) or getattr(math, name, self._through_arrays)
        self._array = None
        self._symbolic = {}
        self.numpy = facts.pop("numpy", name)
        self.module = facts.pop("module", "numpy")
        self.bounds = facts.pop("bounds", (-math.inf, math.inf))
        self.breaks = facts.pop("breaks", None)
        self.kinks = facts.pop("kinks", None)
        self.domain = facts.pop("domain", ((-math.inf, math.inf),) * self.arity)
        self.trend = facts.pop("trend", None)
        self.latex = facts.pop("latex", None)
        self.mp = facts.pop("mp", name)
        self.ulps = facts.pop("ulps", 2)
        self.notes = facts.pop("notes", {})
        if facts:
            raise TypeError(f"unknown facts on the card of {name}: {', '.join(facts)}")

    def __call__(self, *args):
        compute = self.on_floats
        for a in args:
            if type(a) is not float:
                if isinstance(a, Operand):
                    return a.apply(self, args)
                compute = self.value
        return compute(*args)

    def value(self, *args):
        for a in args:
            if type(a) not in PLAIN:
                return self.on_arrays(*args)
        return self.on_floats(*args)

    def _through_arrays(self, *args):
        return float(self.on_arrays(*args))

    def on_arrays(self, *args):
        """The value on arrays, with IEEE's inf and nan in place of errors."""
        if self._array is None:
            from .ufuncs import find

            self._array = find(self)
        return self._array(*args)

    def shape(self, *shapes):
        return broadcast(*shapes)

    def partial(self, k, y, args):
        """The partial derivative with respect to operand k, at value y."""
        p = self.partials[k]
        if p is None:
            raise NoRule(f"{self.name} has no derivative rule for its operand number {k + 1}")
        return p(y, *args) if callable(p) else p

    def error(self, y, args):
        """How far the library's value y at the floats `args` may be off, from the card's `ulps`.

        Up to 2 they are units in the last place of y. Functions that are less exact than
        that are least so near their zeros; there the change of y for a relative
        change of the operands counts as its size.
        """
        size = abs(y)
        if self.ulps > 2:
            try:
                for k, p in enumerate(self.partials):
                    if p is not None:
                        size += abs(args[k] * self.partial(k, y, args))
            except (ZeroDivisionError, ValueError, OverflowError, NoRule):
                return math.inf
        return math.ceil(self.ulps) * math.ulp(float(size)) if size < math.inf else math.inf

    def push(self, y, args, tangents):
        total = None
        for k, dx in enumerate(tangents):
            if dx is None:
                continue
            term = times(dx, self.partial(k, y, args))
            total = term if total is None else total if term is None else total + term
        return None if total is None else expand_to(total, shape_of(y))

    def pull(self, g, y, args, wanted):
        return tuple(self._share(k, g, y, args) if want else None for k, want in enumerate(wanted))

    def _share(self, k, g, y, args):
        term = times(g, self.partial(k, y, args))
        return None if term is None else sum_to(term, shape_of(args[k]))

    def batch(self, args, batched):
        rank = max(len(shape_of(a)) - (1 if b else 0) for a, b in zip(args, batched, strict=True))
        return self(*(_align(a, rank) if b else a for a, b in zip(args, batched, strict=True)))

    def symbolic(self, k):
        """The partial with respect to operand k as a graph with inputs (y, *operands)."""
        if k not in self._symbolic:
            y = variable("y")
            xs = tuple(variable(f"x{i}") for i in range(self.arity))
            self._symbolic[k] = Graph((y, *xs), [as_node(self.partial(k, y, xs))])
        return self._symbolic[k]


def _align(x, rank):
    """x with a batch axis in front and axes of length one behind it up to `rank`."""
    missing = rank + 1 - len(shape_of(x))
    if not missing:
        return x
    from .structure import reshape

    shape = shape_of(x)
    return reshape(x, (shape[0], *(1,) * missing, *shape[1:]))


def times(g, p):
    """g p, where a plain 0 gives None (an exact zero) and 1 and -1 cost nothing."""
    if type(p) is int:
        if p == 0:
            return None
        if p == 1:
            return g
        if p == -1:
            return -g
    return g * p


def pointwise(name, *partials, **facts):
    """A card: the function `name` with one partial derivative per operand.

    A partial is a function of the value and the operands, `lambda y, x: ...`, or
    a plain number where it is constant; None means that no rule is known.

    numpy, module   the name of NumPy's or SciPy's function, where it is another
    scalar          the function on floats, where `math` has none of that name
    mp              mpmath's function: its name, or a function of (mp, *args)
    bounds          the range of the value: `(lowest, highest)`
    breaks          a function whose zeros are where the function or its slope breaks
    kinks           at a break, the tuples of partials on either side
    domain          one interval per operand
    trend           "up" or "down" for a monotonic function of one operand
    ulps            how far the library's value may be off, in units in the last place; above 2
                    relative to the conditioning, as `Pointwise.error` says
    latex           the name in LaTeX
    notes           for an operand, how its partial is found when it is not exact

    >>> double = pointwise("double_", 2, scalar=lambda x: 2 * x)
    >>> double(4.0)
    8.0
    """
    card = Pointwise(name, partials, **facts)
    CARDS[name] = card
    return card
