"""Reverse: the graph of a function becomes the graph of its gradient."""

from ..graph import Graph, as_node, constant, variable
from ..walk import pull
from .tangent import symbols, zeros


def adjoint(graph):
    """The graph (inputs, cotangents of outputs) -> cotangents of inputs."""
    seeds = [variable(f"bar{k}", y.shape) for k, y in enumerate(graph.outputs)]
    return Graph((*graph.inputs, *seeds), _gradients(graph, seeds))


def gradient(graph):
    """The graph of all partial derivatives of the one scalar output.

    >>> from dfdx.walk import run
    >>> x, z = variable("x"), variable("z")
    >>> run(gradient(Graph([x, z], [2 * z**3 * x**2])), 1.0, 2.0)
    [32.0, 24.0]
    """
    return Graph(graph.inputs, _gradients(graph, [constant(1)]))


def _gradients(graph, seeds):
    shares = pull(graph, symbols(graph), seeds)
    return [
        zeros(x.shape) if g is None else as_node(g)
        for x, g in zip(graph.inputs, shares, strict=True)
    ]
