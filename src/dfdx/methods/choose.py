"""The ladder: which method answers, and what it found.

Exact where the function can be traced; one-sided limits where the trace stands
on a break or the result is not finite; samples where a plain number is needed.
A function that raises on plain numbers raises the same here.
"""

from math import isfinite, nan

from ..capture.trace import name_of, value_of
from ..capture.traced import plain
from ..errors import NoRule, NotConverged, NotDifferentiable, NotTraceable
from ..graph import Operand
from ..primitive import shape_of
from . import exact
from .verify import Hidden, again, verify

METHODS = (None, "exact", "differences")


class Answer:
    """What a method found at one point: the value in the structure that f returns, and the story."""

    __slots__ = ("error", "evaluations", "left", "method", "notes", "right", "trace", "value")

    def __init__(self, value, method, trace=None, notes=(), **facts):
        self.value = value
        self.method = method
        self.trace = trace
        self.notes = notes
        self.evaluations = facts.get("evaluations", 1)
        self.error = facts.get("error")
        self.left = facts.get("left")
        self.right = facts.get("right")

    def released(self):
        """The value alone; the trace behind it is freed."""
        if self.trace is not None:
            self.trace.tape.release()
        return self.value


def derivative_at(f, x, fixed, order=1, side=None, method=None):
    """The derivative of f of the given order at the number x, as an Answer."""
    x = value_of(x)
    if order == 0:
        return Answer(f(x, **fixed), "the function itself")
    if method == "differences":
        return _sampled(f, x, fixed, order)
    try:
        return again(_exact, f, x, fixed, order, side)
    except NotTraceable as error:
        if method == "exact" or isinstance(x, Operand):
            raise
        if type(error) is Hidden and error.call.smooth:
            return _sampled(error.call, x, {}, order)
        return _sampled(f, x, fixed, order)
    except (NotDifferentiable, NotConverged, NoRule, Warning):
        raise
    except Exception:  # code that met a traced value where it expects a number
        if method == "exact" or isinstance(x, Operand):
            raise
    f(x, **fixed)  # raises what the plain function raises
    return _sampled(f, x, fixed, order)


def _exact(f, x, fixed, order, side):
    if order == 1:
        t, dys = exact.slope(f, x, fixed)
        how, notes = "exact (reverse sweep)", ()
    else:
        t, dys, notes = exact.nth(f, x, fixed, order)
        how = f"exact (Taylor series to order {order})"
    dys = exact.defined(t.values, dys)
    if not isinstance(x, Operand):
        if order == 1 and any(map(exact.undecided, t.values, dys)):
            dys = _past_infinity(f, x, fixed, t) or dys
        if t.tape.edges or side or any(map(exact.undecided, t.values, dys)):
            verify(t)
            found = _on_break(f, x, fixed, order, side, t, dys[0])
            if found is not None:
                return found
        verify(t)
    filled = [
        exact.zeros(shape_of(y)) if d is None else d for d, y in zip(dys, t.values, strict=True)
    ]
    return Answer(t.rebuild_out(filled), how, t, (*t.tape.notes, *notes))


def _past_infinity(f, x, fixed, t):
    """The slope with a strong zero where a value on the way is infinite and samples confirm it.

    exp(-inf) is 0 whatever x does to it: such a term has no share in the derivative, and no
    Taylor series, so limits cannot tell.
    """
    if len(t.outputs) != 1 or shape_of(t.values[0]) or t.tape.edges:
        return None
    if not exact.finite(t.values[0]) or all(exact.finite(n.value) for n in t.tape.nodes):
        return None
    from ..differences.scalar import differentiate

    (slope,) = exact.backward(t, [1.0])
    try:
        sampled, error, _ = differentiate(lambda p: f(p, **fixed), x)
    except (NotConverged, ArithmeticError, ValueError):
        return None
    near = slope is not None and abs(slope - sampled) <= 100 * error + 1e-6 * abs(sampled)
    return [slope] if near else None


def _on_break(f, x, fixed, order, side, t, slope):
    """The answer of the one-sided limits, for one scalar output; None where they do not apply."""
    if len(t.outputs) != 1 or shape_of(t.values[0]) or not isfinite(x):
        return None
    here = float(plain(t.values[0]))
    if here != here:
        return Answer(nan, "not a number: the function itself is nan here", t)
    from . import limits  # late: most functions stand on no break, and limits need the series

    g = f
    if fixed:
        from functools import partial

        g = partial(f, **fixed)
        g.__name__ = name_of(f)
    if not isinstance(slope, Operand):
        here = float(g(x))  # a derivative inside may have given the slope of one branch only
    value, error, left, right, count = limits.decide(g, x, here, t.tape.edges, order, side)
    if isinstance(slope, Operand):  # an outer derivative needs the traced slope, not a limit
        if abs(plain(slope) - value) > 1e-6 * max(abs(value), 1e-3):
            raise NotTraceable(
                f"{name_of(f)} stands on a break of {t.tape.edges[0].name} inside another derivative; "
                "the slope of the branch it took is not its derivative there"
            )
        value = slope
    method = f"exact (limit from the {side})" if side else "exact (limits from both sides)"
    return Answer(value, method, t, (), left=left, right=right, evaluations=count + 1, error=error)


def _sampled(f, x, fixed, order):
    from ..differences.scalar import differentiate

    value, error, count = differentiate(lambda p: f(p, **fixed), x, order)
    note = "the function could not be traced; its derivative is from samples"
    return Answer(value, "differences", None, (note,), error=error, evaluations=count)
