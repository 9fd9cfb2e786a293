"""Forward: the graph of a function becomes the graph of its tangent.

Walking the graph with its nodes for values builds a new graph; the cards say what
the tangent of each primitive is.
"""

from ..graph import Graph, as_node, constant, variable
from ..walk import push


def tangent(graph):
    """The graph (inputs, tangents of inputs) -> (outputs, tangents of outputs)."""
    dxs = [variable(f"d{x.op.name}", x.shape) for x in graph.inputs]
    dys = push(graph, symbols(graph), dxs)
    return Graph((*graph.inputs, *dxs), [*graph.outputs, *_filled(dys, graph.outputs)])


def slope(graph, wrt=0):
    """The graph of the partial derivatives of the outputs with respect to one scalar input.

    >>> from dfdx.walk import run
    >>> x = variable("x")
    >>> run(slope(Graph([x], [x * x])), 3.0)
    [6.0]
    """
    tangents = [None] * len(graph.inputs)
    tangents[wrt] = constant(1)
    dys = push(graph, symbols(graph), tangents)
    return Graph(graph.inputs, _filled(dys, graph.outputs))


def symbols(graph):
    """Every node as its own value: constants too, so that 1/3 and ln 2 are not rounded on the way."""
    return {node: node for node in (*graph.inputs, *graph.nodes)}


def zeros(shape):
    """A node that is zero, of the given shape."""
    if not shape:
        return constant(0)
    import numpy as np

    return constant(np.zeros(shape))


def _filled(tangents, outputs):
    return [
        zeros(y.shape) if dy is None else as_node(dy)
        for dy, y in zip(tangents, outputs, strict=True)
    ]
