"""A gradient that was traced once, as straight-line Python, for the many points of a search.

A trace says what was done, at one point. Where nothing in it was decided by numbers and nothing can break,
the same is done at every point, and the graph of the gradient, written as lines of NumPy, needs no trace.
It is believed only as far as it is confirmed: f is called plainly at every point, as its author wrote it,
and where the plan's value is not f's value (f changed, or reads what changed), it is traced again.
"""

from math import isfinite
from operator import itemgetter

import numpy as np

from ..capture.replay import graph_of
from ..contraction import Contraction
from ..graph import Constant, Graph, Variable
from ..implicit import Implicit
from ..indexing import is_basic
from ..pointwise import Pointwise
from ..primitive import Item
from ..structure import Concatenate, Linear, Put, Scatter, Take
from ..transforms.adjoint import gradient
from ..ufuncs import find

_CLOSE = 1e-10
_LONGEST = 5000  # nodes; more make Python's compiler slow
# cards that break only where their slopes are not finite: then the trace is asked
_SMOOTH_INSIDE = frozenset(
    ("divide", "reciprocal", "power", "log", "log2", "log10", "log1p", "sqrt", "cbrt", "tan", "asin",
     "acos", "acosh", "atanh", "hypot")
)  # fmt: skip


def plan(t):
    """`run(leaves) -> (value, gradient leaves)` from the trace of a number, or None where it may not be."""
    tape = t.tape
    decided = (
        tape.edges or tape.guards or tape.notes or tape.rounded or tape.sampled or tape.suspect
    )
    if decided or t.nested or len(t.outputs) != 1 or len(tape.nodes) > _LONGEST:
        return None
    graph = graph_of(tape, t.inputs, t.outputs)
    if not all(_is_smooth(node.op) for node in graph.nodes):
        return None
    slopes = gradient(graph)
    whole = Graph(graph.inputs, [*graph.outputs, *slopes.outputs])
    if len(whole.nodes) > _LONGEST:
        return None
    return _written(whole)


def agrees(planned, value):
    """True where the value of a plan is the value of f, but for rounding."""
    return isfinite(planned) and abs(planned - value) <= _CLOSE * abs(value)


def _is_smooth(op):
    if isinstance(op, Pointwise):
        return op.breaks is None or op.name in _SMOOTH_INSIDE
    if isinstance(op, Implicit):
        return op.breaks is None
    return isinstance(op, (Constant, Variable, Contraction, Item, Linear, Put, Concatenate))


def _written(graph):
    """The graph as a Python function of the list of its inputs."""
    names, known, lines = {}, {}, []
    for k, node in enumerate(graph.inputs):
        names[node] = f"x{k}"
    for k, node in enumerate(graph.nodes):
        if node in names:
            continue
        name = names[node] = f"v{k}"
        if type(node.op) is Constant:
            known[name] = node.op.value
            continue
        known[f"f{k}"] = _function(node)
        lines.append(f"    {name} = f{k}({', '.join(names[a] for a in node.args)})")
    first = ", ".join(names[x] for x in graph.inputs)
    value, *slopes = (names[y] for y in graph.outputs)
    text = "\n".join(
        [
            "def run(leaves):",
            f"    ({first},) = leaves",
            *lines,
            f"    return {value}, [{', '.join(slopes)}]",
        ]
    )
    exec(compile(text, "<plan of a gradient>", "exec"), known)
    return known["run"]


def _function(node):
    """What computes a node's value, as directly as its operands allow."""
    op = node.op
    if isinstance(op, Pointwise):
        return find(op) if node.shape else op.value
    if type(op) is Take and node.shape and is_basic(op.index):
        return itemgetter(op.index)
    if type(op) is Scatter and node.shape and is_basic(op.index):
        return _scatter(op.index, op.target)
    return op.value


def _scatter(index, target):
    def scatter(x):
        out = np.zeros(target)
        out[index] = x
        return out

    return scatter
