"""The readings of a card that this directory measures: one function per reading.

Each takes a card, its operands (numbers or arrays of one shape) and the operand k
to differentiate in, and gives the slope at each point. A further reading (batch,
series, …) is one more function in `FIRST`: the tests and the report then walk it too.
"""

import numpy as np

from dfdx.capture.sweep import pull
from dfdx.capture.traced import Tape
from dfdx.graph import Graph, variable
from dfdx.readings.series import series
from dfdx.transforms.adjoint import adjoint
from dfdx.transforms.batch import batch
from dfdx.transforms.tangent import slope
from dfdx.walk import run


def ones(x):
    """1 in the shape of x."""
    return np.ones(np.shape(x)) if np.shape(x) else 1.0


def forward(card, args, k):
    """The tangent for a unit tangent of operand k."""
    y = card(*args)
    tangents = [ones(a) if j == k else None for j, a in enumerate(args)]
    dy = card.push(y, args, tangents)
    return 0.0 * ones(y) if dy is None else dy


def reverse(card, args, k):
    """The cotangent of operand k for a unit cotangent of the value, over a tape."""
    tape = Tape(ieee=True)
    moving = [tape.variable(a) if j == k else a for j, a in enumerate(args)]
    y = card(*moving)
    (g,) = pull(tape, [y], [ones(y.value)], [moving[k]])
    return 0.0 * ones(y.value) if g is None else g


def reverse_of_reverse(card, args, j, k):
    """The second derivative in operands k and then j: an outer tape records the inner sweep."""
    outer, inner = Tape(ieee=True), Tape(ieee=True)
    recorded = [outer.variable(a) if i in (j, k) else a for i, a in enumerate(args)]
    moving = [inner.variable(a) if i == k else a for i, a in enumerate(recorded)]
    unit, zero = ones(args[k]), 0.0 * ones(args[k])
    (g,) = pull(inner, [card(*moving)], [unit], [moving[k]])
    if not hasattr(g, "tape"):  # the slope is a constant
        return zero
    (h,) = pull(outer, [g], [unit], [recorded[j]])
    return zero if h is None else h


def graph_of(card):
    """The card as a graph of its own, with one scalar input per operand."""
    xs = [variable(f"x{k}") for k in range(card.arity)]
    return Graph(xs, [card(*xs)])


def tangent_graph(card, args, k):
    """The slope as a graph, run on the points."""
    return run(slope(graph_of(card), k), *args)[0] * ones(args[k])


def adjoint_graph(card, args, k):
    """The cotangent of operand k as a graph, the other operands being constants in it."""
    x = variable("x", np.shape(args[k]))
    graph = Graph([x], [card(*(x if j == k else a for j, a in enumerate(args)))])
    return run(adjoint(graph), args[k], ones(args[k]))[0]


def batched_graph(card, args, k):
    """The slope as a graph of many points at once."""
    if not np.shape(args[k]):
        args = [np.array([a]) for a in args]
        return run(batch(slope(graph_of(card), k), 1), *args)[0][0]
    return run(batch(slope(graph_of(card), k), len(args[k])), *args)[0]


def taylor(card, args, k):
    """The coefficient of t in the series along operand k."""
    if np.shape(args[k]):
        points = zip(*(a.tolist() for a in args), strict=True)
        return np.array([taylor(card, point, k) for point in points])
    along = [float(j == k) for j in range(card.arity)]
    return series(graph_of(card), args, 1, along)[0][1]


FIRST = {
    "forward": forward,
    "reverse": reverse,
    "tangent graph": tangent_graph,
    "adjoint graph": adjoint_graph,
    "batch": batched_graph,
    "series": taylor,
}
