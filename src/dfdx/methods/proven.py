"""A derivative with a proof: the trace of a function, read with balls."""

from ..capture.replay import graph_of
from ..capture.trace import name_of, trace
from ..errors import NoRule, NotDifferentiable, NotTraceable
from ..estimate import Estimate
from ..primitive import shape_of
from ..readings.rigorous import proven_derivatives
from .verify import verify

_ASIDE = (0.3, -0.3, 1.7, 0.01)


def proven(f, x, fixed, order):
    """The derivative of f at the number x as an Estimate whose error is proven.

    The proof is about the function as real numbers have it: x and the constants of the code are
    what their bits say, and every operation is exact. Raises NotTraceable, NoRule or NotConverged where
    there is no proof, NotDifferentiable on a break.
    """
    t = trace(f, (x,), fixed, (0,))
    if len(t.outputs) != 1 or shape_of(t.values[0]):
        raise NoRule(f"a proven derivative needs one number as the value of {name_of(f)}")
    if t.tape.edges:
        names = ", ".join(dict.fromkeys(edge.name for edge in t.tape.edges))
        raise NotDifferentiable(
            f"{name_of(f)} stands exactly on a break of {names}: nothing can be proven there"
        )
    if t.nested or t.tape.rounded:
        raise NoRule(
            f"nothing can be proven of {name_of(f)} inside another derivative, or after rounding"
        )
    _confirm(f, x, fixed, t)
    sides = [s for _, a, b, _ in t.tape.guards for s in (a, b)]
    whole = graph_of(t.tape, t.inputs, [*t.outputs, *sides])
    graph = type(whole)(whole.inputs, whole.outputs[:1])
    pairs = list(zip(whole.outputs[1::2], whole.outputs[2::2], strict=True))
    ((value, error),) = proven_derivatives(graph, [x], order, None, pairs)
    return Estimate(value, error, "proven (ball arithmetic)", notes=tuple(t.tape.notes))


def _confirm(f, x, fixed, t):
    """Raise NotTraceable unless the plain function confirms the trace: here, or where it rounds less."""
    try:
        verify(t)
    except NotTraceable:
        for step in _ASIDE:
            try:
                verify(trace(f, (x + step * max(1.0, abs(x)),), fixed, (0,)))
                return
            except (ArithmeticError, ValueError, TypeError):  # NotTraceable is a TypeError
                continue
        raise
