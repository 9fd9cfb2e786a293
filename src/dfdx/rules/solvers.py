"""Solutions of equations g(x, q) = 0, by the implicit function theorem.

A solver is a black box; what it found is polished by Newton's steps to the last digit, and
dx = −(∂g/∂x)⁻¹ (∂g/∂q) dq is written with primitives, so it can be differentiated again. A minimum
is the solution of "the gradient is zero", a least-squares fit a minimum.
"""

from ..contraction import contraction
from ..errors import NotTraceable
from ..graph import Graph, as_node, variable
from ..implicit import Implicit
from ..structure import Concatenate, reshape, take, zeros
from ..walk import evaluate, pull, push, run
from .linalg import solve
from .quadrature import partial

_STEPS = 12
_FAR = 1e-2  # a solver's answer further than this from the solution is none


def solution(graph, x, operands, exact=False):
    """The x with graph(x, *operands) = 0 near the plain x, as a function of the operands.

    The first input of the graph is x, its output has the shape of x, the other inputs stand for
    the operands, whose plain values are `operands`. Gives `(primitive, value)`: the primitive of
    the operands, and its value here. Raises NotTraceable where the equation does not determine x.

    >>> from math import sqrt
    >>> x, q = variable("x"), variable("q")
    >>> op, value = solution(Graph((x, q), [x * x - q]), 1.4, [2.0])
    >>> abs(value - sqrt(2)) < 1e-15, round(op.push(value, [2.0], [1.0]), 12)
    (True, 0.353553390593)
    """
    shape = graph.inputs[0].shape
    slopes = Graph(graph.inputs, [as_node(partial(graph, 0, shape))])
    found = _polished(graph, slopes, x, operands)
    home = tuple(operands)

    def value(*q):
        if all(_same(a, b) for a, b in zip(q, home, strict=True)):
            return found
        if exact:
            raise TypeError("the equation was traced for these numbers only")
        return _polished(graph, slopes, found, q)

    def tangent(y, q, dq):
        values = evaluate(graph, (y, *q))
        (right,) = push(graph, values, (None, *dq))
        if right is None:
            return zeros(shape)
        (matrix,) = run(slopes, y, *q)
        return -_solved(matrix, right, shape)

    card = Implicit("solution", value, lambda *_: shape, tangent, len(home))
    return card, found


def _solved(matrix, right, shape):
    """matrix⁻¹ right, for a matrix of shape (shape + shape)."""
    if not shape:
        return right / matrix
    n = _count(shape)
    flat = solve(reshape(matrix, (n, n)), reshape(right, (n, 1)))
    return reshape(flat, shape)


def _polished(graph, slopes, x, q):
    """x after Newton's steps, as long as they get shorter."""
    import numpy as np

    shape = graph.inputs[0].shape
    start, last = x, np.inf
    for _ in range(_STEPS):
        with np.errstate(all="ignore"):
            (g,), (matrix,) = run(graph, x, *q), run(slopes, x, *q)
            try:
                step = _solved(matrix, g, shape)
            except (ZeroDivisionError, np.linalg.LinAlgError):
                step = np.nan
        size = float(np.max(np.abs(step), initial=0.0))
        if not np.isfinite(size):
            raise NotTraceable("the solution is not determined: its equation has slope 0 there")
        if size >= last:
            break
        x, last = x - step, size
        if not size:
            break
    scale = float(np.max(np.abs(start), initial=0.0))
    if last > 1e-6 * (1 + scale) or np.max(np.abs(np.subtract(x, start)), initial=0.0) > _FAR * (
        1 + scale
    ):
        raise NotTraceable("what the solver found is not a solution of its equation")
    return x if shape else float(x)


def gradient_of(graph):
    """The graph of the gradient, in its first input, of a graph with one output, a number."""
    return Graph(graph.inputs, [as_node(partial(graph, 0, ()))])


def stationary(objective, constraints):
    """The equations of a minimum under constraints: z = (x, multipliers), as a graph of (z, operands).

    `constraints` are graphs of x and operands of their own, whose outputs, vectors, are zero at
    the minimum. The gradient of the objective is then a sum of the constraints' gradients
    (Karush, Kuhn, Tucker). Operands follow in order: the objective's, then each constraint's.
    """
    x, *q = objective.inputs
    n = _count(x.shape)
    m = sum(_count(c.outputs[0].shape) for c in constraints)
    z = variable("z", (n + m,))
    point = reshape(take(z, slice(0, n)), x.shape)
    (slope,) = run(gradient_of(objective), point, *q)
    rest, inputs, start = [], [z, *q], n
    for c in constraints:
        own = c.inputs[1:]
        values = evaluate(c, (point, *own))
        value = values[c.outputs[0]]
        stop = start + _count(value.shape)
        (share,) = pull(c, values, [take(z, slice(start, stop))], c.inputs[:1])
        slope = slope if share is None else slope - share
        rest.append(value)
        inputs.extend(own)
        start = stop
    return Graph(inputs, [Concatenate(0)(reshape(slope, (n,)), *rest)])


def multipliers(objective, constraints, x, operands):
    """The numbers that make the gradient the sum of the constraints' gradients, nearly."""
    import numpy as np

    mine, *others = operands
    (slope,) = run(gradient_of(objective), x, *mine)
    rows = [
        run(Graph(c.inputs, [as_node(partial(c, 0, c.outputs[0].shape))]), x, *own)[0]
        for c, own in zip(constraints, others, strict=True)
    ]
    rows = [np.reshape(r, (-1, np.size(x))) for r in rows]
    return np.linalg.lstsq(np.concatenate(rows).T, np.ravel(slope), rcond=None)[0]


def half_square(graph):
    """½ Σ r² for a graph whose output is r."""
    (r,) = graph.outputs
    if not r.shape:
        return Graph(graph.inputs, [0.5 * r * r])
    flat = reshape(r, (_count(r.shape),))
    return Graph(graph.inputs, [0.5 * contraction("i,i->")(flat, flat)])


def _same(a, b):
    import numpy as np

    return a is b or np.array_equal(a, b)


def _count(shape):
    n = 1
    for size in shape:
        n *= size
    return n
