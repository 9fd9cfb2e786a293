"""Proven derivatives: the Taylor series of a graph in ball arithmetic.

The recurrences of `series` are sums, products and quotients of numbers; with balls for
numbers every coefficient comes with a radius that is proven to hold the true one. The
digits are doubled until the radius is small. What a proof of the derivative needs besides is asked of
the graph, too: that at the point no function breaks, and that every comparison on which a
branch was taken comes out certainly, and not just there.
"""

from math import factorial, inf, isfinite, nextafter
from threading import Lock

from ..errors import NoRule, NotConverged
from ..graph import Graph, as_node
from ..numbers import Known
from ..pointwise import Pointwise
from .series import expand, unroll

BITS = (64, 128, 256, 512, 1024, 2048)
_CLOSE = 60  # bits: then the rounding to a float is the larger part of the error
_NOTHING = 1e-300
_lock = Lock()  # flint has one precision for the whole process


def proven_derivatives(graph, center, order, along=None, comparisons=()):
    """For each output (value, error) with |value − true derivative| ≤ error, proven.

    The derivative of the given order in the direction `along` (see `series`) of a graph of scalars, at a
    centre of floats, which are meant exactly. `comparisons` are (node, node) whose order must
    be certain for the graph to be that of the function near the centre. Raises NoRule for a function
    without a proven enclosure and for arrays, NotConverged where nothing can be proven, NotDifferentiable
    where the series needs a derivative that is infinite; ImportError without python-flint.

    >>> from dfdx.graph import variable
    >>> x = variable("x")
    >>> proven_derivatives(Graph([x], [1 / x]), [3.0], 1)
    [(-0.1111111111111111, 6.17...e-18)]
    """
    flint, balls = _arithmetic()
    if any(node.shape for node in (*graph.nodes, *graph.inputs)):
        raise NoRule("proven derivatives are for functions of numbers; this one works with arrays")
    conditions = Graph(graph.inputs, _breaks(graph) + [as_node(a - b) for a, b in comparisons])
    still = [0.0] * len(graph.inputs)
    questions = expand(conditions, center, 0, still)
    expansion = expand(graph, center, order, along)
    reason = ""
    for bits in BITS:
        with _lock, flint.ctx.workprec(bits):
            try:
                numbers = Balls(balls)
                if conditions.outputs:
                    _need_certain(balls, unroll(questions, numbers))
                found = [row[order] * factorial(order) for row in unroll(expansion, numbers)]
            except balls.Uncertain as error:
                reason = str(error)
                continue
            answers = [_rounded(y.arb if type(y) is balls.Ball else flint.arb(y)) for y in found]
        if all(_is_close(value, error) for value, error in answers):
            return answers
        reason = "the enclosure stays too wide"
    if reason == "the enclosure stays too wide" and all(isfinite(e) for _, e in answers):
        return answers
    raise NotConverged(f"no enclosure could be proven with {BITS[-1]} bits: {reason}")


def _arithmetic():
    try:
        import flint
    except ImportError:
        raise ImportError(
            "a proven derivative needs python-flint: pip install 'dfdx[rigorous]'"
        ) from None
    from . import balls

    return flint, balls


class Balls:
    """The arithmetic of the series: balls, and the functions that flint encloses."""

    undefined = (ZeroDivisionError,)

    def __init__(self, balls):
        self.balls = balls

    def constant(self, value):
        if isinstance(value, Known):
            return value.mp(self.balls.VOCABULARY)
        return value if type(value) is bool else self.balls.Ball(value)

    def zero(self, shape):
        return self.balls.Ball(0)

    def value(self, op, args):
        if not isinstance(op, Pointwise):
            raise NoRule(f"there is no proven enclosure of {op!r}")
        try:
            if callable(op.mp):
                found = op.mp(self.balls.VOCABULARY, *args)
            else:
                found = getattr(self.balls.VOCABULARY, op.mp)(*args)
        except (NoRule, TypeError, AttributeError) as error:
            raise NoRule(f"there is no proven enclosure of {op!r}") from error
        if type(found) is self.balls.Ball and not found.arb.is_finite():
            raise self.balls.Uncertain(f"{op!r} is undefined, or not bounded, here")
        return found


def _breaks(graph):
    """Nodes that must not be 0: there a function of the graph, or its slope, breaks."""
    return [
        as_node(node.op.breaks(*node.args))
        for node in graph.nodes
        if type(node.op) is Pointwise and node.op.breaks is not None
    ]


def _need_certain(balls, rows):
    for (value,) in rows:
        if type(value) is balls.Ball and value.arb.contains(0):
            raise balls.Uncertain("the function may break at this very point")
        if type(value) is bool and not value:
            raise balls.Uncertain("the function breaks at this very point")


def _rounded(ball):
    """(float, bound on its distance from everything in the ball)."""
    value = float(ball.mid())
    if not isfinite(value) or not ball.is_finite():
        return value, inf
    bound = abs(ball - value).upper()
    error = float(bound)
    while not bound <= error:  # towards the nearest is not upwards
        error = nextafter(error, inf)
    return value, error


def _is_close(value, error):
    return error <= 2.0**-52 * abs(value) or error <= _NOTHING
