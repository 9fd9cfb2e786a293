"""Implicit primitives: y is defined by an equation g(x, y) = 0.

Differentiating the equation gives a linear one for the tangent of y, so the card
is one line: dy as a linear expression of dx. The reverse rule is the transpose
of that expression, found by walking its graph backwards, never written down.
Solvers, which are linear in one operand, are where this ends: their card names
the transposed solver.
"""

from .choices import all_batched
from .errors import NoRule
from .graph import Constant, Graph, as_node, variable
from .primitive import Parts, Primitive, add_up, items, shape_of
from .structure import zeros
from .walk import evaluate, pull, reached_from

IMPLICIT = {}


class Implicit(Primitive):
    """A card for an equation's solution. See `implicit` for the fields."""

    __slots__ = (
        "_graphs",
        "_shape",
        "_value",
        "arity",
        "breaks",
        "example",
        "linear_in",
        "name",
        "outputs",
        "tangent",
        "transposed",
    )

    def __init__(self, name, value, shape, tangent, arity=1, outputs=1, **facts):
        self.name = name
        self._value = value
        self._shape = shape
        self.tangent = tangent
        self.arity = arity
        self.outputs = outputs
        self.linear_in, self.transposed = facts.pop("linear", (None, None))
        self.breaks = facts.pop("breaks", None)
        self.example = facts.pop("example", None)
        self._graphs = {}
        if facts:
            raise TypeError(f"unknown facts on the card of {name}: {', '.join(facts)}")

    def value(self, *args):
        return self._value(*args)

    def shape(self, *shapes):
        return self._shape(*shapes)

    def linearised(self, shapes):
        """The graph of the tangent: inputs (outputs y, operands x, tangents dx), outputs dy.

        The tangent of the operand in which the primitive is linear does not occur.
        """
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
            graph = Graph(
                (*ys, *xs, *dxs),
                [as_node(zeros(v.shape) if d is None else d) for v, d in zip(ys, dys, strict=True)],
            )
            self._graphs[shapes] = graph
        return self._graphs[shapes]

    def _known(self, y, args, tangents):
        graph = self.linearised(tuple(shape_of(a) for a in args))
        ys = items(self, y) if self.outputs > 1 else (y,)
        filled = (
            zeros(shape_of(a)) if t is None else t for a, t in zip(args, tangents, strict=True)
        )
        return graph, (*ys, *args, *filled)

    def push(self, y, args, tangents):
        k = self.linear_in
        straight = None
        if k is not None:
            if tangents[k] is not None:
                straight = self(*args[:k], tangents[k], *args[k + 1 :])
            if all(t is None for i, t in enumerate(tangents) if i != k):
                return straight
        graph, inputs = self._known(y, args, tangents)
        values = evaluate(graph, inputs)
        dys = [values[node] for node in graph.outputs]
        return Parts(dys) if self.outputs > 1 else add_up(dys[0], straight)

    def pull(self, g, y, args, wanted):
        k = self.linear_in
        found = [None] * len(args)
        if k is not None and wanted[k]:
            found[k] = self.transposed(g, args)
        through = [i for i, want in enumerate(wanted) if want and i != k]
        if through:
            graph, inputs = self._known(y, args, (None,) * len(args))
            dxs = graph.inputs[-len(args) :]
            values = _at_rest(graph, inputs, dxs)
            seeds = g if self.outputs > 1 else (g,)
            shares = pull(graph, values, seeds, [dxs[i] for i in through])
            for i, share in zip(through, shares, strict=True):
                found[i] = share
        return tuple(found)

    def batch(self, args, batched):
        return self(*all_batched(args, batched))


def _at_rest(graph, inputs, dxs):
    """The value of every node where the tangents dx are zero: what depends on them is zero, too."""
    moving = reached_from(graph, dxs)
    values = dict(zip(graph.inputs, inputs, strict=True))
    for node in graph.nodes:
        if type(node.op) is Constant:
            values[node] = node.op.value
        elif node.args:
            still = node not in moving or node.op.outputs > 1
            values[node] = node.op(*[values[a] for a in node.args]) if still else zeros(node.shape)
    return values


def implicit(name, value, shape, tangent, arity=1, outputs=1, **facts):
    """A card for a primitive that solves an equation.

    `value` is the NumPy function on stacks of operands, `shape` gives the shape (or
    shapes) of the result, `tangent(y, xs, dxs)` is the solution of the linearised
    equation, written with primitives; for a primitive with several outputs a tuple,
    where None is zero.

    linear    `(k, transposed)` for a primitive that is linear in operand k, given the
              others: `transposed(g, xs)` is the transposed map; `tangent` is then only
              about the other operands
    breaks    a function of the operands whose zeros are where the result has no derivative
    example   a function of a random generator that gives operands, for the tests
    """
    card = Implicit(name, value, shape, tangent, arity, outputs, **facts)
    IMPLICIT[name] = card
    return card
