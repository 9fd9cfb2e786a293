"""Matrices of partial derivatives that the function confirms.

A trace that stands on a break knows the slopes of the branch it took, and those may
be nobody's: `if x == 0: return 1` has slope 0, sin(x)/x beside it has not. So the
map is compared with the maps a little to either side; where those still stand on a
break, with a difference quotient of the plain function. Along one direction first, in
which every part moves; where that differs, partial by partial, and what differs
there is left to the one-sided limits, or to samples.
"""

from math import inf, isfinite, isnan, nan

from ..capture.trace import output_leaves
from ..capture.traced import plain
from ..differences.scalar import differentiate
from ..errors import NotDifferentiable
from ..graph import Operand
from ..methods import exact, limits
from ..primitive import shape_of
from ..rules.choice import choose, equal
from ..structure import Put
from .linear import blocks, error_blocks

_BESIDE = 2.0**-26
_FALL = 64
_LIKE = 1e-6
_MOST = 256  # coordinates that are looked at one by one
_GOLDEN = 0.6180339887498949
_UNDEFINED = (ValueError, ArithmeticError, NotDifferentiable)


def matrix(t, least=False):
    """For each output of the trace a list of blocks of partial derivatives, one per leaf of the point.

    Raises NotDifferentiable where a partial derivative does not exist. With `least` a
    kink has the slope of least size between its sides, as the gradient has it.
    """
    return blocks(t) if is_smooth(t) else _by_coordinates(t, blocks(t), least)


def matrix_and_errors(t, least=False):
    """`(matrix, errors, notes)`: errors have the form of the matrix, nan where no bound is known."""
    if is_smooth(t):
        table = blocks(t)
        return table, error_blocks(t, table), ()
    traced = blocks(t)
    table = _by_coordinates(t, traced, least)
    errors = error_blocks(t, traced)
    for row, before, bars in zip(table, traced, errors, strict=True):
        for k, (b, a) in enumerate(zip(row, before, strict=True)):
            bars[k] = choose(equal(b, a), bars[k], nan)  # what the limits gave has no bound
    names = ", ".join(dict.fromkeys(edge.name for edge in t.tape.edges))
    return table, errors, (f"on a break of {names}: slopes from the limits along the coordinates",)


def is_smooth(t):
    """True where the trace stands on no break, or the slopes beside it are those of the trace."""
    if not t.tape.edges or t.nested:
        return True
    direction, at = [], 0
    for x in t.call.leaves:
        direction.append(_uneven(x, at))
        at += _size(shape_of(x))
    return all(all(row) for row in _Column(t, direction).agreeing())


def pushed(table, directions):
    """The tangent of every output when the leaves move along the directions."""
    import numpy as np

    return [
        sum(np.tensordot(b, d, np.ndim(d)) for b, d in zip(row, directions, strict=True))[()]
        for row in table
    ]


def pulled(table, covectors):
    """What covectors on the outputs become on the leaves."""
    import numpy as np

    columns = zip(*table, strict=True)
    return [
        sum(np.tensordot(c, b, np.ndim(c)) for b, c in zip(column, covectors, strict=True))[()]
        for column in columns
    ]


def _by_coordinates(t, table, least):
    """The blocks with every partial that is not the same on both sides found anew."""
    call = t.call
    sizes = [_size(shape_of(x)) for x in call.leaves]
    if sum(sizes) > _MOST:
        raise NotDifferentiable(_message(t))
    there, _ = output_leaves(call.f, call(*call.leaves))
    table = [[_copy(b) for b in row] for row in table]
    for j, x in enumerate(call.leaves):
        for i in range(sizes[j]):
            unit = [exact.zeros(shape_of(v)) for v in call.leaves]
            unit[j] = _with(unit[j], i, 1.0)
            column = _Column(t, unit)
            for k, row in enumerate(column.agreeing()):
                for o, agrees in enumerate(row):
                    if not agrees:
                        line, start = _line(call, j, i, k, o), float(_part(x, i))
                        if column.on_breaks:  # beside it, too, a trace knows but one branch
                            found, *_ = differentiate(line, start)
                        else:
                            y = float(_part(there[k], o))
                            found = _decided(line, start, y, t.tape.edges, least)
                        table[k][j] = _with(table[k][j], o * sizes[j] + i, found)
    return table


def _decided(line, x, y, edges, least):
    """The slope that the one-sided limits give; at a kink, with `least`, the one of least size."""
    try:
        found, *_ = limits.decide(line, x, y, edges)
        return found
    except NotDifferentiable as kink:
        low, high = sorted((kink.left, kink.right))
        if not (least and isfinite(low) and isfinite(high)):
            raise
        return min(max(0.0, low), high)


class _Column:
    """The slopes along a direction: as traced, and what the function beside the point says of them."""

    def __init__(self, t, direction):
        self.t = t
        self.direction = direction
        self.here = _pushed(t, direction)
        self.on_breaks = False
        self.value = self._plain(0.0)

    def agreeing(self):
        """For each output, for each of its parts: are the slopes beside it the traced one?

        They are where they differ little, or less the nearer they are taken: as a power of
        the distance, not as rounding has it.
        """
        far = self._gaps(_BESIDE)
        table = [[gap <= _LIKE * size for gap, size in row] for row in far]
        if all(map(all, table)):
            return table
        near = self._gaps(_BESIDE / _FALL)
        return [
            [done or b / _FALL**3 < a < b / 16 for done, (a, _), (b, _) in zip(*rows, strict=True)]
            for rows in zip(table, near, far, strict=True)
        ]

    def _gaps(self, step):
        """For each part of each output how far the slopes there are from here, and how large they are."""
        rivals = [r for s in (step, -step) for r in (self._slopes(s), self._quotients(s))]
        table = []
        for k, y in enumerate(self.t.values):
            row = []
            for o in range(_size(shape_of(y))):
                a = float(_part(self.here[k], o))
                others = [nan if r is None else float(_part(r[k], o)) for r in rivals]
                size = max(abs(a), *map(abs, others)) + 0.1 * abs(float(_part(y, o)))
                gaps = [abs(a - b) for b in others]
                row.append((inf if any(map(isnan, gaps)) else max(gaps), size))
            table.append(row)
        return table

    def _slopes(self, step):
        """The slopes a step along the direction; None where there are none."""
        import numpy as np

        call, moved = self.t.call, self._moved(step)
        try:
            with np.errstate(all="ignore"):
                there = type(call)(call, moved, {}, range(len(moved))).trace()
                self.on_breaks |= bool(there.tape.edges)
                return _pushed(there, self.direction)
        except _UNDEFINED:
            return None

    def _quotients(self, step):
        """Difference quotients of the plain function; None where it is not defined."""
        there = self._plain(step)
        if there is None or self.value is None:
            return None
        h = step * self._reach()
        return [(b - a) / h for a, b in zip(self.value, there, strict=True)]

    def _plain(self, step):
        import numpy as np

        call = self.t.call
        try:
            with np.errstate(all="ignore"):
                return output_leaves(call.f, call(*self._moved(step)))[0]
        except _UNDEFINED:
            return None

    def _moved(self, step):
        reach = self._reach()
        leaves = zip(self.t.call.leaves, self.direction, strict=True)
        return [x + step * reach * v for x, v in leaves]

    def _reach(self):
        """The length of a step: as large as the largest part that moves, and not below 1."""
        import numpy as np

        leaves = zip(self.t.call.leaves, self.direction, strict=True)
        return max(1.0, *(float(np.max(np.abs(x * (v != 0)), initial=0.0)) for x, v in leaves))


def _line(call, j, i, k, o):
    """Part o of output k as a function of part i of leaf j."""

    def line(p):
        moved = list(call.leaves)
        moved[j] = _with(moved[j], i, p)
        outputs, _ = output_leaves(call.f, call(*moved))
        return _part(outputs[k], o)

    line.__name__ = call.__name__
    return line


def _pushed(t, direction):
    moved = exact.forward(t, direction)
    return [
        exact.zeros(shape_of(y)) if d is None else plain(d)
        for d, y in zip(moved, t.values, strict=True)
    ]


def _message(t):
    names = ", ".join(dict.fromkeys(edge.name for edge in t.tape.edges))
    return (
        f"{t.call.__name__} stands exactly on a break of {names}: its partial derivatives differ "
        "from one side to the other"
    )


def _uneven(x, at):
    """Parts from 1/2 to 1, all different."""
    if not shape_of(x):
        return 0.5 + 0.5 * (_GOLDEN * (at + 1) % 1)
    import numpy as np

    k = at + 1 + np.arange(np.size(x)).reshape(shape_of(x))
    return 0.5 + 0.5 * (_GOLDEN * k % 1)


def _size(shape):
    size = 1
    for n in shape:
        size *= n
    return size


def _part(x, i):
    return x.reshape(-1)[i] if shape_of(x) else x


def _with(x, i, p):
    """x with its part i replaced; a traced p stays traced."""
    if not shape_of(x):
        return p
    import numpy as np

    if isinstance(p, Operand):
        return Put(tuple(map(int, np.unravel_index(i, shape_of(x)))))(x, p)
    moved = np.array(x, dtype=float)
    moved.reshape(-1)[i] = p
    return moved


def _copy(block):
    if not shape_of(block):
        return block
    import numpy as np

    return np.array(block)
