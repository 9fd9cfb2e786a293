"""Which step of the chain rule was left out: a factor, or a term.

Along the graph of f the derivative is a sum over edges: what comes through operand k of a
node is the adjoint of the node, times its partial, times the tangent of the operand. A hand-written
derivative that misses one of these, or gives it the wrong sign, is off by exactly that.
"""

from math import isclose, isfinite

from ..capture.replay import graph_of
from ..capture.trace import Call
from ..graph import Graph, as_node, is_plain
from ..methods.verify import verify
from ..pointwise import Pointwise, times
from ..primitive import add_up
from ..readings.formula import text
from ..walk import evaluate, reached_from

_NODES = 1000
_LIKE = 1e-7
_SHORT = 40
_RULES = {
    "multiply": "the product rule",
    "divide": "the quotient rule",
    "power": "the rule for powers",
}


def term_hints(f, told):
    """Hints for the component that is off most, where f is a formula of numbers."""
    graph, point = _graph(f, told)
    if graph is None or len(graph.outputs) != 1:
        return
    off = told.given_all - told.exact
    k = int(abs(off).argmax())
    x = graph.inputs[int(told.layout.columns[k])]
    given, exact = float(told.given_all[k]), float(told.exact[k])
    try:
        values = evaluate(graph, point)
        moved = _tangents(graph, values, x)
        adjoint = _adjoints(graph, values)
    except (ArithmeticError, ValueError, TypeError):
        return
    label = told.layout.label(k)
    for words in (_missing_factor, _missing_term):
        found = words(graph, x, moved, adjoint, values, given, exact)
        if found:
            yield f"{label}: {found}"
            return


def _graph(f, told):
    try:
        call = told.shapes.call
        t = Call(f, call.args, {}, call.wrt).trace()
        verify(t)
        names = [a if a.isidentifier() else f"x{k}" for k, a in enumerate(told.shapes.arguments)]
        graph = graph_of(t.tape, t.inputs, t.outputs, names)
    except Exception:  # samples were what f was compared with
        return None, None
    if not is_plain(graph) or any(x.shape for x in graph.inputs) or len(graph) > _NODES:
        return None, None
    return graph, [float(x) for x in call.leaves]


def _tangents(graph, values, x):
    """The derivative of every node by x; None for zero."""
    moved = {x: 1.0}
    for node in graph.nodes:
        if node.args:
            dxs = [moved.get(a) for a in node.args]
            if any(dx is not None for dx in dxs):
                moved[node] = node.op.push(values[node], [values[a] for a in node.args], dxs)
    return moved


def _adjoints(graph, values):
    """The derivative of the output by every node."""
    active = reached_from(graph, graph.inputs)
    adjoint = {graph.outputs[0]: 1.0}
    for node in reversed(graph.nodes):
        g = adjoint.get(node)
        if g is None or not node.args:
            continue
        wanted = [a in active for a in node.args]
        shares = node.op.pull(g, values[node], [values[a] for a in node.args], wanted)
        for a, share in zip(node.args, shares, strict=True):
            if share is not None:
                adjoint[a] = add_up(adjoint.get(a), share)
    return adjoint


def _missing_factor(graph, x, moved, adjoint, values, given, exact):
    """given × the slope of an inner function = expected."""
    if not given:
        return None
    for node in graph.nodes:
        slope = moved.get(node)
        if node.args and slope is not None and isfinite(slope) and abs(abs(slope) - 1) > 1e-6:
            whole = isclose(slope, exact, rel_tol=_LIKE)
            if not whole and isclose(given * slope, exact, rel_tol=_LIKE):
                inner = _text(graph, node)
                return f"the derivative of the inner function {inner} is missing (chain rule)"
    return None


def _missing_term(graph, x, moved, adjoint, values, given, exact):
    """expected − given is what comes through one operand, or twice that where its sign is wrong."""
    off = exact - given
    for node in reversed(graph.nodes):
        g = adjoint.get(node)
        if not node.args or g is None or not isinstance(node.op, Pointwise):
            continue
        for k, a in enumerate(node.args):
            share = _share(node, k, a, moved, values, g)
            if not share or isclose(share, exact, rel_tol=_LIKE):
                continue
            for factor, what in ((1.0, "is missing"), (2.0, "has the wrong sign")):
                if isclose(factor * share, off, rel_tol=_LIKE):
                    rule = _RULES.get(node.op.name)
                    through = f"what comes through {_text(graph, a)} in {_text(graph, node)} {what}"
                    return f"{through} ({rule})" if rule else through
    return None


def _share(node, k, a, moved, values, g):
    dx = moved.get(a)
    if dx is None:
        return None
    partial = node.op.partial(k, values[node], [values[b] for b in node.args])
    through = times(dx, partial)
    return None if through is None else float(g * through)


def _text(graph, node):
    """The formula of a node, or the name of its function where that is long."""
    found = text(Graph(graph.inputs, [as_node(node)]))
    return found if len(found) <= _SHORT else str(node.op)
