"""How far an exact derivative may be off: the rounding of its own evaluation.

The graph of the derivative is evaluated once more, with a bound for the rounding error
of every operation and for what becomes of it in the result; how far the number
returned is from that evaluation is added, whatever path the number took. For arrays
the error is estimated by trial: the graph with every value off in its last place.
"""

from math import nan, ulp

from ..capture.replay import graph_of
from ..capture.trace import Call
from ..capture.traced import Traced
from ..graph import Graph, is_plain
from ..readings.interval_rounding import rounding_bound
from ..readings.wobble import wobble
from ..transforms.adjoint import gradient
from ..transforms.tangent import slope
from ..trees import alone, flatten, real
from ..walk import run


def error_of(answer, x, order):
    """A bound on the error of a derivative_at answer at x, in its form; nan where none is known."""
    t = answer.trace
    if answer.error is not None or t is None:
        return nan if answer.error is None else answer.error
    values, _ = flatten(answer.value, alone)
    if len(values) != len(t.outputs):  # a value that f gave in place of a derivative
        return nan
    graph, point, (place,) = whole(t)
    errors = nth_errors(graph, point, place, values, order)
    return errors[0] if len(errors) == 1 and answer.value is values[0] else t.rebuild_out(errors)


def whole(t):
    """`(graph, point, places)` of what a trace computed, where also what was held fixed is an input.

    So the rounding of what was computed from fixed numbers alone counts too. The places
    are those of the trace's own inputs.
    """
    if not t.nested:
        call, places = widened(t.call)
        if call is not t.call:
            try:
                wide = call.trace()
                return graph_of(wide.tape, wide.inputs, wide.outputs), call.leaves, places
            except Exception:  # it needs these as plain numbers
                pass
    return graph_of(t.tape, t.inputs, t.outputs), t.call.leaves, range(len(t.call.leaves))


def widened(call):
    """`(call, places)`: the call with the numbers that are held fixed as leaves too; where its own are."""
    fixed = [k for k, a in enumerate(call.args) if k not in call.wrt and _is_real(a)]
    names = [name for name, a in call.named.items() if _is_real(a)]
    if not (fixed or names):
        return call, range(len(call.leaves))
    places = sorted({*call.wrt, *fixed})
    every = Call(call.f, call.args, call.named, places)
    count = len(every.leaves)

    def varied(*numbers):
        named = {**call.named, **dict(zip(names, numbers[count:], strict=True))}
        return Call(call.f, call.args, named, places)(*numbers[:count])

    varied.__name__ = call.__name__
    point = [*every.leaves, *(real(call.named[name]) for name in names)]
    at, own = 0, []
    for k in places:
        size = len(Call(call.f, call.args, call.named, [k]).leaves)
        own += range(at, at + size) if k in call.wrt else ()
        at += size
    return Call(varied, point, {}, range(len(point))), own


def _is_real(a):
    return isinstance(a, float) or getattr(getattr(a, "dtype", None), "kind", "") == "f"


def nth_errors(graph, point, place, values, order):
    """For each output how far `values` may be from its n-th derivative by the input at a place."""
    if order > 1 and is_plain(graph):
        found = _precise_errors(graph, point, place, values, order)
        if found is not None:
            return found
    for _ in range(order):
        graph = slope(graph, place)
    return distance(graph, point, values)


def _precise_errors(graph, point, place, values, order):
    """The distances from the derivatives in many digits; None where those are not to be had."""
    from ..readings.precise import DOUBLE, precise_derivatives  # late: it imports decimal

    along = [float(k == place) for k in range(len(point))]
    try:
        rows, digits, notes = precise_derivatives(graph, point, order, along)
    except (ArithmeticError, ValueError, TypeError):
        return None
    if notes or digits <= DOUBLE:
        return None
    return [abs(v - row[order]) + ulp(row[order]) for v, row in zip(values, rows, strict=True)]


def rule_notes(answer):
    """What the cards behind an answer say of partials that have no closed form."""
    return () if answer.trace is None else trace_notes(answer.trace)


def trace_notes(t):
    """What the cards of a trace say of partials that have no closed form."""
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
    graph, point, places = whole(answer.trace)
    graph = gradient(graph)
    graph = Graph(graph.inputs, [graph.outputs[k] for k in places])
    return distance(graph, point, answer.value)


def distance(graph, point, values):
    """For each output of a graph, how far `values` may be from the exact value at the point."""
    try:
        if is_plain(graph):
            found = rounding_bound(graph, point, values)
            return [nan if bound is None else bound for bound in found]
        return from_trials(graph, point, values)
    except (ArithmeticError, ValueError, TypeError):  # the derivative's graph has no value there
        return [v * nan for v in values]


def from_trials(graph, point, values):
    """As `distance`, by trial: for arrays."""
    import numpy as np

    with np.errstate(all="ignore"):
        near = run(graph, *point)
        return [
            bar + abs(np.asarray(v, dtype=float) - y)
            for bar, v, y in zip(wobble(graph, point), values, near, strict=True)
        ]
