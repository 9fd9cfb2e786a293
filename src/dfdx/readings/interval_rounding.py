"""How far rounding may have led a computation astray.

Each operation errs by a known part of the last place of its result. What becomes of
such an error is the derivative of the output by that result: by the mean value
theorem, computed - true is the sum over all nodes of error times derivative, taken
somewhere between the computed and the true values. So the nodes are enclosed in thin
intervals that hold both, and one sweep backwards multiplies enclosures of the
partials. Errors that cancel along several paths, as in y (1 - y), cancel here too.

Source: Linnainmaa, Taylor expansion of the accumulated rounding error, BIT 16 (1976);
the exact error of a product is Dekker's (1971).
"""

from math import inf, isfinite, ulp

from ..errors import NoRule
from ..graph import Constant
from ..numbers import Known
from ..pointwise import Pointwise
from ..rules.arithmetic import add, divide, multiply, negative, subtract
from ..rules.choice import choose
from ..walk import evaluate
from . import interval_rules as on_intervals
from .interval import Enclosure, checked
from .interval_cards import ERRORS, may_break, middle, outer
from .interval_rules import FALSE, TINY, TRUE, magnitude

SWEEPS = 16  # outputs that get a sweep of their own; of more, the intervals alone are reported
SLACK = 1 + 2.0**-30  # for the rounding of the bound itself
_MINUS = (-1.0, -1.0)
_SHORT = 2.0**-20


def rounding_bound(graph, point, computed=None):
    """For each output a bound for |computed - true|; None where no bound is known.

    `computed` are the outputs in question, by default those of evaluating the graph
    in double precision, operation by operation. The inputs are meant exactly as they are,
    constants as `rounded_by` says.

    >>> from dfdx.graph import Graph, variable
    >>> x = variable("x")
    >>> rounding_bound(Graph([x], [x * x, x / 3]), [1.5])
    [0.0, 0.0]
    >>> rounding_bound(Graph([x], [x / 3]), [1.0])[0] < 3e-17
    True
    """
    if any(x.shape for x in graph.inputs):
        return [None] * len(graph.outputs)
    point = [float(x) for x in point]
    values = evaluate(graph, point)
    if computed is None:
        computed = [values[node] for node in graph.outputs]
    try:
        spans = _spans(graph, point, values)
    except (NoRule, *ERRORS):
        return [None] * len(graph.outputs)
    far = {node: _distance(values[node], spans[node]) for node in graph.outputs}
    if len(far) <= SWEEPS:
        edges = {node: _edge(node, values, spans) for node in graph.nodes}
        far = {node: min(d, _sum_of_errors(graph, node, edges)) for node, d in far.items()}
    return [
        _finite((far[node] + abs(value - values[node])) * SLACK)
        for node, value in zip(graph.outputs, computed, strict=True)
    ]


def _finite(bound):
    return bound if isfinite(bound) else None


def _distance(value, span):
    """How far the value may be from another one in the interval."""
    return max(value - span[0], span[1] - value)


class Thin(Enclosure):
    """For intervals as thin as rounding makes them.

    Where the enclosure of a slope would need the slope's own slope, it is the slope at
    one point, give or take a thousandth: that moves the result by the square of a
    rounding error.
    """

    deepest = 0

    def bottom(self, card, xs):
        value = float(card(*[middle(x) for x in xs]))
        margin = abs(value) / 1024
        return (value - margin, value + margin) if margin < inf else outer(card)

    @staticmethod
    def number(value):
        """A constant and what it may have been rounded from."""
        off = rounded_by(value)
        near = float(value)
        return (near - off, near + off) if off else (near, near)


def rounded_by(value):
    """How far a constant may be from what is meant: 0 for numbers of few binary digits, as 2.5.

    A constant such as 0.1, or one computed before it met what varies, is the float next
    to a number that is not one.
    """
    if isinstance(value, Known):
        return ulp(value)
    value = float(value)
    return 0.0 if value % _SHORT == 0 or not isfinite(value) else ulp(value)


_thin = Thin()


def _spans(graph, point, values):
    """For each node an interval that holds its computed and its true value."""
    spans = _thin.nodes(graph, [checked((x, x)) for x in point])
    return {
        node: (min(lo, values[node]), max(hi, values[node])) for node, (lo, hi) in spans.items()
    }


def _edge(node, values, spans):
    """(error made at the node, enclosures of its partials or None): what it adds, what it passes on.

    A node that may jump, or whose slope is not known to be finite, passes nothing on:
    all of its span counts as its own error.
    """
    op = node.op
    if not node.args:
        return (rounded_by(op.value) if type(op) is Constant else 0.0), ()
    xs = [spans[a] for a in node.args]
    partials = _partials(op, spans[node], xs)
    if partials is None:
        return _distance(values[node], spans[node]), ()
    return _error(op, values[node], [values[a] for a in node.args]), partials


def _partials(op, y, xs):
    """Enclosures of the partials on the spans, or None where they say nothing."""
    if op is add:
        return TRUE, TRUE
    if op is subtract:
        return TRUE, _MINUS
    if op is multiply:
        return xs[1], xs[0]
    if op is negative:
        return (_MINUS,)
    if op is divide:
        slope = on_intervals.divide(TRUE, xs[1])
        found = [slope, on_intervals.negative(on_intervals.multiply(y, slope))]
    elif type(op) is not Pointwise or (op is choose and xs[0][0] < xs[0][1]):
        return None
    else:
        found = []
        wide = [k for k, (lo, hi) in enumerate(xs) if lo < hi]
        if wide and may_break(op, xs, _thin, 1):
            return None
        _thin.left = _thin.patience
        try:
            for k in range(len(xs)):
                found.append(_thin(op.symbolic(k), (y, *xs), 1)[0] if k in wide else FALSE)
        except (NoRule, *ERRORS):
            return None
    return found if all(-inf < lo and hi < inf for lo, hi in found) else None


def _error(op, value, args):
    """How far the computed value may be from that of the same operands without rounding."""
    if not op.ulps or _is_exact(op, value, args):
        return 0.0
    if op.ulps > 2:
        return op.error(value, args)
    return op.ulps * ulp(value) or TINY  # half of the smallest float rounds to nothing


def _is_exact(op, value, args):
    if op is add or op is subtract:
        x, y = args[0], args[1] if op is add else -args[1]
        part = value - x
        return (x - (value - part)) + (y - part) == 0
    if op is multiply:
        return _product_error(*args, value) == 0
    if op is divide:
        return args[0] == value * args[1] and _product_error(value, args[1], args[0]) == 0
    return False


def _product_error(x, y, product):
    """x y - product exactly, where nothing overflows or underflows; else nan or not 0."""
    if not 1e-250 < abs(product) < 1e250:
        return 0.0 if x == 0 or y == 0 else inf
    a = 134217729.0 * x
    a -= a - x
    b = 134217729.0 * y
    b -= b - y
    c, d = x - a, y - b
    return ((a * b - product) + a * d + c * b) + c * d


def _sum_of_errors(graph, output, edges):
    """The sum over the nodes of error times derivative of the output."""
    total = 0.0
    adjoint = {output: TRUE}
    for node in reversed(graph.nodes):
        g = adjoint.pop(node, None)
        if g is None:
            continue
        error, partials = edges[node]
        if error:
            total += error * magnitude(g)[1]
        for a, p in zip(node.args, partials, strict=False):
            if p != FALSE:
                share = on_intervals.multiply(g, p)
                adjoint[a] = on_intervals.add(adjoint[a], share) if a in adjoint else share
    return total
