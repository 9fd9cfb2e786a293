"""Implicit primitives: y is defined by an equation g(x, y) = 0.

Differentiating the equation gives a linear one for the tangent of y, so the card
is one line: dy as a linear expression of dx. The reverse rule is the transpose
of that expression, found by walking its graph backwards, never written down.
"""

from .errors import NoRule
from .graph import Graph, as_node, variable
from .primitive import Parts, Primitive, items, shape_of
from .walk import evaluate, pull

IMPLICIT = {}


class Implicit(Primitive):
    """A card for an equation's solution. See `implicit` for the fields."""

    __slots__ = ("_graphs", "_shape", "_value", "arity", "name", "outputs", "tangent")

    def __init__(self, name, value, shape, tangent, arity=1, outputs=1):
        self.name = name
        self._value = value
        self._shape = shape
        self.tangent = tangent
        self.arity = arity
        self.outputs = outputs
        self._graphs = {}

    def value(self, *args):
        return self._value(*args)

    def shape(self, *shapes):
        return self._shape(*shapes)

    def linearised(self, shapes):
        """The graph of the tangent: inputs (outputs y, operands x, tangents dx), outputs dy."""
        if shapes not in self._graphs:
            made = self.shape(*shapes)
            ys = [variable("y", s) for s in (made if self.outputs > 1 else (made,))]
            xs = [variable("x", s) for s in shapes]
            dxs = [variable("dx", s) for s in shapes]
            y = ys[0] if self.outputs == 1 else tuple(ys)
            dy = self.tangent(y, tuple(xs), tuple(dxs))
            if dy is None:
                raise NoRule(f"{self.name} has no derivative rule")
            dys = dy if self.outputs > 1 else (dy,)
            graph = Graph((*ys, *xs, *dxs), [as_node(d) for d in dys])
            self._graphs[shapes] = graph
        return self._graphs[shapes]

    def _known(self, y, args, tangents):
        graph = self.linearised(tuple(shape_of(a) for a in args))
        ys = items(self, y) if self.outputs > 1 else (y,)
        filled = [_zeros_like(a) if t is None else t for a, t in zip(args, tangents, strict=True)]
        return graph, (*ys, *args, *filled)

    def push(self, y, args, tangents):
        graph, inputs = self._known(y, args, tangents)
        values = evaluate(graph, inputs)
        dys = [values[node] for node in graph.outputs]
        return Parts(dys) if self.outputs > 1 else dys[0]

    def pull(self, g, y, args, wanted):
        graph, inputs = self._known(y, args, (None,) * len(args))
        values = evaluate(graph, inputs)
        dxs = graph.inputs[-len(args) :]
        through = [dx for dx, want in zip(dxs, wanted, strict=True) if want]
        found = iter(pull(graph, values, g if self.outputs > 1 else (g,), through))
        return tuple(next(found) if want else None for want in wanted)

    def batch(self, args, batched):
        from .contraction import expand_to

        size = next(shape_of(a)[0] for a, b in zip(args, batched, strict=True) if b)
        return self(
            *(
                a if b else expand_to(a, (size, *shape_of(a)))
                for a, b in zip(args, batched, strict=True)
            )
        )


def _zeros_like(a):
    shape = shape_of(a)
    if not shape:
        return 0.0
    import numpy as np

    return np.zeros(shape)


def implicit(name, value, shape, tangent, arity=1, outputs=1):
    """A card for a primitive that solves an equation.

    `value` is the NumPy function on stacks of operands, `shape` gives the shape (or
    shapes) of the result, `tangent(y, xs, dxs)` is the solution of the
    linearised equation, written with primitives.
    """
    card = Implicit(name, value, shape, tangent, arity, outputs)
    IMPLICIT[name] = card
    return card
