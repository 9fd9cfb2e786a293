"""Functions that SciPy calls back: plain numbers for SciPy, pieces of graph for the rule.

SciPy gets numbers: what the user's function returns is stripped of its traces, and
it is remembered that there were some. For the derivative the function is traced once
more at the points that matter, on a tape of its own; what it reached of the outer traces
(by its closure, by `args=`) becomes an operand of the piece. So a graph in which the
point and those operands are inputs is all that a rule needs.
"""

from inspect import signature

from ....errors import NotTraceable
from ....graph import Graph, as_node, variable
from ....pointwise import Pointwise
from ....primitive import shape_of
from ....rules.arrays import operand
from ....rules.choice import greater
from ....walk import evaluate
from ...calls import call
from ...numpy_protocol.plain import seen_through, traced_in
from ...traced import Tape, Traced, open_tapes, plain
from .tools import tapes_of, unwrapped

# Cards that break where a number changes its sign, or two are equal: on either side they are smooth.
_SIGNS = ("sign", "heaviside")
_LARGER = {"maximum": True, "minimum": False, "fmax": True, "fmin": False}
_KINKS = ("absolute", "fabs", *_LARGER)


class Callback:
    """The user's function g with the extra arguments that SciPy hands to it.

    Called by SciPy it gives plain values; `reached` says whether a traced value was met, and
    `samples` holds, where `keep` is true, the points at which SciPy asked, with what it got.
    `pick` takes from what g returns the part that is differentiated.
    """

    def __init__(self, g, extra=(), named=None, pick=None, keep=False):
        extra = unwrapped(extra)
        self.g = g
        self.extra = extra if isinstance(extra, tuple) else (extra,)
        self.named = unwrapped(dict(named or {}))
        self.pick = pick
        self.samples = [] if keep else None
        given = traced_in((self.extra, self.named))
        self.tapes = tapes_of(given)
        self.reached = bool(given)
        self.operands = []  # what the pieces reach of outer traces
        self.symbols = {}  # id of such an operand -> its variable
        self.points = None  # the variables that stand for the point
        self._plain = seen_through(self.extra), seen_through(self.named)

    @property
    def __signature__(self):
        return signature(self.g)

    @property
    def numbers(self):
        """The plain values of the operands."""
        return [plain(q) for q in self.operands]

    def __call__(self, *xs):
        """The plain value at a plain point; what the tapes noted meanwhile is forgotten."""
        marks = [(t, len(t.edges), len(t.guards), len(t.notes)) for t in open_tapes()]
        extra, named = self._plain
        y = unwrapped(call(self.g, *xs, *extra, **named))
        for t, edges, guards, notes in marks:
            if len(t.guards) > guards or len(t.notes) > notes:  # a comparison decides, or a step
                self.reached = True
                self.tapes.add(t)
            del t.edges[edges:], t.guards[guards:]
        found = traced_in(y)
        if found:
            self.reached = True
            self.tapes |= tapes_of(found)
            y = seen_through(y)
        if self.samples is not None:
            self.samples.append((tuple(_copied(x) for x in xs), y))
        return y

    def at(self, *xs):
        """The function at points that are traced themselves."""
        return unwrapped(call(self.g, *xs, *self.extra, **self.named))

    def piece(self, *xs):
        """The function around a plain point, as a Piece."""
        while True:
            try:
                return self._piece(xs)
            except _Another as other:  # an outer tape that was not known before
                self.tapes.add(other.tape)

    def _piece(self, xs):
        marks = {t: (len(t.nodes), len(t.edges), len(t.guards), len(t.notes)) for t in self.tapes}
        tape = Tape(ieee=any(shape_of(x) for x in xs) or any(t.ieee for t in self.tapes))
        inputs = [tape.variable(x) for x in xs]
        if self.points is None:
            self.points = tuple(variable(f"t{k}", shape_of(x)) for k, x in enumerate(xs))
        try:
            tape.begin()
            y = unwrapped(call(self.g, *inputs, *self.extra, **self.named))
            y = operand(y if self.pick is None else self.pick(y))
        finally:
            tape.close()
        if tape.leaks:
            raise tape.leaks[0]
        lift = _Lift(self, tape, inputs, marks)
        output = lift(y)
        guards, kept = lift.steps, []
        for t in (tape, *marks):
            fresh = t.guards if t is tape else t.guards[marks[t][2] :]
            for guard in fresh:
                card, a, b, outcome = guard
                sides = lift(a), lift(b)
                if lift.touches(sides):
                    guards.append((card, *sides, outcome))
                elif t is not tape:
                    kept.append((t, guard))
            if t is not tape:
                del t.guards[marks[t][2] :]
        for t, guard in kept:
            t.guards.append(guard)
        noted = bool(tape.notes or tape.suspect)
        edges = list(tape.edges)
        for t, (_, count, _, _) in marks.items():
            if edges:
                del t.edges[count:]
        return Piece(self, output, guards, edges, noted)


class Piece:
    """The output of a callback as a node of the points' and operands' variables.

    It speaks for every point at which the comparisons in `guards` come out the same;
    with `noted`, for the point alone.
    """

    __slots__ = ("callback", "edges", "guards", "noted", "output")

    def __init__(self, callback, output, guards, edges, noted):
        self.callback = callback
        self.output = output
        self.guards = guards
        self.edges = edges
        self.noted = noted

    def graph(self):
        """The piece as a graph; inputs are the points, then the callback's operands."""
        return Graph(inputs_of(self.callback), [self.output])


def inputs_of(callback):
    """The variables of the points and of the operands reached so far."""
    return (*callback.points, *(callback.symbols[id(q)] for q in callback.operands))


class _Another(Exception):
    """A traced value of a tape that was not marked before the piece began."""

    def __init__(self, tape):
        self.tape = tape


class _Lift:
    """From traced values of a side trace to nodes; older values of outer tapes become operands."""

    def __init__(self, callback, tape, inputs, marks):
        self.callback = callback
        self.tape = tape
        self.known = {id(x): node for x, node in zip(inputs, callback.points, strict=True)}
        self.fresh = {t: {id(n) for n in t.nodes[mark[0] :]} for t, mark in marks.items()}
        self.steps = []  # comparisons that stand for signs: those are constant on either side

    def __call__(self, y):
        """The node of a traced or plain value."""
        stack = [y]
        while stack:
            x = stack[-1]
            if type(x) is not Traced or id(x) in self.known:
                stack.pop()
                continue
            if not self._is_new(x):
                self.known[id(x)] = self._outer(x)
                stack.pop()
                continue
            waiting = [a for a in x.args if type(a) is Traced and id(a) not in self.known]
            if waiting:
                stack.extend(waiting)
                continue
            self.known[id(x)] = self._applied(x)
            stack.pop()
        return self._node(y)

    def _applied(self, x):
        nodes = [self._node(a) for a in x.args]
        name = x.op.name if type(x.op) is Pointwise and not shape_of(x) else ""
        if name not in _SIGNS and name not in _KINKS:
            return x.op(*nodes)
        a, b = (nodes[0], as_node(0.0)) if name not in _LARGER else nodes
        p, q = plain(x.args[0]), (plain(x.args[1]) if name in _LARGER else 0.0)
        if p == q or not self._moves((a, b)):
            return x.op(*nodes)
        above = bool(p > q)
        self.steps.append((greater, a, b, above))
        if name in _SIGNS:
            return as_node(plain(x))
        if name in _LARGER:
            return a if above == _LARGER[name] else b
        return a if above else -a

    def _moves(self, nodes):
        """True where the nodes depend on the point and on an operand."""
        found = set(Graph((), nodes).nodes)
        symbols = self.callback.symbols.values()
        return any(p in found for p in self.callback.points) and any(q in found for q in symbols)

    def _node(self, a):
        return self.known[id(a)] if type(a) is Traced else as_node(a)

    def _is_new(self, x):
        if x.tape is self.tape:
            return x.op is not None
        if x.tape in self.fresh:
            return x.op is not None and id(x) in self.fresh[x.tape]
        if x.tape.open:
            raise _Another(x.tape)
        return False

    def _outer(self, x):
        if not x.tape.open:
            return as_node(plain(x))
        symbols = self.callback.symbols
        if id(x) not in symbols:
            symbols[id(x)] = variable(f"q{len(symbols)}", shape_of(x))
            self.callback.operands.append(x)
            self.callback.reached = True
        return symbols[id(x)]

    def touches(self, nodes):
        """True where a node depends on the point."""
        graph = Graph((), nodes)
        points = set(self.callback.points)
        return any(n in points for n in graph.nodes)


class Pieces:
    """All pieces of a callback, found by the guards that hold at a point."""

    def __init__(self, callback):
        self.callback = callback
        self.variants = []  # (piece, the point alone or None)
        self.live = True  # the user's function may still be traced

    def at(self, xs, operands):
        """The output node that speaks for the plain point, given the operands' plain values."""
        known = self._matching(xs, operands)
        if known is not None:
            return known
        if not self.live:
            raise NotTraceable(
                "the function that SciPy calls back takes a branch here that it did not take "
                "when it was traced"
            )
        piece = self.callback.piece(*xs)
        self.variants.append((piece, xs if piece.noted else None))
        return piece.output

    def _matching(self, xs, operands):
        for piece, alone in self.variants:
            if alone is not None:
                if _same(alone, xs):
                    return piece.output
            elif not piece.guards or _hold(piece, xs, operands):
                return piece.output
        return None


def _hold(piece, xs, operands):
    inputs = inputs_of(piece.callback)
    sides = [side for _, a, b, _ in piece.guards for side in (a, b)]
    graph = Graph(inputs[: len(xs) + len(operands)], sides)
    values = evaluate(graph, (*xs, *operands))
    for card, a, b, outcome in piece.guards:
        now = card.value(values[a], values[b])
        if not _equal(now, outcome):
            return False
    return True


def _equal(a, b):
    if shape_of(a) or shape_of(b):
        import numpy as np

        return np.array_equal(a, b)
    return bool(a == b)


def _same(a, b):
    return all(_equal(x, y) for x, y in zip(a, b, strict=True))


def _copied(x):
    return x.copy() if hasattr(x, "copy") else x
