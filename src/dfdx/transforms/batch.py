"""Batch: the graph of a function becomes the graph of the function on many points at once."""

from ..contraction import expand_to
from ..graph import Constant, Graph, Variable, variable


def batch(graph, size, batched=None):
    """The graph that maps over a new leading axis of the inputs marked in `batched` (default: all).

    Every output carries the axis, also one that does not depend on a batched input.
    """
    flags = [True] * len(graph.inputs) if batched is None else batched
    new, mapped = {}, {}
    for x, on in zip(graph.inputs, flags, strict=True):
        new[x] = variable(x.op.name, (size, *x.shape)) if on else x
        mapped[x] = on
    for node in graph.nodes:
        if type(node.op) is Constant:
            new[node], mapped[node] = node, False
        elif type(node.op) is not Variable:
            args = [new[a] for a in node.args]
            on = [mapped[a] for a in node.args]
            mapped[node] = any(on)
            new[node] = node.op.batch(args, on) if any(on) else node
    outputs = [new[y] if mapped[y] else expand_to(new[y], (size, *y.shape)) for y in graph.outputs]
    return Graph([new[x] for x in graph.inputs], outputs)
