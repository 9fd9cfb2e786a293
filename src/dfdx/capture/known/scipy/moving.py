"""Integrals whose integrand changes its branch at a place that moves: one integral on either side.

The place c is where the two sides of a comparison are equal, a(t, q) = b(t, q): a root, and so a
function of what the comparison reaches. With c as a bound Leibniz's rule has the jump's share.
"""

from itertools import pairwise

import numpy as np

from ....errors import NotTraceable
from ....graph import Graph, as_node
from ....rules.quadrature import Integral, Pointed
from ....rules.solvers import solution
from ....walk import evaluate
from ...traced import plain
from .callbacks import inputs_of


def split(callback, pieces, samples, breaks, bounds, own, settings):
    """The sum of the integrals between the bounds and the breaks, traced."""
    if settings.get("weight") is not None:
        raise NotTraceable("scipy.integrate.quad: with weight= no branch may move")
    numbers = callback.numbers
    ends = [bounds[0], *(_place(callback, pieces, near, numbers) for near in breaks), bounds[1]]
    known = [float(plain(e)) for e in ends]
    if known[0] > known[-1]:
        ends[1:-1], known[1:-1] = ends[-2:0:-1], known[-2:0:-1]
    total = 0.0
    for (low, high), (p, q) in zip(pairwise(ends), pairwise(known), strict=True):
        inside = [t for t in samples if min(p, q) < t < max(p, q)]
        nodes = {id(n): n for n in (pieces.at((t,), numbers) for t in inside)}
        if len(nodes) != 1:
            raise NotTraceable("scipy.integrate.quad: the integrand has more branches than here")
        (node,) = nodes.values()
        f = Pointed(inputs_of(callback), lambda t, *rest, node=node: node, own, (), numbers)
        here = dict(settings)
        here.pop("points", None)
        total = total + Integral(f, here)(low, high, *callback.operands)
    return total


def _place(callback, pieces, near, numbers):
    """The break between two neighbouring floats as a function of the operands."""
    left, right = near
    here = next(p for p, _ in pieces.variants if p.output is pieces.at((left,), numbers))
    inputs = inputs_of(callback)
    sides = [as_node(s) for _, a, b, _ in here.guards for s in (a, b)]
    values = evaluate(Graph(inputs, sides), (right, *numbers))
    for k, (card, _, _, outcome) in enumerate(here.guards):
        a, b = sides[2 * k : 2 * k + 2]
        if bool(card.value(values[a], values[b])) != bool(outcome):
            gap = Graph(inputs, [as_node(a - b)])
            op, found = solution(gap, (left + right) / 2, numbers)
            if not np.isclose(found, left, rtol=1e-9, atol=1e-12):
                break
            return op(*callback.operands)
    raise NotTraceable(
        f"the integrand jumps near {left:g}, at a place that moves with what is differentiated; "
        "split the integral there"
    )
