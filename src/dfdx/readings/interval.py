"""Enclosures: what the outputs of a graph can be when its inputs lie in given intervals.

Each node gets an interval that holds all its values; every result is rounded
outward, so no value is lost. The rules are exact arithmetic (`interval_rules`), the
shapes of a few functions (`interval_shapes`) and, for every other function, what
its card says (`interval_cards`). Where nothing is known the interval is (-inf, inf):
an enclosure may be wide, it is never wrong.
"""

from math import inf, nextafter

from ..errors import NoRule
from ..graph import Constant, Variable
from ..numbers import Known
from ..pointwise import Pointwise
from ..rules.arithmetic import multiply
from .interval_cards import function, outer
from .interval_rules import EVERYTHING, RULES, square
from .interval_shapes import SHAPES

_RULES = RULES | SHAPES


def enclose(graph, inputs):
    """An interval (lo, hi) per output that holds its values for all inputs in the given intervals.

    For graphs of scalars. Where a function is not defined on all of an interval, the
    values on the rest are enclosed; where it is defined nowhere, ValueError is raised.

    >>> from dfdx.graph import Graph, variable
    >>> x = variable("x")
    >>> enclose(Graph([x], [x * x - 2 * x]), [(0.0, 1.0)])
    [(-2.0, 1.0000000000000002)]
    """
    return Enclosure()(graph, [checked(x) for x in inputs])


def checked(x):
    lo, hi = map(float, x)
    if not lo <= hi:
        raise ValueError(f"an interval is (lowest, highest), not ({lo}, {hi})")
    return lo, hi


def _number(value):
    """The interval of a constant: itself, or what a known number like π was rounded from."""
    near = float(value)
    if isinstance(value, Known) or near != value:
        return nextafter(near, -inf), nextafter(near, inf)
    return near, near


class Enclosure:
    """The reading of a graph on intervals."""

    deepest = 2  # derivatives of derivatives are enclosed so far, then the bounds must do
    patience = 24  # and for one node not more than so many functions

    def __init__(self):
        self.left = 0

    def __call__(self, graph, inputs, depth=0):
        values = self.nodes(graph, inputs, depth)
        return [values[node] for node in graph.outputs]

    def nodes(self, graph, inputs, depth=0):
        """The interval of every node, as a dict."""
        values = dict(zip(graph.inputs, inputs, strict=True))
        for node in graph.nodes:
            op = node.op
            args = node.args
            if node.shape:
                raise NoRule(f"intervals are for scalars; {op!r} has shape {node.shape}")
            if not depth:
                self.left = self.patience
            if type(op) is Constant:
                values[node] = self.number(op.value)
            elif type(op) is Variable:
                continue
            elif op is multiply and args[0] is args[1]:
                values[node] = square(values[args[0]])
            elif op in _RULES:
                values[node] = _RULES[op](*[values[a] for a in args])
            elif type(op) is Pointwise:
                values[node] = function(op, [values[a] for a in args], self, depth)
            else:
                values[node] = EVERYTHING
        return values

    number = staticmethod(_number)

    def affords(self, depth):
        """Whether a function at this depth may be asked for its partials."""
        self.left -= 1
        return depth <= self.deepest and self.left >= 0

    def bottom(self, card, xs):
        """What is said of a function without asking for its partials."""
        return outer(card)
