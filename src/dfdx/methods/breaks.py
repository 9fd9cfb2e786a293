"""Matrices of partial derivatives that the function confirms.

A trace that stands on a break knows the slopes of the branch it took, and those may
be nobody's: `if x == 0: return 1` has slope 0, sin(x)/x beside it has not. So the
map is compared with the maps a little to either side; where those still stand on a
break, with a difference quotient of the plain function. Along one direction first, in
which every part moves; where that differs, partial by partial, and what differs
there is left to the one-sided limits, or to samples.
"""

from math import inf, isfinite, isnan, nan

from ..capture.trace import Call, output_leaves
from ..capture.traced import plain
from ..differences.scalar import differentiate
from ..errors import NotDifferentiable
from ..primitive import shape_of
from . import exact, limits
from .gradients import gradient_at
from .parts import along, copied, direction, part, replaced, size

_BESIDE = 2.0**-26
_FALL = 64
_LIKE = 1e-6
_MOST = 256  # coordinates that are looked at one by one
_UNDEFINED = (ValueError, ArithmeticError, NotDifferentiable)


def is_smooth(t):
    """True where the trace stands on no break, or the slopes beside it are those of the trace."""
    if not t.tape.edges or t.nested:
        return True
    return all(all(row) for row in _Column(t, direction(t.call.leaves)).agreeing())


def confirmed(t, table, side=None, least=False):
    """The table with every partial that is not the same on both sides found anew.

    The table holds for each output a list of blocks of partial derivatives, one per leaf of
    the point. Raises NotDifferentiable where a partial derivative does not exist; with
    `least` a value that has a kink gets its generalised gradient of least norm.
    """
    if is_smooth(t):
        return table
    call = t.call
    sizes = [size(x) for x in call.leaves]
    if sum(sizes) > _MOST:
        raise NotDifferentiable(_message(t))
    there, _ = output_leaves(call.f, call(*call.leaves))
    table = [[copied(b) for b in row] for row in table]
    for (k, o), places in _denied(t, sizes).items():
        if least and len(places) > 1:
            single = Call(_part_of(call, k, o), call.leaves, {}, range(len(sizes)))
            rows = gradient_at(single).released()
            for j, row in enumerate(rows):
                for i in range(sizes[j]):
                    table[k][j] = replaced(table[k][j], o * sizes[j] + i, part(row, i))
            continue
        for j, i, on_breaks in places:
            line, start = (
                along(_part_of(call, k, o), call.leaves, j, i),
                float(part(call.leaves[j], i)),
            )
            if on_breaks and side is None:  # beside it, too, a trace knows but one branch
                found, *_ = differentiate(line, start)
            else:
                found = _decided(line, start, float(part(there[k], o)), t.tape.edges, side, least)
            table[k][j] = replaced(table[k][j], o * sizes[j] + i, found)
    return table


def _denied(t, sizes):
    """For parts (k, o) of the values: the places (j, i) of the point where the traced slope is denied."""
    found = {}
    for j, count in enumerate(sizes):
        for i in range(count):
            unit = [exact.zeros(shape_of(v)) for v in t.call.leaves]
            unit[j] = replaced(unit[j], i, 1.0)
            column = _Column(t, unit)
            for k, row in enumerate(column.agreeing()):
                for o, agrees in enumerate(row):
                    if not agrees:
                        found.setdefault((k, o), []).append((j, i, column.on_breaks))
    return found


def _decided(line, x, y, edges, side, least):
    """The slope that the one-sided limits give; at a kink, with `least`, the one of least size."""
    try:
        return limits.decide(line, x, y, edges, 1, side).value
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
        near, wide = self._gaps(_BESIDE / _FALL), self._gaps(_BESIDE * _FALL)
        return [
            [
                done or (b / _FALL**3 < a < b / 16 and b < c / 8)
                for done, (a, _), (b, _), (c, _) in zip(*rows, strict=True)
            ]
            for rows in zip(table, near, far, wide, strict=True)
        ]

    def _gaps(self, step):
        """For each part of each output how far the slopes there are from here, and how large they are."""
        rivals = [r for s in (step, -step) for r in (self._slopes(s), self._quotients(s))]
        table = []
        for k, y in enumerate(self.t.values):
            row = []
            for o in range(size(y)):
                a = float(part(self.here[k], o))
                others = [nan if r is None else float(part(r[k], o)) for r in rivals]
                large = max(abs(a), *map(abs, others)) + 0.1 * abs(float(part(y, o)))
                gaps = [abs(a - b) for b in others]
                row.append((inf if any(map(isnan, gaps)) else max(gaps), large))
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


def _part_of(call, k, o):
    """Part o of output k as a function of all leaves."""

    def f(*leaves):
        outputs, _ = output_leaves(call.f, call(*leaves))
        return part(outputs[k], o)

    f.__name__ = call.__name__
    return f


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
