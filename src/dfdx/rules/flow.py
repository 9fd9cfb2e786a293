"""Solutions of differential equations as functions of everything they depend on.

y′ = f(t, y, q) has the slopes V = ∂y/∂(y₀, q) with V′ = ∂f/∂y V + ∂f/∂q: together with y again a
differential equation, so the rule closes. The numbers come from LSODA in tolerances near
rounding, whatever solver gave the values.
"""

import numpy as np

from ..contraction import contraction
from ..errors import NotTraceable
from ..graph import Graph, as_node, variable
from ..pointwise import Pointwise
from ..primitive import Primitive, add_up, shape_of
from ..structure import Concatenate, reshape, take
from ..walk import reached_from, run
from .quadrature import JUMPING, Pointed, one_by_one, partial, same_shapes

_RTOL, _ATOL = 1e-11, 1e-13


class Flow(Primitive):
    """The states at the times t[0], t[1], …, in rows, for the operands (t, y0, *q).

    `f` is a `Pointed` of (t, y, *q); y is y0 at `start`, or at t[0] where that is None. `known` is
    (operands, value) where a solver has found the value.
    """

    __slots__ = ("_whole", "f", "known", "start")
    name = "flow"

    def __init__(self, f, start=None, known=None):
        self.f = f
        self.start = start
        self.known = known
        self._whole = None

    @property
    def arity(self):
        return self.f.arity

    def shape(self, t, y0, *q):
        return (*t, *y0)

    def value(self, t, y0, *q):
        from .quadrature import same

        if self.known is None or not same(self.known[0], (t, y0, *q)):
            same_shapes((y0, *q), self.f.inputs[1:])
            self.known = (t, y0, *q), self._solved(t, y0, q)
        return self.known[1]

    def _solved(self, t, y0, q):
        from scipy.integrate import odeint

        start = t[0] if self.start is None else self.start
        grid = np.concatenate([[start], t])
        scale = max(1.0, float(np.max(np.abs(y0), initial=0.0)))
        y, told = odeint(
            lambda s, y: self.f.value(s, y.copy(), *q),
            y0, grid, tfirst=True, full_output=True, rtol=_RTOL, atol=_ATOL * scale, mxstep=100_000,
        )  # fmt: skip
        if told["message"] != "Integration successful." or not np.all(np.isfinite(y)):
            raise NotTraceable(f"the sensitivity equations could not be solved: {told['message']}")
        return y[1:]

    def slopes(self, *args):
        """∂y/∂(y₀, q) as (times, states, operands in a row), by the larger equation."""
        t, y0, *q = args
        (n,) = shape_of(y0)
        m = n + sum(_count(v.shape) for v in self.f.inputs[2:])
        if self._whole is None:
            self._whole = Flow(_widened(self.f, n, m), self.start)
        start = np.zeros((n, m))
        start[:, :n] = np.eye(n)
        z = self._whole(t, Concatenate(0)(y0, np.ravel(start)), *q)
        (count,) = shape_of(t)
        return reshape(take(z, (slice(None), slice(n, None))), (count, n, m))

    def rates(self, y, *args):
        """f at the times: how the states move with their own time."""
        t, _, *q = args
        rows = [self.f(take(t, k), take(y, k), *q) for k in range(shape_of(t)[0])]
        return Concatenate(0)(*(reshape(r, (1, *shape_of(r))) for r in rows))

    def push(self, y, args, tangents):
        dt, *others = tangents
        total = None
        if any(d is not None for d in others):
            parts = [
                np.zeros(_count(shape_of(a))) if d is None else reshape(d, (_count(shape_of(a)),))
                for a, d in zip(args[1:], others, strict=True)
            ]
            total = contraction("tij,j->ti")(self.slopes(*args), Concatenate(0)(*parts))
        if dt is not None:
            total = add_up(total, contraction("ti,t->ti")(self.rates(y, *args), dt))
            if self.start is None:
                total = add_up(total, -self._by_start(args) * take(dt, 0))
        return total

    def _by_start(self, args):
        """How the states move when the start is later: −∂y/∂y₀ f(t₀, y₀), without the sign."""
        t, y0, *q = args
        (n,) = shape_of(y0)
        first = take(self.slopes(*args), (slice(None), slice(None), slice(0, n)))
        return contraction("tij,j->ti")(first, self.f(take(t, 0), y0, *q))

    def pull(self, g, y, args, wanted):
        shares = [None] * len(args)
        if wanted[0]:
            shares[0] = contraction("ti,ti->t")(g, self.rates(y, *args))
            if self.start is None:
                moved = contraction("ti,ti->")(g, self._by_start(args))
                first = np.zeros(shape_of(args[0]))
                first[0] = 1.0
                shares[0] = shares[0] - moved * first
        if any(wanted[1:]):
            whole = contraction("ti,tij->j")(g, self.slopes(*args))
            start = 0
            for k, a in enumerate(args[1:], 1):
                stop = start + _count(shape_of(a))
                if wanted[k]:
                    shares[k] = reshape(take(whole, slice(start, stop)), shape_of(a))
                start = stop
        return tuple(shares)

    def batch(self, args, batched):
        return one_by_one(self, args, batched)


def _widened(f, n, m):
    """The right-hand side for (y, V in a row)."""
    t, _, *q = f.inputs
    z = variable("z", (n + n * m,))
    state = take(z, slice(0, n))
    matrix = reshape(take(z, slice(n, None)), (n, m))
    made = {}

    def at(s, numbers, *operands):
        graph = f.graph(s, numbers[:n], *operands)
        (node,) = graph.outputs
        if node not in made:
            made[node] = as_node(_widened_node(graph, t, state, matrix, q))
        return made[node]

    return Pointed((t, z, *q), at, (n + n * m,))


def _widened_node(graph, t, state, matrix, q):
    need_smooth(graph)
    (n,) = shape_of(state)
    by_state = run(Graph(graph.inputs, [as_node(partial(graph, 1, (n,)))]), t, state, *q)[0]
    moved = contraction("ij,jk->ik")(by_state, matrix)
    columns = [np.zeros((n, n))]
    for k, v in enumerate(q):
        slope = run(Graph(graph.inputs, [as_node(partial(graph, k + 2, (n,)))]), t, state, *q)[0]
        columns.append(reshape(slope, (n, _count(v.shape))))
    moved = moved + Concatenate(1)(*columns)
    return Concatenate(0)(run(graph, t, state, *q)[0], reshape(moved, (_count(moved.shape),)))


def need_smooth(graph):
    """Raise NotTraceable where the right-hand side jumps at a state or operand."""
    reached = reached_from(graph, graph.inputs[1:])
    for node in graph.nodes:
        if type(node.op) is Pointwise and node.op.name in JUMPING and node in reached:
            raise NotTraceable(f"the differential equation jumps ({node.op.name})")


def _count(shape):
    n = 1
    for size in shape:
        n *= size
    return n
