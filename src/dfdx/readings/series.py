"""Taylor series of a graph.

A series is known once its value and its derivative are: if v = f(u), then
k v[k] is the sum of j u[j] f'(u)[k - j]. So first-order rules are enough: the
graph is expanded once into cells (`series_cells`), and then order after order
every cell adds one coefficient (`series_rules`). The work grows with the square
of the order.
"""

from ..errors import NotDifferentiable
from ..graph import Constant, Operand, Variable, constant
from ..numbers import Known
from ..primitive import shape_of
from .series_cells import Expansion
from .series_rules import shifted


def series(graph, center, order, along=None):
    """The coefficients of t^0, t^1, …, t^order of each output at center + t along.

    `center` has one value per input: floats, arrays, or operands, for which the
    coefficients are operands too. `along` has one direction per input (0 for an
    input that stays); it may be left out when there is one input. A coefficient
    has the shape of its output. Raises NotDifferentiable where a derivative that
    is needed is infinite, and whatever the function itself raises.

    >>> from dfdx.graph import Graph, variable
    >>> x = variable("x")
    >>> series(Graph([x], [x / (1 - x)]), [0.0], order=4)
    [[0.0, 1.0, 1.0, 1.0, 1.0]]
    """
    center = [_plain(c) for c in center]
    expansion = expand(graph, center, order, along)
    return unroll(expansion, Doubles())


def expand(graph, center, order, along=None):
    """The cells for a series at this centre, with the series of the inputs given."""
    if order < 0 or order != int(order):
        raise ValueError(f"the order of a series is a whole number from 0 on, not {order!r}")
    along = _directions(graph, center, along)
    fixed = {
        x: constant(c)
        for x, c, v in zip(graph.inputs, center, along, strict=True)
        if v is None and not isinstance(c, Operand)
    }
    expansion = Expansion([*graph.outputs], int(order), fixed)
    for x, c, v in zip(graph.inputs, center, along, strict=True):
        expansion.given[x] = [c, 0.0 if v is None else v]
    return expansion


def _directions(graph, center, along):
    """One direction per input, None for an input that stays."""
    count = len(graph.inputs)
    if len(center) != count:
        raise ValueError(f"the graph has {count} inputs, the centre has {len(center)} values")
    if along is None:
        if count != 1:
            raise ValueError(
                f"a series in {count} variables needs a direction: along=[…], one value for each"
            )
        along = [1.0]
    if len(along) != count:
        raise ValueError(f"the graph has {count} inputs, the direction {len(along)} values")
    return [None if _is_zero(v) else _spread(v, c) for v, c in zip(along, center, strict=True)]


def _is_zero(v):
    return v is None or (type(v) in (int, float) and v == 0)


def _spread(v, c):
    """A direction in the shape of its input."""
    shape = shape_of(c)
    if shape_of(v) == shape:
        return v if shape or isinstance(v, Operand) else float(v)
    import numpy as np

    return np.broadcast_to(np.asarray(v, dtype=float), shape)


def _plain(c):
    """A number as a float; arrays and operands as they are."""
    if isinstance(c, (Known, Operand)) or shape_of(c):
        return c
    return float(c)


class Doubles:
    """The arithmetic of the plain reading: floats, arrays, and operands."""

    undefined = (ZeroDivisionError, ValueError)

    def constant(self, value):
        return float(value) if isinstance(value, Known) else value

    def zero(self, shape):
        if not shape or type(shape[0]) is tuple:
            return 0.0
        import numpy as np

        return np.zeros(shape)

    def value(self, op, args):
        return op(*args)


def unroll(expansion, numbers):
    """The coefficients of the outputs, computed order by order with the given numbers."""
    cells = []
    for cell in expansion.sweep:
        cell.zero = numbers.zero(cell.shape)
        if type(cell.node.op) is Constant:
            cell.series = [numbers.constant(cell.node.op.value)]
        elif type(cell.node.op) is Variable:
            given = expansion.given[cell.node]
            cell.series = [numbers.constant(c) for c in given[: cell.need + 1]]
        else:
            cell.series = []
            cells.append(cell)
            continue
        cell.series += [cell.zero] * (cell.need + 1 - len(cell.series))
    cell = None
    try:
        for sweep in range(expansion.order + 1):
            for cell in cells:
                k = sweep - cell.lag
                if 0 <= k <= cell.need:
                    cell.series.append(_coefficient(cell, k, numbers))
    except numbers.undefined as error:
        if cell.origin is None:
            raise
        raise NotDifferentiable(_why(expansion, cell, error)) from error
    found = [expansion.cells[node] for node in expansion.outputs]
    return [cell.series[: expansion.order + 1] for cell in found]


def _coefficient(cell, k, numbers):
    if k > cell.degree:
        return cell.zero
    if k == 0 and cell.rule is not shifted:
        return numbers.value(cell.node.op, [x.series[0] for x in cell.operands])
    return cell.rule(cell, k)


def _why(expansion, cell, error):
    """What to tell about a derivative that could not be computed."""
    origin = cell.origin
    values = ", ".join(_shown(expansion.cells[a].series[0]) for a in origin.args)
    times = "once" if expansion.order == 1 else f"{expansion.order} times"
    why = f": {error}" if str(error) else ""
    return f"{origin.op!r} at {values} cannot be differentiated {times}{why}"


def _shown(x):
    return repr(x) if shape_of(x) else repr(float(x))
