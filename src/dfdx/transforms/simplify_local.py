"""Simplifying a very large graph: only what an operation shows by itself.

x + 0, x · 1, x · 0, −(−x), x¹ and operations on numbers; each node is looked at once.
"""

from ..graph import Constant, Graph, Node, Variable, constant, is_constant
from ..numbers import Known
from ..pointwise import Pointwise

FOLDED = frozenset(("add", "subtract", "multiply", "negative"))


def simplify_locally(graph):
    """The graph with trivial operations left out.

    >>> from dfdx.graph import variable
    >>> x = variable("x")
    >>> simplify_locally(Graph([x], [-(-(x * 1 + 0))])).outputs
    (x,)
    """
    new = {}
    for node in graph.nodes:
        op = node.op
        if type(op) in (Constant, Variable):
            new[node] = node
            continue
        args = [new[a] for a in node.args]
        found = _smaller(op, args) if isinstance(op, Pointwise) else None
        if found is None or found.shape != node.shape:
            found = Node(op, tuple(args), node.shape)
        new[node] = found
    return Graph(graph.inputs, [new[y] for y in graph.outputs])


def _smaller(op, args):
    """A smaller node for op(args), or None."""
    name = op.name
    numbers = [_number(a) for a in args]
    if name in FOLDED and None not in numbers:
        return constant(float(op(*numbers)))
    if name == "negative":
        inner = args[0]
        return inner.args[0] if getattr(inner.op, "name", "") == "negative" else None
    if name == "positive":
        return args[0]
    if len(args) != 2:
        return None
    (a, b), (x, y) = args, numbers
    if name == "add":
        return a if y == 0 else b if x == 0 else None
    if name == "subtract":
        return a if y == 0 else None
    if name == "multiply":
        return a if y == 1 or x == 0 else b if x == 1 or y == 0 else None
    if name in ("divide", "power"):
        return a if y == 1 else None
    return None


def _number(node):
    """The plain number that a node carries, or None."""
    if not is_constant(node) or isinstance(node.op.value, Known):
        return None
    return node.op.value if type(node.op.value) in (float, int) else None
