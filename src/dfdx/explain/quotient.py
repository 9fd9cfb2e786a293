"""The difference quotient of the first lesson, beside the truth.

(f(x + h) − f(x)) / h is off for two reasons: the secant is not the tangent
(truncation, which shrinks with h), and the two values are rounded before they are
subtracted (round-off, which grows as h shrinks). Both are computed here from the
graph with as many digits as they need.
"""

from math import isfinite, nan

from ..graph import Graph, as_node, variable
from ..readings.precise import precise_value
from ..transforms.tangent import slope
from ..walk import run
from .record import Record


class Quotient(Record):
    """The quotient as floats give it, its difference from f′(x), and the two parts of that.

    `truncation` and `roundoff` are nan where there is no graph, or no derivative to compare with.
    """

    __slots__ = ("h", "off", "roundoff", "truncation", "value")


def quotient(f, x, h, derivative, graphs=None):
    """The Quotient of f at x with the step h, beside the derivative (nan where there is none).

    `graphs` compute f at x and at x + h (the same graph twice, for a formula).

    >>> x = variable("x")
    >>> graph = Graph([x], [x * x])
    >>> q = quotient(lambda x: x * x, 3.0, 1e-4, 6.0, (graph, graph))
    >>> round(q.value, 9), round(q.truncation, 9), abs(q.roundoff) < 1e-10
    (6.0001, 0.0001, True)
    """
    value = (f(x + h) - f(x)) / h
    truncation = roundoff = nan
    if graphs is not None and isfinite(value) and isfinite(derivative):
        found = _parts(graphs, x, h, value)
        if found is not None:
            truncation, roundoff = found
    off = truncation + roundoff if truncation == truncation else value - derivative
    return Quotient(h, off, roundoff, truncation, value)


def _parts(graphs, x, h, value):
    """(truncation, round-off), computed as if numbers had no end; None where that is not possible."""
    at, step, given = variable("x"), variable("h"), variable("q")
    (here,), (ahead,) = run(graphs[0], at), run(graphs[1], at + step)
    (tangent,) = run(slope(graphs[0]), at)
    secant = (ahead - here) / step
    graph = Graph([at, step, given], [as_node(secant - tangent), as_node(given - secant)])
    try:
        parts, digits, _ = precise_value(graph, [x, h, value])
    except (ArithmeticError, ValueError):
        return None
    return parts if digits > 15 else None
