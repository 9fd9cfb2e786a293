"""Minima under capture: the answer by SciPy, its derivative from "the gradient is zero".

At the answer the objective is traced once; its gradient, a graph, is the equation that the
minimum solves. What holds the minimum (bounds that are reached, constraints that are active)
joins the equations with a multiplier.
"""

import numpy as np

from ....contraction import contraction
from ....errors import NotTraceable
from ....graph import Graph, Operand, variable
from ....rules.arithmetic import divide
from ....rules.choice import choose, less_equal
from ....rules.elementary import atan, log1p, sqrt
from ....rules.solvers import gradient_of, half_square, multipliers, solution, stationary
from ....structure import reshape, take
from ....walk import run
from ...traced import plain
from .roots import moved_to


def as_it_is(graph):
    """The objective is the output itself: one number."""
    (y,) = graph.outputs
    if np.prod(y.shape) != 1:
        raise NotTraceable("the objective must return one number")
    return Graph(graph.inputs, [reshape(y, ())])


def loss(name="linear", scale=1.0):
    """The objective of least squares: ½ C² Σ ρ(r²/C²), as scipy.optimize.least_squares has it."""
    if name == "linear":
        return half_square
    if name not in _LOSSES:
        raise NotTraceable(f"the loss {name!r} is not followed; use one that SciPy knows by name")

    def objective(graph):
        squares = (graph.outputs[0] / scale) ** 2
        total = contraction("i->")(reshape(_LOSSES[name](squares), (int(np.prod(squares.shape)),)))
        return Graph(graph.inputs, [0.5 * scale * scale * total])

    return objective


_LOSSES = {
    "soft_l1": lambda z: 2.0 * (sqrt(1.0 + z) - 1.0),
    "huber": lambda z: choose(less_equal(z, 1.0), z, 2.0 * sqrt(z) - 1.0),
    "cauchy": log1p,
    "arctan": atan,
}


class Held:
    """Something that holds a minimum: a graph that is zero there, its operands, its multipliers' sign.

    The sign is 1 for what may only grow (x ≥ low), −1 for what may only shrink, 0 for equations.
    """

    def __init__(self, graph, operands, signs):
        self.graph = graph
        self.operands = operands
        self.signs = signs


def minimum(callback, x, objective=as_it_is, held=()):
    """`(x, value)` at a minimum: the plain answer x and the objective there, traced."""
    x = np.array(x, dtype=float) if np.ndim(x) else float(x)
    piece = callback.piece(x)
    if piece.edges:
        raise NotTraceable(
            f"the function stands on a break of {piece.edges[0].name} at its minimum"
        )
    graph = objective(piece.graph())
    only_here = bool(piece.guards or piece.noted)
    if held:
        y, found = _held_minimum(graph, callback, x, held, only_here)
    else:
        op, found = solution(gradient_of(graph), x, callback.numbers, only_here)
        y = op(*callback.operands)
    return moved_to(y, found, x), run(graph, y, *callback.operands)[0]


def _held_minimum(graph, callback, x, held, only_here):
    numbers = [callback.numbers, *([plain(q) for q in h.operands] for h in held)]
    graphs = [h.graph for h in held]
    start = multipliers(graph, graphs, x, numbers)
    signs = np.concatenate([h.signs for h in held])
    flat = [q for part in numbers for q in part]
    op, found = solution(
        stationary(graph, graphs), np.concatenate([np.ravel(x), start]), flat, only_here
    )
    weights = found[np.size(x) :]
    level = np.max(np.abs(weights), initial=0.0)
    if np.any((signs != 0) & (weights * signs <= 1e-9 * level)) or (level == 0 and np.any(signs)):
        raise NotTraceable(
            "the minimum only just touches a bound or constraint: it has a kink there"
        )
    whole = op(*callback.operands, *(q for h in held for q in h.operands))
    n, shape = np.size(x), np.shape(x)
    return reshape(take(whole, slice(0, n)), shape), np.reshape(found[:n], shape)


def reached_bounds(x, low, high, near=1e-9):
    """The bounds that the vector x has reached, as what holds it there; traced bounds are operands."""
    found = []
    for bound, sign in ((low, 1.0), (high, -1.0)):
        numbers = np.broadcast_to(np.asarray(plain(bound), dtype=float), np.shape(x))
        size = np.where(np.isfinite(numbers), np.maximum(1.0, np.abs(numbers)), -1.0)
        at = np.flatnonzero(np.abs(x - numbers) <= near * size)
        if not at.size:
            continue
        c = variable("c", (at.size,))
        point = variable("x", np.shape(x))
        graph = Graph((point, c), [take(point, at) - c])
        value = numbers[at]
        if isinstance(bound, Operand):
            value = take(bound, at) if bound.shape else bound + np.zeros(at.size)
        found.append(Held(graph, [value], np.full(at.size, sign)))
    return found


def active_constraint(callback, x, low, high, near=1e-6):
    """The components of a constraint low ≤ c(x) ≤ high that are active at x, or None."""
    piece = callback.piece(x)
    graph = piece.graph()
    (c,) = graph.outputs
    size = int(np.prod(c.shape))
    vector = reshape(c, (size,))
    (values,) = run(Graph(graph.inputs, [vector]), x, *callback.numbers)
    low, high = (np.broadcast_to(np.asarray(b, dtype=float), (size,)) for b in (low, high))
    equal = low == high
    with np.errstate(invalid="ignore"):
        scale = np.maximum(1.0, np.abs(values))
        below = ~equal & (np.abs(values - low) <= near * scale)
        above = ~equal & (np.abs(values - high) <= near * scale)
    at = np.flatnonzero(equal | below | above)
    if not at.size:
        return None
    if piece.guards or piece.noted or piece.edges:
        raise NotTraceable("a constraint that branches is not followed at its boundary")
    target = np.where(above, high, low)[at]
    signs = np.where(equal, 0.0, np.where(above, -1.0, 1.0))[at]
    return Held(Graph(graph.inputs, [take(vector, at) - target]), callback.operands, signs)


def covariance(graph, y, operands, scaled):
    """(JᵀJ)⁻¹ of residuals at y, times their mean square where `scaled`."""
    from ....graph import as_node
    from ....rules.linalg import inv
    from ....rules.quadrature import partial

    (r,) = graph.outputs
    m, n = int(np.prod(r.shape)), graph.inputs[0].shape[0]
    flat = Graph(graph.inputs, [reshape(r, (m,))])
    slopes = Graph(flat.inputs, [as_node(partial(flat, 0, (m,)))])
    (j,) = run(slopes, y, *operands)
    cov = inv(contraction("ki,kj->ij")(j, j))
    if not scaled:
        return cov
    (r,) = run(flat, y, *operands)
    return cov * divide(contraction("i,i->")(r, r), float(m - n))
