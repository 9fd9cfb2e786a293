"""Solutions of differential equations from solvers that are not followed: sensitivity equations."""

import numpy as np

from ....errors import NotTraceable
from ....graph import Graph
from ....rules.arrays import operand
from ....rules.flow import Flow
from ....rules.quadrature import Pointed
from ....walk import reached_from, run
from ...traced import plain
from .callbacks import Pieces, inputs_of


def sensitive(callback, start, y0, t, values, t_first=True):
    """The states in rows, as SciPy found them at the times t, traced.

    `callback` has kept the points (t, y) at which SciPy asked; with `t_first=False`, (y, t).
    """
    y0 = operand(y0)
    y0 = y0 if hasattr(y0, "tape") else np.atleast_1d(np.asarray(y0, dtype=float))
    if not y0.shape:
        y0 = y0.reshape((1,))
    pieces = Pieces(callback)
    for xs, f in callback.samples:
        _need_agreement(pieces, xs, f)
    if len(pieces.variants) > 1:
        for piece, _ in pieces.variants:
            _need_fixed(piece, t_first)
    pieces.live = False
    inputs = inputs_of(callback)
    if not t_first:
        inputs = (inputs[1], inputs[0], *inputs[2:])

    def at(s, y, *q):
        return pieces.at((s, y) if t_first else (y, s), q)

    f = Pointed(inputs, at, np.shape(plain(y0)))
    moving_start = hasattr(start, "tape")
    if moving_start and not hasattr(t, "tape"):
        raise NotTraceable("the start of the integration moves, but the times do not")
    known = (np.array(plain(t), dtype=float), plain(y0), *callback.numbers), np.array(values)
    op = Flow(
        f, None if moving_start or plain(t)[0] == plain(start) else float(plain(start)), known
    )
    return op(t if hasattr(t, "tape") else known[0][0], y0, *callback.operands)


def _need_agreement(pieces, xs, f):
    callback = pieces.callback
    node = pieces.at(xs, callback.numbers)
    found = run(Graph(inputs_of(callback), [node]), *xs, *callback.numbers)[0]
    if np.size(found) != np.size(f):
        raise NotTraceable("the differential equation must return as many numbers as the state has")
    size = np.max(np.abs(f), initial=0.0)
    if not np.all(np.abs(np.subtract(found, f)) <= 1e-7 * size):
        raise NotTraceable("the differential equation differs from call to call")


def _need_fixed(piece, t_first):
    """A branch may change at fixed times only: where it moves, the sensitivity jumps."""
    inputs = inputs_of(piece.callback)
    moving = inputs[1:] if t_first else (inputs[0], *inputs[2:])
    for _, a, b, _ in piece.guards:
        reached = reached_from(Graph((), [a, b]), moving)
        if a in reached or b in reached:
            raise NotTraceable(
                "the differential equation branches on its state or on what is differentiated; "
                "use method='RK45', which is followed step by step"
            )
