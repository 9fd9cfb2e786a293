"""The formula at a general point: without the guard that keeps ln from 0 in a power.

The derivative of u^v by v is u^v ln u, and 0 where u^v is 0; the card says both. A
textbook shows the first, so it is shown without the second.
"""

from ..graph import Constant, Graph, Node, Variable, as_node, is_constant
from ..rules.choice import choose, equal
from ..rules.elementary import log


def general(graph):
    """The graph without the cases that only guard a logarithm.

    >>> from dfdx.graph import variable
    >>> from dfdx.readings.formula import text
    >>> from dfdx.transforms.tangent import slope
    >>> x = variable("x")
    >>> text(general(slope(Graph([x], [2**x]))), "ascii").count("choose")
    0
    """
    guarded = {node.args[0].args[0] for node in graph.nodes if _guards_logarithm(node)}
    if not guarded:
        return graph
    new = {}
    for node in graph.nodes:
        if type(node.op) is Constant or type(node.op) is Variable:
            new[node] = node
        elif node.op is choose and node.args[0] in guarded:
            new[node] = new[node.args[2]]
        else:
            new[node] = as_node(node.op(*(new[a] for a in node.args)))
    return Graph(graph.inputs, [new[y] for y in graph.outputs])


def _guards_logarithm(node):
    """True for ln of choose(… = 0, 1, u)."""
    if node.op is not log or node.args[0].op is not choose:
        return False
    condition, one, _ = node.args[0].args
    return condition.op is equal and _is(condition.args[1], 0) and _is(one, 1)


def _is(node, number):
    return type(node) is Node and is_constant(node) and not node.shape and node.op.value == number
