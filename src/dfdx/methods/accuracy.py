"""How far an exact derivative may be off: the rounding of its own evaluation.

The graph of the derivative is evaluated once more, with a bound for the rounding error
of every operation and for what becomes of it in the result; how far the number
returned is from that evaluation is added, whatever path the number took. For arrays
the error is estimated by trial: the graph with every value off in its last place.
"""

from math import nan

from ..capture.replay import graph_of
from ..capture.traced import Traced
from ..graph import is_plain
from ..primitive import shape_of
from ..readings.interval_rounding import rounding_bound
from ..readings.wobble import wobble
from ..transforms.adjoint import gradient
from ..transforms.tangent import slope


def error_of(answer, x, order):
    """A bound on the error of a derivative_at answer at the number x; nan where none is known."""
    if answer.error is not None:
        return answer.error
    t = answer.trace
    if t is None or len(t.outputs) != 1 or shape_of(t.values[0]):
        return nan
    graph = graph_of(t.tape, t.inputs, t.outputs)
    for _ in range(order):
        graph = slope(graph)
    return distance(graph, [x], [answer.value])[0]


def rule_notes(answer):
    """What the cards that were used say of partials that have no closed form."""
    t = answer.trace
    if t is None:
        return ()
    found = {}
    for node in t.tape.nodes:
        for k, note in getattr(node.op, "notes", {}).items():
            a = node.args[k]
            if type(a) is Traced and a.tape is t.tape:
                found[f"the derivative of {node.op.name} in operand {k + 1}: {note}"] = None
    return tuple(found)


def gradient_errors(answer, call):
    """A bound on the error of every leaf of a gradient_at answer; nan where none is known."""
    if answer.error is not None:
        return answer.error
    t = answer.trace
    graph = gradient(graph_of(t.tape, t.inputs, t.outputs))
    return distance(graph, call.leaves, answer.value)


def distance(graph, point, values):
    """For each output of a graph, how far `values` may be from the exact value at the point."""
    try:
        if is_plain(graph):
            found = rounding_bound(graph, point, values)
            return [nan if bound is None else bound for bound in found]
        return wobble(graph, point)
    except (ArithmeticError, ValueError, TypeError):  # the derivative's graph has no value there
        return [v * nan for v in values]
