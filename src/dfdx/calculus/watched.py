"""A search inside another derivative: its steps are plain, its answer is a function of what it was given.

A solver compares and branches at every step; none of that belongs to the derivative of its answer.
So it works on plain numbers, and what the traces around it noted meanwhile is forgotten. At the answer the
equation that it solves is traced once, and the implicit function theorem says how the answer moves.
"""

from contextlib import contextmanager

import numpy as np

from ..capture.calls import follow
from ..capture.known.scipy.callbacks import Callback
from ..capture.known.scipy.minima import active_constraint, as_it_is, minimum, reached_bounds
from ..capture.known.scipy.roots import implicit
from ..capture.known.scipy.tools import logged
from ..capture.numpy_protocol.plain import plain_of
from ..capture.trace import output_leaves
from ..capture.traced import open_tapes
from ..errors import NotTraceable
from ..graph import Operand
from ..primitive import shape_of
from ..structure import Concatenate, reshape, take
from ..trees import alone, flatten


def watched():
    """True when an outer derivative is watching."""
    return bool(open_tapes())


@contextmanager
def unnoticed():
    """Whatever the open tapes note meanwhile, of edges and comparisons, is forgotten."""
    marks = [(t, len(t.edges), len(t.guards), len(t.notes)) for t in open_tapes()]
    try:
        yield
    finally:
        for t, edges, guards, notes in marks:
            del t.edges[edges:], t.guards[guards:], t.notes[notes:]


def plainly(x):
    """x with every traced number in its structure replaced by the plain one."""
    leaves, rebuild = flatten(x, alone)
    if not any(isinstance(leaf, Operand) for leaf in leaves):
        return x
    return rebuild([plain_of(leaf) if isinstance(leaf, Operand) else leaf for leaf in leaves])


def moving_root(flat, vector):
    """The root as a vector that moves with what an outer derivative watches, else None."""
    callback = _callback(flat, all_numbers)
    return _answer(callback, lambda: implicit(callback, vector, _same_size))


def moving_minimum(flat, vector, objective=as_it_is, box=None, constraints=(), pick=None):
    """The minimum as a vector that moves with what an outer derivative watches, and f there; else None.

    Bounds that are reached and constraints `(flat, low, high)` that are active hold it.
    """
    callback = _callback(flat, pick)
    others = [(_callback(c, all_numbers), low, high) for c, low, high in constraints]

    def found():
        held = [] if box is None else reached_bounds(vector, *box)
        held += [h for c in others if (h := active_constraint(c[0], vector, *c[1:]))]
        return minimum(callback, vector, objective, held)

    return _answer(callback, found, [c for c, *_ in others])


def _answer(callback, found, others=()):
    tapes = set(open_tapes())
    with logged(tapes):
        answer = found()
        return answer if any(c.operands for c in (callback, *others)) else None


def _same_size(graph):
    (g,) = graph.outputs
    if g.shape != graph.inputs[0].shape:
        raise NotTraceable("as many equations as unknowns are needed")
    return graph


def _callback(flat, pick):
    """f of a vector, with what is held fixed as it was given: traced where it was traced."""

    def f(vector):
        leaves = [
            reshape(take(vector, slice(int(a), int(b))), shape) if shape else take(vector, int(a))
            for a, b, shape in zip(flat.ends[:-1], flat.ends[1:], flat.shapes, strict=True)
        ]
        return followed(flat.given, leaves)

    return Callback(f, pick=pick)


def followed(call, leaves):
    """The value of a call at other leaves; what it calls is followed by the trace around it."""
    args = list(call.args)
    for k, argument in zip(call.wrt, call.rebuild(leaves), strict=True):
        args[k] = argument
    return follow(call.f)(*args, **call.named)


def all_numbers(y):
    """All numbers of a structure as one vector."""
    leaves, _ = output_leaves(all_numbers, y)
    parts = [reshape(x, (int(np.prod(shape_of(x))),)) for x in map(_operand, leaves)]
    return parts[0] if len(parts) == 1 else Concatenate(0)(*parts)


def _operand(x):
    return x if isinstance(x, Operand) else np.asarray(x, dtype=float)
