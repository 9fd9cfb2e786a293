"""Integrals of functions that are graphs, by Leibniz's rule.

y = ∫ f(t, q₁, q₂, …) dt from a to b has dy = Σ ∫ ∂f/∂qₖ dt dqₖ + f(b) db − f(a) da: the slopes in
the operands qₖ are integrals again, of the derivative's graph, so the rule closes. The
numbers come from QUADPACK, in tolerances near rounding. The integrand is asked point
by point, since its control flow may differ from point to point; where a branch moves with
the operands, the rule holds only if the integrand does not jump there, which is checked.
"""

from math import inf, isfinite

from ..contraction import ascii_letters, contraction
from ..errors import NotTraceable
from ..graph import Graph, as_node
from ..pointwise import Pointwise
from ..primitive import Primitive, add_up, shape_of
from ..structure import Concatenate, reshape, take, zeros
from ..walk import evaluate, pull, reached_from, run

_CLOSE = 1e-8  # a jump smaller than this, relative to the integrand, counts as none
_RELATIVE = 1e-12
_JUMPS = (
    "sign heaviside floor ceil trunc rint remainder fmod floor_divide copysign "
    "equal not_equal less less_equal greater greater_equal"
)
JUMPING = frozenset(_JUMPS.split())


class Pointed(Primitive):
    """f(t, *q), for a function that is known by the graph that speaks for each plain point.

    `at(t, *q)` gives that graph's output, a node of the variables `inputs`. `breaks` are pairs of
    points that enclose a place where the control flow changes and which moves with the operands
    in `home`.
    """

    __slots__ = ("_graphs", "_slopes", "at", "breaks", "home", "inputs", "own")
    name = "pointed"

    def __init__(self, inputs, at, own=(), breaks=(), home=()):
        self.inputs = tuple(inputs)
        self.at = at
        self.own = own
        self.breaks = tuple(breaks)
        self.home = tuple(home)
        self._graphs = {}
        self._slopes = {}

    @property
    def arity(self):
        return len(self.inputs)

    def shape(self, *shapes):
        return self.own

    def graph(self, *point):
        """The graph that speaks for the plain point."""
        node = self.at(*point)
        if node not in self._graphs:
            self._graphs[node] = Graph(self.inputs, [node])
        return self._graphs[node]

    def value(self, *point):
        same_shapes(point, self.inputs)
        return run(self.graph(*point), *point)[0]

    def slope(self, k):
        """The partial derivative in operand k: of shape (own shape + the operand's shape)."""
        if k not in self._slopes:
            made = {}

            def at(*point):
                graph = self.graph(*point)
                (node,) = graph.outputs
                if node not in made:
                    if k:
                        need_no_jumps(graph)
                    made[node] = as_node(partial(graph, k, self.own))
                return made[node]

            shape = self.own + self.inputs[k].shape
            self._slopes[k] = Pointed(self.inputs, at, shape, self.breaks, self.home)
        return self._slopes[k]

    def push(self, y, args, tangents):
        return total(applied(self.slope(k)(*args), dx, self.own) for k, dx in _given(tangents))

    def pull(self, g, y, args, wanted):
        return tuple(
            weighed(g, self.slope(k)(*args), self.own) if want else None
            for k, want in enumerate(wanted)
        )

    def batch(self, args, batched):
        return one_by_one(self, args, batched)

    def need_steady(self):
        """Raise NotTraceable where the function jumps at a place that moves with the operands."""
        import numpy as np

        for left, right in self.breaks:
            before, after = (self.value(t, *self.home) for t in (left, right))
            size = np.max(np.abs(before)) + np.max(np.abs(after))
            if np.max(np.abs(np.subtract(after, before))) > _CLOSE * size:
                raise NotTraceable(
                    f"the integrand jumps near {left:g}, at a place that moves with what is "
                    "differentiated; split the integral there"
                )


def need_no_jumps(graph):
    """Raise NotTraceable where a function jumps at a place that moves with the operands.

    The point is the first input of the graph.
    """
    by_point, by_operands = (
        reached_from(graph, some) for some in (graph.inputs[:1], graph.inputs[1:])
    )
    for node in graph.nodes:
        jumps = type(node.op) is Pointwise and node.op.name in JUMPING
        if jumps and node in by_point and node in by_operands:
            raise NotTraceable(
                f"the integrand jumps ({node.op.name}) at a place that moves with what is "
                "differentiated; split the integral there"
            )


class Integral(Primitive):
    """∫ f(t, *q) dt from a to b, for the operands (a, b, *q) and a `Pointed` f.

    `settings` are QUADPACK's (points, weight, wvar, limit); `known` is (operands, value) where
    the value has been found already.
    """

    __slots__ = ("_slopes", "f", "known", "settings")
    name = "integral"

    def __init__(self, f, settings=None, known=None):
        self.f = f
        self.settings = settings or {}
        self.known = known
        self._slopes = {}

    @property
    def arity(self):
        return 1 + self.f.arity

    def shape(self, *shapes):
        return self.f.own

    def slope(self, k):
        """The integral of the derivative in operand k of f."""
        if k not in self._slopes:
            self.f.need_steady()
            self._slopes[k] = Integral(self.f.slope(k), self.settings)
        return self._slopes[k]

    def value(self, a, b, *q):
        if self.known is None or not same(self.known[0], (a, b, *q)):
            same_shapes((a, b, *q), (self.f.inputs[0], *self.f.inputs))
            self.known = (a, b, *q), self._integrated(a, b, q)
        return self.known[1]

    def _integrated(self, a, b, q):
        """The integral by QUADPACK, element by element, with the points shared."""
        import numpy as np

        seen = {}

        def f(t):
            if t not in seen:
                seen[t] = np.ravel(self.f.value(t, *q))
            return seen[t]

        size = int(np.prod(self.f.own))
        flat = [_quadpack(f, k, a, b, self.settings, seen) for k in range(size)]
        return np.reshape(flat, self.f.own) if self.f.own else flat[0]

    def push(self, y, args, tangents):
        a, b, *q = args
        da, db, *dqs = tangents
        terms = [applied(self.slope(k + 1)(*args), dq, self.f.own) for k, dq in _given(dqs)]
        if da is not None:
            terms.append(-self.f(a, *q) * da)
        if db is not None:
            terms.append(self.f(b, *q) * db)
        return total(terms)

    def pull(self, g, y, args, wanted):
        a, b, *q = args
        return (
            -weighed(g, self.f(a, *q), self.f.own) if wanted[0] else None,
            weighed(g, self.f(b, *q), self.f.own) if wanted[1] else None,
            *(
                weighed(g, self.slope(k + 1)(*args), self.f.own) if want else None
                for k, want in enumerate(wanted[2:])
            ),
        )

    def batch(self, args, batched):
        return one_by_one(self, args, batched)


def _quadpack(f, k, a, b, settings, seen):
    """∫ of component k of f; NotTraceable where QUADPACK does not converge."""
    import numpy as np
    from scipy.integrate import quad

    options = {"limit": max(200, settings.get("limit", 50)), "full_output": 1}
    options |= {key: settings[key] for key in ("points", "weight", "wvar") if key in settings}
    if not seen:
        quad(lambda t: f(t)[k], a, b, epsabs=inf, **options)  # to learn how large f is
    level = np.mean([abs(v[k]) for v in seen.values()])
    level *= abs(b - a) if isfinite(a) and isfinite(b) else 1.0
    value, error, *_ = quad(
        lambda t: f(t)[k], a, b, epsabs=1e-15 * level, epsrel=_RELATIVE, **options
    )
    if not (isfinite(value) and error <= 1e-7 * max(abs(value), level)):
        raise NotTraceable(
            f"the integral of the derivative does not converge (error {error:.1e} of {value:.1e})"
        )
    return value


def partial(graph, k, shape):
    """The derivative of the one output, of the given shape, in input k: shape + the input's shape."""
    x = graph.inputs[k]
    values = evaluate(graph, graph.inputs)
    rows = []
    for seed in seeds(shape):
        (row,) = pull(graph, values, [seed], [x])
        rows.append(zeros(x.shape) if row is None else row)
    if not shape:
        return rows[0]
    flat = [reshape(row, (1, *x.shape)) for row in rows]
    return reshape(Concatenate(0)(*flat), shape + x.shape)


def seeds(shape):
    """The cotangents of the single elements of an output."""
    if not shape:
        yield 1.0
        return
    import numpy as np

    for place in np.ndindex(*shape):
        seed = np.zeros(shape)
        seed[place] = 1.0
        yield seed


def applied(slope, dx, own):
    """The Jacobian `slope`, of shape own + x's shape, applied to the tangent dx."""
    s, r = _letters(own, shape_of(slope))
    return contraction(f"{s}{r},{r}->{s}")(slope, dx)


def weighed(g, slope, own):
    """The cotangent g, of shape own, through the Jacobian `slope`."""
    s, r = _letters(own, shape_of(slope))
    return contraction(f"{s},{s}{r}->{r}")(g, slope)


def _letters(own, whole):
    return ascii_letters[: len(own)], ascii_letters[len(own) : len(whole)]


def total(terms):
    """The sum of tangents; None where there are none."""
    found = None
    for term in terms:
        found = add_up(found, term)
    return found


def _given(tangents):
    return [(k, dx) for k, dx in enumerate(tangents) if dx is not None]


def one_by_one(op, args, batched):
    """A primitive along a batch axis, one element after the other."""
    size = next(shape_of(a)[0] for a, b in zip(args, batched, strict=True) if b)
    rows = []
    for k in range(size):
        y = op(*(take(a, k) if b else a for a, b in zip(args, batched, strict=True)))
        rows.append(reshape(y, (1, *shape_of(y))))
    return Concatenate(0)(*rows)


def same_shapes(point, inputs):
    """Raise TypeError unless the operands have the shapes for which the graph was made."""
    for x, v in zip(point, inputs, strict=True):
        if shape_of(x) != v.shape:
            raise TypeError(f"the operand must have the shape {v.shape}, not {shape_of(x)}")


def same(a, b):
    import numpy as np

    return all(x is y or np.array_equal(x, y) for x, y in zip(a, b, strict=True))
