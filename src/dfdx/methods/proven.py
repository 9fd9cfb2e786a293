"""A derivative with a proof: the trace of a function, read with balls.

The proof is about the function as real numbers have it: the arguments and the constants of the code are
what their bits say, and every operation on what varies, or on an argument, is exact. What Python computes
from constants alone, as in `math.sqrt(2) * x`, is a constant: the float that Python has for it.
"""

from ..capture.replay import graph_of
from ..errors import NoRule, NotDifferentiable, NotTraceable
from ..graph import Graph
from ..primitive import shape_of
from ..readings.rigorous import proven_derivatives
from .accuracy import widened
from .verify import verify

METHOD = "proven (ball arithmetic)"
_ASIDE = (0.3, -0.3, 1.7, 0.01)


def proven(call, order, directions):
    """`([(value, error) for each direction], notes)`: derivatives of a call's one number, with proof.

    Directions have a number per leaf of the point. Raises NotTraceable, NoRule or NotConverged where
    there is no proof, NotDifferentiable on a break, ImportError without python-flint.
    """
    t, places = _trace(call)
    call, name = t.call, call.__name__
    if any(map(shape_of, call.leaves)) or len(t.outputs) != 1 or shape_of(t.values[0]):
        raise NoRule(f"a proven derivative is one of a number by numbers; {name} has arrays")
    if t.tape.edges:
        names = ", ".join(dict.fromkeys(edge.name for edge in t.tape.edges))
        raise NotDifferentiable(
            f"{name} stands exactly on a break of {names}: nothing can be proven there"
        )
    if t.nested or t.tape.rounded or t.tape.suspect:
        raise NoRule(
            f"nothing can be proven of {name}: it is inside another derivative, or it rounds a number, "
            "or makes text of it"
        )
    _confirm(t)
    sides = [s for _, a, b, _ in t.tape.guards for s in (a, b)]
    whole = graph_of(t.tape, t.inputs, [*t.outputs, *sides])
    graph = Graph(whole.inputs, whole.outputs[:1])
    pairs = list(zip(whole.outputs[1::2], whole.outputs[2::2], strict=True))
    found = []
    for v in directions:
        along = [0.0] * len(call.leaves)
        for k, share in zip(places, v, strict=True):
            along[k] = share
        found += proven_derivatives(graph, call.leaves, order, along, pairs)
    return found, tuple(t.tape.notes)


def _trace(call):
    """The trace, if possible with what is held fixed followed too, and the places of what varies."""
    wide, places = widened(call)
    if wide is not call and not any(map(shape_of, wide.leaves)):
        try:
            return wide.trace(), places
        except Exception:  # it needs these as plain numbers
            pass
    return call.trace(), range(len(call.leaves))


def _confirm(t):
    """Raise NotTraceable unless the plain function confirms the trace: here, or where it rounds less."""
    try:
        verify(t)
    except NotTraceable:
        for step in _ASIDE:
            moved = [x + step * max(1.0, abs(x)) for x in t.call.leaves]
            try:
                verify(type(t.call)(t.call, moved, {}, range(len(moved))).trace())
                return
            except (ArithmeticError, ValueError, TypeError):  # NotTraceable is a TypeError
                continue
        raise
