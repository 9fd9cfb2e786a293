"""The gradient of a loss as straight-line Python, for parameters and data that both change.

A trace of the loss in which the floats of a batch vary beside the parameters is a graph that serves every
batch of these shapes: only the parameters' share of its gradient is written down. What is not a float cannot
be traced; where an index or a constant of the graph is an array of the batch (or its one-hot rows), it is
read from each new batch. Elementwise choices (`maximum`, `where`, `abs`, a row's largest) are decided
anew at each point; where an element stands exactly on a break, `run` gives None and the trace is asked.

A plan may be wrong, for it has seen one batch: whoever uses it compares its value with a plain call, and its
gradient with a traced one.
"""

from zlib import crc32

import numpy as np

from ..capture.replay import graph_of
from ..capture.trace import Call
from ..choices import IsNumber, Level
from ..contraction import Contraction
from ..graph import Constant, Graph, Variable, as_node, constant
from ..pointwise import Pointwise
from ..primitive import Item
from ..rules.choice import equal, greater, greater_equal, less, less_equal, not_equal
from ..selection import Ordered, TakeAlong
from ..structure import Concatenate, Linear, Put
from ..transforms.tangent import zeros
from ..walk import pull
from .plan import _LONGEST, _SMOOTH_INSIDE
from .plan_lines import Lines

_ALLOWED = (
    Constant, Variable, Contraction, Item, Linear, Put, Concatenate, TakeAlong, IsNumber, Level,
)  # fmt: skip


_OPPOSITE = {
    "less": greater_equal, "less_equal": greater, "greater": less_equal, "greater_equal": less,
    "equal": not_equal, "not_equal": equal,
}  # fmt: skip


class BatchPlan:
    """`run(leaves, floats, others)` gives (value, gradient leaves), or None on a break.

    `mark` tells plans of different graphs apart.
    """

    __slots__ = ("mark", "run")

    def __init__(self, run, mark):
        self.run, self.mark = run, mark


class _Whole(Call):
    """The call of a loss in which the floats of the batch vary too."""

    __slots__ = ("build",)

    def _on(self, f, leaves):
        params, args, named = self.build(leaves)
        return f(params, *args, **named)


def batch_plan(loss, leaves, floats, others, build):
    """The plan from one trace at these parameters and this batch, or None where it may not be.

    `build(leaves of parameters and floats)` gives (params, args, named); `others` are the arrays of the
    batch that are no floats.
    """
    call = _Whole(loss, (*leaves, *floats), {}, tuple(range(len(leaves) + len(floats))))
    call.build = build
    try:
        return _of(call.trace(), len(leaves), others)
    except Exception:  # what stops a trace is told where the gradient is asked
        return None


def _of(t, count, others):
    tape = t.tape
    compared = [guard for guard in tape.guards if _is_elementwise(guard)]
    decided = (
        len(compared) < len(tape.guards)
        or tape.notes
        or tape.rounded
        or tape.sampled
        or tape.suspect
    )
    if decided or t.nested or len(t.outputs) != 1 or len(tape.nodes) > _LONGEST:
        return None
    sides = [side for _, x, y, _ in compared for side in (x, y)]
    graph = graph_of(tape, t.inputs, [*t.outputs, *sides])
    if compared:
        graph = _compared(graph, compared)
    tape.release()
    if graph.outputs[0].shape or not all(_is_known(node.op) for node in graph.nodes):
        return None
    return _written(graph, count, others)


def _is_elementwise(guard):
    """True for a comparison of arrays: its outcome is a mask, found again among the constants."""
    return isinstance(guard[3], np.ndarray) and guard[3].ndim > 0


def _compared(graph, guards):
    """The graph of the first output with the comparisons, whose sides are the others, in place of masks."""
    value, *sides = graph.outputs
    masks = [
        (np.asarray(outcome), card, sides[2 * k], sides[2 * k + 1])
        for k, (card, _, _, outcome) in enumerate(guards)
    ]
    known = {x: x for x in graph.inputs}

    def replaced(node):
        own = node.op.value
        if isinstance(own, np.ndarray) and own.dtype == bool:
            for outcome, card, x, y in masks:
                if np.array_equal(own, outcome) and x in known and y in known:
                    return card(known[x], known[y])
                if np.array_equal(own, ~outcome) and x in known and y in known:
                    return _OPPOSITE[card.name](known[x], known[y])
        return node

    for node in _as_recorded(graph, value):
        if node not in known:
            if type(node.op) is Constant:
                known[node] = replaced(node)
            else:
                known[node] = node.op(*[known[a] for a in node.args])
    return Graph(graph.inputs, [known[value]])


def _as_recorded(graph, value):
    """All nodes, the sides of comparisons first."""
    return Graph(graph.inputs, [*graph.outputs[1:], value]).nodes


def _is_known(op):
    if isinstance(op, Ordered):
        return type(op.weights) is str
    return isinstance(op, (Pointwise, *_ALLOWED))


def is_decided(op):
    """True for an operation whose breaks must be looked for at each point."""
    return getattr(op, "breaks", None) is not None and getattr(op, "name", "") not in _SMOOTH_INSIDE


def _written(graph, count, others):
    values = {node: node for node in graph.nodes}
    asked = graph.inputs[:count]
    slopes = pull(graph, values, [constant(1)], asked)
    slopes = [
        zeros(x.shape) if g is None else as_node(g) for x, g in zip(asked, slopes, strict=True)
    ]
    whole = Graph(graph.inputs, [*graph.outputs, *slopes])
    if len(whole.nodes) > _LONGEST:
        return None
    lines, forward = Lines(whole, others), set(graph.nodes)
    for node in whole.nodes:
        lines.add(node, node in forward and is_decided(node.op))
    text = lines.text(count)
    known = lines.known
    exec(compile(text, "<plan of a training step>", "exec"), known)
    return BatchPlan(known["run"], crc32("\n".join([text, *lines.facts]).encode()))
