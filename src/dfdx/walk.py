"""Walking a graph: forward with values, forward with tangents, backward with cotangents.

The operands may be numbers (then numbers come back), traced values (then the walk
is recorded) or nodes (then it builds graph). Always a loop, never recursion.
"""

from . import rules as rules  # gives nodes and traced values their operators
from .graph import Constant, Variable
from .primitive import add_up


def run(graph, *inputs):
    """The outputs of the graph for the given inputs, as a list."""
    values = evaluate(graph, inputs)
    return [values[node] for node in graph.outputs]


def evaluate(graph, inputs):
    """The value of every node, as a dict."""
    values = dict(zip(graph.inputs, inputs, strict=True))
    for node in graph.nodes:
        op = node.op
        if type(op) is Constant:
            values[node] = op.value
        elif type(op) is not Variable:
            values[node] = op(*[values[a] for a in node.args])
    return values


def push(graph, values, tangents):
    """The tangents of the outputs, given those of the inputs (None for zero)."""
    moved = dict(zip(graph.inputs, tangents, strict=True))
    for node in graph.nodes:
        if not node.args:
            moved.setdefault(node, None)
            continue
        dxs = [moved[a] for a in node.args]
        if all(dx is None for dx in dxs):
            moved[node] = None
        else:
            moved[node] = node.op.push(values[node], [values[a] for a in node.args], dxs)
    return [moved[node] for node in graph.outputs]


def pull(graph, values, cotangents, wanted=None):
    """The cotangents of the inputs, given those of the outputs; only through `wanted` inputs."""
    inputs = graph.inputs if wanted is None else wanted
    active = reached_from(graph, inputs)
    adjoint = {}
    for node, g in zip(graph.outputs, cotangents, strict=True):
        if g is not None:
            adjoint[node] = add_up(adjoint.get(node), g)
    for node in reversed(graph.nodes):
        if not node.args or node not in active:
            continue
        g = adjoint.pop(node, None)
        if g is None:
            continue
        wants = [a in active for a in node.args]
        shares = node.op.pull(g, values[node], [values[a] for a in node.args], wants)
        for a, share in zip(node.args, shares, strict=True):
            if share is not None:
                adjoint[a] = add_up(adjoint.get(a), share)
    return [adjoint.get(x) for x in inputs]


def reached_from(graph, inputs):
    """The set of nodes that depend on the given inputs."""
    active = set(inputs)
    for node in graph.nodes:
        if any(a in active for a in node.args):
            active.add(node)
    return active
