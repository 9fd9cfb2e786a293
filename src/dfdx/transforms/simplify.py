"""Simplify: the formula that a person would write for the same function.

The graph is read into an algebra where like terms and like factors meet by
themselves, and written back in the order of mathematics, in the shortest of the
forms that suggest themselves. The result is for reading: its value is the same
wherever the original has one, but roundings may differ (1 − x² for (1 − x)(1 + x)).
"""

from ..graph import Constant, Graph, Variable
from ..numbers import Known
from ..pointwise import Pointwise
from ..rules import elementary
from .simplify_algebra import Algebra
from .simplify_functions import applied
from .simplify_local import simplify_locally
from .simplify_numbers import ONE, TWO, Exact, exact
from .simplify_tables import EXPONENTIALS, KNOWN
from .simplify_terms import Number
from .simplify_write import Writing, expanded

LARGE = 10_000  # nodes; beyond that only what each operation shows by itself is simplified
ROOM = 20  # nodes that a small graph may take more than before
SUMS = frozenset(("add", "subtract", "negative"))
PRODUCTS = frozenset(("multiply", "divide", "reciprocal"))


def simplify(graph, guards=True):
    """A graph with the same inputs and values whose formulas are short and in the usual order.

    Like terms and factors are collected, numbers computed exactly (1/2 stays a
    fraction, 0.5 a decimal), e^x · e^-x, ln e^x, √x², sin² + cos² and their like
    resolved, sums put over one denominator or factored where that is shorter.

    Cards guard a value at a single point (x^y ln x is 0 at x = 0) by a choice.
    `guards=False` writes the formula without these, as textbooks do: for reading only.

    >>> from dfdx.graph import variable
    >>> x = variable("x")
    >>> twice = simplify(Graph([x], [x * 2 * x / 2 + x**2 + 0]))
    >>> twice.nodes
    (2.0, x, power(x, 2.0), multiply(2.0, ·))
    """
    if len(graph) > LARGE:
        return simplify_locally(graph)
    found = _simplified(graph, guards)
    # a graph that shares much may grow when its parts are spread out
    return found if len(found) <= 2 * len(graph) + ROOM else simplify_locally(graph)


def _simplified(graph, guards):
    algebra = Algebra()
    reader = _Reader(algebra, graph, guards)
    terms = [reader.terms[y] for y in graph.outputs]
    nodes = Writing(algebra).write(terms)
    outputs = [expanded(node, y.shape) for node, y in zip(nodes, graph.outputs, strict=True)]
    return Graph(graph.inputs, outputs)


class _Reader:
    """The expressions of the nodes of a graph, in `terms`.

    A chain of sums (or of products) whose links nobody else uses is read as one,
    so that long chains take linear time.
    """

    def __init__(self, algebra, graph, guards):
        self.algebra = algebra
        self.guards = guards
        self.terms = {}
        self.inside = _links(graph)
        for node in graph.nodes:
            if node not in self.inside:
                self.terms[node] = self.term(node)

    def term(self, node):
        op = node.op
        if type(op) is Constant:
            return self.constant(node)
        if type(op) is Variable:
            return self.algebra.atom(node)
        if not isinstance(op, Pointwise):
            args = tuple(self.terms[a] for a in node.args)
            return self.algebra.call(op, args, tuple(a.shape for a in node.args))
        if op.name in SUMS:
            return self.algebra.add(self.parts_of_sum(node))
        if op.name in PRODUCTS:
            return self.algebra.multiply(self.parts_of_product(node))
        return self.function(op, [self.terms[a] for a in node.args])

    def constant(self, node):
        value = exact(node.op.value)
        if value is not None:
            return self.algebra.number(value)
        known = isinstance(node.op.value, Known) and KNOWN.get(node.op.value.text)
        if not known:
            return self.algebra.atom(node)
        p, q, exponent, log = known
        parts = []
        if exponent is not None:
            exponent = self.algebra.number(Exact(*exponent))
            parts.append(self.algebra.power(self.algebra.pi, exponent))
        if log is not None:
            parts.append(self.algebra.call(elementary.log, (self.algebra.number(Exact(log)),)))
        return self.algebra.multiply(parts, Exact(p, q))

    def parts_of_sum(self, node):
        """The terms of a chain of sums, with their signs."""
        parts, stack = [], [(node, ONE, True)]
        while stack:
            x, sign, top = stack.pop()
            if not top and x not in self.inside:
                parts.append((self.terms[x], sign))
            elif x.op.name == "negative":
                stack.append((x.args[0], -sign, False))
            else:
                a, b = x.args
                stack.append((b, sign if x.op.name == "add" else -sign, False))
                stack.append((a, sign, False))
        return parts

    def parts_of_product(self, node):
        """The factors of a chain of products and quotients."""
        parts, stack = [], [(node, 1, True)]
        minus = self.algebra.minus_one
        while stack:
            x, sign, top = stack.pop()
            if not top and x not in self.inside:
                factor = self.terms[x]
                parts.append(factor if sign > 0 else self.algebra.power(factor, minus))
            elif x.op.name == "reciprocal":
                stack.append((x.args[0], -sign, False))
            else:
                a, b = x.args
                stack.append((b, sign if x.op.name == "multiply" else -sign, False))
                stack.append((a, sign, False))
        return parts

    def function(self, op, args):
        """A card that is no sum or product."""
        algebra, name = self.algebra, op.name
        if name == "power":
            return algebra.power(*args)
        if name == "square":
            return algebra.power(args[0], algebra.number(TWO))
        if name == "sqrt":
            return algebra.power(args[0], algebra.half)
        if name == "exp":
            return algebra.power(algebra.e, args[0])
        if name in EXPONENTIALS:
            return algebra.power(algebra.number(Exact(EXPONENTIALS[name])), args[0])
        if name == "positive":
            return args[0]
        if name == "absolute":
            return algebra.absolute(args[0])
        if name == "hypot" and any(type(a) is Number for a in args):
            squares = [(algebra.multiply([a, a]), ONE) for a in reversed(args)]
            return algebra.power(algebra.add(squares), algebra.half)
        return applied(algebra, op, args, self.guards)


def _links(graph):
    """The nodes inside a chain of sums or of products: used once, by a node of their kind."""
    users = dict.fromkeys(graph.nodes, 0)
    for node in graph.nodes:
        for a in node.args:
            users[a] += 1
    for y in graph.outputs:
        users[y] += 1
    inside = set()
    for node in graph.nodes:
        for kind in (SUMS, PRODUCTS):
            if _is(node, kind):
                inside.update(a for a in node.args if users[a] == 1 and _is(a, kind))
    return inside


def _is(node, kind):
    return isinstance(node.op, Pointwise) and node.op.name in kind
