"""The ladder: which method answers, and what it found.

Exact where the function can be traced; one-sided limits where the trace stands
on a break or the result is not finite; samples where a plain number is needed.
A function that raises on plain numbers raises the same here.
"""

from functools import partial
from math import isfinite, nan

from ..capture.trace import name_of, value_of
from ..capture.traced import plain
from ..errors import NotDifferentiable, NotTraceable, show_line
from ..graph import Operand
from ..primitive import shape_of
from . import exact
from .answer import Answer
from .ladder import AS_IT_COMES, climb
from .verify import verify
from .windows import WINDOW, denied, looked_through, suspected


def derivative_at(f, x, fixed, order=1, side=None, sampling=AS_IT_COMES):
    """The derivative of f of the given order at the number x, as an Answer."""
    x = value_of(x)
    if order == 0:
        return Answer(f(x, **fixed), "the function itself")
    return climb(
        f,
        lambda: exactly_at(f, x, fixed, order, side),
        lambda smooth: _sampled(f, x, fixed, order, side, sampling, smooth),
        lambda: f(x, **fixed),
        sampling.method,
        isinstance(x, Operand),
    )


def exactly_at(f, x, fixed, order=1, side=None):
    """The exact derivative at the number x as an Answer; NotTraceable where there is none."""
    if order == 1:
        t, dys = exact.slope(f, x, fixed)
        how, notes = "exact (reverse sweep)", ()
    else:
        t, dys, notes = exact.nth(f, x, fixed, order)
        how = f"exact (Taylor series to order {order})"
    dys = exact.defined(t.values, dys)
    filled = [
        exact.zeros(shape_of(y)) if d is None else d for d, y in zip(dys, t.values, strict=True)
    ]
    if not isinstance(x, Operand):
        if order == 1 and any(map(exact.undecided, t.values, dys)):
            filled = _past_infinity(f, x, fixed, t) or filled
        if t.tape.edges or side or any(map(exact.undecided, t.values, filled)):
            verify(t)
            found = _on_break(f, x, fixed, order, side, t, filled)
        else:
            found = _in_window(f, x, fixed, order, t, filled)
        if found is not None:
            return found
        verify(t)
    elif order == 1 and not t.tape.edges:  # there the outer derivative stands too, and decides
        _in_window(f, x, fixed, order, t, filled)
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
    (slope,) = exact.backward(t, [1.0])
    return None if slope is None or denied(_held(f, fixed), x, slope) else [slope]


def _on_break(f, x, fixed, order, side, t, slopes):
    """The answer of the one-sided limits; None where they do not apply."""
    if not isfinite(x):
        return None
    if not _is_number(t):
        return _in_parts(t, slopes, order, side)
    (slope,) = slopes
    here = float(plain(t.values[0]))
    if here != here:
        return Answer(nan, "not a number: the function itself is nan here", t)
    from . import limits  # late: most functions stand on no break, and limits need the series

    g = _held(f, fixed)
    if not isinstance(slope, Operand):
        here = float(g(x))  # a derivative inside may have given the slope of one branch only
    found = limits.decide(g, x, here, t.tape.edges, order, side)
    if isinstance(slope, Operand):  # an outer derivative needs the traced slope, not a limit
        if abs(plain(slope) - found.value) > 1e-6 * max(abs(found.value), 1e-3):
            raise NotTraceable(
                f"{name_of(f)} stands on a break of {t.tape.edges[0].name} inside another derivative; "
                "the slope of the branch it took is not its derivative there"
            )
        found.value = slope
    return _limit(found, t, f"limit from the {side}" if side else "limits from both sides")


def _in_window(f, x, fixed, order, t, slopes):
    """The answer beside a window in which the code took another branch; None where there is none."""
    at = plain(x)
    if not (t.tape.guards and _is_number(t) and isfinite(at)) or t.tape.rounded:
        return None
    jumps, near = looked_through(t), suspected(t)
    if not (jumps or near):
        return None
    g, slope, here = _held(f, fixed), plain(slopes[0]), plain(t.values[0])
    if not denied(g, at, slope, order):
        return None
    if jumps and not t.nested:
        verify(t)
        return _on_break(f, x, fixed, order, None, t, slopes)
    from . import limits  # late, as above

    found = limits.around(g, at, here, slope, order)
    if found is None:
        return None
    if t.nested or isinstance(slopes[0], Operand):
        raise NotTraceable(f"{name_of(f)} inside another derivative: {WINDOW}")
    return _limit(found, t, "limits from both sides")


def _limit(found, t, how):
    return Answer(
        found.value,
        f"exact ({how})",
        t,
        found.notes,
        left=found.left,
        right=found.right,
        evaluations=found.evaluations + 1,
        error=found.error,
    )


def _in_parts(t, slopes, order, side):
    """The derivative of a function with several values on a break: each of them is decided by itself."""
    if not t.tape.edges or t.nested:
        return None
    if order > 1:
        raise NotDifferentiable(
            f"{t.call.__name__} stands exactly on a break of {t.tape.edges[0].name}, and for several "
            f"values only the first derivative is decided there{show_line(t.tape.edges[0].where)}"
        )
    from .breaks import confirmed  # late, as above

    table = confirmed(t, [[d] for d in slopes], side)
    return Answer(t.rebuild_out([d for (d,) in table]), "exact (limits part by part)", t)


def _is_number(t):
    """True where the function has one value, a number."""
    return len(t.outputs) == 1 and not shape_of(t.values[0])


def _held(f, fixed):
    """f with its fixed arguments."""
    if not fixed:
        return f
    g = partial(f, **fixed)
    g.__name__ = name_of(f)
    return g


def _sampled(f, x, fixed, order, side, sampling, smooth):
    """By samples; `smooth` is f without its rounding, which is for real numbers alone."""
    from ..differences.scalar import sampled

    box = smooth or (partial(f, **fixed) if fixed else f)
    s = sampled(box, x, order, side=side, complex_step=not smooth, **sampling.given())
    return Answer(
        s.value,
        s.method,
        None,
        s.notes,
        error=s.error,
        evaluations=s.evaluations,
        left=s.left,
        right=s.right,
        noise=s.noise,
        reach=s.reach,
    )
